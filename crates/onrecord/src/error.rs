//! The one public error and the one table from its kinds to exit codes and HTTP statuses. Must not know how an
//! error is shown.

use std::fmt;

/// What went wrong, as far as a program needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// Nothing was asked that can be answered: wrong arguments.
    Usage,
    /// There is no such file, folder, document or claim.
    NotFound,
    /// It is there and cannot be read: permissions, a disk error.
    Unreadable,
    /// It is not news text: a PDF, an image, a program.
    Unsupported,
    /// It says that it is something that it is not: a broken JSON line, a damaged archive.
    Malformed,
    /// It is larger than anything that is read.
    TooLarge,
    /// The model or its papers do not fit this program.
    Model,
    /// The result could not be written.
    Output,
    /// A fault of this program.
    Internal,
}

/// The table: name, exit code, HTTP status.
const TABLE: &[(ErrorKind, &str, u8, u16)] = &[
    (ErrorKind::Usage, "usage", 2, 400),
    (ErrorKind::NotFound, "not-found", 2, 404),
    (ErrorKind::Unreadable, "unreadable", 2, 403),
    (ErrorKind::Unsupported, "unsupported", 2, 415),
    (ErrorKind::Malformed, "malformed", 2, 422),
    (ErrorKind::TooLarge, "too-large", 2, 413),
    (ErrorKind::Model, "model", 2, 500),
    (ErrorKind::Output, "output", 2, 500),
    (ErrorKind::Internal, "internal", 2, 500),
];

/// Exit code of a program that found something.
pub const EXIT_FOUND: u8 = 0;
/// Exit code of a program that found nothing, or whose score fell.
pub const EXIT_NOTHING: u8 = 1;
/// Exit code of a program that met an error.
pub const EXIT_ERROR: u8 = 2;
/// Exit code of a program that a person stopped.
pub const EXIT_STOPPED: u8 = 130;

impl ErrorKind {
    fn row(self) -> (&'static str, u8, u16) {
        TABLE
            .iter()
            .find(|r| r.0 == self)
            .map_or(("internal", EXIT_ERROR, 500), |&(_, name, exit, http)| (name, exit, http))
    }

    /// A stable name, for programs.
    pub fn name(self) -> &'static str {
        self.row().0
    }

    /// The exit code of a program that ends with it.
    pub fn exit_code(self) -> u8 {
        self.row().1
    }

    /// The HTTP status of an answer that says so.
    pub fn http_status(self) -> u16 {
        self.row().2
    }
}

/// Anything that can go wrong at the front door: what, why, and what to do about it.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error in one sentence, without a full stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), hint: None, cause: None }))
    }

    /// With what a person can do about it.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(hint.into());
        self
    }

    /// With what caused it.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// With the name of the thing it happened to before the message: `name: message`.
    #[must_use]
    pub fn about(mut self, name: &str) -> Self {
        self.0.message = format!("{name}: {}", self.0.message);
        self
    }

    /// What file systems and pipes say, about `name`.
    pub fn io(name: &str, e: std::io::Error) -> Self {
        use std::io::ErrorKind as Io;
        let kind = match e.kind() {
            Io::NotFound => ErrorKind::NotFound,
            Io::InvalidData | Io::UnexpectedEof => ErrorKind::Malformed,
            _ => ErrorKind::Unreadable,
        };
        let said = match e.kind() {
            Io::NotFound => "no such file or folder".to_owned(),
            Io::PermissionDenied => "may not be read by you (permission denied)".to_owned(),
            _ => e.to_string(),
        };
        Self::new(kind, format!("{name}: {said}")).caused_by(e)
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// What a person can do about it.
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("hint", &self.0.hint)
            .field("cause", &self.0.cause)
            .finish()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.cause.as_deref().map(|e| e as &(dyn std::error::Error + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::error::Error as _;

    #[test]
    fn every_kind_has_one_row() {
        use ErrorKind::*;
        for kind in [Usage, NotFound, Unreadable, Unsupported, Malformed, TooLarge, Model, Output, Internal] {
            assert_eq!(TABLE.iter().filter(|r| r.0 == kind).count(), 1, "{kind:?}");
            assert_eq!(kind.exit_code(), EXIT_ERROR);
            assert!((400..600).contains(&kind.http_status()));
        }
        let names: std::collections::BTreeSet<_> = TABLE.iter().map(|r| r.1).collect();
        assert_eq!(names.len(), TABLE.len());
    }

    #[test]
    fn carries_hint_and_cause() {
        let e =
            Error::io("a.txt", std::io::Error::from(std::io::ErrorKind::NotFound)).with_hint("look twice");
        assert_eq!(e.to_string(), "a.txt: no such file or folder");
        assert_eq!((e.kind(), e.hint()), (ErrorKind::NotFound, Some("look twice")));
        assert!(e.source().is_some());
        assert!(std::mem::size_of::<Error>() == std::mem::size_of::<usize>());
    }
}
