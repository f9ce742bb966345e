//! Scoring the reader against annotated news: gold folders, readings of them, predictions of others. Must not
//! know how anything is scored.

use std::ops::ControlFlow;
use std::path::Path;

use onrecord_intake::SourceHint;

pub use onrecord_eval::{Article, Gold, Report, Scores, System, View, agreement, attribution, score};

use crate::{Error, ErrorKind, Format, Reader};

/// Reads a gold folder in PolNeAR's layout.
pub fn gold(folder: &Path) -> Result<Gold, Error> {
    Gold::read(folder).map_err(error)
}

/// What another system, or an earlier run, said about the gold articles: a file of readings in wire v1. Without
/// a `name` it goes by the reader that the file names.
pub fn predictions(file: &Path, name: Option<&str>, gold: &Gold) -> Result<System, Error> {
    System::from_file(name, file, &gold.articles).map_err(error)
}

/// Reads the gold articles: the way of the product, from a text file's bytes to readings. `each` hears how many
/// are done.
pub fn readings(
    reader: &Reader,
    gold: &Gold,
    threads: usize,
    mut each: impl FnMut(usize),
) -> Result<System, Error> {
    let documents = gold.articles.iter().map(|a| {
        let hint = SourceHint::new(format!("{}.txt", a.name));
        onrecord_intake::extract(a.text.as_bytes(), Format::Text, &hint).0
    });
    let mut read = Vec::with_capacity(gold.articles.len());
    reader.read_all(documents, threads, |document, reading| {
        read.push((document, reading));
        each(read.len());
        ControlFlow::Continue(())
    });
    System::of_readings(name(reader), &gold.articles, read).map_err(error)
}

/// The reader with its version and the hash of its weights.
fn name(reader: &Reader) -> String {
    let by = reader.version();
    let hash: String = by.model_sha256.chars().take(12).collect();
    format!("onrecord {} (model {} {}, SHA-256 {hash}…)", by.code, by.model_name, by.model_version)
}

fn error(e: onrecord_eval::Error) -> Error {
    use onrecord_eval::Error as Eval;
    const LAYOUT: &str = "Gold comes in PolNeAR's layout: a folder that holds text/NAME.txt and, for each, \
                          attributions/NAME_ANNOTATOR.ann.";
    let said = e.to_string();
    match e {
        Eval::Unreadable { path, cause } if cause.kind() == std::io::ErrorKind::NotADirectory => {
            let said = format!("{}: is not a folder", path.display());
            Error::new(ErrorKind::Unsupported, said).with_hint(LAYOUT).caused_by(cause)
        }
        Eval::Unreadable { path, cause } => Error::io(&path.display().to_string(), cause),
        Eval::Layout { path, parts } => {
            Error::new(ErrorKind::NotFound, said).with_hint(match parts.first() {
                Some(part) => format!("Name one of them: {}", path.join(part).display()),
                None => LAYOUT.to_owned(),
            })
        }
        Eval::Nothing { ref path, .. } if !path.is_dir() => Error::new(ErrorKind::NotFound, said)
            .with_hint(
                "Predictions are what `onrecord read --format json` writes of the gold articles' text files.",
            )
            .caused_by(e),
        Eval::Nothing { .. } => Error::new(ErrorKind::NotFound, said).caused_by(e),
        Eval::Malformed { .. } => Error::new(ErrorKind::Malformed, said).caused_by(e),
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
