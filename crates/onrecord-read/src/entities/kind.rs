//! What kind of party a source is, by its own words. Must not know who it points to.

use super::phrase::{Phrase, singular};
use crate::encoder::{Kinds, Noun};
use crate::lexicon;
use onrecord_text::{Form, SourceKind, Span};

/// Does the text withhold the name? By an adjective, a head that withholds ("sources"), or a phrase in the source
/// or just beside it. `near` is the sentence's text around the source.
pub(crate) fn withheld(phrase: &Phrase, own: &str, near: &str) -> bool {
    if phrase.name.is_some() {
        return false;
    }
    let table = lexicon::anonymity();
    let is = |word: &str, place: &str| table.get(word, 0) == Some(place);
    let own = own.to_lowercase().replace('’', "'");
    let near = near.to_lowercase().replace('’', "'");
    phrase.words.iter().any(|w| is(w, "adjective"))
        || phrase.head.as_deref().is_some_and(|h| is(h, "head"))
        || table.keys_with(0, "phrase").iter().any(|p| own.contains(p) || (p.len() > 12 && near.contains(p)))
}

/// The kind of a source, from its phrase alone; `None` where only who it points to can tell (pronouns).
pub(crate) fn of_phrase(text: &str, phrase: &Phrase) -> Option<SourceKind> {
    match phrase.form {
        Form::Pronoun => None,
        Form::Name => phrase.name.map(|n| of_name(n, text, &phrase.titles)),
        Form::Nominal => Some(of_nominal(phrase)),
    }
}

/// The kind of a party that the text never names, by the mention that brings it in and what the network takes it for.
/// One person of whom neither a name nor an office that singles out is given is anonymous.
/// `brought_in`: some mention of it is of the form "an organizer", whatever it is called later.
pub(crate) fn of_unnamed(phrase: &Phrase, noun: Option<Noun>, brought_in: bool) -> SourceKind {
    let head = phrase.head_or_last();
    let told = of_noun(head).map(|(k, several)| if several && is_one(k) { SourceKind::Group } else { k });
    let kind = match (told, noun) {
        (Some(k), _) => k,
        (None, _) if phrase.is_indefinite() && is_one_of_a_group(head) => SourceKind::Person,
        (None, Some(Noun::Person)) if of_nominal(phrase) != SourceKind::Group => SourceKind::Person,
        (None, Some(Noun::Organisation | Noun::Place)) => SourceKind::Organisation,
        (None, Some(Noun::Thing)) => SourceKind::Document,
        (None, _) => of_nominal(phrase),
    };
    // "one of his advisers"
    let words: Vec<&str> = phrase.words.iter().map(String::as_str).collect();
    if let ["one", "of", ..] | ["only" | "just", "one", "of", ..] = words[..]
        && matches!(kind, SourceKind::Group | SourceKind::Person)
    {
        return SourceKind::Anonymous;
    }
    // several that are named in one breath, or a number of them
    let several = joined(phrase)
        || matches!(words[..], [_, "in" | "out", ..])
        || phrase.words.windows(3).any(|w| {
            matches!(w[0].as_str(), "group" | "team" | "panel") && w[1] == "of" && w[2].ends_with('s')
        });
    if several && kind != SourceKind::Group && phrase.form == Form::Nominal {
        return SourceKind::Group;
    }
    match kind {
        // "the nominee", "his wife": somebody the text has named, or need not name; "his adviser" may be any
        SourceKind::Person
            if (phrase.definite || head_is_owned(phrase))
                && !brought_in
                && lexicon::anonymity().get(head, 0) != Some("single") =>
        {
            SourceKind::Person
        }
        SourceKind::Person => SourceKind::Anonymous,
        // "a spokeswoman" speaks for her body, whoever she is; "a minister" may be any
        SourceKind::Office if phrase.is_indefinite() && !head.starts_with("spokes") => SourceKind::Anonymous,
        k => k,
    }
}

/// How much the words of a party count beside the network: see [`weigh`]. Chosen on the tune part of `eval/kinds` and on
/// articles of PolNeAR train.
const NAMED: f32 = 1.5;
const UNNAMED: f32 = 2.5;
/// Of an unnamed party whose words tell a single person and nothing more.
const SINGLE: f32 = 1.5;

