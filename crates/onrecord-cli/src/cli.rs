//! What can be typed: the program's arguments. Must not do any of it.

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand};

use crate::commands;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Who said what in news texts, on whose word.
///
/// onrecord reads news articles and finds each attribution in them: the source, the words that attribute, and
/// what is attributed, in the text's own words. It works offline; the model is inside the program. It tells who
/// asserts what, never what is true.
#[derive(Debug, Parser)]
#[command(
    name = "onrecord",
    styles = STYLES,
    max_term_width = 100,
    arg_required_else_help = true,
    subcommand_required = true,
    after_help = "Examples:\n  onrecord read article.html\n  onrecord read --format json archive/ > readings.jsonl\n\n\
                  Exit codes: 0 found something, 1 found nothing, 2 an error, 130 stopped."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Read(commands::read::Args),
    Eval(commands::eval::Args),
    Model(commands::model::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn arguments_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_has_an_example() {
        for c in Cli::command().get_subcommands() {
            let help = c.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains(&format!("onrecord {}", c.get_name())), "{}", c.get_name());
            assert!(c.get_about().is_some() && c.get_arguments().all(|a| a.get_help().is_some()));
        }
    }
}
