//! `onrecord eval times`, `quantities`, `places`: what is read within an assertion. Must not know how anything is scored.

use std::path::PathBuf;

use clap::ValueEnum;
use onrecord::eval::{self, Measured};
use onrecord::{Error, ReaderOptions};

use super::{Format, How, call, print, show};
use crate::exit::Exit;
use crate::read::report::Report;

/// Measure time expressions and their values.
///
/// Reads a folder of TimeML files (TimeBank 1.2) and prints precision, recall and F1 of TIMEX3 spans, the same ones and
/// overlapping ones, and how many of the matched have the gold's type and value, with 95% bootstrap intervals. The
/// time of a document's creation is given as its date. Two parts, told apart by a hash of the files' names, are shown
/// one after the other.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval times --gold timebank\n  \
                        onrecord eval times --gold timebank --part held --predictions rival.jsonl\n\n\
                        A line of predictions: {\"name\": \"wsj_0006.tml\", \"times\": [{\"start\": 3, \"end\": 9, \"type\": \
                        \"DATE\", \"value\": \"1998-03\"}]}, offsets in code points of what stands in TEXT, tags left \
                        out.\n\n\
                        Exit codes: 0 measured, 2 something could not be read.")]
pub(super) struct Times {
    /// A folder of .tml files.
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    #[command(flatten)]
    how: Plain,
}

/// Measure quantities: numbers with what is counted or measured.
///
/// Reads sentences annotated by hand (eval/quantities) and prints precision, recall and F1 of what is found, of its
/// value, and of value and unit, and shares of units, approximations and what is counted, with 95% bootstrap intervals
/// over articles.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord eval quantities --gold eval/quantities/gold.jsonl --part held\n\n\
                        A line of predictions: {\"id\": \"ARTICLE/NUMBER\", \"quantities\": [{\"chars\": [START, END], \
                        \"value\": NUMBER or null, \"low\": …, \"high\": …, \"approximate\": true or false, \
                        \"unit\": TEXT or null, \"of\": {\"chars\": [START, END]} or null}]}, code points of the \
                        sentence.\n\nExit codes: 0 measured, 2 something could not be read."
)]
pub(super) struct Quantities {
    /// A file of sentences with their quantities, a line of JSON each.
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,

    #[command(flatten)]
    how: Plain,
}

/// Measure places: names led to coordinates.
///
/// Reads GeoVirus.xml or lgl.xml (articles with names of places and their coordinates) and prints, for each half of the
/// articles, names found, names found and within 161 km, and the median distance, with 95% bootstrap intervals.
/// Predictions are JSON lines of their own: {"document": NAME, "places": [{"chars": [START, END], "lat": N, "lon": N}]},
/// in code points, NAME being the article's number from 1, # and its address.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval places --gold GeoVirus.xml\n  \
                        onrecord eval places --gold lgl.xml --given\n\n\
                        Exit codes: 0 measured, 2 something could not be read.")]
pub(super) struct Places {
    /// An XML file of articles with places.
    #[arg(long, value_name = "FILE")]
    gold: PathBuf,

    /// Lead the gold's own names to places: resolution alone.
    #[arg(long, conflicts_with = "predictions")]
    given: bool,

    #[command(flatten)]
    how: How,
}

/// What suites have in common that no reader is needed for.
#[derive(Debug, clap::Args)]
struct Plain {
    /// Only this part of the gold.
    #[arg(long, value_name = "PART", default_value = "all")]
    part: Part,

    /// How to show the figures.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Score what stands in this file (JSON lines) rather than find it now.
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,

    /// What to call the system in the report [default: onrecord, or the file's name].
    #[arg(long)]
    name: Option<String>,
}

impl Plain {
    fn part(&self) -> Option<eval::Part> {
        match self.part {
            Part::Develop => Some(eval::Part::Develop),
            Part::Held => Some(eval::Part::Held),
            Part::All => None,
        }
    }

    fn show(&self, measured: &Measured) -> Result<Exit, Error> {
        print(self.format, measured)
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Part {
    /// What choices are made on.
    Develop,
    /// What is held back.
    Held,
    /// Both.
    All,
}

pub(super) fn times(args: &Times) -> Result<Exit, Error> {
    let gold = eval::timebank(&args.gold, args.how.part())?;
    let mut system = match &args.how.predictions {
        Some(file) => eval::time_predictions(file, &gold)?,
        None => eval::times_found(&gold),
    };
    call(&mut system.name, args.how.name.as_deref());
    args.how.show(&eval::times(&gold, &[system]))
}

pub(super) fn quantities(args: &Quantities) -> Result<Exit, Error> {
    let gold = eval::quantity_gold(&args.gold, args.how.part())?;
    let mut system = match &args.how.predictions {
        Some(file) => eval::amounts(file, &gold)?,
        None => eval::own_amounts(&gold),
    };
    call(&mut system.name, args.how.name.as_deref());
    args.how.show(&eval::quantities(&gold, &[system]))
}

pub(super) fn places(args: &Places) -> Result<Exit, Error> {
    let Places { gold, given, how } = args;
    let gold = eval::mapped(gold)?;
    let mut system = match &how.predictions {
        Some(file) => eval::points(file, None, &gold)?,
        None if *given => eval::located_given(&gold),
        None => {
            let reader = onrecord::reader(ReaderOptions::default())?;
            let report = Report::to_stderr(gold.documents.len(), true);
            let threads = crate::commands::threads(how.threads);
            let read = eval::located_by(&reader, &gold, threads, |done| report.document(done));
            report.clear();
            read
        }
    };
    call(&mut system.name, how.name.as_deref());
    show(how, &eval::places(&gold, &[system]))
}