/// A party's kind: the likeliest by the network's mean log-probability over the places where the party speaks, with a
/// bonus for the one that its words tell. Nobody who is named is anonymous, a document or the author; and which of the
/// three a named person or body is, its words tell.
pub(crate) fn weigh(told: SourceKind, named: bool, heard: &[Kinds]) -> SourceKind {
    use SourceKind::{Anonymous, Author, Document, Office, Organisation, Person};
    let alike = |k: SourceKind| [Person, Office, Organisation].contains(&k);
    let (bonus, fixed) = match (named, told) {
        (true, _) => (NAMED, alike(told)),
        (false, Anonymous) => (SINGLE, false),
        (false, _) => (UNNAMED, false),
    };
    let mean = |k: SourceKind| {
        let chance = |p: &Kinds| match k == told && alike(told) {
            true => p[Person as usize] + p[Office as usize] + p[Organisation as usize],
            false => p[k as usize],
        };
        heard.iter().map(|p| chance(p).max(0.01).ln()).sum::<f32>() / heard.len().max(1) as f32
    };
    let score = |k: SourceKind| mean(k) + if k == told { bonus } else { 0.0 };
    let never = |k: SourceKind| matches!(k, Anonymous | Author | Document);
    let may = |k: SourceKind| k == told || !(named && never(k) || fixed && alike(k));
    let all = SourceKind::ALL.iter().copied().filter(|&k| may(k));
    all.max_by(|&a, &b| score(a).total_cmp(&score(b))).unwrap_or(told)
}

/// The kind where no source stands in the text: the writer, or somebody who is not told; another only where the network
/// is sure of it ("was asked" in an interview).
pub(crate) fn of_nobody(heard: Option<Kinds>) -> SourceKind {
    let of = |k: SourceKind| heard.map_or(0.0, |h| h[k as usize]);
    let sure = SourceKind::ALL.iter().copied().find(|&k| of(k) > 0.5);
    sure.unwrap_or(match of(SourceKind::Author) > of(SourceKind::Anonymous) {
        true => SourceKind::Author,
        false => SourceKind::Anonymous,
    })
}

/// "Developers and supporters", "the nominee and his aides"; not "the former secretary and present nominee".
fn joined(phrase: &Phrase) -> bool {
    let Some(at) = phrase.words.iter().position(|w| w == "and") else { return false };
    let first = phrase.words[..at].last().is_some_and(|w| ends_as_plural(w));
    let second = phrase
        .words
        .get(at + 1)
        .is_some_and(|w| matches!(w.as_str(), "the" | "his" | "her" | "their" | "a" | "an" | "another"));
    let head = phrase.words.get(at + 1).is_some_and(|w| ends_as_plural(w));
    (first || second || head)
        && phrase.words[..at].iter().all(|w| of_noun(w).is_none_or(|(k, _)| k != SourceKind::Organisation))
}

/// "Obama's former strategist": the head has an owner.
fn head_is_owned(phrase: &Phrase) -> bool {
    let head = phrase.head.as_deref().unwrap_or("");
    let owner =
        phrase.words.first().is_some_and(|w| matches!(w.as_str(), "my" | "his" | "her" | "their" | "our"));
    owner || phrase.words.iter().take_while(|w| *w != head).any(|w| w.ends_with("'s"))
}

fn ends_as_plural(word: &str) -> bool {
    word.ends_with('s') && !word.ends_with("ss")
}

fn is_one(k: SourceKind) -> bool {
    matches!(k, SourceKind::Person | SourceKind::Office)
}

/// "Democrat", "Syrian": one of those who go by that name.
pub(crate) fn is_one_of_a_group(word: &str) -> bool {
    let word = word.to_lowercase();
    matches!(of_noun(&word), Some((SourceKind::Person, false)))
        || lexicon::source_nouns().get(&format!("{word}s"), 0) == Some("group")
        || onrecord_names::country(&word).is_some_and(|c| c.how == onrecord_names::Naming::Adjective)
}

/// The kind that a noun tells, with what its number adds: several of a kind are a group.
fn of_noun(noun: &str) -> Option<(SourceKind, bool)> {
    let table = lexicon::source_nouns();
    if let Some(k) = table.get(noun, 0) {
        return SourceKind::from_name(k).map(|k| (k, false));
    }
    let one = singular(noun);
    if one == noun {
        return None;
    }
    SourceKind::from_name(table.get(&one, 0)?).map(|k| (k, true))
}

/// A noun for something written.
pub(crate) fn tells_a_document(noun: &str) -> bool {
    matches!(of_noun(noun), Some((SourceKind::Document, _)))
}

/// Heads that count what follows: "a number of officials", "dozens of people", "two of them".
const COUNTS: &[&str] = &[
    "number",
    "handful",
    "dozen",
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "millions",
    "couple",
    "lot",
    "lots",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "pair",
    "half",
    "percent",
    "third",
    "quarter",
    "fifth",
    "majority",
    "minority",
    "plurality",
];

fn of_nominal(phrase: &Phrase) -> SourceKind {
    let head = phrase.head_or_last();
    if COUNTS.contains(&head) || head.starts_with(|c: char| c.is_ascii_digit()) {
        return SourceKind::Group;
    }
    match of_noun(head) {
        Some((k, true)) if is_one(k) => SourceKind::Group,
        // "a local resident": somebody, not named but not withheld
        Some((kind, _)) => kind,
        None if head.ends_with("men") || head.ends_with("women") || ends_as_plural(head) => SourceKind::Group,
        // "the Dutch", "the Kremlin"
        None if phrase.definite => SourceKind::Organisation,
        None => SourceKind::Person,
    }
}

