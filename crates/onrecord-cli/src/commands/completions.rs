//! `onrecord completions`: what a shell needs to complete commands.

use clap::CommandFactory as _;
use clap_complete::Shell;
use onrecord::Error;

use crate::cli::Cli;
use crate::exit::Exit;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord completions bash > ~/.local/share/bash-completion/completions/onrecord\n  \
                        onrecord completions zsh > ~/.zfunc/_onrecord\n  \
                        onrecord completions fish > ~/.config/fish/completions/onrecord.fish"
)]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "onrecord", &mut script);
    super::to_stdout(&script)?;
    Ok(Exit::Found)
}
