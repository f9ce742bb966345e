//! What keeps an input, or one line of it, from becoming a document. Must not know how documents are made.

use std::io;

use crate::sniff::Binary;

/// Why there is no document. Only the whole input can fail so, or one record of it; text and HTML never do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum IntakeError {
    /// The input is not text.
    #[error("{name} is {}; onrecord reads plain text, HTML or JSON lines: {}", .kind.what(), .kind.advice())]
    NotText {
        /// The input's name.
        name: String,
        /// What it is.
        kind: Binary,
    },
    /// One record of a JSON input cannot be read; the records after it still are.
    #[error("{name}, line {line}: {what}; expected {EXPECTED}")]
    Record {
        /// The input's name.
        name: String,
        /// The line that the record begins on, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The input could not be read.
    #[error("{name} cannot be read: {source}")]
    Io {
        /// The input's name.
        name: String,
        /// What went wrong.
        source: io::Error,
    },
}

/// What a record has to look like.
const EXPECTED: &str = "a JSON object with \"text\" (or \"maintext\") and, where known, \"id\", \"url\", \"outlet\", \
                        \"title\", \"byline\", \"published\", \"lang\"";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_to_do() {
        let e = IntakeError::NotText { name: "report.pdf".into(), kind: Binary::Pdf };
        assert_eq!(
            e.to_string(),
            "report.pdf is a PDF; onrecord reads plain text, HTML or JSON lines: extract its text first, \
             e.g. with pdftotext"
        );
        let e = IntakeError::Record { name: "-".into(), line: 7, what: "not JSON".into() };
        assert!(
            e.to_string().starts_with("-, line 7: not JSON; expected a JSON object with \"text\""),
            "{e}"
        );
    }
}
