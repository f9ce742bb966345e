//! `onrecord eval`: how well articles are read, held against annotated ones. Must not know how anything is scored.

mod details;

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use onrecord::eval::{self, Measured, System, Text};
use onrecord::{Error, ReaderOptions};

use crate::exit::Exit;
use crate::read::report::Report;

/// Measure how well articles are read, against annotated ones.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = "Examples:\n  onrecord eval attribution --gold polnear/dev\n  \
                  onrecord eval coreference --gold gum/dev --genre news"
)]
pub(crate) struct Args {
    #[command(subcommand)]
    suite: Suite,
}

#[derive(Debug, Subcommand)]
enum Suite {
    Attribution(Attribution),
    Entities(Entities),
    Coreference(Coreference),
    Sources(Sources),
    Aliases(Aliases),
    Times(details::Times),
    Quantities(details::Quantities),
    Places(details::Places),
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

    #[command(flatten)]
    how: How,
}

/// Measure names of people, organisations and places.
///
/// Reads a file in Universal NER's layout (IOB2) and prints precision, recall and F1 with 95% bootstrap intervals,
/// for each kind and all of them, of the same characters and of overlapping ones.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval entities --gold uner/en_ewt-ud-dev.iob2\n\n\
                        Exit codes: 0 measured, 2 something could not be read.")]
struct Entities {
    /// An .iob2 file, or a folder with one.
    #[arg(long, value_name = "PATH")]
    gold: PathBuf,

    #[command(flatten)]
    how: How,
}

/// Measure chains: which mentions are of one entity.
///
/// Reads a folder in GUM's layout (CoNLL-U with entity brackets) and prints MUC, B3, CEAFe and their mean, mentions
/// found, and how many names, nominals and pronouns are put with one of their chain, with 95% bootstrap intervals.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  onrecord eval coreference --gold gum/dev\n  \
                        onrecord eval coreference --gold gum/dev --genre news,interview\n\n\
                        Exit codes: 0 measured, 2 something could not be read.")]
struct Coreference {
    /// A folder of .conllu files.
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    /// Only texts of these genres.
    #[arg(long, value_name = "GENRE", value_delimiter = ',')]
    genre: Vec<String>,

    #[command(flatten)]
    how: How,
}

/// Measure sources: what kind of party each is, and whom it points to.
///
/// Kinds are held against a table annotated by hand (eval/kinds), for articles that lie elsewhere. Stories (folders
/// with story.json and documents.jsonl) tell for each assertion on whose word it stands: found, the length of the
/// attribution chain, its innermost kind, and whether names, nominals and pronouns point to the right party. Shares
/// and F1 come with 95% bootstrap intervals.
#[derive(Debug, clap::Args)]
#[command(
    group = clap::ArgGroup::new("what").required(true).multiple(true).args(["kinds", "stories"]),
    after_help = "Examples:\n  onrecord eval sources --kinds eval/kinds/polnear-dev.tsv --articles polnear/dev/text\n  \
                  onrecord eval sources --stories stories/open\n\n\
                  Exit codes: 0 measured, 2 something could not be read."
)]
struct Sources {
    /// A table of kinds of source.
    #[arg(long, value_name = "FILE", requires = "articles")]
    kinds: Option<PathBuf>,

    /// The folder with the articles that the table names.
    #[arg(long, value_name = "DIR", requires = "kinds")]
    articles: Option<PathBuf>,

    /// A folder of stories.
    #[arg(long, value_name = "DIR")]
    stories: Option<PathBuf>,

    #[command(flatten)]
    how: How,
}

/// Measure aliases: the wordings of one party put together.
///
/// Reads a folder of re3d or of ECB+, told apart by their files, and prints precision, recall and F1 of pairs and
/// B3, over the annotated mentions that were found, with 95% bootstrap intervals.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  onrecord eval aliases --gold re3d\n  onrecord eval aliases --gold ecb\n\n\
                        Exit codes: 0 measured, 2 something could not be read."
)]
struct Aliases {
    /// A folder of re3d or ECB+.
    #[arg(long, value_name = "DIR")]
    gold: PathBuf,

    #[command(flatten)]
    how: How,
}

/// What all suites have in common.
#[derive(Debug, clap::Args)]
struct How {
    /// How to show the figures.
    #[arg(short, long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Score these readings of the texts (JSON lines, wire format reading/1) rather than read them now.
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
    match &args.suite {
        Suite::Attribution(Attribution { gold, how }) => {
            let gold = eval::gold(gold)?;
            let report = eval::attribution(&gold, &[system(how, &gold.texts())?]);
            match how.format {
                Format::Text => out(&report.text()),
                Format::Json => out(&report.json()),
            }
        }
        Suite::Entities(Entities { gold, how }) => {
            let gold = eval::names(gold)?;
            show(how, &eval::entities(&gold, &[system(how, &gold.texts())?]))
        }
        Suite::Coreference(Coreference { gold, genre, how }) => {
            let gold = eval::chained(gold, genre)?;
            show(how, &eval::coreference(&gold, &[system(how, &gold.texts())?]))
        }
        Suite::Sources(Sources { kinds, articles, stories, how }) => {
            let kinds = kinds.as_ref().zip(articles.as_ref());
            let kinds = kinds.map(|(table, articles)| eval::kinds(table, articles)).transpose()?;
            let stories = stories.as_ref().map(|folder| eval::stories(folder)).transpose()?;
            let gold = eval::SourcesGold { kinds, stories };
            show(how, &eval::sources(&gold, &[system(how, &gold.texts())?]))
        }
        Suite::Aliases(Aliases { gold, how }) => {
            let gold = eval::alias_gold(gold)?;
            show(how, &eval::aliases(&gold, &[system(how, &gold.texts())?]))
        }
        Suite::Times(args) => details::times(args),
        Suite::Quantities(args) => details::quantities(args),
        Suite::Places(args) => details::places(args),
    }
}

/// What is measured: the predictions of a file, or what the reader finds now.
fn system(how: &How, texts: &[Text<'_>]) -> Result<System, Error> {
    let mut system = match &how.predictions {
        Some(file) => eval::predictions(file, None, texts)?,
        None => {
            let reader = onrecord::reader(ReaderOptions::default())?;
            let report = Report::to_stderr(texts.len(), true);
            let read =
                eval::readings(&reader, texts, super::threads(how.threads), |done| report.document(done));
            report.clear();
            read?
        }
    };
    call(&mut system.name, how.name.as_deref());
    Ok(system)
}

/// Calls a system as the user does, where they do.
fn call(system: &mut String, name: Option<&str>) {
    if let Some(name) = name {
        name.clone_into(system);
    }
}

fn show(how: &How, measured: &Measured) -> Result<Exit, Error> {
    print(how.format, measured)
}

fn print(format: Format, measured: &Measured) -> Result<Exit, Error> {
    match format {
        Format::Text => out(&measured.text()),
        Format::Json => out(&measured.json()),
    }
}

fn out(report: &str) -> Result<Exit, Error> {
    super::to_stdout(report.as_bytes())?;
    Ok(Exit::Found)
}
