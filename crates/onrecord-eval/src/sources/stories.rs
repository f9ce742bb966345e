//! Stories: articles with a gold record of who asserts what in them, on whose word; and how predicted attributions
//! do against it. Must not know of the kinds by hand.

use super::party::Party;
use super::words::{Word, words};
use super::{COARSE, coarse};
use crate::pairs::shared;
use crate::report::{Confusion, Lines, Shows, Sum, tables};
use crate::{Chars, Error, Said, SaidAttribution, Text};
use onrecord_text::{Form, SourceKind};
use serde::Deserialize;
use std::fs;
use std::path::{Path, PathBuf};

/// What the figures are.
pub(super) const RULES: [&str; 2] = [
    "Stories: a gold assertion goes with the predicted attribution whose content overlaps its content best \
     (intersection over union at least 0.25, or 0.6 of the shorter). Of those found: the number of links of the \
     attribution chain, the outlet's own voice left out, and the kind of the innermost link.",
    "\"points to\": whether the predicted entity goes by the gold party's name, where that name stands in the \
     article, by the form of the source. Free assertions, sources of kind anonymous, group and author, and parties \
     that the gold describes without a name are not counted. A wording that is no name of the party's (\"Algiers\" \
     for Algeria) is nominal; another person's name (they repeat the party) is not counted.",
];

/// One assertion of a document.
#[derive(Clone, Debug)]
pub struct GoldAssertion {
    /// What is asserted.
    pub content: Chars,
    /// The source's words, where it has any.
    pub source: Option<String>,
    /// From the outlet inward: names and kinds, the outlet's own voice left out.
    pub chain: Vec<(String, SourceKind)>,
    /// The mode is free.
    pub free: bool,
}

/// One document of a story.
#[derive(Clone, Debug)]
pub struct StoryText {
    /// Its id.
    pub id: String,
    /// Its text.
    pub text: String,
    /// The line it came in.
    pub record: String,
    /// What it asserts, claim by claim.
    pub assertions: Vec<GoldAssertion>,
}

/// A folder of stories.
#[derive(Clone, Debug)]
pub struct Stories {
    /// Where it was read from.
    pub folder: PathBuf,
    /// The documents of all stories, in order.
    pub documents: Vec<StoryText>,
}

#[derive(Deserialize)]
struct Story {
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    assertions: Vec<Assertion>,
}

#[derive(Deserialize)]
struct Assertion {
    doc: String,
    content: String,
    nth: Option<usize>,
    source: Option<String>,
    #[serde(default)]
    chain: Vec<Link>,
    mode: String,
}

#[derive(Deserialize)]
struct Link {
    name: String,
    kind: String,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

impl Stories {
    /// Reads a folder of stories: each a folder with `story.json` and `documents.jsonl`.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let mut stories = Vec::new();
        for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
            let path = entry.map_err(Error::unreadable(folder))?.path();
            if path.join("story.json").is_file() {
                stories.push(path);
            }
        }
        stories.sort();
        if stories.is_empty() {
            return Err(Error::nothing(folder, "holds no STORY/story.json"));
        }
        let mut documents = Vec::new();
        for story in stories {
            documents.extend(read_story(&story)?);
        }
        Ok(Self { folder: folder.to_owned(), documents })
    }

    /// What there is to read.
    pub(super) fn texts(&self) -> impl Iterator<Item = Text<'_>> {
        self.documents.iter().map(|d| Text { name: &d.id, text: &d.text, record: Some(&d.record) })
    }
}

fn read_story(folder: &Path) -> Result<Vec<StoryText>, Error> {
    let path = folder.join("documents.jsonl");
    let lines = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
    let mut documents = Vec::new();
    for (n, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let r: Record =
            serde_json::from_str(line).map_err(|e| Error::malformed(&path, n + 1, e.to_string()))?;
        documents.push(StoryText { id: r.id, text: r.text, record: line.to_owned(), assertions: vec![] });
    }
    let path = folder.join("story.json");
    let json = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
    let story: Story =
        serde_json::from_str(&json).map_err(|e| Error::malformed(&path, e.line(), e.to_string()))?;
    for a in story.claims.into_iter().flat_map(|c| c.assertions) {
        let wrong = |what: String| Error::malformed(&path, 0, what);
        let Some(document) = documents.iter_mut().find(|d| d.id == a.doc) else {
            return Err(wrong(format!("an assertion in {:?}, which documents.jsonl does not hold", a.doc)));
        };
        let Some(content) = stretch(&document.text, &a.content, a.nth.unwrap_or(1)) else {
            return Err(wrong(format!("the content {:?} does not stand in {}", a.content, a.doc)));
        };
        let mut chain = Vec::new();
        for link in a.chain {
            let kind = SourceKind::from_name(&link.kind)
                .ok_or_else(|| wrong(format!("no kind of source: {:?}", link.kind)))?;
            chain.push((link.name, kind));
        }
        chain.retain(|l| l.1 != SourceKind::Author);
        let free = a.mode == "free";
        document.assertions.push(GoldAssertion { content, source: a.source, chain, free });
    }
    Ok(documents)
}

