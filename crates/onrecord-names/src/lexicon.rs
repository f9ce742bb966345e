//! The tables of `lexicon/*.tsv`, loaded once. Must not decide anything: it only looks up.

use crate::table::Table;
use std::sync::OnceLock;

macro_rules! tables { ($($(#[$doc:meta])* $name:ident,)*) => { $(
    $(#[$doc])*
    pub(crate) fn $name() -> &'static Table {
        static TABLE: OnceLock<Table> = OnceLock::new();
        TABLE.get_or_init(|| Table::parse(include_str!(concat!("../lexicon/", stringify!($name), ".tsv"))))
    }
)*

#[cfg(test)]
const ALL: &[(&str, &str)] = &[
    $((stringify!($name), include_str!(concat!("../lexicon/", stringify!($name), ".tsv")))),*,
    ("own", include_str!("../lexicon/own.tsv")),
];
} }

tables! {
    /// Words in a body's name → generic (may be left off) or kind (tells that it is a body).
    body_words,
    /// ISO code → English name.
    countries,
    /// Words that name a country → code, how, source.
    country_words,
    /// Given names → m or f.
    given_genders,
    /// Legal forms at the end of a body's name.
    legal_forms,
    /// Short given names → the names they may stand for.
    nicknames,
    /// Small words before a family name.
    particles,
    /// Words in a place's name → side, generic or kind.
    place_words,
    /// Short forms and spellings → the long form.
    short_forms,
    /// Words after a person's name → junior, senior or honour.
    suffixes,
    /// Words before a person's name → m or f, where the word tells.
    titles,
    /// Postal codes → states.
    us_states,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rows;

    #[test]
    fn tables_are_sorted_unique_and_sourced() {
        for (name, tsv) in ALL {
            let head: String = tsv.lines().take_while(|l| l.starts_with('#')).collect();
            for needed in ["source", "licence:", "date: 2026-11-23"] {
                assert!(head.contains(needed), "{name} has no {needed}");
            }
            let keys: Vec<&str> = rows(tsv).filter_map(|l| l.split('\t').next()).collect();
            assert!(keys.is_sorted(), "{name} is not sorted");
            assert!(keys.windows(2).all(|w| w[0] != w[1]), "{name} has a word twice");
            let codes = *name == "countries";
            assert!(codes || keys.iter().all(|k| *k == k.to_lowercase()), "{name} has upper case");
        }
        let size: usize = ALL.iter().map(|(_, t)| t.len()).sum();
        assert!(size < 300_000, "{size} bytes of tables");
    }
}
