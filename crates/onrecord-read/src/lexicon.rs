//! The tables that people edit (`lexicon/*.tsv`), loaded once. Must not decide anything: it only looks up.

use onrecord_names::Table;
use std::sync::OnceLock;

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
    /// Words after a city's name that make it a body of that city.
    civic_words,
    /// Words of a cue → stance, certainty.
    cues,
    /// Nouns that are counted without looking plural.
    counted_nouns,
    /// Words that end the noun phrase after a number.
    counted_stops,
    /// Signs and names of money → ISO 4217.
    currencies,
    /// Adjectives that say whose dollar → ISO 4217.
    dollar_demonyms,
    /// Words of a content → certainty.
    hedges,
    /// Words in -s that are no plural nouns.
    not_plurals,
    /// Words before a number that make it approximate or bound it.
    number_bounds,
    /// Words of numbers → value, how they combine.
    number_words,
    /// Nouns before a number that it numbers.
    numbered_nouns,
    /// Words of a name that tell a body.
    organisation_names,
    /// Words of a name that tell a medium.
    outlet_names,
    /// Names of news sites, letters and digits only.
    outlet_sites,
    /// "Reportedly" and its like.
    framing_adverbs,
    /// Nouns of "in the view of X".
    framing_nouns,
    /// Words that say what sort of place a name is of → sort.
    place_generics,
    /// Words that report, not words of thinking and wanting → verb, noun, preposition.
    reporting,
    /// Head nouns of source phrases → kind of source.
    source_nouns,
    /// Months, weekdays, seasons, parts of the day, feasts → kind, value.
    time_calendar,
    /// What stands before a time and belongs to it → kind, part.
    time_modifiers,
    /// Number words of times → kind, value.
    time_numbers,
    /// Words that tell whether a time lies ahead or behind.
    time_tense,
    /// Units of time → unit, plural.
    time_units,
    /// Whole time expressions → kind, value, note.
    time_words,
    /// Words that stand before a name and are no part of it.
    titles,
    /// Units of measure → symbol, what is measured.
    units,
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
