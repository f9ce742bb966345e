//! The last step of every format: id, language and notes. Must not know which format it was.

use onrecord_text::{Document, Meta, Note, Passage};
use sha2::{Digest, Sha256};

use crate::lang;

/// Makes the document: an id where there is none, the language, the notes that any format may need.
pub(crate) fn finish(
    mut meta: Meta,
    text: String,
    passages: Vec<Passage>,
    mut notes: Vec<Note>,
) -> (Document, Vec<Note>) {
    if meta.id.is_empty() {
        meta.id = content_id(&text);
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        notes.push(Note { code: "empty", text: "There is no text in it.".into(), span: None });
    }
    let (lang, note) = lang::of(&text, meta.lang.take());
    meta.lang = Some(lang);
    notes.extend(note);
    (Document::new(meta, text, passages), notes)
}

/// The first 16 hexadecimal digits of the text's SHA-256.
fn content_id(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(8).flat_map(|b| [b >> 4, b & 15]).map(|n| char::from(DIGITS[usize::from(n)])).collect()
}

/// Trimmed, in one line; `None` where nothing is left.
pub(crate) fn tidy(words: &str) -> Option<String> {
    let out = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_hashes_of_the_text() {
        // printf abc | sha256sum
        assert_eq!(content_id("abc"), "ba7816bf8f01cfea");
        assert_eq!(finish(Meta::default(), "abc".into(), vec![], vec![]).0.meta().id, "ba7816bf8f01cfea");
        let own = Meta { id: "7".into(), ..Meta::default() };
        assert_eq!(finish(own, "abc".into(), vec![], vec![]).0.meta().id, "7");
    }

    #[test]
    fn emptiness_is_noted() {
        for text in ["", " \n", "\u{feff}"] {
            assert_eq!(finish(Meta::default(), text.into(), vec![], vec![]).1[0].code, "empty");
        }
        assert_eq!(tidy(" a \n b "), Some("a b".into()));
        assert_eq!(tidy(" \t"), None);
    }
}
