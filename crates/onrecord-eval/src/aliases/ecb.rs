//! ECB+'s layout on disk: TOPIC/TOPIC_FILE.xml with tokens, mentions and links to instances, and a table of the
//! sentences whose annotation is complete. The development topics only. Must not know how anything is scored.

use super::{AliasMention, AliasText, Numbers};
use crate::{Chars, Error};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The table of sentences: what a folder of ECB+ is known by.
pub(super) const SENTENCES: &str = "ECBplus_coreference_sentences.csv";

/// The topics that choices are made on.
const TOPICS: [u32; 8] = [2, 5, 12, 18, 21, 23, 34, 35];

/// The documents of the development topics that have mentions in the listed sentences.
pub(super) fn read(folder: &Path) -> Result<Vec<AliasText>, Error> {
    let mut out = Vec::new();
    for ((topic, file), sentences) in listed(&folder.join(SENTENCES))? {
        if !TOPICS.contains(&topic) {
            continue;
        }
        let path: PathBuf = folder.join(topic.to_string()).join(format!("{topic}_{file}.xml"));
        let xml = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
        let (text, mentions) = document(&xml, &sentences, file.ends_with("plus"))
            .map_err(|what| Error::malformed(&path, 0, what))?;
        if !mentions.is_empty() {
            out.push(AliasText { name: format!("{topic}_{file}"), text, mentions });
        }
    }
    match out.is_empty() {
        true => {
            Err(Error::nothing(folder, "holds no mention in the listed sentences of the development topics"))
        }
        false => Ok(out),
    }
}

/// By topic and file, the sentences that count.
fn listed(path: &Path) -> Result<BTreeMap<(u32, String), BTreeSet<usize>>, Error> {
    let table = fs::read_to_string(path).map_err(Error::unreadable(path))?;
    let mut out: BTreeMap<_, BTreeSet<usize>> = BTreeMap::new();
    for (n, line) in table.lines().enumerate().skip(1).filter(|(_, l)| !l.trim().is_empty()) {
        let columns: Vec<&str> = line.trim().split(',').collect();
        let row = match columns[..] {
            [topic, file, sentence] => {
                topic.parse().ok().zip(sentence.parse().ok()).map(|(t, s)| (t, file, s))
            }
            _ => None,
        };
        let (topic, file, sentence) =
            row.ok_or_else(|| Error::malformed(path, n + 1, "not topic, file, sentence number"))?;
        out.entry((topic, file.to_owned())).or_default().insert(sentence);
    }
    Ok(out)
}

/// A tag: its name, its attributes, and the text up to the next one.
struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    text: &'a str,
}

impl<'a> Tag<'a> {
    fn get(&self, attribute: &str) -> Option<&'a str> {
        let mut from = 0;
        while let Some(at) = self.attributes[from..].find(attribute) {
            let (start, rest) = (from + at, &self.attributes[from + at + attribute.len()..]);
            let whole = self.attributes[..start].ends_with(char::is_whitespace);
            if let Some(value) = rest.strip_prefix("=\"").filter(|_| whole) {
                return value.split('"').next();
            }
            from = start + attribute.len();
        }
        None
    }

    fn number(&self, attribute: &str) -> Result<usize, String> {
        let read = self.get(attribute).and_then(|v| v.parse().ok());
        read.ok_or_else(|| format!("a <{}> without a number for {attribute}", self.name))
    }
}

fn tags(xml: &str) -> impl Iterator<Item = Tag<'_>> {
    xml.split('<').skip(1).map(|piece| {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let at = tag.find(|c: char| c.is_whitespace()).unwrap_or(tag.len());
        Tag { name: tag[..at].trim_end_matches('/'), attributes: tag[at..].trim_end_matches('/'), text }
    })
}

fn plain(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.iter().fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}

/// A document's text and its mentions of people, bodies and places in the sentences that count.
fn document(
    xml: &str,
    sentences: &BTreeSet<usize>,
    address_first: bool,
) -> Result<(String, Vec<AliasMention>), String> {
    let mut text = Text::default();
    let mut places: BTreeMap<usize, (Chars, usize)> = BTreeMap::new();
    // mention -> its words; mention -> what it is linked to
    let mut anchors: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut links: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut mention, mut sources) = (None, Vec::new());
    for tag in tags(xml) {
        match tag.name {
            "token" => {
                let sentence = tag.number("sentence")?;
                // the web address of what was collected later
                if !(address_first && sentence == 0) {
                    let chars = text.push(&plain(tag.text), sentence);
                    places.insert(tag.number("t_id")?, (chars, sentence));
                }
            }
            "token_anchor" => {
                if let Some(m) = mention {
                    anchors.entry(m).or_default().push(tag.number("t_id")?);
                }
            }
            "source" => sources.push(tag.number("m_id")?),
            "target" => {
                let target = tag.number("m_id")?;
                links.extend(sources.drain(..).map(|s| (s, target)));
            }
            name if name.starts_with("HUMAN_") || name.starts_with("LOC_") => {
                mention = Some(tag.number("m_id")?)
            }
            name if name.starts_with('/') => {}
            _ => mention = None,
        }
    }
    if places.is_empty() {
        return Err("holds no <token>".into());
    }
    let mut found = Vec::new();
    for (m, words) in anchors {
        let stand: Vec<&(Chars, usize)> = words.iter().filter_map(|w| places.get(w)).collect();
        let (Some(first), Some(last)) = (stand.iter().map(|s| s.0).min(), stand.iter().map(|s| s.0).max())
        else {
            continue;
        };
        if stand.iter().all(|s| sentences.contains(&s.1)) {
            found.push((Chars::new(first.start, last.end), links.get(&m).map_or((m, false), |t| (*t, true))));
        }
    }
    found.sort();
    let mut numbers = Numbers::default();
    let mention = |(chars, label)| AliasMention { chars, unit: 0, party: numbers.of(label) };
    Ok((text.whole, found.into_iter().map(mention).collect()))
}

