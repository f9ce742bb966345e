//! Predicted chains held against gold ones: MUC, B³, CEAFe, mentions, antecedents by form. Must not know where
//! either came from.

use super::gold::{Chained, ChainedText, GoldMention};
use crate::chains::{Chains, b_cubed, ceaf_e, muc};
use crate::pairs::greedy;
use crate::report::{Held, Measured, Plan, Shows, Sum};
use crate::{Chars, Said, System};
use onrecord_text::Form;
use std::collections::BTreeMap;

const RULES: [&str; 3] = [
    "A predicted mention matches a gold one if it lies within the gold span and contains its head; each once, the \
     closest in length first. Entities mentioned once are left out on both sides before anything is matched.",
    "MUC counts links, B3 mentions, CEAFe chains; CoNLL is the mean of their F1. \"mentions\": predicted and gold \
     mentions that match. Sums run over all documents.",
    "\"antecedent right\": of the gold mentions that have one of their chain before them and are matched by any \
     predicted mention, how many share a predicted entity with an earlier one of their gold chain. \"found\": how \
     many are matched at all. By form: the part of speech of the head.",
];

const FORMS: [Form; 3] = [Form::Name, Form::Nominal, Form::Pronoun];
/// Sums: MUC, B³, CEAFe, mentions; then antecedents by form and all; then found by form and all.
const ANTECEDENTS: usize = 4;
const FOUND: usize = ANTECEDENTS + FORMS.len() + 1;
const SUMS: usize = FOUND + FORMS.len() + 1;

/// Holds systems against a folder of chains. Their readings are in its documents' order.
pub fn coreference(gold: &Chained, systems: &[System]) -> Measured {
    let held = systems.iter().map(|system| Held::counted(system, &gold.documents, plans(), count));
    let chained: Vec<Vec<&GoldMention>> = gold.documents.iter().map(chained).collect();
    let folder = gold.folder.display().to_string();
    let on = match gold.genres.is_empty() {
        true => folder,
        false => format!("{folder} ({})", gold.genres.join(", ")),
    };
    let chains = |d: &Vec<&GoldMention>| {
        let mut ids: Vec<usize> = d.iter().map(|m| m.chain).collect();
        ids.sort_unstable();
        ids.dedup();
        ids.len()
    };
    Measured {
        suite: "coreference",
        on: vec![on],
        holds: vec![
            ("documents", gold.documents.len()),
            ("chains", chained.iter().map(chains).sum()),
            ("mentions", chained.iter().map(Vec::len).sum()),
        ],
        rules: RULES.to_vec(),
        systems: held.collect(),
    }
}

fn plans() -> Vec<Plan> {
    let measures = ["MUC", "B3", "CEAFe"].iter().enumerate().map(|(i, n)| ((*n).to_owned(), Shows::Prf(i)));
    let mut chains: Vec<_> = measures.collect();
    chains.push(("CoNLL".into(), Shows::MeanF1(vec![0, 1, 2])));
    chains.push(("mentions".into(), Shows::Prf(3)));
    let forms = |first: usize| {
        let names = FORMS.iter().map(|f| f.name()).chain(["all"]);
        names.enumerate().map(|(i, n)| (n.to_owned(), Shows::Share(first + i))).collect::<Vec<_>>()
    };
    vec![
        ("chains".into(), chains),
        ("antecedent right".into(), forms(ANTECEDENTS)),
        ("found".into(), forms(FOUND)),
    ]
}

/// The mentions of whoever is mentioned more than once.
fn chained(document: &ChainedText) -> Vec<&GoldMention> {
    let mut sizes = BTreeMap::new();
    for m in &document.mentions {
        *sizes.entry(m.chain).or_insert(0) += 1;
    }
    document.mentions.iter().filter(|m| sizes.get(&m.chain).is_some_and(|n| *n > 1)).collect()
}

/// Predicted mentions with their entity.
type Predicted = Vec<(Chars, usize)>;

fn matched(predicted: &Predicted, gold: &[&GoldMention]) -> Vec<(usize, usize)> {
    let length = |c: Chars| c.end.saturating_sub(c.start);
    let mut candidates = Vec::new();
    for (i, (p, _)) in predicted.iter().enumerate() {
        for (j, g) in gold.iter().enumerate() {
            let within = p.start >= g.span.start && p.end <= g.span.end;
            if within && p.start <= g.head.start && p.end >= g.head.end {
                candidates.push((length(g.span) - length(*p), i, j));
            }
        }
    }
    greedy(candidates)
}

fn chains_of(owners: impl Iterator<Item = (usize, usize)>) -> Chains {
    let mut chains: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (mention, owner) in owners {
        chains.entry(owner).or_default().push(mention);
    }
    chains.into_values().collect()
}

