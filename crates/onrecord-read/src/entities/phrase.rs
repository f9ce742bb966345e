//! The shape of a source's phrase: its head, its name, the words around them. Must not know of entities.

use super::names;
use crate::{lexicon, segment};
use onrecord_names::{Naming, country};
use onrecord_text::{Form, Span};

/// What a source's phrase says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The form of the mention.
    pub form: Form,
    /// The name in it, titles left out.
    pub name: Option<Span>,
    /// The head noun, in lower case; for a name, none.
    pub head: Option<String>,
    /// The phrase begins with "the", "this", a possessive …: it takes something up.
    pub definite: bool,
    /// The words in lower case, in order.
    pub words: Vec<String>,
    /// Titles before the name, in lower case ("president").
    pub titles: Vec<String>,
}

/// Words before one of many.
pub(crate) const INDEFINITE: &[&str] = &["a", "an", "another", "one"];

impl Phrase {
    /// Does it bring in one of many: "an organizer"?
    pub(crate) fn is_indefinite(&self) -> bool {
        self.words.first().is_some_and(|w| INDEFINITE.contains(&w.as_str()))
    }

    /// The head noun; where none was made out, the last word.
    pub(crate) fn head_or_last(&self) -> &str {
        self.head.as_deref().or(self.words.last().map(String::as_str)).unwrap_or("")
    }
}

const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "they",
    "it",
    "i",
    "we",
    "you",
    "who",
    "him",
    "her",
    "them",
    "his",
    "their",
    "its",
    "our",
    "my",
    "your",
    "me",
    "us",
    "himself",
    "herself",
    "themselves",
    "itself",
    "one",
    "hers",
    "theirs",
    "this",
    "that",
    "which",
    "he's",
    "she's",
    "they're",
    "i'm",
    "we're",
];

/// What a phrase's head is followed by.
const AFTER_HEAD: &[&str] = &[
    "of",
    "for",
    "at",
    "in",
    "on",
    "from",
    "with",
    "who",
    "whom",
    "whose",
    "that",
    "which",
    "to",
    "by",
    "inside",
    "within",
    "near",
    "close",
    "familiar",
    "briefed",
    "working",
    "involved",
    "and",
    "or",
    "as",
    "under",
    "behind",
    "speaking",
    "contacted",
    "interviewed",
    "reached",
    "quoted",
    "named",
    "living",
    "present",
    "against",
    "about",
    "during",
    "since",
    "after",
    "before",
    "until",
    "while",
    "when",
    "where",
    "now",
];

/// What begins a list of those who are counted among a source.
const EXAMPLES: &[&str] = &["including", "included", "such", "like", "among", "notably", "especially"];

/// What stands before several: "many Republicans".
const COUNTING: &[&str] = &[
    "many",
    "some",
    "most",
    "several",
    "few",
    "both",
    "all",
    "other",
    "these",
    "those",
    "dozens",
    "hundreds",
    "thousands",
    "two",
    "three",
    "four",
    "five",
    "countless",
    "numerous",
    "various",
];

const DEFINITE: &[&str] =
    &["the", "this", "that", "these", "those", "his", "her", "their", "its", "our", "my", "your"];

/// The second-last form of a noun: plural → singular, by suffix alone.
pub(crate) fn singular(word: &str) -> String {
    for (end, to) in
        [("women", "woman"), ("men", "man"), ("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")]
    {
        if let Some(stem) = word.strip_suffix(end) {
            return format!("{stem}{to}");
        }
    }
    word.strip_suffix('s').filter(|w| !w.ends_with(['s', 'u']) && w.len() > 2).unwrap_or(word).to_string()
}

