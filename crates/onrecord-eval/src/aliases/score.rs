//! How the gold mentions that were found are put together: B³ and pairs. Must not know where they came from.

use super::{AliasGold, AliasMention, AliasSet, AliasText, Numbers};
use crate::chains::{Chains, b_cubed, pairs};
use crate::pairs::{core, greedy};
use crate::report::{Held, Measured, Plan, Shows, Sum};
use crate::{Chars, Said, System};

const RULES: [&str; 2] = [
    "A predicted mention finds a gold one if, less a leading \"the\" and a genitive \"'s\", they are the same, or \
     one is the other with words before it (none of them a preposition, \"and\" or a comma) or with words after a \
     comma or bracket; each once, the closest in length first.",
    "Over the gold mentions found: \"pairs\" counts pairs of mentions of one party, B3 mentions. \"found\": how many \
     of the gold mentions are.",
];
const RE3D: &str = "re3d: mentions of people, organisations and locations that the annotators confirmed; those linked \
                    by IsSynonymOf, or of the same words, are one party. Its annotators linked within a sentence, so \
                    only mentions of one sentence are held against each other.";
const ECB: &str = "ECB+: human and location mentions of the development topics (2, 5, 12, 18, 21, 23, 34, 35), in \
                   the sentences listed as fully annotated; those linked to one instance are one party. Texts are \
                   put together from tokens, a sentence a line, without the web address.";

/// Holds systems against a folder. Their readings are in its documents' order.
pub fn aliases(gold: &AliasGold, systems: &[System]) -> Measured {
    let held = systems.iter().map(|system| Held::counted(system, &gold.documents, plans(), count));
    let mentions = gold.documents.iter().map(|d| d.mentions.len()).sum();
    let linked: usize =
        gold.documents.iter().map(|d| pairs(&[], &chains(d.mentions.iter().enumerate())).gold as usize).sum();
    Measured {
        suite: "aliases",
        on: vec![gold.folder.display().to_string()],
        holds: vec![
            ("documents", gold.documents.len()),
            ("mentions", mentions),
            ("pairs of one party", linked),
        ],
        rules: [&RULES[..], &[if gold.set == AliasSet::Re3d { RE3D } else { ECB }]].concat(),
        systems: held.collect(),
    }
}

fn plans() -> Vec<Plan> {
    let grouped = vec![("pairs".into(), Shows::Prf(0)), ("B3".into(), Shows::Prf(1))];
    vec![("put together".into(), grouped), ("mentions".into(), vec![("found".into(), Shows::Share(2))])]
}

/// Mentions of one party and unit.
fn chains<'a>(mentions: impl Iterator<Item = (usize, &'a AliasMention)>) -> Chains {
    group(mentions.map(|(i, m)| (i, (m.unit, m.party))))
}

fn group(labelled: impl Iterator<Item = (usize, (usize, usize))>) -> Chains {
    let mut numbers = Numbers::default();
    let mut out = Chains::new();
    for (i, label) in labelled {
        let n = numbers.of(label);
        out.resize(out.len().max(n + 1), vec![]);
        out[n].push(i);
    }
    out
}

/// How far two stretches differ in length, where one finds the other.
fn finds(text: &[char], p: Chars, g: Chars) -> Option<usize> {
    let (p, g) = (core(text, p), core(text, g));
    let length = |c: Chars| c.end.saturating_sub(c.start);
    let (short, long) = if length(p) <= length(g) { (p, g) } else { (g, p) };
    if length(short) == 0 || short.start < long.start || short.end > long.end {
        return None;
    }
    let before: String = text.get(long.start..short.start)?.iter().collect();
    let after: String = text.get(short.end..long.end)?.iter().collect();
    const PARTS: [&str; 12] = ["of", "for", "in", "at", "on", "to", "by", "from", "with", "and", "or", "'s"];
    let parts = |w: &str| {
        PARTS.contains(&w.to_lowercase().as_str())
            || w.contains(',')
            || w.ends_with("'s")
            || w.ends_with("’s")
    };
    let free =
        !before.split_whitespace().any(parts) && (before.is_empty() || before.ends_with(char::is_whitespace));
    let ends = after.is_empty() || after.trim_start().starts_with([',', '(']);
    (free && ends).then(|| length(long) - length(short))
}