/// Where words stand for the `nth` time, from 1; later ones may begin within earlier ones.
fn stretch(text: &str, words: &str, nth: usize) -> Option<Chars> {
    let first = words.chars().next()?;
    let (at, _) = text
        .char_indices()
        .filter(|&(i, c)| c == first && text[i..].starts_with(words))
        .nth(nth.checked_sub(1)?)?;
    let start = text[..at].chars().count();
    Some(Chars::new(start, start + words.chars().count()))
}

const FORMS: [Form; 3] = [Form::Name, Form::Nominal, Form::Pronoun];
/// Sums: found of all and of those on somebody's word; chain length, kind; then names, nominals, pronouns, the last
/// two together, all.
const POINTS: usize = 4;
const SUMS: usize = POINTS + FORMS.len() + 2;

/// Adds the tables of one system.
pub(super) fn hold(gold: &Stories, said: &[&Said], out: &mut Vec<Lines>, seen: &mut Vec<Confusion>) {
    let mut confusion = Confusion::new("stories, innermost kind", &COARSE);
    let documents: Vec<Vec<Sum>> =
        gold.documents.iter().zip(said).map(|(d, said)| count(d, said, &mut confusion)).collect();
    let lines = |names: &[&str], first: usize| {
        let named = names.iter().enumerate();
        named.map(|(i, n)| ((*n).to_owned(), Shows::Share(first + i))).collect::<Vec<_>>()
    };
    let found = ["found", "found, on somebody's word", "chain length right", "innermost kind right"];
    let forms = ["name", "nominal", "pronoun", "nominal and pronoun", "all"];
    let plans =
        vec![("stories".into(), lines(&found, 0)), ("stories, points to".into(), lines(&forms, POINTS))];
    out.extend(tables(&documents, plans));
    seen.push(confusion);
}

/// The prediction that goes with a content; of equals one that goes with no other.
fn best(content: Chars, predicted: &[SaidAttribution], used: &[bool]) -> Option<usize> {
    let length = |c: &Chars| c.end.saturating_sub(c.start);
    let mut best: Option<((f64, bool), usize)> = None;
    for (i, p) in predicted.iter().enumerate() {
        let over: usize = p.triple.content.iter().map(|c| shared(*c, content)).sum();
        if over == 0 {
            continue;
        }
        let (ours, theirs) = (length(&content), p.triple.content.iter().map(length).sum::<usize>());
        let alike = over as f64 / (ours + theirs).saturating_sub(over).max(1) as f64;
        let within = over as f64 / ours.min(theirs).max(1) as f64;
        if alike < 0.25 && within < 0.6 {
            continue;
        }
        let key = (alike, !used[i]);
        if best.is_none_or(|b| key > b.0) {
            best = Some((key, i));
        }
    }
    best.map(|b| b.1)
}

fn count(document: &StoryText, said: &Said, confusion: &mut Confusion) -> Vec<Sum> {
    let author = coarse(SourceKind::Author);
    let mut sums = vec![Sum::default(); SUMS];
    let mut used = vec![false; said.attributions.len()];
    let chars: Vec<char> = document.text.chars().collect();
    let text = words(&document.text);
    for a in &document.assertions {
        let kind = a.chain.last().map_or(author, |l| coarse(l.1));
        let at = best(a.content, &said.attributions, &used);
        let mut add = |line: usize, right: bool| sums[line].add(&Sum::share(usize::from(right), 1));
        add(0, at.is_some());
        if kind != author {
            add(1, at.is_some());
        }
        let Some(at) = at else { continue };
        used[at] = true;
        let p = &said.attributions[at];
        let links: Vec<&Option<SourceKind>> =
            p.chain.iter().filter(|k| **k != Some(SourceKind::Author)).collect();
        add(2, links.len() == a.chain.len());
        // a link whose kind is not told is of none
        let theirs = links.last().map_or(Some(author), |k| k.map(coarse));
        add(3, theirs == Some(kind));
        if let Some(theirs) = theirs {
            confusion.counts[kind][theirs] += 1;
        }
        let Some((form, party)) = pointed(a, &text) else { continue };
        let right = p.entity.and_then(|e| said.entities.get(e)).is_some_and(|e| {
            let named = e.mentions.iter().filter(|m| m.form == Some(Form::Name));
            let spans = named.filter_map(|m| chars.get(m.chars.start..m.chars.end));
            let mentions: Vec<String> = spans.map(|s| s.iter().collect()).collect();
            let wordings = [&e.name].into_iter().chain(&e.aliases).chain(&mentions);
            party.is(&wordings.map(String::as_str).collect::<Vec<_>>(), e.kind)
        });
        add(POINTS + FORMS.iter().position(|f| *f == form).unwrap_or(0), right);
        if form != Form::Name {
            add(POINTS + FORMS.len(), right);
        }
        add(POINTS + FORMS.len() + 1, right);
    }
    sums
}

