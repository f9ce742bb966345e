//! The namesakes that a name may mean, each with what speaks for it before the document is looked at. Must not know of
//! the document.

use crate::lexicon;
use onrecord_names::{Naming, country, region_at_end, side_of_place};
use onrecord_places::{Feature, Match, Record, by_country, fold, named_folded};

/// The most namesakes of one name that are weighed: the likeliest.
const MOST: usize = 40;

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) place: Record,
    /// What speaks for it, in powers of ten of people.
    pub(super) prior: f64,
    /// The name is not its first in the gazetteer.
    other: bool,
}

impl Candidate {
    fn new(place: Record, other: bool) -> Self {
        Self { place, prior: prior(&place, other), other }
    }
}

/// Fewer people than that, and a city is not what "northern …" is of.
const SIDED: u64 = 5_000;
/// Fewer people than that, and a city is not what a country's adjective names.
const ADJECTIVE: u64 = 100_000;
/// What speaks for a city that is named without saying where: a quarter of a million people, in powers of ten.
const KNOWN: f64 = 5.4;
/// The most words of a place's name at the start of a longer one.
const FRONT: usize = 4;

/// What a name may mean, the likeliest first.
pub(super) fn candidates(name: &str) -> Vec<Candidate> {
    // "south Sudan" is not South Sudan
    let mut out = lower_side(name).map_or_else(|| whole(name), whole);
    if out.is_empty() {
        out = in_parts(name);
    }
    if out.is_empty() {
        out = turned(name);
    }
    if out.is_empty() {
        out = trimmed(name);
    }
    seats(&mut out);
    out.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.place.ix.cmp(&b.place.ix)));
    out.dedup_by_key(|c| c.place.ix);
    out.truncate(MOST);
    out
}

/// A division named after a city in it: the city is meant, where it holds a good part of the people ("Omsk"). Not so
/// of the United States, where news write "New York City" for the city.
fn seats(all: &mut [Candidate]) {
    let cities: Vec<Candidate> = all
        .iter()
        .copied()
        .filter(|c| !c.other && matches!(c.place.feature, Feature::City | Feature::Capital))
        .collect();
    let division = |c: &&mut Candidate| match c.place.feature {
        Feature::Region => c.place.country() != Some("US"),
        Feature::County => true,
        _ => false,
    };
    for region in all.iter_mut().filter(division) {
        let seat = cities.iter().find(|c| within(&c.place, &region.place));
        if let Some(seat) = seat.filter(|s| s.place.people() * 10 >= region.place.people()) {
            region.prior = region.prior.min(seat.prior - 0.3);
        }
    }
}

/// What follows a side in small letters.
fn lower_side(name: &str) -> Option<&str> {
    let (side, rest) = name.split_once(' ')?;
    (side.starts_with(char::is_lowercase) && side_of_place(side)).then_some(rest)
}

/// Under the side's other form: "Southern Darfur" is South Darfur.
fn turned(name: &str) -> Vec<Candidate> {
    let Some((side, rest)) = name.split_once(' ') else { return vec![] };
    let other = match side.strip_suffix("ern") {
        Some(short) => short.to_owned(),
        None => format!("{side}ern"),
    };
    if side_of_place(side) && side_of_place(&other) { whole(&format!("{other} {rest}")) } else { vec![] }
}

/// Without what is no part of the place's name: small letters after it, and what a country or division has ("Poland's
/// Minister").
fn trimmed(name: &str) -> Vec<Candidate> {
    let words: Vec<(usize, &str)> =
        name.split(' ').map(|w| (w.as_ptr() as usize - name.as_ptr() as usize, w)).collect();
    let small = |w: &str| w.starts_with(char::is_lowercase);
    let end = words.iter().rposition(|(_, w)| !small(w)).map_or(0, |i| i + 1);
    if (1..words.len()).contains(&end)
        && let Some((at, last)) = words.get(end - 1)
    {
        let out = whole(name.get(..at + last.len()).unwrap_or(""));
        if !out.is_empty() {
            return out;
        }
    }
    for n in (1..words.len().min(FRONT + 1)).rev() {
        let Some((at, last)) = words.get(n - 1) else { continue };
        let front = name.get(..at + last.len()).unwrap_or("");
        let bare = front.strip_suffix("'s").or_else(|| front.strip_suffix("’s"));
        // "Tennessee Colony" may be a place in itself
        let long = bare.is_some() || words.len() > n + 1;
        let front = bare.unwrap_or(front);
        if side_of_place(front) {
            continue;
        }
        let mut out = whole(front);
        out.retain(|c| {
            c.place.feature == Feature::Country || long && c.place.feature == Feature::Region && !c.other
        });
        if !out.is_empty() {
            return out;
        }
    }
    vec![]
}

