//! Wire format `reading/1`: one JSON object a line, one line a document. Must not know how a reading is made
//! or shown. Keys come in the order of the fields below. A field may be added; none changes its meaning or goes
//! without version 2, so unknown fields and unknown names of kinds are read without complaint.

mod build;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use onrecord_text::Span;
use serde::{Deserialize, Serialize};

use crate::{Error, ErrorKind};

/// The version of the format, as each line states it.
pub const READING_1: &str = "reading/1";

/// Text that is borrowed when written and owned when read back.
pub type Text<'a> = Cow<'a, str>;

/// One document and what was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wire<'a> {
    /// [`READING_1`].
    pub onrecord: Text<'a>,
    /// What was read.
    pub document: Document<'a>,
    /// What read it.
    pub reader: Reader<'a>,
    /// Sentences, in order.
    pub sentences: Vec<Place>,
    /// Who is mentioned.
    pub entities: Vec<Entity<'a>>,
    /// Who said what.
    pub attributions: Vec<Attribution<'a>>,
    /// What is asserted: none are found yet.
    #[serde(default)]
    pub assertions: Vec<serde_json::Value>,
    /// Trouble and cautions.
    #[serde(default)]
    pub notes: Vec<Note<'a>>,
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document<'a> {
    /// The input line's own id, or the content hash.
    pub id: Text<'a>,
    /// Where it was published.
    pub url: Option<Text<'a>>,
    /// Who published it.
    pub outlet: Option<Text<'a>>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Who wrote it.
    pub byline: Option<Text<'a>>,
    /// When it was published, as given.
    pub published: Option<Text<'a>>,
    /// Its language (ISO 639-1).
    pub lang: Option<Text<'a>>,
    /// The text that all offsets are of.
    pub text: Text<'a>,
    /// Its blocks.
    pub passages: Vec<Passage<'a>>,
}

/// A block of the text with a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage<'a> {
    /// What it is for.
    pub role: Text<'a>,
    /// Half-open, UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Half-open, code points.
    pub chars: [usize; 2],
}

/// Half-open offsets, in both units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Code points.
    pub chars: [usize; 2],
}

/// What read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reader<'a> {
    /// The reader's own version.
    pub version: Text<'a>,
    /// The model in it.
    pub model: Model<'a>,
}

/// The model in a reader.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model<'a> {
    /// Its name.
    pub name: Text<'a>,
    /// Its version.
    pub version: Text<'a>,
    /// SHA-256 of the weights, lower-case hex.
    pub sha256: Text<'a>,
}

/// QUOTE: an evidence excerpt in the text's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote<'a> {
    /// The words, exactly.
    pub exact: Text<'a>,
    /// Half-open, UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Half-open, code points.
    pub chars: [usize; 2],
}

impl Quote<'_> {
    /// Its span.
    pub fn span(&self) -> Span {
        Span::new(self.bytes[0], self.bytes[1])
    }
}

/// A QUOTE with the form of the mention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention<'a> {
    /// The words, exactly.
    pub exact: Text<'a>,
    /// Half-open, UTF-8 bytes.
    pub bytes: [usize; 2],
    /// Half-open, code points.
    pub chars: [usize; 2],
    /// Name, nominal or pronoun.
    pub form: Text<'a>,
}

/// Somebody or something that the document mentions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity<'a> {
    /// `e1`, `e2`, …
    pub id: Text<'a>,
    /// The fullest name in the text.
    pub name: Text<'a>,
    /// What it is.
    pub kind: Text<'a>,
    /// Other wordings in the text.
    pub aliases: Vec<Text<'a>>,
    /// Its mentions, in order.
    pub mentions: Vec<Mention<'a>>,
    /// What it is elsewhere.
    #[serde(default)]
    pub links: Links<'a>,
}

/// What an entity is elsewhere; not resolved yet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Links<'a> {
    /// Wikidata item.
    pub wikidata: Option<Text<'a>>,
    /// GeoNames id.
    pub geonames: Option<Text<'a>>,
    /// ISO 3166 code.
    pub iso3166: Option<Text<'a>>,
}