/// A text put together from its words, a sentence a line.
#[derive(Default)]
struct Text {
    whole: String,
    length: usize,
    sentence: Option<usize>,
    /// The next word follows without a blank.
    tight: bool,
    /// A straight double mark is open.
    open: bool,
}

impl Text {
    fn push(&mut self, word: &str, sentence: usize) -> Chars {
        let fresh = self.sentence != Some(sentence);
        if fresh {
            self.open = false;
        }
        let double = matches!(word, "``" | "''" | "\"");
        let closes = double && word != "``" && (word == "''" || self.open);
        let lower = word.to_lowercase();
        let hangs = closes
            || matches!(
                word,
                "," | "." | ";" | ":" | "?" | "!" | "%" | ")" | "]" | "}" | "…" | "”" | "’" | "'"
            )
            || matches!(
                lower.as_str(),
                "'s" | "'re"
                    | "'ve"
                    | "'ll"
                    | "'d"
                    | "'m"
                    | "n't"
                    | "’s"
                    | "’re"
                    | "’ve"
                    | "’ll"
                    | "’d"
                    | "’m"
                    | "n’t"
            );
        let blank = match (self.sentence, fresh) {
            (None, _) => "",
            (_, true) => "\n",
            _ if hangs || self.tight => "",
            _ => " ",
        };
        self.whole.push_str(blank);
        self.length += blank.len();
        let word = if double { "\"" } else { word };
        let start = self.length;
        self.whole.push_str(word);
        self.length += word.chars().count();
        self.sentence = Some(sentence);
        self.tight =
            (double && !closes) || matches!(word, "(" | "[" | "{" | "$" | "£" | "€" | "“" | "‘" | "#");
        self.open = if double { !closes } else { self.open };
        Chars::new(start, self.length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xml(words: &[(usize, &str)], rest: &str) -> String {
        let token = |(i, (sentence, word)): (usize, &(usize, &str))| {
            format!("<token t_id=\"{}\" sentence=\"{sentence}\" number=\"0\">{word}</token>\n", i + 1)
        };
        words.iter().enumerate().map(token).collect::<String>() + rest
    }

    #[test]
    fn words_make_a_text_and_links_make_parties() {
        let words = [
            (0, "http"),
            (1, "``"),
            (1, "No"),
            (1, ","),
            (1, "''"),
            (1, "Ada"),
            (1, "Quill"),
            (1, "'s"),
            (1, "aide"),
            (1, "said"),
            (1, "."),
            (2, "She"),
            (2, "left"),
            (3, "He"),
        ];
        let rest = "<Markables>\n<HUMAN_PART_PER m_id=\"1\" >\n<token_anchor t_id=\"6\"/>\n<token_anchor t_id=\"7\"/>\n\
                    </HUMAN_PART_PER>\n<ACTION_STATE m_id=\"2\" ><token_anchor t_id=\"13\"/></ACTION_STATE>\n\
                    <HUMAN_PART_PER m_id=\"3\" ><token_anchor t_id=\"12\"/></HUMAN_PART_PER>\n\
                    <LOC_GEO m_id=\"4\" ><token_anchor t_id=\"9\"/></LOC_GEO>\n\
                    <HUMAN_PART_PER m_id=\"5\" ><token_anchor t_id=\"14\"/></HUMAN_PART_PER>\n\
                    <HUMAN_PART_PER m_id=\"9\" RELATED_TO=\"\" TAG_DESCRIPTOR=\"q\" instance_id=\"H\" />\n</Markables>\n\
                    <Relations><CROSS_DOC_COREF r_id=\"1\" ><source m_id=\"1\" /><source m_id=\"3\" />\
                    <target m_id=\"9\" /></CROSS_DOC_COREF></Relations>";
        let (text, mentions) = document(&xml(&words, rest), &BTreeSet::from([1, 2]), true).unwrap();
        assert_eq!(text, "\"No,\" Ada Quill's aide said.\nShe left\nHe");
        let got: Vec<_> = mentions.iter().map(|m| (m.chars.start, m.chars.end, m.party)).collect();
        assert_eq!(got, [(6, 15, 0), (18, 22, 1), (29, 32, 0)]);
    }

    #[test]
    fn what_is_wrong() {
        for (xml, what) in [
            ("", "no <token>"),
            ("<token t_id=\"1\">a</token>", "<token> without a number for sentence"),
            ("<token t_id=\"x\" sentence=\"1\">a</token>", "for t_id"),
        ] {
            assert!(document(xml, &BTreeSet::new(), false).unwrap_err().contains(what), "{xml}");
        }
        let table = std::env::temp_dir().join(format!("onrecord-ecb-{}.csv", std::process::id()));
        fs::write(&table, "Topic,File,Sentence Number\n2,1ecb,3\n2,1ecb,x\n").unwrap();
        assert!(listed(&table).unwrap_err().to_string().contains(":3: not topic"));
        fs::remove_file(table).unwrap();
    }
}
