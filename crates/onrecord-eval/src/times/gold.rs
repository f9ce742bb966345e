//! TimeML files: text with TIMEX3 tags in it, and the time of the document's creation. Must not know how anything is
//! scored.

use crate::{Chars, Error, Part};
use onrecord_text::TimeKind;
use std::fs;
use std::path::{Path, PathBuf};

/// A time expression with its value.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeTag {
    /// Where it stands.
    pub chars: Chars,
    /// TIMEX3's type.
    pub kind: TimeKind,
    /// TIMEX3's value.
    pub value: String,
}

/// One document with its time expressions.
#[derive(Clone, Debug)]
pub struct TimeText {
    /// Its file's name.
    pub name: String,
    /// What stands in `TEXT`, without the tags.
    pub text: String,
    /// The day of its creation, ISO 8601.
    pub created: String,
    /// Its time expressions in order, without that of its creation.
    pub times: Vec<TimeTag>,
}

/// One file in so many is held back.
pub(super) const ONE_IN: u64 = 5;

/// A folder of TimeML files.
#[derive(Clone, Debug)]
pub struct TimeBank {
    /// Where it was read from.
    pub folder: PathBuf,
    /// By name.
    pub documents: Vec<TimeText>,
}

impl TimeBank {
    /// Reads the `.tml` files of a folder, of one part only where it is named.
    pub fn read(folder: &Path, part: Option<Part>) -> Result<Self, Error> {
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
            let path = entry.map_err(Error::unreadable(folder))?.path();
            if path.extension().is_some_and(|e| e == "tml")
                && let Some(name) = path.file_name().map(|n| n.to_string_lossy().into_owned())
                && part.is_none_or(|p| p == Part::of(&name, ONE_IN))
            {
                files.push((name, path));
            }
        }
        files.sort();
        if files.is_empty() {
            return Err(Error::nothing(folder, "holds no .tml file"));
        }
        let read = |(name, path): (String, PathBuf)| {
            let xml = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
            document(name, &xml).map_err(|(line, what)| Error::malformed(&path, line, what))
        };
        Ok(Self {
            folder: folder.to_owned(),
            documents: files.into_iter().map(read).collect::<Result<_, _>>()?,
        })
    }
}

/// What is wrong, and in which line.
type Wrong = (usize, String);

fn document(name: String, xml: &str) -> Result<TimeText, Wrong> {
    let mut out = TimeText { name, text: String::new(), created: String::new(), times: Vec::new() };
    // the TIMEX3 that is open: where it begins, and its tag
    let mut open: Option<(usize, &str)> = None;
    let (mut inside, mut chars, mut rest) = (false, 0, xml);
    while let Some(at) = rest.find('<') {
        let line = || xml[..xml.len() - rest.len()].matches('\n').count() + 1;
        if inside {
            let plain = unescaped(&rest[..at]);
            chars += plain.chars().count();
            out.text.push_str(&plain);
        }
        let end = rest[at..].find('>').ok_or_else(|| (line(), "a tag without its end".to_owned()))? + at;
        let tag = &rest[at + 1..end];
        match tag {
            "TEXT" => inside = true,
            "/TEXT" => inside = false,
            "/TIMEX3" => {
                let (start, tag) =
                    open.take().ok_or_else(|| (line(), "</TIMEX3> without a start".to_owned()))?;
                if inside {
                    let (Some(kind), Some(value)) = (kind(tag), attribute(tag, "value")) else {
                        return Err((line(), format!("<{tag}> without a known type and a value")));
                    };
                    out.times.push(TimeTag {
                        chars: Chars::new(start, chars),
                        kind,
                        value: value.to_owned(),
                    });
                }
            }
            _ if tag.starts_with("TIMEX3") => {
                if attribute(tag, "functionInDocument") == Some("CREATION_TIME") {
                    let value = attribute(tag, "value").unwrap_or_default();
                    out.created = value.get(..10).unwrap_or(value).to_owned();
                }
                open = Some((chars, tag));
            }
            _ => {}
        }
        rest = &rest[end + 1..];
    }
    if out.created.is_empty() || out.text.is_empty() {
        return Err((0, "holds no creation time, or no TEXT".into()));
    }
    Ok(out)
}

fn kind(tag: &str) -> Option<TimeKind> {
    match attribute(tag, "type")? {
        "DATE" => Some(TimeKind::Date),
        "TIME" => Some(TimeKind::Time),
        "DURATION" => Some(TimeKind::Duration),
        "SET" => Some(TimeKind::Set),
        _ => None,
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[at..].split('"').next()
}

fn unescaped(xml: &str) -> String {
    ["lt;<", "gt;>", "quot;\"", "apos;'", "amp;&"].iter().fold(xml.to_owned(), |s, pair| {
        let (name, mark) = pair.split_at(pair.len() - 1);
        s.replace(&format!("&{name}"), mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_become_offsets() {
        let xml = "<DCT><TIMEX3 tid=\"t0\" type=\"DATE\" value=\"1998-01-08T10:00\" \
                   functionInDocument=\"CREATION_TIME\">1998</TIMEX3></DCT>\n<TEXT>é &amp; <EVENT>rain</EVENT> \
                   <TIMEX3 type=\"SET\" value=\"P1D\">every day</TIMEX3>.</TEXT>";
        let d = document("a".into(), xml).unwrap();
        assert_eq!((d.text.as_str(), d.created.as_str()), ("é & rain every day.", "1998-01-08"));
        assert_eq!(d.times, [TimeTag { chars: Chars::new(9, 18), kind: TimeKind::Set, value: "P1D".into() }]);
    }

    #[test]
    fn what_is_wrong_and_where() {
        for (xml, line, what) in [
            ("<TEXT>\na</TIMEX3></TEXT>", 1, "without a start"),
            ("<TEXT>\n\n<TIMEX3", 1, "without its end"),
            ("<TEXT>\n<TIMEX3 type=\"X\" value=\"1\">\n1</TIMEX3>", 2, "a known type"),
            ("<TEXT>a</TEXT>", 0, "creation time"),
        ] {
            let (n, said) = document("a".into(), xml).unwrap_err();
            assert!(n == line && said.contains(what), "{xml:?}: {n} {said}");
        }
    }

    #[test]
    fn parts_by_name() {
        // FNV-1a of the empty string is its offset basis, 14695981039346656037
        assert_eq!(Part::of("", ONE_IN), Part::Develop);
        let held = (0..1000).filter(|i| Part::of(&format!("wsj_{i:04}.tml"), ONE_IN) == Part::Held).count();
        assert!((150..250).contains(&held), "{held}");
    }
}