fn count(document: &AliasText, said: &Said) -> Vec<Sum> {
    let text: Vec<char> = document.text.chars().collect();
    let predicted: Vec<(Chars, usize)> = said
        .entities
        .iter()
        .enumerate()
        .flat_map(|(i, e)| e.mentions.iter().map(move |m| (m.chars, i)))
        .collect();
    let mut candidates = Vec::new();
    for (i, (p, _)) in predicted.iter().enumerate() {
        for (j, g) in document.mentions.iter().enumerate() {
            candidates.extend(finds(&text, *p, g.chars).map(|key| (key, i, j)));
        }
    }
    let mut found: Vec<(usize, usize)> =
        greedy(candidates).into_iter().map(|(p, g)| (g, predicted[p].1)).collect();
    found.sort_unstable();
    let gold = chains(found.iter().map(|(g, _)| (*g, &document.mentions[*g])));
    let theirs = group(found.iter().map(|(g, entity)| (*g, (document.mentions[*g].unit, *entity))));
    vec![pairs(&theirs, &gold), b_cubed(&theirs, &gold), Sum::share(found.len(), document.mentions.len())]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Mention};

    #[test]
    fn what_finds_what() {
        for (text, p, g, want) in [
            ("President Ada Quill", "Ada Quill", "President Ada Quill", Some(10)),
            ("the Quay Trust’s", "the Quay Trust’s", "Quay Trust", Some(0)),
            ("the east of Ruritania", "Ruritania", "the east of Ruritania", None),
            ("Ada and Bo", "Bo", "Ada and Bo", None),
            ("Ada's aide", "aide", "Ada's aide", None),
            ("Ada Quill, head of the pier", "Ada Quill", "Ada Quill, head of the pier", Some(18)),
            ("Ada Quill, head of the pier", "pier", "Ada Quill, head of the pier", None),
            ("Quay Trust office", "Quay Trust", "Quay Trust office", None),
        ] {
            let chars: Vec<char> = text.chars().collect();
            let at = |s: &str| {
                let start = text[..text.find(s).unwrap()].chars().count();
                Chars::new(start, start + s.chars().count())
            };
            assert_eq!(finds(&chars, at(p), at(g)), want, "{text}: {p}");
            assert_eq!(finds(&chars, at(g), at(p)), want, "{text}: {g}");
        }
    }

    #[test]
    fn pairs_of_what_was_found() {
        // one party three times in unit 0, another twice; one party in unit 1
        let mention =
            |start: usize, unit, party| AliasMention { chars: Chars::new(start, start + 2), unit, party };
        let mentions = vec![
            mention(0, 0, 0),
            mention(3, 0, 0),
            mention(6, 0, 0),
            mention(9, 0, 1),
            mention(12, 0, 1),
            mention(15, 1, 0),
        ];
        let document = AliasText { name: "a".into(), text: "ab ".repeat(8), mentions };
        let entity = |starts: &[usize]| Entity {
            mentions: starts.iter().map(|s| Mention { chars: Chars::new(*s, s + 2), form: None }).collect(),
            ..Entity::default()
        };
        let said = Said { attributions: vec![], entities: vec![entity(&[0, 3, 9, 15]), entity(&[12, 21])] };
        let sums = count(&document, &said);
        // found 0 3 9 12 15; predicted pairs 0-3 0-9 3-9; gold pairs 0-3 9-12; unit 1 stands alone
        assert_eq!((sums[0], sums[2]), (Sum::of(1, 3, 2), Sum::share(5, 6)));
        assert!((sums[1].hit_p - (4.0 / 3.0 + 1.0 / 3.0 + 2.0)).abs() < 1e-9, "{:?}", sums[1]);
    }
}
