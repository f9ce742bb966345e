//! Names of places that a reading has not as names of their own: within the names of bodies, and those that it missed.
//! Must not know of the network or of entities.

use super::candidates::known;
use crate::lexicon;
use onrecord_places::Feature;
use onrecord_text::Span;
use std::collections::BTreeSet;

/// The most words of a place's name.
const WORDS: usize = 5;
/// Small words before a name that say that it is a place's.
const BEFORE: &[&str] = &[
    "across",
    "along",
    "around",
    "at",
    "central",
    "eastern",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "northern",
    "outside",
    "southern",
    "throughout",
    "to",
    "toward",
    "towards",
    "western",
    "within",
];

/// Further names of places, in order: those that `bodies` are named for ("the U.S. Centers for Disease Control", "the
/// Ministry of Health of Liberia"), and countries, divisions, waters and large cities that stand in none of `taken`
/// ("fled from Darfur"). Both are spans of names in the text; bodies may be among the taken.
pub fn further(text: &str, bodies: &[Span], places: &[Span], taken: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = bodies.iter().filter_map(|b| within(text, *b)).collect();
    let said: BTreeSet<&str> = places.iter().map(|p| p.of(text)).collect();
    out.extend(missed(text, &said, taken));
    out.retain(|s| !places.iter().any(|p| p.overlaps(*s)));
    out.sort();
    out.dedup_by(|b, a| a.overlaps(*b));
    out
}

/// The words of a span, each as it stands, with what it is without the genitive and points.
fn words(text: &str, span: Span) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    let within = span.of(text);
    for (i, c) in within.char_indices().chain([(within.len(), ' ')]) {
        let part = c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-');
        match (part, start) {
            (true, None) => start = Some(i),
            (false, Some(s)) => {
                let at = span.start as usize;
                let word = within.get(s..i).unwrap_or("").trim_end_matches(['-', '\'', '’']);
                let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
                out.push(Span::new(at + s, at + s + word.len()));
                start = None;
            }
            _ => {}
        }
    }
    out.retain(|w| w.of(text).contains(char::is_alphanumeric));
    out
}

/// The place that a body is named for.
fn within(text: &str, body: Span) -> Option<Span> {
    let words = words(text, body);
    let lower = |w: &Span| w.of(text).to_lowercase();
    if words.iter().any(|w| lexicon::outlet_names().has(&lower(w))) {
        return None;
    }
    let joined = |some: &[Span]| Some(Span::new(some.first()?.start as usize, some.last()?.end as usize));
    let first = usize::from(words.first().is_some_and(|w| lower(w) == "the"));
    let words = words.get(first..)?;
    let large = |f: Feature| matches!(f, Feature::Country | Feature::Wide | Feature::Region);
    // the longest beginning, the whole among them
    for n in (1..=words.len().min(WORDS)).rev() {
        let Some(span) = words.get(..n).and_then(joined) else { continue };
        let Some(place) = known(span.of(text)) else { continue };
        let civic = || words.get(n).is_some_and(|w| lexicon::civic_words().has(&lower(w)));
        // the European Union as a whole acts, and is no place
        if n == words.len() && place.feature == Feature::Wide {
            return None;
        }
        if large(place.feature) || place.feature != Feature::Nature && civic() {
            return Some(span);
        }
    }
    // the longest end; a city only after "of"
    for n in (1..words.len().min(WORDS + 1)).rev() {
        let Some(span) = words.get(words.len() - n..).and_then(joined) else { continue };
        if !span.of(text).starts_with(char::is_uppercase) {
            continue;
        }
        let Some(place) = known(span.of(text)) else { continue };
        let before: Vec<String> = words.iter().rev().skip(n).take(2).map(lower).collect();
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        let of = matches!(before.as_slice(), ["of" | "in" | "for", ..] | ["the", "of" | "in" | "for"]);
        if of || matches!(place.feature, Feature::Country) {
            return Some(span);
        }
    }
    None
}

/// Names in capitals that no name covers, after a word that says that they are places, or said of a place elsewhere.
fn missed(text: &str, said: &BTreeSet<&str>, taken: &[Span]) -> Vec<Span> {
    let mut taken: Vec<Span> = taken.to_vec();
    taken.sort();
    // names may lie within each other
    taken.dedup_by(|b, a| {
        let over = a.overlaps(*b);
        a.end = if over { a.end.max(b.end) } else { a.end };
        over
    });
    let free = |s: Span| {
        let at = taken.partition_point(|t| t.end <= s.start);
        !taken.get(at).is_some_and(|t| t.overlaps(s))
    };
    let all = words(text, Span::new(0, text.len()));
    let capital = |i: usize| all.get(i).is_some_and(|w| w.of(text).starts_with(char::is_uppercase));
    let joins = |i: usize| {
        // the next word stands after one space
        let (Some(a), Some(b)) = (all.get(i), all.get(i + 1)) else { return false };
        text.get(a.end as usize..b.start as usize) == Some(" ")
    };
    let mut out = Vec::new();
    let mut i = 0;
    while i < all.len() {
        if !capital(i) {
            i += 1;
            continue;
        }
        let mut end = i + 1;
        while end - i < WORDS && capital(end) && joins(end - 1) {
            end += 1;
        }
        let (Some(a), Some(b)) = (all.get(i), all.get(end - 1)) else { break };
        let span = Span::new(a.start as usize, b.end as usize);
        let name = span.of(text);
        let before = i.checked_sub(1).and_then(|b| joins(b).then(|| all.get(b)).flatten());
        let before = match before.map(|b| b.of(text)) {
            Some("the" | "both" | "neighbouring" | "neighboring") => {
                i.checked_sub(2).and_then(|b| all.get(b)).map(|b| b.of(text))
            }
            other => other,
        };
        let located = before.is_some_and(|w| BEFORE.contains(&w));
        let money = text.get(b.end as usize..).is_some_and(|t| t.starts_with(['$', '£', '€']));
        if !money && free(span) && (said.contains(name) || located && known(name).is_some()) {
            out.push(span);
        }
        i = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, bodies: &[&str], places: &[&str], taken: &[&str]) -> Vec<&'a str> {
        let spans = |names: &[&str]| -> Vec<Span> {
            names.iter().filter_map(|n| text.find(n).map(|at| Span::new(at, at + n.len()))).collect()
        };
        further(text, &spans(bodies), &spans(places), &spans(taken)).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn bodies_are_named_for_places() {
        for (body, want) in [
            ("the U.S. Centers for Disease Control", Some("U.S.")),
            ("Ministry of Health of the People's Republic of China", Some("People's Republic of China")),
            ("California Department of Public Health", Some("California")),
            ("Chicago Police Department", Some("Chicago")),
            ("University of Calgary", Some("Calgary")),
            ("Taco Bell Canada", Some("Canada")),
            ("European Union", None),
            ("Poland's Ministry of Agriculture", Some("Poland")),
            ("The Washington Post", None),
            ("Merck", None),
            ("World Health Organization", None),
            ("Doctors Without Borders", None),
        ] {
            assert_eq!(found(body, &[body], &[], &[body]).first().copied(), want, "{body}");
        }
    }

    #[test]
    fn missed_names_are_found() {
        let text =
            "People fled from Darfur and Malakal. Jordan spoke. In Rome, Chad Smith met Darfur's poor.";
        assert_eq!(found(text, &[], &[], &["Chad Smith"]), ["Darfur"]);
        assert_eq!(found(text, &[], &["Malakal"], &["Chad Smith"]), ["Darfur"]);
        assert_eq!(found("in Lyon", &[], &[], &["Lyon"]), Vec::<&str>::new());
    }
}
