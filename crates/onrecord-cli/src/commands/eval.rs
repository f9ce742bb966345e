//! `onrecord eval`: how well articles are read, held against annotated ones. Must not know how anything is scored.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use onrecord::{Error, ReaderOptions, eval};

use crate::exit::Exit;
use crate::read::report::Report;

/// Measure how well articles are read, against annotated ones.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  onrecord eval attribution --gold polnear/dev"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    suite: Suite,
}

#[derive(Debug, Subcommand)]
enum Suite {
    Attribution(Attribution),
}

/// Measure attributions: source, cue and content, each and together.
///
/// Reads the articles of a folder in PolNeAR's layout (text/NAME.txt with attributions/NAME_ANNOTATOR.ann) and
/// prints precision, recall and F1 with 95% bootstrap intervals. PolNeAR annotates outermost attributions only:
/// the headline counts predictions that lie within no other; the second view counts all of them, those within
/// another as wrong.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval attribution --gold polnear/dev\n  \
                        onrecord eval attribution --gold polnear/dev --predictions rival.jsonl --format json\n\n\
                        Exit codes: 0 measured, 2 something could not be read.")]
struct Attribution {
    /// A folder with text/ and attributions/.
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    /// How to show the figures.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Score these readings of the articles (JSON lines, wire format reading/1) rather than read them now.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,

    /// What to call the system in the report [default: what the reader or the predictions call themselves].
    #[arg(long)]
    name: Option<String>,

    /// How many threads read [default: one a core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), conflicts_with = "predictions")]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// Tables for people.
    Text,
    /// One JSON object.
    Json,
}

pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let Suite::Attribution(args) = &args.suite;
    let gold = eval::gold(&args.gold)?;
    let mut system = match &args.predictions {
        Some(file) => eval::predictions(file, None, &gold)?,
        None => {
            let reader = onrecord::reader(ReaderOptions::default())?;
            let report = Report::to_stderr(gold.articles.len(), true);
            let read =
                eval::readings(&reader, &gold, super::threads(args.threads), |done| report.document(done));
            report.clear();
            read?
        }
    };
    if let Some(name) = &args.name {
        system.name.clone_from(name);
    }
    let report = eval::attribution(&gold, &[system]);
    let out = match args.format {
        Format::Text => report.text(),
        Format::Json => report.json(),
    };
    super::to_stdout(out.as_bytes())?;
    Ok(Exit::Found)
}