/// The form of an assertion's source and the party that it should point to, where the assertion is counted.
fn pointed(a: &GoldAssertion, text: &[Word]) -> Option<(Form, Party)> {
    const PRONOUNS: &[&str] =
        &["he", "she", "it", "they", "we", "i", "you", "him", "her", "them", "his", "its", "their", "who"];
    let source = a.source.as_ref().filter(|_| !a.free)?;
    let (name, kind) = a.chain.last()?;
    let party = Party::of(name, *kind).filter(|p| p.stands_in(text))?;
    let words = words(source);
    let form = if words.len() == 1 && PRONOUNS.contains(&words[0].lower.as_str()) {
        Form::Pronoun
    } else if party.is_named_by(source) {
        Form::Name
    } else {
        Form::Nominal
    };
    // the name of somebody else, who repeats the party
    let bare = !words.is_empty() && words.iter().all(|w| w.capital && !w.title());
    let article = source.to_lowercase().starts_with("the ");
    (form != Form::Nominal || !(party.person && bare && !article)).then_some((form, party))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Mention, Triple};

    const TEXT: &str = "The pier will close, Ada Quill said. She blamed rot, as the harbour master told Quay Times. \
                        It is cold. A man who asked not to be named said it will reopen.";

    fn at(s: &str) -> Chars {
        stretch(TEXT, s, 1).unwrap()
    }

    fn gold(content: &str, source: Option<&str>, chain: &[(&str, SourceKind)]) -> GoldAssertion {
        GoldAssertion {
            content: at(content),
            source: source.map(str::to_owned),
            chain: chain.iter().map(|(n, k)| ((*n).to_owned(), *k)).collect(),
            free: false,
        }
    }

    fn says(content: &str, entity: Option<usize>, chain: &[SourceKind]) -> SaidAttribution {
        SaidAttribution {
            triple: Triple { content: vec![at(content)], ..Triple::default() },
            entity,
            chain: chain.iter().map(|k| Some(*k)).collect(),
            ..SaidAttribution::default()
        }
    }

    #[test]
    fn assertions_chains_and_parties() {
        use SourceKind as K;
        let quill = ("Ada Quill, harbour master", K::Office);
        let document = StoryText {
            id: "a".into(),
            text: TEXT.into(),
            record: String::new(),
            assertions: vec![
                gold("The pier will close", Some("Ada Quill"), &[quill]),
                gold("rot", Some("She"), &[quill]),
                gold("blamed rot", Some("the harbour master"), &[("Quay Times", K::Outlet), quill]),
                gold("It is cold", None, &[]),
                gold("it will reopen", Some("A man"), &[("a man", K::Anonymous)]),
            ],
        };
        let entity = |name: &str, place: &str, form| Entity {
            name: name.into(),
            mentions: vec![Mention { chars: at(place), form: Some(form) }],
            ..Entity::default()
        };
        let said = Said {
            attributions: vec![
                says("The pier will close", Some(0), &[K::Person]),
                says("rot", Some(1), &[K::Person]),
                says("She blamed rot", Some(0), &[K::Outlet, K::Person]),
                says("it will reopen", None, &[K::Group]),
            ],
            entities: vec![entity("Ada Quill", "Ada Quill", Form::Name), entity("She", "She", Form::Pronoun)],
        };
        let mut confusion = Confusion::new("x", &COARSE);
        let sums = count(&document, &said, &mut confusion);
        let got: Vec<(f64, f64)> = sums.iter().map(|s| (s.hit_g, s.gold)).collect();
        assert_eq!(
            got,
            [
                (4.0, 5.0),
                (4.0, 4.0),
                (4.0, 4.0),
                (3.0, 4.0),
                (1.0, 1.0),
                (1.0, 1.0),
                (0.0, 1.0),
                (1.0, 2.0),
                (2.0, 3.0)
            ]
        );
        assert_eq!(confusion.counts[4][1], 1);
    }

    #[test]
    fn what_is_counted() {
        use SourceKind as K;
        let text = words(TEXT);
        let quill = ("Ada Quill", K::Person);
        let form = |a: &GoldAssertion| pointed(a, &text).map(|p| p.0);
        for (source, party, want) in [
            (Some("Ada Quill"), quill, Some(Form::Name)),
            (Some("she"), quill, Some(Form::Pronoun)),
            (Some("the master"), quill, Some(Form::Nominal)),
            (Some("Bo Reed"), quill, None),
            (Some("he"), ("Bo Reed", K::Person), None),
            (Some("he"), ("a man", K::Anonymous), None),
            (Some("The paper"), ("Quay Times", K::Outlet), Some(Form::Nominal)),
            (None, quill, None),
        ] {
            assert_eq!(form(&gold("rot", source, &[party])), want, "{source:?} {party:?}");
        }
        assert_eq!(form(&GoldAssertion { free: true, ..gold("rot", Some("She"), &[quill]) }), None);
        assert_eq!(stretch("aaa", "aa", 2), Some(Chars::new(1, 3)));
    }
}