/// The kind of a name by its own words alone, where they tell.
pub(crate) fn whole(name: &str) -> Option<SourceKind> {
    match of_name(Span::new(0, name.len()), name, &[]) {
        SourceKind::Person => None,
        k => Some(k),
    }
}

/// The kind of a name: an outlet's or a body's words in it; a title or a describing word beside it; else a person
/// where it has several words, or where nothing tells.
pub(crate) fn of_name(name: Span, text: &str, titles: &[String]) -> SourceKind {
    let words: Vec<String> = name
        .of(text)
        .split(|c: char| c.is_whitespace() || c == '-')
        .map(|w| w.to_lowercase().replace('’', "'").trim_end_matches("'s").to_string())
        .collect();
    let outlet = lexicon::outlet_names();
    if words.iter().any(|w| outlet.get(w, 0) == Some("whole")) {
        return SourceKind::Outlet;
    }
    let body = words.iter().any(|w| lexicon::organisation_names().has(w));
    let says = |how: &str| words.len() > 1 && words.iter().any(|w| outlet.get(w, 0) == Some(how));
    if says("strong") || !body && says("part") {
        return SourceKind::Outlet;
    }
    if body {
        return SourceKind::Organisation;
    }
    // an office tells most; then what else describes; a mere form of address tells a person
    let told = |t: &String| of_noun(t).map(|(k, _)| k);
    let described = titles
        .iter()
        .find_map(|t| told(t).filter(|k| *k == SourceKind::Office))
        .or_else(|| titles.iter().find_map(told))
        .or_else(|| titles.iter().any(|t| lexicon::titles().has(t)).then_some(SourceKind::Person));
    match described {
        Some(SourceKind::Group) => SourceKind::Person,
        Some(SourceKind::Document | SourceKind::Organisation) if words.len() > 1 => SourceKind::Organisation,
        Some(k) => k,
        None => {
            let acronym =
                words.len() == 1 && name.len() > 1 && !name.of(text).chars().any(char::is_lowercase);
            let group = words.len() == 1
                && words.first().is_some_and(|w| lexicon::source_nouns().get(w, 0) == Some("group"));
            if acronym {
                SourceKind::Organisation
            } else if group {
                SourceKind::Group
            } else {
                SourceKind::Person
            }
        }
    }
}

/// "The Daily Beast", "Politico": a news site goes by that name.
pub(crate) fn has_a_site(name: &str) -> bool {
    let squeezed = |name: &str| -> String {
        name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
    };
    let sites = lexicon::outlet_sites();
    let bare = name.trim_end_matches("'s").trim_end_matches("’s");
    let whole = squeezed(bare);
    let several = bare.contains(' ');
    sites.has(&whole)
        || several && sites.has(&format!("the{whole}"))
        || several
            && bare.get(..4).is_some_and(|the| the.eq_ignore_ascii_case("the "))
            && sites.has(&whole[3..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entities::phrase;

    #[test]
    fn kinds_of_phrases() {
        use SourceKind::*;
        for (given, kind) in [
            ("President Volodymyr Zelenskyi", Office),
            ("Zelensky", Person),
            ("Russian officials", Group),
            ("Daily NK", Outlet),
            ("Reuters", Outlet),
            ("the publication", Outlet),
            ("The Daily Post", Outlet),
            ("the harbour master", Office),
            ("the Ministry of Defence", Organisation),
            ("a spokeswoman for Nordvik", Office),
            ("the report", Document),
            ("the county health department", Organisation),
            ("NATO", Organisation),
            ("residents of the village", Group),
            ("Dr Rose Akinyi, superintendent", Office),
            ("many", Group),
            ("spokesmen", Group),
            ("the police", Organisation),
            ("A number of US officials", Group),
            ("488 of them", Group),
        ] {
            let p = phrase::read(given, Span::new(0, given.len()));
            assert_eq!(of_phrase(given, &p), Some(kind), "{given}: {p:?}");
        }
    }

    #[test]
    fn withheld_names() {
        for (own, near, want) in [
            ("an anonymous representative of the service", "", true),
            ("an official", "an official, who spoke on condition of anonymity,", true),
            ("sources in the ministry", "", true),
            ("a person familiar with the talks", "", true),
            ("people familiar with her thinking", "", true),
            ("an official", "an official in Tashkent", false),
            ("Jane Doe", "Jane Doe, who spoke on condition of anonymity,", false),
        ] {
            let p = phrase::read(own, Span::new(0, own.len()));
            assert_eq!(withheld(&p, own, near), want, "{own}");
        }
    }
}