/// One source–cue–content relation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution<'a> {
    /// `a1`, `a2`, …
    pub id: Text<'a>,
    /// Who, where words of the text say so.
    pub source: Option<Quote<'a>>,
    /// Who, as an entity's id.
    pub entity: Option<Text<'a>>,
    /// What kind of party the source is.
    pub kind: Text<'a>,
    /// The words that attribute.
    pub cue: Option<Quote<'a>>,
    /// What is attributed.
    pub content: Vec<Quote<'a>>,
    /// Direct, indirect, mixed or free.
    pub mode: Text<'a>,
    /// What the source does with the content.
    pub stance: Text<'a>,
    /// How sure the source is, as conveyed.
    #[serde(default = "certain")]
    pub certainty: Text<'a>,
    /// The words that carry the certainty.
    #[serde(default)]
    pub hedge: Option<Quote<'a>>,
    /// The id of the attribution that this one lies within.
    pub within: Option<Text<'a>>,
    /// From just inside the outlet to the origin.
    pub chain: Vec<Link<'a>>,
    /// What decided.
    pub why: Why<'a>,
}

fn certain<'a>() -> Text<'a> {
    Cow::Borrowed("certain")
}

/// One link of an attribution chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link<'a> {
    /// The fullest name the text gives.
    pub name: Text<'a>,
    /// What kind of party.
    pub kind: Text<'a>,
    /// Who, as an entity's id.
    pub entity: Option<Text<'a>>,
}

/// What decided, and how sure it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why<'a> {
    /// The rule or head.
    pub by: Text<'a>,
    /// From 0 to 1, to three decimals.
    pub score: f64,
}

/// Trouble or a caution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note<'a> {
    /// A stable name.
    pub code: Text<'a>,
    /// What a person should know.
    pub text: Text<'a>,
    /// The place, where there is one.
    pub bytes: Option<[usize; 2]>,
}

impl Wire<'_> {
    /// The line, without its line feed. Characters that could steer a terminal or end a line in some other
    /// program (DEL, C1, U+2028, U+2029) are written as escapes: JSON knows no difference.
    pub fn line(&self) -> String {
        // Strings, numbers and maps with string keys: nothing that can fail.
        let json = serde_json::to_string(self).unwrap_or_default();
        let steers = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}');
        if json.is_ascii() && !json.contains('\u{7f}') || !json.contains(steers) {
            return json;
        }
        let mut out = String::with_capacity(json.len() + 64);
        for c in json.chars() {
            if steers(c) {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            } else {
                out.push(c);
            }
        }
        out
    }
}

impl Wire<'static> {
    /// Reads a line back.
    pub fn parse(line: &str) -> Result<Self, Error> {
        let malformed = |e: serde_json::Error| {
            Error::new(ErrorKind::Malformed, format!("not a reading: {e}"))
                .with_hint("Write readings with `onrecord read --format json`.")
                .caused_by(e)
        };
        let wire: Self = serde_json::from_str(line).map_err(malformed)?;
        if wire.onrecord != READING_1 {
            return Err(Error::new(
                ErrorKind::Malformed,
                format!("a line of format {:?}, where {READING_1:?} was expected", wire.onrecord),
            ));
        }
        Ok(wire)
    }

    /// Checks that every quotation stands in the text where it says and that every id is there.
    pub fn verify(&self) -> Result<(), Error> {
        let text: &str = &self.document.text;
        let stands = |exact: &str, bytes: [usize; 2], chars: [usize; 2]| {
            text.get(bytes[0]..bytes[1]) == Some(exact)
                && chars[1].checked_sub(chars[0]) == Some(exact.chars().count())
                && text.get(..bytes[0]).is_some_and(|t| t.chars().count() == chars[0])
        };
        let bad = |what: String| Err(Error::new(ErrorKind::Malformed, what));
        let entity =
            |id: &Option<Text<'_>>| id.as_ref().is_none_or(|id| self.entities.iter().any(|e| e.id == *id));
        for m in self.entities.iter().flat_map(|e| &e.mentions) {
            if !stands(&m.exact, m.bytes, m.chars) {
                return bad(format!("mention {:?} does not stand at bytes {:?}", m.exact, m.bytes));
            }
        }
        for a in &self.attributions {
            for q in a.source.iter().chain(&a.cue).chain(&a.hedge).chain(&a.content) {
                if !stands(&q.exact, q.bytes, q.chars) {
                    return bad(format!("{}: {:?} does not stand at bytes {:?}", a.id, q.exact, q.bytes));
                }
            }
            if !entity(&a.entity) || !a.chain.iter().all(|l| entity(&l.entity)) {
                return bad(format!("{}: names an entity that is not there", a.id));
            }
            if a.within.as_ref().is_some_and(|w| !self.attributions.iter().any(|o| o.id == *w)) {
                return bad(format!("{}: lies within an attribution that is not there", a.id));
            }
        }
        Ok(())
    }
}
