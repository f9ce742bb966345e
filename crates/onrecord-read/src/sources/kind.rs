//! What kind of party a source is, by its own words. Must not know who it points to.

use super::phrase::{Phrase, singular};
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
];

fn of_nominal(phrase: &Phrase) -> SourceKind {
    let head = phrase.head.as_deref().unwrap_or_else(|| phrase.words.last().map_or("", String::as_str));
    if COUNTS.contains(&head) || head.starts_with(|c: char| c.is_ascii_digit()) {
        return SourceKind::Group;
    }
    match of_noun(head) {
        Some((SourceKind::Person | SourceKind::Office, true)) => SourceKind::Group,
        // "a local resident": somebody, not named but not withheld
        Some((kind, _)) => kind,
        None if head.ends_with("men")
            || head.ends_with("women")
            || (head.ends_with('s') && !head.ends_with("ss")) =>
        {
            SourceKind::Group
        }
        // "the Dutch", "the Kremlin"
        None if phrase.definite => SourceKind::Organisation,
        None => SourceKind::Person,
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
    if !body && words.len() > 1 && words.iter().any(|w| outlet.get(w, 0) == Some("part")) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::phrase;

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
            ("an official", "an official in Tashkent", false),
            ("Jane Doe", "Jane Doe, who spoke on condition of anonymity,", false),
        ] {
            let p = phrase::read(own, Span::new(0, own.len()));
            assert_eq!(withheld(&p, own, near), want, "{own}");
        }
    }
}