/// The likeliest place of that very name, where it is one that texts name without saying where: a country, a division,
/// a part of the world, a capital, a large city.
pub(super) fn known(name: &str) -> Option<Record> {
    let mut out = whole(name);
    out.sort_by(|a, b| b.prior.total_cmp(&a.prior).then(a.place.ix.cmp(&b.place.ix)));
    let first = out.first()?;
    let enough = match first.place.feature {
        Feature::Country | Feature::Wide => true,
        Feature::Region | Feature::Nature => !first.other,
        Feature::County | Feature::Capital | Feature::City => !first.other && first.prior >= KNOWN,
        Feature::Point => false,
    };
    enough.then_some(first.place)
}

/// The places of that very name.
fn whole(name: &str) -> Vec<Candidate> {
    let mut out = Vec::new();
    let named = country(name);
    if let Some(named) = named
        && named.how.is_name()
        && let Some(place) = by_country(named.country.code)
    {
        out.push(Candidate::new(place, false));
    }
    let adjective = named.is_some_and(|n| n.how == Naming::Adjective);
    for m in named_folded(&fold(name)) {
        // "Russian" is no village of another name, "Canadian" no town of that one
        if adjective && (m.other || m.place.people() < ADJECTIVE) {
            continue;
        }
        out.push(Candidate::new(m.place, m.other));
    }
    out
}

/// A name that the gazetteer has in another form: with a word for its sort, a side, a container.
fn in_parts(name: &str) -> Vec<Candidate> {
    if let Some(at) = region_at_end(name) {
        let head = name.get(..at).unwrap_or("").trim_end_matches([' ', ',']);
        let region = name.get(at..).unwrap_or("");
        let containers = whole(region);
        let mut out = whole(head);
        out.retain(|c| containers.iter().any(|r| within(&c.place, &r.place)));
        if !out.is_empty() {
            return out;
        }
    }
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').collect();
    let (rest, sort) = match words.as_slice() {
        [first, "of", rest @ ..] if !rest.is_empty() => (rest.to_vec(), generic(first)),
        [rest @ .., last] if !rest.is_empty() && generic(last).is_some() => (rest.to_vec(), generic(last)),
        [first, rest @ ..] if !rest.is_empty() && side_of_place(first) => (rest.to_vec(), Some("side")),
        _ => return vec![],
    };
    let Some(sort) = sort else { return vec![] };
    let rest = rest.join(" ");
    let large = |m: &Match| m.place.feature < Feature::City || !m.other && m.place.people() >= SIDED;
    let mut out: Vec<Candidate> = named_folded(&rest)
        .iter()
        .filter(|m| sort != "side" || large(m))
        .map(|m| Candidate {
            prior: prior(&m.place, m.other) + fits(sort, m.place.feature),
            ..Candidate::new(m.place, m.other)
        })
        .collect();
    if sort == "side" {
        let capital: String = name.split_whitespace().skip(1).collect::<Vec<_>>().join(" ");
        out.extend(whole(&capital));
    }
    out
}

fn generic(word: &str) -> Option<&'static str> {
    lexicon::place_generics().get(word, 0)
}

/// How well a place is of a sort that the name tells.
fn fits(sort: &str, feature: Feature) -> f64 {
    match (sort, feature) {
        ("region", Feature::Region)
        | ("county", Feature::County)
        | ("city", Feature::City | Feature::Capital) => 4.0,
        ("region", Feature::County) | ("county", Feature::Region) => 2.5,
        ("county", Feature::City) => 0.5,
        _ => 0.0,
    }
}

/// Is the first place in the second, a country or division?
pub(super) fn within(place: &Record, container: &Record) -> bool {
    place.ix != container.ix
        && match container.feature {
            Feature::Country => place.country().is_some() && place.country() == container.country(),
            Feature::Region if place.division.is_some() => place.division == Some(container.ix),
            Feature::Region | Feature::County => {
                place.country() == container.country()
                    && onrecord_places::kilometres(place.point(), container.point()) < 250.0
            }
            _ => false,
        }
}

fn prior(place: &Record, other: bool) -> f64 {
    let people = ((place.people().max(1)) as f64).log10();
    let sort = match place.feature {
        Feature::Country => people + 2.0,
        Feature::Wide => 8.5,
        Feature::Region => people + 0.3,
        Feature::County => people - 0.7,
        Feature::Capital => people + 0.7,
        // divisions named after waters are named less
        Feature::Nature => people + 0.7,
        Feature::City | Feature::Point => people,
    };
    sort - if other { 1.0 } else { 0.0 }
}