fn capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Reads a source's phrase.
pub(crate) fn read(text: &str, span: Span) -> Phrase {
    let all = segment::words(text, span);
    let words: Vec<String> = all.iter().map(|w| w.of(text).to_lowercase().replace('’', "'")).collect();
    let first = words.first().map_or("", String::as_str);
    let mut phrase = Phrase {
        form: Form::Nominal,
        name: None,
        head: None,
        definite: DEFINITE.contains(&first),
        words,
        titles: Vec::new(),
    };
    if phrase.words.len() == 1 && PRONOUNS.contains(&first_of(&phrase)) {
        phrase.form = Form::Pronoun;
        return phrase;
    }
    // segments between commas, brackets and dashes: the head's own, then appositions
    let segments = segments(text, &all);
    for (n, segment) in segments.iter().enumerate() {
        let head_end = segment
            .iter()
            .enumerate()
            .skip(1)
            .find(|(_, w)| {
                let word = w.of(text).to_lowercase();
                let after_noun = segment
                    .iter()
                    .take_while(|x| x != w)
                    .last()
                    .is_some_and(|x| lexicon::source_nouns().has(&x.of(text).to_lowercase()));
                let participle =
                    word.ends_with("ing") && word.len() > 5 && after_noun && segment.last() != Some(w);
                (participle || AFTER_HEAD.contains(&word.as_str())) && !names::joins_names(text, segment, **w)
            })
            .map_or(segment.len(), |(i, _)| i);
        let np = &segment[..head_end];
        let Some(head) = np.last() else { continue };
        let word = head.of(text);
        let lower = |w: &Span| w.of(text).to_lowercase();
        // those who are counted among the source are not the source
        if n > 0 && segment.first().is_some_and(|w| EXAMPLES.contains(&lower(w).as_str())) {
            break;
        }
        let counted = np.len() > 1
            && np.first().is_some_and(|w| COUNTING.contains(&lower(w).as_str()))
            && word.ends_with('s');
        let noun = [lower(head), singular(&lower(head))].iter().any(|w| lexicon::source_nouns().has(w));
        let people = word.ends_with('s')
            && country(word.trim_end_matches('s')).is_some_and(|c| c.how == Naming::Adjective);
        let common = noun && np.len() == 1 || lexicon::source_nouns().has(&lower(head)) || counted || people;
        if capitalised(word) && !common || !counted && names::is_name_run(text, np) {
            if let Some(run) = names::last_run(text, np) {
                let (titles, name) = names::strip_titles(text, &run);
                if !name.is_empty() {
                    phrase.name = Some(name);
                    phrase.titles.extend(titles);
                    if n == 0 {
                        phrase.form = Form::Name;
                        // words before the name describe it: "the author Jane Doe"
                        let before: Vec<Span> = np.iter().copied().take_while(|w| !run.contains(w)).collect();
                        phrase.titles.extend(describing(text, &before));
                    } else {
                        phrase.form = Form::Name;
                        phrase.titles.extend(phrase.head.clone());
                    }
                    // what follows the name describes it, too
                    for later in segments.iter().skip(n + 1) {
                        if later.first().is_some_and(|w| AFTER_HEAD.contains(&lower(w).as_str())) {
                            break;
                        }
                        phrase.titles.extend(describing(text, later));
                    }
                    break;
                }
            }
        } else if phrase.head.is_none() {
            phrase.head = Some(word.to_lowercase().replace('’', "'").trim_end_matches("'s").to_string());
        }
        // an apposition that names must follow at once; a relative clause does not
        if n >= 2 {
            break;
        }
    }
    phrase
}

/// The words that describe a party: those up to the head, without articles and owners ("the City's Director of
/// Structures": director).
fn describing<'a>(text: &'a str, words: &'a [Span]) -> impl Iterator<Item = String> + 'a {
    words
        .iter()
        .map(|w| w.of(text).to_lowercase().replace('’', "'"))
        .take_while(|w| !AFTER_HEAD.contains(&w.as_str()))
        .filter(|w| {
            !w.ends_with("'s") && !DEFINITE.contains(&w.as_str()) && !INDEFINITE.contains(&w.as_str())
        })
}

fn first_of(p: &Phrase) -> &str {
    p.words.first().map_or("", String::as_str)
}

fn segments(text: &str, words: &[Span]) -> Vec<Vec<Span>> {
    let mut out: Vec<Vec<Span>> = vec![Vec::new()];
    for (i, w) in words.iter().enumerate() {
        if i > 0 {
            let between = Span::new(words[i - 1].end as usize, w.start as usize).of(text);
            if between.contains([',', '(', ')', '—', '–', ';', ':'])
                || between.contains(" - ")
                || between.contains("--")
            {
                out.push(Vec::new());
            }
        }
        if let Some(last) = out.last_mut() {
            last.push(*w);
        }
    }
    out.retain(|s| !s.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases() {
        let cases: &[(&str, Form, &str, &str)] = &[
            ("President Volodymyr Zelenskyi", Form::Name, "Volodymyr Zelenskyi", ""),
            (
                "The Russian ambassador to the DPRK, Oleksandr Matsegora,",
                Form::Name,
                "Oleksandr Matsegora",
                "ambassador",
            ),
            (
                "an anonymous representative of Ukrainian military intelligence",
                Form::Nominal,
                "",
                "representative",
            ),
            ("Russian officials", Form::Nominal, "", "officials"),
            ("The president", Form::Nominal, "", "president"),
            ("he", Form::Pronoun, "", ""),
            ("Reardon, head of the workers’ union,", Form::Name, "Reardon", ""),
            ("the Ministry of Defence", Form::Name, "Ministry of Defence", ""),
            ("a spokeswoman for Nordvik", Form::Nominal, "", "spokeswoman"),
            ("Sen. Ted Cruz (R-TX)", Form::Name, "Ted Cruz", ""),
            ("Treasury Secretary Janet Yellen", Form::Name, "Janet Yellen", ""),
            ("Ursula von der Leyen", Form::Name, "Ursula von der Leyen", ""),
            ("Niger's justice ministry", Form::Nominal, "", "ministry"),
            ("the GOP front-runner Donald Trump", Form::Name, "Donald Trump", ""),
            ("Daily NK", Form::Name, "Daily NK", ""),
            ("Mayor", Form::Nominal, "", "mayor"),
        ];
        for (given, form, name, head) in cases {
            let p = read(given, Span::new(0, given.len()));
            let got = (p.form, p.name.map_or("", |n| n.of(given)), p.head.as_deref().unwrap_or(""));
            assert_eq!(got, (*form, *name, *head), "{given}");
        }
    }

    #[test]
    fn singulars() {
        for (p, s) in [
            ("officials", "official"),
            ("spokesmen", "spokesman"),
            ("ministries", "ministry"),
            ("bus", "bus"),
            ("press", "press"),
            ("witnesses", "witness"),
        ] {
            assert_eq!(singular(p), s);
        }
    }
}
