//! A document: one item as it came in, in passages. Must not know where it came from or who reads it.

use crate::span::{CharIndex, Span};

/// What a passage is for in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// The article's title, where it stands in the text.
    Headline,
    /// The summary under the headline.
    Standfirst,
    /// Who wrote it.
    Byline,
    /// Where and when it was written.
    Dateline,
    /// A heading between paragraphs.
    Subheading,
    /// Running text.
    Paragraph,
    /// A passage set off as somebody else's words.
    BlockQuotation,
    /// Words under a picture.
    Caption,
    /// An item of a list.
    ListItem,
}

impl Role {
    /// The name in wire v1.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::Subheading => "subheading",
            Self::Paragraph => "paragraph",
            Self::BlockQuotation => "block quotation",
            Self::Caption => "caption",
            Self::ListItem => "list item",
        }
    }
}

/// A block of the text with a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is for.
    pub role: Role,
    /// Where it stands, white space at its ends left out.
    pub span: Span,
}

/// What is known of a document besides its text. Absent is `None`, never an empty string.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// The input line's own id, or the content hash.
    pub id: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published, as given (RFC 3339 where the input has it so).
    pub published: Option<String>,
    /// Its language (ISO 639-1), stated or detected.
    pub lang: Option<String>,
}

/// Trouble or a caution, with a stable code; never an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// A stable name, e.g. `not-english`.
    pub code: &'static str,
    /// What a person should know.
    pub text: String,
    /// The place, where there is one.
    pub span: Option<Span>,
}

/// One item as it came in: its text, unchanged, and the passages in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    meta: Meta,
    text: String,
    passages: Vec<Passage>,
    chars: CharIndex,
}

impl Document {
    /// A document of `text`. Passages are put in order; an empty one, one that is not on character boundaries
    /// or one that overlaps an earlier one is dropped. Texts are held to 4 GiB by their 32-bit offsets: the
    /// rest of a longer one is cut away.
    pub fn new(meta: Meta, mut text: String, mut passages: Vec<Passage>) -> Self {
        const MOST: usize = u32::MAX as usize - 1;
        if text.len() > MOST {
            let cut = (0..=MOST).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
            text.truncate(cut);
        }
        passages.sort_by_key(|p| p.span);
        let mut end = 0;
        passages.retain(|p| {
            let fits = !p.span.of(&text).is_empty() && p.span.start >= end;
            if fits {
                end = p.span.end;
            }
            fits
        });
        let chars = CharIndex::new(&text);
        Self { meta, text, passages, chars }
    }

    /// What is known besides the text.
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// The text that all offsets are of.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its passages, in order, not overlapping.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// A span in code points: `[start, end)`.
    pub fn chars(&self, span: Span) -> (usize, usize) {
        let r = span.range();
        (self.chars.char_at(&self.text, r.start), self.chars.char_at(&self.text, r.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_are_ordered_and_apart() {
        let p = |a, b| Passage { role: Role::Paragraph, span: Span::new(a, b) };
        let d =
            Document::new(Meta::default(), "añb c".into(), vec![p(4, 6), p(0, 2), p(0, 3), p(3, 3), p(2, 5)]);
        // 0..2 cuts ñ in two; 2..5 and 3..3 do not fit
        assert_eq!(d.passages(), [p(0, 3), p(4, 6)]);
        assert_eq!(d.chars(Span::new(3, 6)), (2, 5));
    }
}
