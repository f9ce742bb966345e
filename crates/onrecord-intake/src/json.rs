//! One JSON object to a document: our own field names and news-please's. Must not know how the objects are
//! parted from each other in the input.

use onrecord_text::{Document, Meta, Note};
use serde_json::{Map, Value};

use crate::finish::{finish, tidy};
use crate::plain::{Known, passages};
use crate::{encoding, lang};

/// What a line or file parsed to, and what had to be mended for it.
pub(crate) struct Parsed {
    /// The values, one after another.
    pub values: Vec<Value>,
    /// What was mended.
    pub notes: Vec<Note>,
}

/// Why a line did not parse.
pub(crate) struct Failure {
    /// In words.
    pub what: String,
    /// It stopped in the middle: it may go on in the next line.
    pub cut: bool,
}

/// Parses JSON leniently: unpaired surrogates, raw control characters in strings, NaN and bytes that are not
/// UTF-8 are mended, with a note where the text differs for it.
pub(crate) fn parse(bytes: &[u8]) -> Result<Parsed, Failure> {
    let (mut text, note) = encoding::decode(bytes, None);
    let mut notes: Vec<Note> = note.into_iter().collect();
    if let Some(rest) = text.strip_prefix('\u{feff}') {
        text = rest.to_owned();
    }
    if let Some(mended) = mend_surrogates(&text) {
        text = mended;
        notes.push(Note {
            code: "surrogate",
            text: "Half of a surrogate pair was escaped in the input; U+FFFD stands in its place.".into(),
            span: None,
        });
    }
    let failed = |e: &serde_json::Error| Failure { what: format!("not JSON ({e})"), cut: e.is_eof() };
    let values = match values(&text) {
        Ok(values) => values,
        Err(e) => values(&mend_strings(&text)).map_err(|_| failed(&e))?,
    };
    Ok(Parsed { values, notes })
}

fn values(text: &str) -> Result<Vec<Value>, serde_json::Error> {
    serde_json::Deserializer::from_str(text).into_iter::<Value>().collect()
}

/// Replaces escaped halves of surrogate pairs by `\ufffd`, which is as long. `None` where there is none.
fn mend_surrogates(text: &str) -> Option<String> {
    if !text.contains("\\ud") && !text.contains("\\uD") {
        return None;
    }
    let bytes = text.as_bytes();
    let unit = |at: usize| -> Option<u16> {
        let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
        hex.iter().all(u8::is_ascii_hexdigit).then_some(())?;
        u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
    };
    let mut out = Vec::new();
    let mut copied = 0;
    let mut at = 0;
    while let Some(n) = bytes[at..].iter().position(|&b| b == b'\\') {
        at += n;
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                out.extend_from_slice(&bytes[copied..at]);
                out.extend_from_slice(b"\\ufffd");
                at += 6;
                copied = at;
            }
            // An escape of another kind: at least the next byte belongs to it.
            _ => at = (at + 2).min(bytes.len()),
        }
    }
    if copied == 0 {
        return None;
    }
    out.extend_from_slice(&bytes[copied..]);
    String::from_utf8(out).ok()
}

/// Escapes raw control characters inside strings, and makes `null` of `NaN` and `Infinity` outside them.
fn mend_strings(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.char_indices();
    let mut inside = false;
    while let Some((at, c)) = chars.next() {
        if inside {
            match c {
                '"' => inside = false,
                '\\' => {
                    out.push(c);
                    if let Some((_, next)) = chars.next() {
                        out.push(next);
                    }
                    continue;
                }
                '\0'..='\x1f' => {
                    out.push_str(&format!("\\u{:04x}", u32::from(c)));
                    continue;
                }
                _ => {}
            }
            out.push(c);
        } else {
            const NONE: [&str; 3] = ["-Infinity", "Infinity", "NaN"];
            if let Some(word) = NONE.iter().find(|w| text[at..].starts_with(**w)) {
                out.push_str("null");
                chars.by_ref().take(word.len() - 1).for_each(drop);
                continue;
            }
            inside = c == '"';
            out.push(c);
        }
    }
    out
}

