//! What the text around the names says: countries named in passing, and containers after a comma. Must not know of
//! namesakes.

use super::candidates::known;
use crate::segment;
use onrecord_names::country;
use onrecord_places::by_country;
use onrecord_text::Span;
use std::collections::BTreeMap;

/// How often words of each country stand in the text outside the names: "Canadian", "the French".
pub(super) fn adjectives(text: &str, names: &[Span]) -> BTreeMap<&'static str, f64> {
    let mut out = BTreeMap::new();
    let mut at = 0;
    for word in segment::words(text, Span::new(0, text.len())) {
        while names.get(at).is_some_and(|n| n.end <= word.start) {
            at += 1;
        }
        let words = word.of(text);
        if names.get(at).is_some_and(|n| n.overlaps(word)) || !words.starts_with(char::is_uppercase) {
            continue;
        }
        let Some(named) = country(words) else { continue };
        if let Some(code) = by_country(named.country.code).and_then(|c| c.country()) {
            *out.entry(code).or_insert(0.0) += 0.5;
        }
    }
    out
}

/// The words just after a name that may be its container: between a comma or bracket and the next sign. And whether a
/// list goes on after them, of which both may be members: "Spain, France and Italy".
pub(super) fn container(text: &str, name: Span) -> Option<(&str, bool)> {
    let rest = text.get(name.end as usize..)?;
    let rest = rest.strip_prefix(',').or_else(|| rest.strip_prefix(" ("))?.trim_start_matches(' ');
    let mut end = 0;
    for (i, c) in rest.char_indices() {
        let stop = matches!(c, ',' | ';' | ':' | ')' | '(' | '\n' | '"' | '”' | '“' | '!' | '?');
        // names go on in capitals
        let lower = c == ' ' && rest.get(i + 1..)?.starts_with(|n: char| !n.is_uppercase());
        if stop || lower || i > 40 {
            break;
        }
        end = i + c.len_utf8();
    }
    let words = rest.get(..end)?.trim_end();
    let after = rest.get(words.len()..)?;
    let listed = [" and ", ", and ", " or ", ", or "].iter().any(|and| after.starts_with(and))
        || after.strip_prefix(", ").is_some_and(|a| a.starts_with(char::is_uppercase));
    words.starts_with(char::is_uppercase).then_some((words, listed))
}

/// The most words that a name is widened by on each side.
const WIDER: usize = 3;

/// The name with the words in capitals around it with which it is a larger known name: "Sudan" in "South Sudan".
pub(super) fn wider(text: &str, name: Span) -> Span {
    let before = text.get(..name.start as usize).unwrap_or("");
    let after = text.get(name.end as usize..).unwrap_or("");
    let mut starts = vec![name.start as usize];
    let mut at = before.len();
    for _ in 0..WIDER {
        let head = before.get(..at).unwrap_or("");
        let Some(rest) = head.strip_suffix([' ', '-']) else { break };
        let word = rest
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |i| i + rest[i..].chars().next().map_or(1, char::len_utf8));
        if word == rest.len() {
            break;
        }
        at = word;
        let capital = rest[word..].starts_with(char::is_uppercase);
        match &rest[word..] {
            _ if capital => starts.push(at),
            "of" | "the" => {}
            _ => break,
        }
    }
    let mut ends = vec![name.end as usize];
    let mut at = 0;
    for _ in 0..WIDER {
        let tail = after.get(at..).unwrap_or("");
        let Some(rest) = tail.strip_prefix([' ', '-']) else { break };
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if word == 0 || !rest.starts_with(char::is_uppercase) {
            break;
        }
        at += 1 + word;
        ends.push(name.end as usize + at);
    }
    if starts.len() + ends.len() == 2 {
        return name;
    }
    let mut spans: Vec<Span> = starts.iter().flat_map(|s| ends.iter().map(|e| Span::new(*s, *e))).collect();
    spans.sort_by_key(|s| (std::cmp::Reverse(s.len()), s.start));
    spans.into_iter().filter(|s| *s != name).find(|s| known(s.of(text)).is_some()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_follow() {
        for (text, name, want) in [
            ("in Paris, Texas, on Monday", 3..8, Some(("Texas", false))),
            ("in Paris, Texas on Monday", 3..8, Some(("Texas", false))),
            ("in Paris, Texas and Rome", 3..8, Some(("Texas", true))),
            ("in Chad, Mali, Niger", 3..7, Some(("Mali", true))),
            ("in Pandi, Bulacan in Central", 3..8, Some(("Bulacan", false))),
            ("Dallas (Texas) is", 0..6, Some(("Texas", false))),
            ("Miami, Fla.", 0..5, Some(("Fla.", false))),
            ("Paris, he said", 0..5, None),
            ("Paris", 0..5, None),
            ("Paris, ", 0..5, None),
        ] {
            assert_eq!(container(text, Span::from(name)), want, "{text}");
        }
    }

    #[test]
    fn names_are_widened_to_known_ones() {
        for (text, name, want) in [
            (
                "the Democratic Republic of the Congo (DRC)",
                "Republic of the Congo",
                "Democratic Republic of the Congo",
            ),
            ("in South Sudan today", "Sudan", "South Sudan"),
            ("in south Sudan today", "Sudan", "Sudan"),
            ("in the United States.", "United", "United States"),
            ("in West Virginia", "Virginia", "West Virginia"),
            ("President Bush of Texas", "Texas", "Texas"),
            ("Ümraniye, Türkiye", "Türkiye", "Türkiye"),
            ("é-É Ghana É-é", "Ghana", "Ghana"),
        ] {
            let at = text.find(name).unwrap();
            assert_eq!(wider(text, Span::new(at, at + name.len())).of(text), want, "{text}");
        }
    }
}
