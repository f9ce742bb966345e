//! A name taken from a string: its tokens, read as a person's and as a body's or place's. Must not know what makes two
//! names alike.

use crate::letters::{self, Sounds};
use crate::lexicon;
use crate::person::Person;
use crate::thing::Thing;

/// What a name is of, as far as the caller knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation, office, outlet or other body.
    Body,
    /// A place.
    Place,
    /// Not known: told from the name's own words.
    #[default]
    Unknown,
}

/// A name, ready to be compared.
#[derive(Clone, Debug)]
pub struct Name {
    text: String,
    kind: Kind,
    /// Its words in order, folded: what equal names share.
    pub(crate) folded: String,
    /// What it is taken for: its kind, or what its words tell.
    pub(crate) taken: Kind,
    /// Read as a person's, unless it is known not to be.
    pub(crate) person: Option<Person>,
    /// Read as a body's or a place's, unless it is known not to be.
    pub(crate) thing: Option<Thing>,
}

impl Name {
    /// Reads a name. Any string is one; an empty one is like no other.
    pub fn new(text: &str, kind: Kind) -> Self {
        let tokens = tokens(text);
        let folded = tokens.iter().map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ");
        let taken = if kind == Kind::Unknown { guess(&tokens) } else { kind };
        let unknown = kind == Kind::Unknown;
        let person = (unknown || taken == Kind::Person).then(|| Person::new(&tokens));
        let as_thing = if taken == Kind::Person { Kind::Unknown } else { taken };
        let thing = (unknown || taken != Kind::Person).then(|| Thing::new(text, &tokens, as_thing));
        Self { text: text.into(), kind, folded, taken, person, thing }
    }

    /// The string it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What the caller said it is of.
    pub fn kind(&self) -> Kind {
        self.kind
    }
}

/// One word of a name.
#[derive(Clone, Debug)]
pub(crate) struct Token {
    /// Lower-case ASCII letters and digits.
    pub folded: String,
    /// All of its letters are capitals, two or more: an abbreviation, or shouting.
    pub caps: bool,
    /// It begins with a capital or a digit.
    pub capital: bool,
    /// A hyphen stands before it.
    pub joined: bool,
    /// A comma stands before it.
    pub comma: bool,
    /// It stands in brackets.
    pub aside: bool,
    /// It stands between quotation marks.
    pub quoted: bool,
    /// Letters each with a full stop: "U.S.", "K.C."
    pub dotted: bool,
    /// How many capitals it has.
    pub inner: usize,
}

impl Token {
    /// Capitals within it that are no plain word's: "ACPeds", "DoD".
    pub(crate) fn inner_capitals(&self) -> bool {
        self.inner > 1
    }
}

/// One word that names compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Word {
    pub folded: String,
    sounds: Sounds,
    /// What its spellings share, nearly always.
    pub code: String,
    pinyin: bool,
}

impl Word {
    pub(crate) fn new(folded: &str) -> Self {
        let sounds = Sounds::new(folded);
        Self { folded: folded.into(), code: sounds.key(), sounds, pinyin: letters::pinyin(folded).is_some() }
    }

    /// The very word, or a spelling of it. Two words of pinyin are spelled by one rule, so each letter tells.
    pub(crate) fn alike(&self, other: &Self, slack: u32) -> bool {
        self.folded == other.folded
            || (!(self.pinyin && other.pinyin) || slack > 0 && letters::voiced(&self.folded, &other.folded))
                && self.code.as_bytes().first() == other.code.as_bytes().first()
                && !self.has_digit()
                && !other.has_digit()
                && self.sounds.alike(&other.sounds, slack)
    }

    pub(crate) fn has_digit(&self) -> bool {
        self.folded.bytes().any(|c| c.is_ascii_digit())
    }
}

/// Splits a name into words at blanks, hyphens, commas, slashes and brackets.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    const QUOTES: &[char] = &['"', '“', '”', '‘', '«', '»'];
    let mut out: Vec<Token> = Vec::new();
    let (mut joined, mut comma, mut depth, mut quoted) = (false, false, 0usize, false);
    let mut at = 0;
    let text = text.get(..floor(text, 400)).unwrap_or(text);
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        let edge = |c: char| {
            c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '—' | ',' | '/' | '(' | ')' | '[' | ']')
        };
        if edge(c) {
            match c {
                '-' | '‐' | '‑' | '–' => joined = !out.is_empty(),
                ',' => comma = true,
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                c if c.is_whitespace() => {}
                _ => joined = false,
            }
            at += c.len_utf8();
            continue;
        }
        let len = rest.find(edge).unwrap_or(rest.len());
        let word = &rest[..len];
        let opens = word.starts_with(QUOTES) || word.starts_with('\'') && word.len() > 2;
        quoted |= opens;
        let closes =
            word.trim_end_matches(['.', ';', ':']).ends_with(QUOTES) || quoted && word.ends_with(['\'', '’']);
        push(&mut out, word, Flags { joined, comma, aside: depth > 0, quoted });
        if closes {
            quoted = false;
        }
        (joined, comma) = (false, false);
        at += len;
    }
    out
}

