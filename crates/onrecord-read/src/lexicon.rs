//! The tables that people edit (`lexicon/*.tsv`), loaded once. Must not decide anything: it only looks up.

use std::collections::HashMap;
use std::sync::OnceLock;

/// One table: its first column in lower case → its other columns.
pub(crate) struct Table(HashMap<&'static str, Vec<&'static str>>);

impl Table {
    fn parse(tsv: &'static str) -> Self {
        let rows = tsv.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1);
        Self(
            rows.filter_map(|l| {
                let mut columns = l.split('\t');
                Some((columns.next()?, columns.collect()))
            })
            .collect(),
        )
    }

    /// Is the word, in lower case, in the table?
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Column `n` (from 0, the key not counted) of a word in lower case; empty columns are absent.
    pub(crate) fn get(&self, word: &str, n: usize) -> Option<&'static str> {
        self.0.get(word)?.get(n).copied().filter(|c| !c.is_empty())
    }

    /// The keys whose column `n` is `value`, sorted, so that nothing depends on a hash's order.
    pub(crate) fn keys_with(&self, n: usize, value: &str) -> Vec<&'static str> {
        let mut keys: Vec<_> =
            self.0.iter().filter(|(_, c)| c.get(n).is_some_and(|c| *c == value)).map(|(k, _)| *k).collect();
        keys.sort_unstable();
        keys
    }
}

macro_rules! tables { ($($(#[$doc:meta])* $name:ident,)*) => { $(
    $(#[$doc])*
    pub(crate) fn $name() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Table::parse(include_str!(concat!("../lexicon/", stringify!($name), ".tsv"))))
    }
)*

#[cfg(test)]
const ALL: &[(&str, &str)] = &[$((stringify!($name), include_str!(concat!("../lexicon/", stringify!($name), ".tsv")))),*];
} }

tables! {
    /// Words that a full stop follows without ending a sentence.
    abbreviations,
    /// Words that say that a name is withheld, and where they stand.
    anonymity,
    /// Words of a cue → stance, certainty.
    cues,
    /// Words of a content → certainty.
    hedges,
    /// Words of a name that tell a body.
    organisation_names,
    /// Words of a name that tell a medium.
    outlet_names,
    /// "Reportedly" and its like.
    framing_adverbs,
    /// Nouns of "in the view of X".
    framing_nouns,
    /// Words that report, not words of thinking and wanting → verb, noun, preposition.
    reporting,
    /// Head nouns of source phrases → kind of source.
    source_nouns,
    /// Words that stand before a name and are no part of it.
    titles,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_unique_and_sourced() {
        for (name, tsv) in ALL {
            assert!(
                tsv.lines()
                    .take_while(|l| l.starts_with('#'))
                    .any(|l| l.contains("source:") && l.contains("licence:")),
                "{name} has no source"
            );
            let keys: Vec<&str> = tsv
                .lines()
                .filter(|l| !l.starts_with('#'))
                .skip(1)
                .filter_map(|l| l.split('\t').next())
                .collect();
            assert!(keys.is_sorted(), "{name} is not sorted");
            assert!(keys.windows(2).all(|w| w[0] != w[1]), "{name} has a word twice");
            assert!(keys.iter().all(|k| *k == k.to_lowercase()), "{name} has upper case");
        }
    }
}
