//! What the text around the names says: countries named in passing, and containers after a comma. Must not know of
//! namesakes.

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

/// The words just after a name that may be its container: between a comma or bracket and the next sign.
pub(super) fn container(text: &str, name: Span) -> Option<&str> {
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
    words.starts_with(char::is_uppercase).then_some(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_follow() {
        for (text, name, want) in [
            ("in Paris, Texas, on Monday", 3..8, Some("Texas")),
            ("in Paris, Texas on Monday", 3..8, Some("Texas")),
            ("in Pandi, Bulacan in Central", 3..8, Some("Bulacan")),
            ("Dallas (Texas) is", 0..6, Some("Texas")),
            ("Miami, Fla.", 0..5, Some("Fla.")),
            ("Paris, he said", 0..5, None),
            ("Paris", 0..5, None),
            ("Paris, ", 0..5, None),
        ] {
            assert_eq!(container(text, Span::from(name)), want, "{text}");
        }
    }
}
