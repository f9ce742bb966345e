//! `onrecord man`: the manual pages.

use std::path::PathBuf;

use clap::CommandFactory as _;
use onrecord::Error;

use crate::cli::Cli;
use crate::exit::Exit;

/// Print the manual page, or write one for each command into a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord man | man -l -\n  onrecord man --out ~/.local/share/man/man1")]
pub(crate) struct Args {
    /// Write a page for each command into this folder.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let command = Cli::command().version(env!("CARGO_PKG_VERSION"));
    if let Some(dir) = &args.out {
        std::fs::create_dir_all(dir)
            .and_then(|()| clap_mangen::generate_to(command, dir))
            .map_err(|e| super::cannot_write(&dir.display().to_string(), e))?;
        return Ok(Exit::Found);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|e| super::cannot_write("the manual page", e))?;
    super::to_stdout(&page)?;
    Ok(Exit::Found)
}
