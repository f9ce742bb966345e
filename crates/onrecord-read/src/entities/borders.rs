//! Where names begin and end, mended by their own words: two that the network took for one, one that it took for two.
//! Must not know of other occurrences, sources or parties.

use crate::encoder::Named;
use crate::lexicon;
use onrecord_names::{country, region_at_end, side_of_place};
use onrecord_text::Span;

const PERSON: usize = 0;
const BODY: usize = 1;
const PLACE: usize = 2;

/// The names of a document with their borders mended, in the order of the text.
pub(crate) fn mend(text: &str, names: &[Named]) -> Vec<Named> {
    let mut out: Vec<Named> = Vec::with_capacity(names.len());
    for name in names {
        let Some(name) = trimmed(text, *name) else { continue };
        match out.last_mut().filter(|last| go_together(text, last, &name)) {
            Some(last) => last.span = Span { start: last.span.start, end: name.span.end },
            None => out.push(name),
        }
    }
    out.into_iter().flat_map(|n| parts(text, n)).collect()
}

/// The kind that a name most likely is of.
fn likeliest(name: &Named) -> Option<usize> {
    (0..3).max_by(|&a, &b| name.kinds[a].total_cmp(&name.kinds[b]))
}

/// Without what no name begins or ends with.
fn trimmed(text: &str, name: Named) -> Option<Named> {
    let words = name.span.of(text);
    let kept =
        words.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '!' | '?' | '+'));
    let from = kept.len() - kept.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let start = name.span.start as usize;
    // "the UN"; "The Hague" and "The Economist" keep theirs
    let from = match kept[from..].split_once(' ') {
        Some(("the", _)) => from + 4,
        Some(("The", rest))
            if country(rest).is_some() || rest.len() < 6 && !rest.contains(char::is_lowercase) =>
        {
            from + 4
        }
        _ => from,
    };
    let initial = initial_before(text, start + from).filter(|_| name.kinds[PERSON] > 0.5);
    let from = initial.unwrap_or(start + from);
    (from < start + kept.len()).then(|| Named { span: Span::new(from, start + kept.len()), ..name })
}

/// Where the initial begins that stands right before a name: "A. Noel Kramer" at "Noel".
fn initial_before(text: &str, name: usize) -> Option<usize> {
    let before = text[..name].strip_suffix(". ")?;
    let at = before.char_indices().next_back().filter(|(_, c)| c.is_uppercase())?.0;
    let free = before[..at].ends_with(|c: char| c.is_whitespace() || c == '(') || at == 0;
    (free && !before[..at].ends_with(". ")).then_some(at)
}

/// "Greater" and "Noida"; "R.E." and "Glenn"; "City of" and "New Orleans"; "Boone, Kevin" between quotation marks, as mail
/// headers have it.
fn go_together(text: &str, first: &Named, second: &Named) -> bool {
    let (a, b) = (first.span, second.span);
    if a.end > b.start {
        return false;
    }
    let between = &text[a.end as usize..b.start as usize];
    let open = |s: &str| s.ends_with(" of") || s.ends_with(" for the") || s.ends_with(" of the");
    let inverted = || {
        between == ", "
            && text[..a.start as usize].ends_with('"')
            && text[b.end as usize..].starts_with('"')
            && !a.of(text).contains(' ')
    };
    let initials = || {
        let words = a.of(text);
        between.trim_start_matches('.') == " "
            && words.len() <= 5
            && country(words.trim_end_matches('.')).is_none()
            && (words.ends_with('.') || between.starts_with('.'))
            && words.split('.').all(|w| w.chars().count() <= 1 && w.chars().all(char::is_uppercase))
    };
    let side = || {
        let mut words = a.of(text).split(' ');
        words.all(|w| side_of_place(w) && w.starts_with(char::is_uppercase))
    };
    // "Ministry of Defence of Ukraine"
    let body = || {
        likeliest(first) == Some(BODY)
            && likeliest(second) == Some(PLACE)
            && a.of(text)
                .split(' ')
                .next()
                .is_some_and(|w| lexicon::organisation_names().has(&w.to_lowercase()))
            && a.of(text).contains(" of ")
    };
    between == " of " && body() || between == " " && (open(a.of(text)) || side()) || initials() || inverted()
}

/// "San Rafael" and "California", where they were taken for one place.
fn parts(text: &str, name: Named) -> Vec<Named> {
    let words = name.span.of(text);
    let place = likeliest(&name) == Some(PLACE);
    let Some(at) = region_at_end(words).filter(|_| place) else { return vec![name] };
    let first = words[..at].trim_end_matches([' ', ',']);
    let start = name.span.start as usize;
    vec![
        Named { span: Span::new(start, start + first.len()), ..name },
        Named { span: Span::new(start + at, start + words.len()), ..name },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_are_mended() {
        // given: names as found, kinds by a letter behind; wanted: as mended
        for (text, found, want) in [
            ("in San Rafael Ca today", &["L San Rafael Ca"][..], &["San Rafael", "Ca"][..]),
            ("the City of New Orleans said", &["O City of", "L New Orleans"], &["City of New Orleans"]),
            ("\"Boone, Kevin\" wrote", &["P Boone", "P Kevin"], &["Boone, Kevin"]),
            ("Paris, London", &["L Paris", "L London"], &["Paris", "London"]),
            ("to Ada Quill@ now", &["P Ada Quill@"], &["Ada Quill"]),
            ("University of Florida", &["O University of Florida"], &["University of Florida"]),
            ("a - b", &["O -"], &[]),
            ("in the UN today", &["O the UN"], &["UN"]),
            ("The US said", &["L The US"], &["US"]),
            ("The Economist said", &["O The Economist"], &["The Economist"]),
            ("R.E. Glenn left", &["P R.E", "P Glenn"], &["R.E. Glenn"]),
            ("nominated A. Noel Kramer", &["P Noel Kramer"], &["A. Noel Kramer"]),
            (
                "the Ministry of Defence of Ukraine said",
                &["O Ministry of Defence", "L Ukraine"],
                &["Ministry of Defence of Ukraine"],
            ),
            ("a Bank of Ukraine", &["O Bank", "L Ukraine"], &["Bank", "Ukraine"]),
            ("near Greater Noida", &["L Greater", "L Noida"], &["Greater Noida"]),
            ("in the U.S. Smith left", &["L U.S.", "P Smith"], &["U.S.", "Smith"]),
        ] {
            let names: Vec<Named> = found
                .iter()
                .map(|f| {
                    let (kind, words) = f.split_at(1);
                    let at = text.find(&words[1..]).expect("there");
                    let mut kinds = [0.0; 3];
                    kinds["POL".find(kind).expect("a kind")] = 1.0;
                    Named { span: Span::new(at, at + words.len() - 1), kinds }
                })
                .collect();
            let got: Vec<&str> = mend(text, &names).iter().map(|n| n.span.of(text)).collect();
            assert_eq!(got, want, "{text}");
        }
    }
}
