//! What can be wrong with numbers handed to this crate.

use std::fmt;

/// Why weights were refused, or a call was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// This machine cannot run the path asked for.
    Unsupported(crate::Path),
    /// A slice has another length than the shape needs.
    Length {
        /// Which argument.
        what: &'static str,
        /// The length that fits.
        want: usize,
        /// The length given.
        got: usize,
    },
    /// A dimension the kernels cannot serve, with the reason.
    Dimension(&'static str),
    /// Parts were built for different paths.
    MixedPaths,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unsupported(path) => write!(f, "this machine has no {path:?} path"),
            Error::Length { what, want, got } => {
                write!(f, "{what}: {want} numbers wanted, {got} given")
            }
            Error::Dimension(why) => f.write_str(why),
            Error::MixedPaths => f.write_str("parts were built for different paths"),
        }
    }
}

impl std::error::Error for Error {}

/// An error unless `got == want`.
pub(crate) fn length(what: &'static str, want: usize, got: usize) -> Result<(), Error> {
    if want == got { Ok(()) } else { Err(Error::Length { what, want, got }) }
}