fn count(document: &ChainedText, said: &Said) -> Vec<Sum> {
    let gold = chained(document);
    let mentions = |least: usize| -> Predicted {
        let several = said.entities.iter().enumerate().filter(|(_, e)| e.mentions.len() >= least);
        several.flat_map(|(i, e)| e.mentions.iter().map(move |m| (m.chars, i))).collect()
    };
    let predicted = mentions(2);
    let pairs = matched(&predicted, &gold);
    // a mention that both have goes by the gold one's number
    let mut numbers: Vec<usize> = (gold.len()..gold.len() + predicted.len()).collect();
    for &(p, g) in &pairs {
        numbers[p] = g;
    }
    let theirs = chains_of(predicted.iter().zip(&numbers).map(|(p, n)| (*n, p.1)));
    let ours = chains_of(gold.iter().enumerate().map(|(i, m)| (i, m.chain)));
    let mut sums = vec![
        muc(&theirs, &ours),
        b_cubed(&theirs, &ours),
        ceaf_e(&theirs, &ours),
        Sum::of(pairs.len(), predicted.len(), gold.len()),
    ];
    sums.resize(SUMS, Sum::default());

    let any = mentions(1);
    let mut entity_of: Vec<Option<usize>> = vec![None; gold.len()];
    for (p, g) in matched(&any, &gold) {
        entity_of[g] = Some(any[p].1);
    }
    for (i, m) in gold.iter().enumerate() {
        let before = |j: &usize| gold[*j].chain == m.chain;
        if !(0..i).any(|j| before(&j)) {
            continue;
        }
        let entity = entity_of[i];
        let right = entity.is_some() && (0..i).filter(before).any(|j| entity_of[j] == entity);
        let form = FORMS.iter().position(|f| *f == m.form).unwrap_or(0);
        for line in [form, FORMS.len()] {
            sums[FOUND + line].add(&Sum::share(usize::from(entity.is_some()), 1));
            if entity.is_some() {
                sums[ANTECEDENTS + line].add(&Sum::share(usize::from(right), 1));
            }
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Entity, Mention};

    fn mention(span: (usize, usize), head: (usize, usize), form: Form, chain: usize) -> GoldMention {
        GoldMention { span: Chars::new(span.0, span.1), head: Chars::new(head.0, head.1), form, chain }
    }

    #[test]
    fn chains_and_antecedents() {
        // two chains of 3 and 2, one mention alone
        let document = ChainedText {
            name: "a".into(),
            genre: "news".into(),
            text: " ".repeat(100),
            mentions: vec![
                mention((0, 20), (4, 9), Form::Nominal, 0),
                mention((13, 20), (13, 20), Form::Name, 7),
                mention((30, 33), (30, 33), Form::Pronoun, 0),
                mention((40, 50), (45, 50), Form::Name, 1),
                mention((60, 63), (60, 63), Form::Pronoun, 0),
                mention((70, 80), (75, 80), Form::Name, 1),
            ],
        };
        let entity = |spans: &[(usize, usize)]| Entity {
            mentions: spans.iter().map(|s| Mention { chars: Chars::new(s.0, s.1), form: None }).collect(),
            ..Entity::default()
        };
        // the head's own phrase, and a pronoun; a pronoun and a name that is not its; a name alone
        let said = Said {
            attributions: vec![],
            entities: vec![entity(&[(0, 9), (30, 33)]), entity(&[(60, 63), (75, 80)]), entity(&[(45, 50)])],
        };
        let s = count(&document, &said);
        let value = |i: usize| (s[i].hit_p, s[i].predicted, s[i].hit_g, s[i].gold);
        assert_eq!(value(0), (1.0, 2.0, 1.0, 3.0), "MUC");
        assert_eq!(value(3), (4.0, 4.0, 4.0, 5.0), "mentions");
        // B³: P (2 + 1)/4, R (4/3 + 1/3 + 1/2)/5
        assert!((s[1].hit_p - 3.0).abs() < 1e-9 && (s[1].hit_g - 13.0 / 6.0).abs() < 1e-9, "{:?}", s[1]);
        // CEAFe: 2·2/5 and 2·1/4
        assert!((s[2].hit_p - 1.3).abs() < 1e-9, "{:?}", s[2]);
        let share = |i: usize| (s[i].hit_g, s[i].gold);
        assert_eq!((share(ANTECEDENTS), share(ANTECEDENTS + 2)), ((0.0, 1.0), (1.0, 2.0)));
        assert_eq!((share(ANTECEDENTS + 3), share(FOUND + 3)), ((1.0, 3.0), (3.0, 3.0)));
        // longer than the gold, or without its head: not found
        let said = Said { attributions: vec![], entities: vec![entity(&[(13, 20), (29, 33)])] };
        assert_eq!(count(&document, &said)[3], Sum::of(0, 2, 5));
    }
}
