//! `onrecord read`: from what was typed to a run of the reading line. Must not know how a page looks.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use onrecord::{Error, ErrorKind, KnownEntity, ReaderOptions};

use crate::exit::Exit;
use crate::look::{self, Color, Wishes};
use crate::read::inputs::{self, Input};
use crate::read::line::{self, Line};
use crate::read::output::{Format, Output, Page};
use crate::read::report::Report;
use crate::stop::Stop;

/// Read articles and show who said what in them.
///
/// Reads plain text, HTML and JSON lines, gzipped or not. A folder stands for the articles in it and in the
/// folders in it. One file that cannot be read does not keep the others from being read.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord read article.txt\n  curl -s https://example.org/story | onrecord read -\n  \
                        onrecord read --format html -o page.html article.html\n  \
                        onrecord read --format json --threads 4 archive/ 'more/*.jsonl.gz' > readings.jsonl\n\n\
                        Exit codes: 0 found an attribution, 1 found none, 2 something could not be read, 130 stopped.\n\n\
                        Environment: NO_COLOR and TERM=dumb turn colours off, CLICOLOR_FORCE on; COLUMNS sets the width."
)]
pub(crate) struct Args {
    /// Files, folders, quoted globs, or - for standard input (the default where it is not a terminal).
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How to show what was found.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// List the sources: each with its kind, its other names in the text, and what it says.
    #[arg(long)]
    who: bool,

    /// Entities that you know, with their ids: CSV (name, aliases, kind, wikidata, geonames, iso3166) or
    /// FollowTheMoney JSON lines. Their ids come out in `links`.
    #[arg(long, value_name = "FILE")]
    entities: Option<PathBuf>,

    /// Write to this file rather than to standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// When to use colours in text.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Color,

    /// Columns of the text page [default: the terminal's, at most 100].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=1000))]
    width: Option<u16>,

    /// How many threads read [default: one a core].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,

    /// What the input is.
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    input_format: InputFormat,
}

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum InputFormat {
    /// By its name and how it begins.
    Auto,
    /// Plain text.
    Text,
    /// A web page.
    Html,
    /// JSON lines, or one JSON object.
    #[value(alias = "jsonl", alias = "ndjson")]
    Json,
}

impl InputFormat {
    fn said(self) -> Option<onrecord::Format> {
        match self {
            Self::Auto => None,
            Self::Text => Some(onrecord::Format::Text),
            Self::Html => Some(onrecord::Format::Html),
            Self::Json => Some(onrecord::Format::JsonLines),
        }
    }
}

pub(crate) fn run(mut args: Args) -> Result<Exit, Error> {
    if args.who && args.format != Format::Text {
        return Err(Error::new(ErrorKind::Usage, "--who is a page of text")
            .with_hint("Leave --format out; the sources are the `entities` of --format json, too."));
    }
    if args.files.is_empty() {
        if io::stdin().is_terminal() {
            return Err(Error::new(ErrorKind::Usage, "nothing to read")
                .with_hint("Name a file, a folder or - for standard input: onrecord read article.txt"));
        }
        args.files.push(PathBuf::from("-"));
    }
    let found = inputs::find(&args.files);
    let stdout_is_terminal = args.output.is_none() && io::stdout().is_terminal();
    let report = Report::to_stderr(found.inputs.len(), !stdout_is_terminal);
    for e in &found.errors {
        report.error(e);
    }
    if found.inputs.is_empty() {
        return Ok(report.failed().map_or(Exit::Nothing, Exit::Failed));
    }
    let stop = Stop::on_ctrl_c()?;
    let entities = args.entities.as_deref().map(known).transpose()?.unwrap_or_default();
    let reader = onrecord::reader(ReaderOptions { entities, ..ReaderOptions::default() })?;
    let page = Page {
        format: args.format,
        width: args.width.map_or_else(look::width, usize::from),
        colour: args.color.on(stdout_is_terminal, Wishes::of_environment()),
        labels: found.inputs.len() > 1,
        who: args.who,
    };
    let mut output = Output::new(open(args.output.as_deref(), &found.inputs)?, page);
    let line = Line {
        inputs: &found.inputs,
        format: args.input_format.said(),
        threads: super::threads(args.threads),
        stop: &stop,
        report: &report,
    };
    line::run(&line, &reader, &mut output).map_err(|e| {
        let name =
            args.output.as_ref().map_or_else(|| "standard output".to_owned(), |p| p.display().to_string());
        super::cannot_write(&name, e)
    })
}

/// The entities of a user's own file.
fn known(path: &Path) -> Result<Vec<KnownEntity>, Error> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| {
        let kind =
            if e.kind() == io::ErrorKind::NotFound { ErrorKind::NotFound } else { ErrorKind::Unreadable };
        Error::new(kind, format!("{name} cannot be read: {e}"))
            .with_hint("--entities takes a CSV file or FollowTheMoney JSON lines.")
            .caused_by(e)
    })?;
    onrecord::known_entities(&bytes, &name)
}

/// Where the result goes. A file that is also read is refused before it is emptied.
fn open(output: Option<&Path>, inputs: &[Input]) -> Result<Box<dyn Write>, Error> {
    let Some(path) = output else {
        return Ok(Box::new(BufWriter::with_capacity(1 << 16, io::stdout())));
    };
    let name = path.display().to_string();
    if let Ok(there) = path.canonicalize() {
        let same = |i: &Input| i.path().and_then(|p| p.canonicalize().ok()).is_some_and(|p| p == there);
        if inputs.iter().any(same) {
            return Err(Error::new(ErrorKind::Usage, format!("{name} is also one of the files to read"))
                .with_hint("Choose another file for --output."));
        }
    }
    let file = File::create(path).map_err(|e| super::cannot_write(&name, e))?;
    Ok(Box::new(BufWriter::with_capacity(1 << 16, file)))
}
