//! Bytes to documents: plain text, web pages and JSON lines, gzipped or not, in any encoding.
//!
//! [`documents`] reads an input of any length; [`extract`] makes one document of some bytes and cannot fail.
//! Must not know of the network, a clock, the reader or the wire format. Trouble inside a document becomes a
//! [`Note`]; only an input that is not text, or a JSON record without a text, is an [`IntakeError`].

mod encoding;
mod error;
mod finish;
mod html;
mod json;
mod lang;
mod plain;
mod sniff;
mod stream;

use std::io::Read;

use onrecord_text::{Document, Meta, Note};

pub use error::IntakeError;
pub use sniff::{Binary, Format};
pub use stream::{Documents, Item};

/// What is known of an input before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceHint {
    /// The file's name or path, the address, or `-`: for messages, and for the format by its ending.
    pub name: String,
    /// The format, where somebody has said which.
    pub format: Option<Format>,
    /// The address it was fetched from, for documents that do not give their own.
    pub url: Option<String>,
}

impl SourceHint {
    /// An input of this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }

    /// With the format said.
    #[must_use]
    pub fn with_format(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// With the address it was fetched from.
    #[must_use]
    pub fn with_url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }
}

/// The documents of an input, in order.
pub fn documents<R: Read>(input: R, source: SourceHint) -> Documents<R> {
    Documents::new(input, source)
}

/// The format of some bytes: by the name's ending, else by how they begin.
pub fn sniff(name: &str, bytes: &[u8]) -> Format {
    sniff::format(name, &bytes[..bytes.len().min(sniff::PREFIX)])
}

/// One document of any bytes at all. Of JSON lines it is the first record's; bytes that hold no such record are
/// read as plain text, with a note.
pub fn extract(bytes: &[u8], format: Format, source: &SourceHint) -> (Document, Vec<Note>) {
    match format {
        Format::Html => html::document(bytes, source.url.as_deref()),
        Format::Text => text(bytes, source, Vec::new()),
        Format::JsonLines => match documents(bytes, source.clone().with_format(format)).next() {
            Some(Ok(item)) => item,
            other => {
                let why = other.and_then(Result::err).map_or_else(String::new, |e| format!(" ({e})"));
                let text = format!("The input is not JSON with a text; it was read as plain text{why}.");
                self::text(bytes, source, vec![Note { code: "json", text, span: None }])
            }
        },
    }
}

fn text(bytes: &[u8], source: &SourceHint, mut notes: Vec<Note>) -> (Document, Vec<Note>) {
    let (text, note) = encoding::decode(bytes, None);
    notes.extend(note);
    let passages = plain::passages(&text, plain::Known::default());
    let meta = Meta { url: source.url.clone(), ..Meta::default() };
    finish::finish(meta, text, passages, notes)
}

#[cfg(test)]
mod tests;
