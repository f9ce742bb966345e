//! Places named with the country or state they lie in: "San Rafael California". Must not know of parties or texts.

use crate::country;
use crate::letters;
use crate::lexicon;

/// Words that make one name with a region's: "Baja California", "Latin America", "Lake Ontario".
const PART: &[&str] = &[
    "american", "and", "baja", "british", "camp", "cape", "fort", "french", "gulf", "lake", "latin", "mount",
    "of", "port", "san", "santa", "santo", "strait", "the",
];

/// Is it a country, or a state of the United States by name or postal code? In any letters.
fn is_region(folded: &str) -> bool {
    let country = || country::folded(folded).is_some_and(|(_, how)| how.is_name());
    let states = lexicon::us_states();
    states.has(folded) || states.holds(0, folded) || country()
}

/// Does the word tell one place from another of the same name: "greater", "northern", "new"? In any letters.
pub fn side_of_place(word: &str) -> bool {
    lexicon::place_words().get(&letters::spaced(word), 0) == Some("side")
}

/// Where the region begins, in bytes, that a place's name ends in: "San Rafael Ca" at `Ca`, "brittany france" at
/// `france`, "Baltimore, MD" at `MD`. `None` where the words are one name ("West Virginia", "Baja California",
/// "Lake Ontario"), or no region is at the end.
pub fn region_at_end(place: &str) -> Option<usize> {
    let whole = letters::spaced(place);
    if is_region(&whole) {
        return None;
    }
    let starts: Vec<usize> = place
        .char_indices()
        .filter(|&(i, c)| i > 0 && c.is_alphanumeric() && place[..i].ends_with([' ', ',']))
        .map(|(i, _)| i)
        .collect();
    let at =
        starts.iter().copied().rev().take(3).filter(|&i| is_region(&letters::spaced(&place[i..]))).min()?;
    let before = letters::spaced(place[..at].trim_end_matches([' ', ',']));
    let last = before.rsplit(' ').next().unwrap_or("");
    let comma = place[..at].trim_end().ends_with(',');
    let one = PART.contains(&last) || side_of_place(last);
    (comma || !one && !last.is_empty()).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_end_in_regions() {
        for (place, region) in [
            ("San Rafael Ca", Some("Ca")),
            ("miramar florida", Some("florida")),
            ("brittany france", Some("france")),
            ("Baltimore, MD", Some("MD")),
            ("Springfield,Illinois", Some("Illinois")),
            ("Charleston West Virginia", Some("West Virginia")),
            ("Christchurch New Zealand", Some("New Zealand")),
            ("West Virginia", None),
            ("New Mexico", None),
            ("South Africa", None),
            ("Baja California", None),
            ("Latin America", None),
            ("Northern Virginia", None),
            ("Lake Ontario", None),
            ("Lake Michigan", None),
            ("Gulf of Mexico", None),
            ("Virginia Beach", None),
            ("Georgia", None),
            ("San Jose", None),
            ("", None),
        ] {
            assert_eq!(region_at_end(place).map(|at| &place[at..]), region, "{place}");
        }
    }
}
