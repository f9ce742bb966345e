//! How a command can end. Must not know which command.

use onrecord::{EXIT_FOUND, EXIT_NOTHING, EXIT_STOPPED, ErrorKind};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// It did what was asked, or found something.
    Found,
    /// It worked and found nothing.
    Nothing,
    /// It met an error, and has said so.
    Failed(ErrorKind),
    /// A person stopped it.
    Stopped,
}

impl Exit {
    /// The exit code.
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Found => EXIT_FOUND,
            Self::Nothing => EXIT_NOTHING,
            Self::Failed(kind) => kind.exit_code(),
            Self::Stopped => EXIT_STOPPED,
        }
    }
}
