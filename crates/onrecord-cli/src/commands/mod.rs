//! The commands, one file each: its `Args` and its `run`. A command must not know of the others.

pub(crate) mod completions;
pub(crate) mod eval;
pub(crate) mod man;
pub(crate) mod model;
pub(crate) mod read;

use std::io::{self, Write};

use onrecord::{Error, ErrorKind};

use crate::cli::Command;
use crate::exit::Exit;

/// Does what was typed.
pub(crate) fn run(command: Command) -> Result<Exit, Error> {
    match command {
        Command::Read(args) => read::run(args),
        Command::Eval(args) => eval::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    }
}

/// How many threads read: as many as was said, else one a core.
pub(crate) fn threads(said: Option<u16>) -> usize {
    said.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from)
}

/// Writes a whole result to standard output. A reader that has gone away is no error.
pub(crate) fn to_stdout(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(e) if e.kind() != io::ErrorKind::BrokenPipe => Err(cannot_write("standard output", e)),
        _ => Ok(()),
    }
}

/// A result that cannot be written.
pub(crate) fn cannot_write(name: &str, e: io::Error) -> Error {
    Error::new(ErrorKind::Output, format!("{name} cannot be written: {e}")).caused_by(e)
}