/// A document of one object, or what is wrong with it.
pub(crate) fn document(value: &Value, mut notes: Vec<Note>) -> Result<(Document, Vec<Note>), String> {
    let Value::Object(object) = value else {
        return Err(format!("{} instead of an object", kind(value)));
    };
    let texts = ["text", "maintext"].map(|k| object.get(k).and_then(Value::as_str));
    let text = match texts {
        [Some(""), Some(main)] => main,
        [Some(text), _] | [None, Some(text)] => text,
        [None, None] => {
            return Err(match object.get("text").or(object.get("maintext")) {
                Some(v) => format!("the text is {}", kind(v)),
                None => "no text in it".into(),
            });
        }
    };
    let title = field(object, &["title", "headline"]);
    let summary = field(object, &["description", "standfirst"]);
    let known = Known { title: title.as_deref(), summary: summary.as_deref() };
    let passages = passages(text, known);
    let outlet = field(object, &["outlet"]).or_else(|| {
        field(object, &["source_domain"]).map(|d| d.strip_prefix("www.").unwrap_or(&d).to_owned())
    });
    let meta = Meta {
        id: field(object, &["id"]).unwrap_or_default(),
        url: field(object, &["url"]),
        outlet,
        byline: field(object, &["byline", "authors", "author"]),
        published: field(object, &["published", "date_publish"]),
        lang: field(object, &["lang", "language"]).and_then(|l| lang::stated(&l)),
        title,
    };
    // A note on mending belongs to the line; where it hit the text, say where.
    if let Some(at) = text.find('\u{fffd}') {
        for note in notes.iter_mut().filter(|n| n.code == "surrogate") {
            note.span = Some(onrecord_text::Span::new(at, at + '\u{fffd}'.len_utf8()));
        }
    }
    Ok(finish(meta, text.to_owned(), passages, notes))
}

/// The first of some fields that says something; a list's items are joined.
fn field(object: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match object.get(*name)? {
        Value::String(s) => tidy(s),
        Value::Number(n) => Some(n.to_string()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(Value::as_str).filter_map(tidy).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        _ => None,
    })
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::Role;

    fn one(line: &str) -> Result<(Document, Vec<Note>), String> {
        let Parsed { values, notes } = parse(line.as_bytes()).map_err(|f| f.what)?;
        document(&values[0], notes)
    }

    #[test]
    fn our_names_and_news_please() {
        let (d, n) = one(
            r#"{"id": 7, "url": "https://a.example/1", "outlet": "The Gazette", "title": "Bridge shut", "byline": "Jane Doe",
                "published": "2024-03-05T10:00:00Z", "language": "en-GB", "text": "Bridge shut\n\nIt was closed on Monday."}"#,
        )
        .unwrap();
        let m = d.meta();
        assert_eq!(
            (m.id.as_str(), m.lang.as_deref(), m.byline.as_deref()),
            ("7", Some("en"), Some("Jane Doe"))
        );
        assert_eq!(d.passages()[0].role, Role::Headline);
        assert!(n.is_empty());
        let (d, _) = one(
            r#"{"authors": ["Jane Doe", "John Roe"], "date_publish": "2018-02-05 22:05:03", "maintext": "It closed.", "text": null,
                "source_domain": "www.gazette.example", "title": null, "description": "", "language": null}"#,
        )
        .unwrap();
        let m = d.meta();
        assert_eq!(m.byline.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(m.published.as_deref(), Some("2018-02-05 22:05:03"));
        assert_eq!((m.outlet.as_deref(), m.title.as_deref()), (Some("gazette.example"), None));
        assert_eq!(m.id.len(), 16);
    }

    #[test]
    fn text_is_unchanged() {
        let (d, _) = one(r#"{"text": " \r\nA\u0000b\t “c”\r ", "id": ""}"#).unwrap();
        assert_eq!(d.text(), " \r\nA\0b\t “c”\r ");
    }

    #[test]
    fn surrogates_controls_and_nan_are_mended() {
        let cases: &[(&str, &str, bool)] = &[
            (r#"{"text": "a\ud800b"}"#, "a\u{fffd}b", true),
            (r#"{"text": "a\uDC00\ud83d\ude00"}"#, "a\u{fffd}😀", true),
            (r#"{"text": "a\ud83d\ud83d\ude00\\ud800"}"#, "a\u{fffd}😀\\ud800", true),
            (r#"{"text": "\\ud800\ud83d\ude00"}"#, "\\ud800😀", false),
            ("{\"text\": \"a\tb\u{1}\", \"byline\": NaN, \"n\": [-Infinity]}", "a\tb\u{1}", false),
        ];
        for (line, text, note) in cases {
            let (d, n) = one(line).unwrap();
            assert_eq!((d.text(), n.iter().any(|n| n.code == "surrogate")), (*text, *note), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let cases = [
            ("3", "a number instead of an object"),
            (r#"{"id": 1}"#, "no text in it"),
            (r#"{"text": [1]}"#, "the text is a list"),
        ];
        for (line, want) in cases {
            assert_eq!(one(line).unwrap_err(), want);
        }
        assert!(one("{nope}").unwrap_err().starts_with("not JSON ("));
        assert!(parse(b"{\"a\": 1,").is_err_and(|f| f.cut));
    }
}
