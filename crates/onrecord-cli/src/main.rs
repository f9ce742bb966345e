//! The `onrecord` program: commands over the front door. Must not read a text itself, nor know of the network
//! that reads.

mod cli;
mod commands;
mod exit;
mod look;
mod papers;
mod read;
mod stop;

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

fn main() -> ExitCode {
    let version = format!("{} ({})", env!("CARGO_PKG_VERSION"), papers::model_line());
    let matches = cli::Cli::command().version(version).try_get_matches();
    let cli = match matches.and_then(|m| cli::Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(e) => {
            // Help and version are what was asked for, on standard output; the rest is an error.
            let code = u8::try_from(e.exit_code()).unwrap_or(onrecord::EXIT_ERROR);
            let _ = e.print();
            return ExitCode::from(code);
        }
    };
    let exit = commands::run(cli.command).unwrap_or_else(|e| {
        let mut err = std::io::stderr().lock();
        let colour = look::errors_in_colour(err.is_terminal());
        let _ = err.write_all(look::error_lines(&e, colour).as_bytes());
        exit::Exit::Failed(e.kind())
    });
    ExitCode::from(exit.code())
}
