//! GeoVirus (Gritta et al. 2018) and the Local-Global Lexicon (Lieberman et al. 2010) on disk: one XML file of articles
//! with the names of places in them and their coordinates. Must not know how anything is scored.

use crate::{Chars, Error, Part, part};
use std::fs;
use std::path::{Path, PathBuf};

/// One article with its places.
#[derive(Clone, Debug)]
pub struct Mapped {
    /// Its id in the file, each once.
    pub name: String,
    /// Its text.
    pub text: String,
    /// By the FNV-1a 64 of its address: even, to develop on.
    pub part: Part,
    /// Its places in the file's order: where the name stands; degrees north and east.
    pub places: Vec<(Chars, (f64, f64))>,
}

/// A file of articles with places.
#[derive(Clone, Debug)]
pub struct MappedTexts {
    /// Where it was read from.
    pub file: PathBuf,
    /// In the file's order.
    pub documents: Vec<Mapped>,
}

impl MappedTexts {
    /// Reads a file.
    pub fn read(file: &Path) -> Result<Self, Error> {
        let xml = fs::read_to_string(file).map_err(Error::unreadable(file))?;
        let documents = documents(&xml).map_err(|(line, what)| Error::malformed(file, line, what))?;
        if documents.iter().all(|d| d.places.is_empty()) {
            return Err(Error::nothing(file, "holds no article with places"));
        }
        Ok(Self { file: file.to_owned(), documents })
    }
}

/// The inner text of each element of that name, none within another; how much of `xml` comes before it.
fn elements<'a>(xml: &'a str, name: &str) -> Vec<(usize, &'a str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(start) = xml.get(at..).and_then(|rest| rest.find(&open)).map(|i| at + i) {
        at = start + open.len();
        let rest = xml.get(at..).unwrap_or("");
        if !rest.starts_with(['>', ' ', '\n', '\t']) {
            continue;
        }
        let (Some(inner), Some(end)) = (rest.find('>').map(|i| i + 1), rest.find(&close)) else { continue };
        if let Some(text) = rest.get(inner..end) {
            out.push((start, text));
            at += end;
        }
    }
    out
}

/// The first element of that name, its references resolved.
fn text_of(xml: &str, name: &str) -> Option<String> {
    let inner = elements(xml, name).first()?.1;
    match inner.trim_start().strip_prefix("<![CDATA[").and_then(|c| c.rsplit_once("]]>")) {
        Some((words, _)) => Some(words.to_owned()),
        None => Some(resolved(inner)),
    }
}

fn resolved(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.find(';').unwrap_or(0);
        let c = match rest.get(1..end) {
            Some("amp") => Some('&'),
            Some("lt") => Some('<'),
            Some("gt") => Some('>'),
            Some("quot") => Some('"'),
            Some("apos") => Some('\''),
            Some(n) => n
                .strip_prefix("#x")
                .and_then(|h| u32::from_str_radix(h, 16).ok())
                .or_else(|| n.strip_prefix('#').and_then(|d| d.parse().ok()))
                .and_then(char::from_u32),
            None => None,
        };
        match c {
            Some(c) => {
                out.push(c);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// Blanks where comments stand: GeoVirus has articles that were commented out.
fn uncommented(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    let mut rest = xml;
    while let Some(at) = rest.find("<!--") {
        let end = rest[at..].find("-->").map_or(rest.len(), |e| at + e + 3);
        out.push_str(&rest[..at]);
        out.extend(rest[at..end].chars().filter(|c| *c == '\n'));
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

fn documents(xml: &str) -> Result<Vec<Mapped>, (usize, String)> {
    let xml = &uncommented(xml);
    let mut out = Vec::new();
    for (n, (at, article)) in elements(xml, "article").into_iter().enumerate() {
        let wrong = |what: String| (xml[..at].lines().count() + 1, what);
        let Some(text) = text_of(article, "text") else {
            return Err(wrong("an article without text".into()));
        };
        let Some(address) = text_of(article, "source").or_else(|| text_of(article, "url")) else {
            return Err(wrong("an article with neither source nor url".into()));
        };
        let chars: Vec<char> = text.chars().collect();
        let mut places = Vec::new();
        for (element, name) in [("location", "name"), ("toponym", "phrase")] {
            for (_, place) in elements(article, element) {
                let number = |field: &str| text_of(place, field)?.trim().parse::<f64>().ok();
                // LGL leaves names without coordinates that its gazetteer lacks
                let (Some(lat), Some(lon)) = (number("lat"), number("lon")) else { continue };
                let (Some(start), Some(end), Some(words)) =
                    (number("start"), number("end"), text_of(place, name))
                else {
                    return Err(wrong(format!("a {element} without start, end or {name}")));
                };
                let (start, end) = (start as usize, end as usize);
                // GeoVirus counts from 1
                let fits =
                    |s: usize, e: usize| chars.get(s..e).is_some_and(|c| c.iter().copied().eq(words.chars()));
                let back = usize::from(!fits(start, end));
                let span = Chars::new(start.saturating_sub(back), end.saturating_sub(back));
                if !fits(span.start, span.end) {
                    return Err(wrong(format!("{words:?} does not stand at {start} to {end}")));
                }
                places.push((span, (lat, lon)));
            }
        }
        let part = if part::hash(&address).is_multiple_of(2) { Part::Develop } else { Part::Held };
        out.push(Mapped { name: format!("{}#{address}", n + 1), text, part, places });
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_are_read() {
        let virus = "<articles><!-- <article></article> --><article><source>http://x/a?b&amp;c</source><text>É &amp; Pandi.</text><locations>\
                     <location><name>Pandi</name><start>5</start><end>10</end><lat>14.87</lat><lon> 120.95</lon>\
                     <page>p</page></location></locations></article></articles>";
        let d = documents(virus).unwrap();
        assert_eq!((d[0].name.as_str(), d[0].text.as_str()), ("1#http://x/a?b&c", "É & Pandi."));
        assert_eq!(d[0].places, [(Chars::new(4, 9), (14.87, 120.95))]);
        let lgl = "<article docid=\"1\"><url>u</url><text><![CDATA[In Troy & Rome]]></text><toponyms count=\"2\">\
                   <toponym><start>3</start><end>7</end><phrase>Troy</phrase><gaztag geonameid=\"1\"><name>Troy</name>\
                   <lat>1.5</lat><lon>-2</lon></gaztag></toponym><toponym><start>10</start><end>14</end>\
                   <phrase>Rome</phrase></toponym></toponyms></article>";
        let d = documents(lgl).unwrap();
        assert_eq!((d.len(), d[0].places.as_slice()), (1, &[(Chars::new(3, 7), (1.5, -2.0))][..]));
        assert_eq!(resolved("a &amp &#65;&#x42; &lt"), "a &amp AB &lt");
    }

    #[test]
    fn what_is_wrong() {
        for (xml, what) in [
            ("<article><url>u</url></article>", "without text"),
            ("<article><text>t</text></article>", "neither source"),
            (
                "<article><url>u</url><text>t</text><toponym><phrase>Oslo</phrase><start>0</start><end>4</end>\
                 <lat>1</lat><lon>1</lon></toponym></article>",
                "does not stand",
            ),
        ] {
            let (_, said) = documents(xml).unwrap_err();
            assert!(said.contains(what), "{xml}: {said}");
        }
    }
}
