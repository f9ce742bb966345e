//! What can be wrong with a gold folder or a file of predictions. Must not know how errors are shown.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why nothing could be measured. Never a low score: a file that cannot be read is an error.
#[derive(Debug)]
pub enum Error {
    /// A file or folder could not be opened or read.
    Unreadable {
        /// Which.
        path: PathBuf,
        /// What the system said.
        cause: io::Error,
    },
    /// A file can be read, but not understood.
    Malformed {
        /// Which.
        path: PathBuf,
        /// The line, from 1; 0 where it is not about one line.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// A folder does not hold `text/` and `attributions/`.
    Layout {
        /// Which.
        path: PathBuf,
        /// The names of the folders in it that do, sorted.
        parts: Vec<String>,
    },
    /// A folder or file holds nothing to measure.
    Nothing {
        /// Which.
        path: PathBuf,
        /// What was looked for.
        what: &'static str,
    },
}

impl Error {
    pub(crate) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |cause| Self::Unreadable { path: path.to_owned(), cause }
    }

    pub(crate) fn malformed(path: &Path, line: usize, what: impl Into<String>) -> Self {
        Self::Malformed { path: path.to_owned(), line, what: what.into() }
    }

    pub(crate) fn nothing(path: &Path, what: &'static str) -> Self {
        Self::Nothing { path: path.to_owned(), what }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, cause } => write!(f, "{}: cannot be read: {cause}", path.display()),
            Self::Malformed { path, line: 0, what } => write!(f, "{}: {what}", path.display()),
            Self::Malformed { path, line, what } => write!(f, "{}:{line}: {what}", path.display()),
            Self::Layout { path, parts } if parts.is_empty() => {
                write!(f, "{}: does not hold text/*.txt with attributions/*.ann", path.display())
            }
            Self::Layout { path, parts } => {
                write!(f, "{}: holds parts ({}), each to be measured alone", path.display(), parts.join(", "))
            }
            Self::Nothing { path, what } => write!(f, "{}: {what}", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Unreadable { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
