//! Tables that people edit: lines of tab-separated columns under a head line, comments behind `#`. Must not know what
//! a column means.

use std::collections::HashMap;

/// One table: its first column → its other columns.
#[derive(Debug)]
pub struct Table(HashMap<&'static str, Vec<&'static str>>);

/// The rows of a table, without its head.
pub(crate) fn rows(tsv: &'static str) -> impl Iterator<Item = &'static str> {
    tsv.lines().filter(|l| !l.starts_with('#') && !l.is_empty()).skip(1)
}

impl Table {
    /// From the text of a file.
    pub fn parse(tsv: &'static str) -> Self {
        let split = |l: &'static str| {
            let mut columns = l.split('\t');
            Some((columns.next()?, columns.collect()))
        };
        Self(rows(tsv).filter_map(split).collect())
    }

    /// Is the word, written as the table writes its keys, in the table?
    pub fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Column `n` of a word (from 0, the key not counted); empty columns are absent.
    pub fn get(&self, word: &str, n: usize) -> Option<&'static str> {
        self.0.get(word)?.get(n).copied().filter(|c| !c.is_empty())
    }

    /// Every row, sorted by its key, so that nothing depends on a hash's order.
    pub fn rows(&self) -> Vec<(&'static str, &[&'static str])> {
        let mut all: Vec<_> = self.0.iter().map(|(k, v)| (*k, v.as_slice())).collect();
        all.sort_unstable();
        all
    }

    /// Has some row `value` in column `n`?
    pub fn holds(&self, n: usize, value: &str) -> bool {
        self.0.values().any(|c| c.get(n).is_some_and(|c| *c == value))
    }

    /// The keys whose column `n` is `value`, sorted.
    pub fn keys_with(&self, n: usize, value: &str) -> Vec<&'static str> {
        let mut keys: Vec<_> =
            self.0.iter().filter(|(_, c)| c.get(n).is_some_and(|c| *c == value)).map(|(k, _)| *k).collect();
        keys.sort_unstable();
        keys
    }
}