fn floor(text: &str, most: usize) -> usize {
    let mut at = most.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

struct Flags {
    joined: bool,
    comma: bool,
    aside: bool,
    quoted: bool,
}

fn push(out: &mut Vec<Token>, word: &str, f: Flags) {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '&' | '\'' | '’'));
    let cut = letters::without_genitive(bare);
    let dotted =
        cut.contains('.') && cut.split('.').filter(|p| !p.is_empty()).all(|p| p.chars().count() == 1);
    if cut == "&" {
        out.push(token("and".into(), cut, &f, false));
        return;
    }
    // "U.S.": one abbreviation; "J.Smith": an initial and a word
    if cut.contains('.') && !dotted {
        for part in cut.split('.').filter(|p| !p.is_empty()) {
            let folded = fold(part);
            if !folded.is_empty() {
                out.push(token(folded, part, &f, false));
            }
        }
        return;
    }
    let folded = fold(cut);
    if !folded.is_empty() {
        out.push(token(folded, cut, &f, dotted && cut.chars().filter(|c| c.is_alphanumeric()).count() > 1));
    }
}

fn fold(word: &str) -> String {
    letters::plain(word).chars().filter(char::is_ascii_alphanumeric).collect()
}

fn token(folded: String, word: &str, f: &Flags, dotted: bool) -> Token {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    Token {
        caps: letters().count() > 1 && letters().all(char::is_uppercase),
        capital: word
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(|c| c.is_uppercase() || c.is_numeric()),
        folded,
        joined: f.joined,
        comma: f.comma,
        aside: f.aside,
        quoted: f.quoted,
        dotted,
        inner: word.chars().filter(|c| c.is_uppercase()).count(),
    }
}

/// What a name is of, by its own words.
fn guess(tokens: &[Token]) -> Kind {
    let Some(first) = tokens.first() else { return Kind::Unknown };
    let words: Vec<&str> = tokens.iter().map(|t| t.folded.as_str()).collect();
    let whole = words.join(" ");
    if crate::country::folded(whole.strip_prefix("the ").unwrap_or(&whole)).is_some() {
        return Kind::Place;
    }
    let last = words.len() - 1;
    let titled = words[..last].iter().any(|w| lexicon::titles().has(w));
    let body = words.iter().any(|w| lexicon::body_words().has(w));
    if titled && !body {
        return Kind::Person;
    }
    if body || words.len() == 1 && first.caps && first.folded.len() <= 6 {
        return Kind::Body;
    }
    let place = |(i, w): (usize, &&str)| match lexicon::place_words().get(w, 0) {
        Some("side") => i == 0,
        Some("generic") => i > 0,
        Some(_) => i == 0 && last > 0 || i == last && i > 0,
        None => false,
    };
    if words.iter().enumerate().any(place) {
        return Kind::Place;
    }
    if words[0] == "the" || words.iter().any(|w| matches!(*w, "of" | "for" | "and")) {
        return Kind::Body;
    }
    Kind::Person
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_a_name() {
        let split = |s: &str| tokens(s).iter().map(|t| t.folded.clone()).collect::<Vec<_>>();
        for (text, want) in [
            ("Kim Jong-un", vec!["kim", "jong", "un"]),
            ("Khamene’i's", vec!["khamenei"]),
            ("U.S. Army", vec!["us", "army"]),
            ("J.R. Smith", vec!["jr", "smith"]),
            ("J.Smith", vec!["j", "smith"]),
            ("Putin, Vladimir", vec!["putin", "vladimir"]),
            ("Johnson & Johnson", vec!["johnson", "and", "johnson"]),
            ("Зеленський", vec!["zelenskii"]),
            ("…", vec![]),
        ] {
            let got = split(text);
            assert_eq!(got.len(), want.len(), "{text}: {got:?}");
            if text.is_ascii() {
                assert_eq!(got, want);
            }
        }
    }

    #[test]
    fn kinds_by_words() {
        for (text, want) in [
            ("Anna Smith", Kind::Person),
            ("President Novak", Kind::Person),
            ("WHO", Kind::Body),
            ("Bank of England", Kind::Body),
            ("North Korea", Kind::Place),
            ("San Jose", Kind::Place),
            ("Kanye West", Kind::Person),
            ("the Taliban", Kind::Body),
        ] {
            assert_eq!(guess(&tokens(text)), want, "{text}");
        }
    }
}
