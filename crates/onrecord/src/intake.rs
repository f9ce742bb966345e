//! Bytes to documents, with the front door's errors. Must not know of files: it is given bytes and their name.

use std::io::Read;

use onrecord_intake::{IntakeError, SourceHint};
use onrecord_text::{Document, Note};

pub use onrecord_intake::Format;

use crate::{Error, ErrorKind};

/// The documents of an input, in order, each with the notes of its intake. `name` is for messages, and its ending
/// tells the format where `format` does not. After a record that cannot be read the next ones still are.
pub fn documents<R: Read>(
    input: R,
    name: &str,
    format: Option<Format>,
) -> impl Iterator<Item = Result<(Document, Vec<Note>), Error>> + use<R> {
    let mut hint = SourceHint::new(name);
    hint.format = format;
    onrecord_intake::documents(input, hint).map(|item| item.map_err(error))
}

fn error(e: IntakeError) -> Error {
    match e {
        IntakeError::NotText { name, kind } => {
            Error::new(ErrorKind::Unsupported, format!("{name} is {}", kind.what())).with_hint(format!(
                "onrecord reads plain text, HTML and JSON lines, gzipped or not: {}.",
                kind.advice()
            ))
        }
        IntakeError::Io { name, source } => Error::io(&name, source),
        IntakeError::Record { name, line, what } => Error::new(
            ErrorKind::Malformed,
            format!("{name}, line {line}: {what}"),
        )
        .with_hint(
            "A line is a JSON object with \"text\" and, where known, \"id\", \"url\", \"outlet\", \"title\", \
                 \"byline\", \"published\", \"lang\".",
        ),
        other => Error::new(ErrorKind::Malformed, other.to_string()).caused_by(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_name_what_came_and_what_was_expected() {
        let mut pdf = documents(&b"%PDF-1.7\n%\xe2\xe3"[..], "a.pdf", None);
        let e = pdf.next().and_then(Result::err).unwrap();
        assert_eq!((e.kind(), e.to_string().as_str()), (ErrorKind::Unsupported, "a.pdf is a PDF"));
        assert!(e.hint().unwrap().contains("pdftotext"));
        assert!(pdf.next().is_none());

        let lines = &b"{\"text\":\"One.\"}\nnot json\n{\"text\":\"Two.\",\"id\":\"b\"}\n"[..];
        let items: Vec<_> = documents(lines, "x.jsonl", None).collect();
        assert_eq!(items.len(), 3);
        let e = items[1].as_ref().err().unwrap();
        assert_eq!(e.kind(), ErrorKind::Malformed);
        assert!(e.to_string().starts_with("x.jsonl, line 2: "), "{e}");
        assert_eq!(items[2].as_ref().unwrap().0.meta().id, "b");
    }
}
