//! Scoring the reader against annotated news: gold folders, readings of them, predictions of others. Must not
//! know how anything is scored.

use std::ops::ControlFlow;
use std::path::Path;

use onrecord_intake::SourceHint;

mod details;

pub use details::*;
pub use onrecord_eval::aliases::{AliasGold, aliases};
pub use onrecord_eval::coreference::{Chained, coreference};
pub use onrecord_eval::entities::{Names, entities};
pub use onrecord_eval::sources::{Kinds, SourcesGold, Stories, sources};
pub use onrecord_eval::{
    Article, Gold, Measured, Report, Scores, System, Text, View, agreement, attribution, score,
};

use crate::{Error, ErrorKind, Format, Reader};

const POLNEAR: &str = "Gold comes in PolNeAR's layout: a folder that holds text/NAME.txt and, for each, \
                       attributions/NAME_ANNOTATOR.ann.";
const UNER: &str = "Gold comes in Universal NER's layout: an .iob2 file, or a folder with one, of columns number, \
                    word, tag under `# newdoc id = …` and `# text = …`.";
const GUM: &str = "Gold comes in GUM's layout: a folder of .conllu files with entity brackets in MISC.";
const KINDS: &str = "Gold comes as eval/kinds/README.md says: a table of offsets, and a folder with each article it \
                     names as NAME.txt.";
const STORIES: &str = "Gold comes as a folder of stories: STORY/story.json with STORY/documents.jsonl.";
const ALIASES: &str = "Gold comes in re3d's layout (SOURCE/documents.json, entities.json, relations.json) or ECB+'s \
                       (TOPIC/TOPIC_FILE.xml and ECBplus_coreference_sentences.csv).";
const PREDICTIONS: &str =
    "Predictions are what `onrecord read --format json` writes of the gold texts, a line each.";

/// Reads a gold folder in PolNeAR's layout.
pub fn gold(folder: &Path) -> Result<Gold, Error> {
    Gold::read(folder).map_err(|e| error(e, POLNEAR))
}

/// Reads names in Universal NER's layout.
pub fn names(path: &Path) -> Result<Names, Error> {
    Names::read(path).map_err(|e| error(e, UNER))
}

/// Reads chains in GUM's layout, of some genres only where any are named.
pub fn chained(folder: &Path, genres: &[String]) -> Result<Chained, Error> {
    Chained::read(folder, genres).map_err(|e| error(e, GUM))
}

/// Reads kinds of source by hand, with the articles that they are of.
pub fn kinds(table: &Path, articles: &Path) -> Result<Kinds, Error> {
    Kinds::read(table, articles).map_err(|e| error(e, KINDS))
}

/// Reads a folder of stories.
pub fn stories(folder: &Path) -> Result<Stories, Error> {
    Stories::read(folder).map_err(|e| error(e, STORIES))
}

/// Reads parties and their wordings, of re3d or ECB+.
pub fn alias_gold(folder: &Path) -> Result<AliasGold, Error> {
    AliasGold::read(folder).map_err(|e| error(e, ALIASES))
}

/// What another system, or an earlier run, said about the gold's texts: a file of readings in wire v1. Without
/// a `name` it goes by the reader that the file names.
pub fn predictions(file: &Path, name: Option<&str>, texts: &[Text<'_>]) -> Result<System, Error> {
    System::from_file(name, file, texts).map_err(|e| error(e, PREDICTIONS))
}

/// Reads the gold's texts: the way of the product, from a file's bytes to readings. `each` hears how many are
/// done.
pub fn readings(
    reader: &Reader,
    texts: &[Text<'_>],
    threads: usize,
    mut each: impl FnMut(usize),
) -> Result<System, Error> {
    let documents = texts.iter().map(|t| match t.record {
        Some(line) => {
            let hint = SourceHint::new(format!("{}.jsonl", t.name));
            onrecord_intake::extract(line.as_bytes(), Format::JsonLines, &hint).0
        }
        None => {
            let hint = SourceHint::new(format!("{}.txt", t.name));
            onrecord_intake::extract(t.text.as_bytes(), Format::Text, &hint).0
        }
    });
    let mut read = Vec::with_capacity(texts.len());
    reader.read_all(documents, threads, |document, reading| {
        read.push((document, reading));
        each(read.len());
        ControlFlow::Continue(())
    });
    System::of_readings(name(reader), texts, read)
        .map_err(|e| error(e, "Report this as a fault of onrecord."))
}

/// The reader with its version and the hash of its weights.
fn name(reader: &Reader) -> String {
    let by = reader.version();
    let hash: String = by.model_sha256.chars().take(12).collect();
    format!("onrecord {} (model {} {}, SHA-256 {hash}…)", by.code, by.model_name, by.model_version)
}

/// `wanted` says what was expected there.
fn error(e: onrecord_eval::Error, wanted: &'static str) -> Error {
    use onrecord_eval::Error as Eval;
    let said = e.to_string();
    match e {
        Eval::Unreadable { path, cause } if cause.kind() == std::io::ErrorKind::NotADirectory => {
            let said = format!("{}: is not a folder", path.display());
            Error::new(ErrorKind::Unsupported, said).with_hint(wanted).caused_by(cause)
        }
        Eval::Unreadable { path, cause } => Error::io(&path.display().to_string(), cause).with_hint(wanted),
        Eval::Layout { path, parts } => {
            Error::new(ErrorKind::NotFound, said).with_hint(match parts.first() {
                Some(part) => format!("Name one of them: {}", path.join(part).display()),
                None => wanted.to_owned(),
            })
        }
        Eval::Nothing { .. } => Error::new(ErrorKind::NotFound, said).with_hint(wanted).caused_by(e),
        Eval::Malformed { .. } => Error::new(ErrorKind::Malformed, said).with_hint(wanted).caused_by(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_say_what_was_expected() {
        let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let of = |folder: &str| {
            let e = gold(&repository.join(folder)).unwrap_err();
            (e.kind(), e.to_string(), e.hint().unwrap_or_default().to_owned())
        };
        let (kind, said, _) = of("no such");
        assert_eq!(kind, ErrorKind::NotFound);
        assert!(said.ends_with("no such: no such file or folder"), "{said}");
        let (kind, said, hint) = of("examples");
        assert_eq!(kind, ErrorKind::NotFound);
        assert!(said.contains("does not hold text/*.txt") && hint.contains("NAME_ANNOTATOR.ann"), "{hint}");
        let (_, said, hint) = of("eval");
        assert!(said.ends_with("holds parts (open), each to be measured alone"), "{said}");
        assert!(hint.ends_with("eval/open"), "{hint}");
    }
}
