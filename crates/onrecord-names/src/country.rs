//! Which country a word names, and how: by name, variant, adjective, capital or a government's seat. Must not know
//! of parties: that "Moscow" speaks for Russia is for the caller to say.

use crate::letters;
use crate::lexicon;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A country or territory of ISO 3166.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country {
    /// ISO 3166 alpha-2 code; `XK` for Kosovo.
    pub code: &'static str,
    /// English name after CLDR.
    pub name: &'static str,
}

/// How a word names a country.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Naming {
    /// Its English name: "Russia".
    Name,
    /// Another name or an abbreviation: "Russian Federation", "the DPRK", "Burma".
    Variant,
    /// An adjective or its people: "Russian", "Dutch", "Briton".
    Adjective,
    /// Its capital: "Moscow".
    Capital,
    /// A seat that stands for its government: "the Kremlin".
    Seat,
}

impl Naming {
    /// Is it a name of the country itself, rather than of its people, its capital or its government?
    pub fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Variant)
    }
}

/// A country as a word names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    /// Which country.
    pub country: &'static Country,
    /// How the word names it.
    pub how: Naming,
}

struct Words {
    countries: Vec<Country>,
    words: HashMap<&'static str, (usize, Naming)>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let countries: Vec<Country> = lexicon::countries()
            .rows()
            .iter()
            .filter_map(|(code, columns)| Some(Country { code, name: columns.first().copied()? }))
            .collect();
        let mut words = HashMap::new();
        for (word, columns) in lexicon::country_words().rows() {
            let [code, how, ..] = columns else { continue };
            let how = match *how {
                "name" => Naming::Name,
                "variant" => Naming::Variant,
                "adjective" => Naming::Adjective,
                "capital" => Naming::Capital,
                _ => Naming::Seat,
            };
            if let Ok(at) = countries.binary_search_by_key(code, |c| c.code) {
                words.insert(word, (at, how));
            }
        }
        Words { countries, words }
    })
}

/// The country that a word or phrase names: "Russia", "the Russian Federation", "Russian", "Moscow", "the Kremlin".
/// "The" before it and a genitive after it do not count. Lower case names none ("turkey", "us"), and abbreviations
/// must be in capitals. A word may mean something else as well ("Jordan", "Georgia", "San Jose"): that is for the
/// caller to know.
pub fn country(word: &str) -> Option<Named> {
    let word = letters::without_genitive(word.trim());
    let word = ["the ", "The ", "THE "].iter().find_map(|the| word.strip_prefix(the)).unwrap_or(word).trim();
    if !word.chars().any(char::is_uppercase) && !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let folded = letters::spaced(word);
    let (at, how) = lookup(&folded)?;
    let short = folded.len() <= 4 && how == Naming::Variant;
    if short && word.chars().any(char::is_lowercase) {
        return None;
    }
    Some(Named { country: words().countries.get(at)?, how })
}

/// By folded words with single spaces; also without the full stops of an abbreviation.
fn lookup(folded: &str) -> Option<(usize, Naming)> {
    let words = &words().words;
    words.get(folded).or_else(|| words.get(folded.replace('.', "").as_str())).copied()
}

/// By folded words, for names already parsed: the country's place in the table, and how.
pub(crate) fn folded(words: &str) -> Option<(u16, Naming)> {
    lookup(words).map(|(at, how)| (at as u16, how))
}

/// Its place in the table.
pub(crate) fn place_of(country: &Country) -> u16 {
    words().countries.binary_search(country).unwrap_or(0) as u16
}

/// The country at that place in the table.
pub(crate) fn at(place: u16) -> &'static Country {
    &words().countries[place as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_name_countries() {
        use Naming::*;
        for (word, code, how) in [
            ("Russia", "RU", Name),
            ("Russian Federation", "RU", Variant),
            ("the Russian Federation", "RU", Variant),
            ("Russian", "RU", Adjective),
            ("Moscow", "RU", Capital),
            ("the Kremlin", "RU", Seat),
            ("Kremlin’s", "RU", Seat),
            ("DPRK", "KP", Variant),
            ("the DPRK", "KP", Variant),
            ("North Korean", "KP", Adjective),
            ("Pyongyang's", "KP", Capital),
            ("Britain", "GB", Variant),
            ("U.K.", "GB", Variant),
            ("Downing Street", "GB", Seat),
            ("Whitehall", "GB", Seat),
            ("America", "US", Variant),
            ("the U.S.", "US", Variant),
            ("US", "US", Variant),
            ("the White House", "US", Seat),
            ("Foggy Bottom", "US", Seat),
            ("Burma", "MM", Variant),
            ("French", "FR", Adjective),
            ("the Élysée", "FR", Seat),
            ("Dutch", "NL", Adjective),
            ("Zhongnanhai", "CN", Seat),
            ("the Blue House", "KR", Seat),
            ("Côte d’Ivoire", "CI", Name),
            ("Türkiye", "TR", Name),
            ("Turkey", "TR", Variant),
            ("Republic of the Congo", "CG", Variant),
            ("DR Congo", "CD", Variant),
            ("Kyiv", "UA", Capital),
            ("Kiev", "UA", Capital),
            ("10 Downing Street", "GB", Seat),
            ("Georgia", "GE", Name),
        ] {
            let got = country(word).map(|n| (n.country.code, n.how));
            assert_eq!(got, Some((code, how)), "{word}");
        }
        for word in
            ["us", "turkey", "Congo", "Korea", "Johnstown", "England", "", "the", "Us", "polish", "House"]
        {
            assert_eq!(country(word), None, "{word}");
        }
    }

    #[test]
    fn every_country_is_named() {
        for c in &words().countries {
            assert!(c.code.len() == 2 && !c.name.is_empty());
            assert!(country(c.name).is_some_and(|n| n.country == c), "{}", c.name);
        }
        assert!(words().countries.len() > 230);
    }
}
