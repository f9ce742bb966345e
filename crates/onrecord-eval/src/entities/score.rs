//! Predicted names held against gold ones, exactly and by overlap. Must not know where either came from.

use super::gold::{NameKind, NamedText, Names};
use crate::pairs::{core, greedy, shared};
use crate::report::{Held, Measured, Plan, Shows, Sum};
use crate::{Chars, Said, System};
use onrecord_text::{EntityKind, Form};
use std::cmp::Reverse;

const RULES: [&str; 3] = [
    "Gold: names of people (PER), organisations (ORG) and places (LOC). Each document is its sentences, \
     a paragraph each.",
    "Predicted: mentions of form \"name\", less a leading \"the\" and a genitive \"'s\", of entities of the kinds \
     person (PER), organisation and outlet (ORG), place (LOC); others are not counted.",
    "\"exact\": the same characters and kind. \"overlap\": at least one character shared, and the kind; each name \
     once, the most shared first. \"of any kind\": the kind set aside.",
];

/// Tables: exact, overlap. Lines of each: the kinds, all, of any kind.
const LINES: usize = NameKind::ALL.len() + 2;

/// Holds systems against a file of names. Their readings are in its documents' order.
pub fn entities(gold: &Names, systems: &[System]) -> Measured {
    let held = systems.iter().map(|system| Held::counted(system, &gold.documents, plans(), count));
    Measured {
        suite: "entities",
        on: vec![gold.file.display().to_string()],
        holds: vec![
            ("documents", gold.documents.len()),
            ("names", gold.documents.iter().map(|d| d.names.len()).sum()),
        ],
        rules: RULES.to_vec(),
        systems: held.collect(),
    }
}

fn plans() -> Vec<Plan> {
    let names: Vec<&str> = NameKind::ALL.iter().map(|k| k.name()).chain(["all", "of any kind"]).collect();
    let lines = |first: usize| {
        names.iter().enumerate().map(|(i, n)| ((*n).to_owned(), Shows::Prf(first + i))).collect::<Vec<_>>()
    };
    vec![("exact".into(), lines(0)), ("overlap".into(), lines(LINES))]
}

/// A name: where it stands and what it is of.
type Name = (Chars, NameKind);

/// The names of a text among what was said of it, in order, each once.
fn predicted(text: &[char], said: &Said) -> Vec<Name> {
    let mut out = Vec::new();
    for entity in &said.entities {
        let kind = match entity.kind {
            Some(EntityKind::Person) => NameKind::Person,
            Some(EntityKind::Organisation | EntityKind::Outlet) => NameKind::Organisation,
            Some(EntityKind::Place) => NameKind::Place,
            _ => continue,
        };
        let names = entity.mentions.iter().filter(|m| m.form == Some(Form::Name));
        out.extend(names.map(|m| (core(text, m.chars), kind)));
    }
    out.sort();
    out.dedup();
    out
}

fn count(document: &NamedText, said: &Said) -> Vec<Sum> {
    let text: Vec<char> = document.text.chars().collect();
    let predicted = predicted(&text, said);
    let gold: Vec<Name> = document.names.iter().map(|(c, k)| (core(&text, *c), *k)).collect();
    let mut sums = vec![Sum::default(); 2 * LINES];
    for (first, exact) in [(0, true), (LINES, false)] {
        for kind_counts in [true, false] {
            let fits = |p: &Name, g: &Name| {
                let over = shared(p.0, g.0);
                let span = if exact { p.0 == g.0 } else { over > 0 };
                (span && (p.1 == g.1 || !kind_counts)).then_some(Reverse(over))
            };
            let mut candidates = Vec::new();
            for (i, p) in predicted.iter().enumerate() {
                for (j, g) in gold.iter().enumerate() {
                    candidates.extend(fits(p, g).map(|key| (key, i, j)));
                }
            }
            let pairs = greedy(candidates);
            if !kind_counts {
                sums[first + LINES - 1] = Sum::of(pairs.len(), predicted.len(), gold.len());
                continue;
            }
            for (k, kind) in NameKind::ALL.into_iter().enumerate() {
                let of = |names: &[Name]| names.iter().filter(|n| n.1 == kind).count();
                let hits = pairs.iter().filter(|(_, g)| gold[*g].1 == kind).count();
                sums[first + k] = Sum::of(hits, of(&predicted), of(&gold));
            }
            sums[first + LINES - 2] = Sum::of(pairs.len(), predicted.len(), gold.len());
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Mention};
    use std::path::PathBuf;

    #[test]
    fn exact_overlap_and_kind() {
        let text = "The Pier Trust's Ada Quill met Quill and Rome in Oslo.";
        let at = |s: &str| {
            let start = text.find(s).unwrap();
            Chars::new(start, start + s.len())
        };
        let names = vec![
            (at("Pier Trust"), NameKind::Organisation),
            (at("Ada Quill"), NameKind::Person),
            (at("Rome"), NameKind::Place),
            (at("Oslo"), NameKind::Place),
        ];
        let gold = Names {
            file: PathBuf::from("x.iob2"),
            documents: vec![NamedText { name: "a".into(), text: text.into(), names }],
        };
        let entity = |kind, mentions: &[(&str, Form)]| Entity {
            kind: Some(kind),
            mentions: mentions.iter().map(|(s, f)| Mention { chars: at(s), form: Some(*f) }).collect(),
            ..Entity::default()
        };
        let said = Said {
            attributions: vec![],
            entities: vec![
                entity(EntityKind::Outlet, &[("The Pier Trust's", Form::Name)]),
                entity(EntityKind::Person, &[("Ada", Form::Name), ("met", Form::Pronoun)]),
                entity(EntityKind::Person, &[("Rome", Form::Name)]),
                entity(EntityKind::Group, &[("Oslo", Form::Name)]),
            ],
        };
        let system = System { name: "x".into(), command: None, readings: vec![Some(said)] };
        let report = entities(&gold, &[system]);
        for (table, line, want) in [
            ("exact", "ORG", (1, 1, 1.0)),
            ("exact", "PER", (2, 1, 0.0)),
            ("exact", "all", (3, 4, 2.0 / 7.0)),
            ("exact", "of any kind", (3, 4, 4.0 / 7.0)),
            ("overlap", "PER", (2, 1, 2.0 / 3.0)),
            ("overlap", "LOC", (0, 2, 0.0)),
            ("overlap", "of any kind", (3, 4, 6.0 / 7.0)),
        ] {
            let l = report.systems[0].line(table, line).unwrap();
            let f1 = l.figure("f1").unwrap().value;
            assert_eq!((l.counts[0].1, l.counts[1].1), (want.0, want.1), "{table} {line}");
            assert!((f1 - want.2).abs() < 1e-9, "{table} {line}: {f1}");
        }
        assert!(report.text().starts_with("Entities, measured on x.iob2: 1 documents, 4 names\n"));
        assert_eq!(report.json(), report.clone().json());
    }
}
