//! The table's layout and how it is searched. Must not know of texts.
//!
//! `gazetteer.bin`, little-endian: a head in words that ends in a zero byte; five u32 (countries, places, names, blocks,
//! bytes of names); country codes, two bytes each; places, 17 bytes each (latitude, longitude in 1/10,000 degrees, GeoNames
//! id or 0, index of the first name: 24 bits each; size, country, feature: a byte each; the place of the first division:
//! 16 bits); where each block of names begins, u32; names in order of their folded form, 16 a block, each with the bytes
//! it shares with the one before, its other bytes, and its places as differences, doubled, plus one where it is another
//! name than their first.

use crate::fold::fold;

static BYTES: &[u8] = include_bytes!("../gazetteer.bin");

const RECORD: usize = 17;
const BLOCK: usize = 16;
const NONE: u16 = u16::MAX;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Feature {
    /// A country or territory of ISO 3166.
    Country,
    /// A continent, an ocean, several countries.
    Wide,
    /// A first division: a state, a province; an island or region as large.
    Region,
    /// A second division: a county, a district.
    County,
    /// A water, range or desert.
    Nature,
    /// A country's capital.
    Capital,
    /// A town, city, village.
    City,
    /// A building, square, quarter.
    Point,
}

/// A place of the table, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlaceIx(pub u32);

/// What the table says of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Its number.
    pub ix: PlaceIx,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// GeoNames' id.
    pub geonames: Option<u32>,
    /// What it is.
    pub feature: Feature,
    /// The first division that it lies in, or is.
    pub division: Option<PlaceIx>,
    country: u8,
    size: u8,
    name: u32,
}

/// A place that bears a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Which.
    pub place: Record,
    /// The name is not its first in the table.
    pub other: bool,
}

/// Where the parts of the table begin.
#[derive(Clone, Copy, Default)]
struct Parts {
    countries: usize,
    country_count: usize,
    places: usize,
    place_count: usize,
    blocks: usize,
    block_count: usize,
    name_count: usize,
    names: usize,
}

fn u32_at(at: usize) -> usize {
    BYTES.get(at..at + 4).and_then(|b| b.try_into().ok()).map_or(0, u32::from_le_bytes) as usize
}

fn u24(b: &[u8]) -> u32 {
    b.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b))
}

/// In degrees.
fn degrees(b: &[u8]) -> f64 {
    let n = u24(b) as i32;
    f64::from(if n >= 1 << 23 { n - (1 << 24) } else { n }) / 1e4
}

fn parts() -> Parts {
    // the head is short
    let Some(head) = BYTES.iter().position(|b| *b == 0).map(|at| at + 1) else { return Parts::default() };
    let [country_count, place_count, name_count, block_count] = [0, 4, 8, 12].map(|i| u32_at(head + i));
    let countries = head + 20;
    let places = countries + 2 * country_count;
    let blocks = places + RECORD * place_count;
    let names = blocks + 4 * block_count;
    Parts { countries, country_count, places, place_count, blocks, block_count, name_count, names }
}

impl Record {
    /// ISO 3166-1, alpha-2.
    pub fn country(&self) -> Option<&'static str> {
        let p = parts();
        let at = p.countries + 2 * usize::from(self.country);
        (usize::from(self.country) < p.country_count)
            .then(|| BYTES.get(at..at + 2))
            .flatten()
            .and_then(|b| std::str::from_utf8(b).ok())
    }

    /// About how many people live there, within a tenth.
    pub fn people(&self) -> u64 {
        (f64::from(self.size) / 8.0).exp() as u64 - 1
    }

    /// Its first name in the table.
    pub fn name(&self) -> String {
        let p = parts();
        let wanted = self.name as usize;
        if wanted >= p.name_count {
            return String::new();
        }
        let mut names = Names::at(&p, wanted / BLOCK);
        for _ in 0..=wanted % BLOCK {
            names.next();
        }
        names.text().to_owned()
    }

    /// Its point: degrees north and east.
    pub fn point(&self) -> (f64, f64) {
        (self.lat, self.lon)
    }
}

/// The place of that number.
pub fn place(ix: PlaceIx) -> Option<Record> {
    record(&parts(), ix)
}

fn record(p: &Parts, ix: PlaceIx) -> Option<Record> {
    let n = ix.0 as usize;
    let b = (n < p.place_count)
        .then(|| BYTES.get(p.places + RECORD * n..p.places + RECORD * (n + 1)))
        .flatten()?;
    let division = u16::from_le_bytes([b[15], b[16]]);
    Some(Record {
        ix,
        lat: degrees(&b[0..3]),
        lon: degrees(&b[3..6]),
        geonames: Some(u24(&b[6..9])).filter(|id| *id > 0),
        name: u24(&b[9..12]),
        size: b[12],
        country: b[13],
        feature: match b[14] {
            0 => Feature::Country,
            1 => Feature::Wide,
            2 => Feature::Region,
            3 => Feature::County,
            4 => Feature::Nature,
            5 => Feature::Capital,
            6 => Feature::City,
            _ => Feature::Point,
        },
        division: (division != NONE).then_some(PlaceIx(u32::from(division))),
    })
}

/// The country of that code, ISO 3166-1, alpha-2.
pub fn by_country(code: &str) -> Option<Record> {
    let p = parts();
    // countries come first
    (0..p.country_count as u32)
        .filter_map(|n| record(&p, PlaceIx(n)))
        .take_while(|r| r.feature == Feature::Country)
        .find(|r| r.country() == Some(code))
}

/// The places that bear a name, as the table has them in order. Accents, case and "the" do not count.
pub fn named(name: &str) -> Vec<Match> {
    named_folded(&fold(name))
}

/// The places that bear a name that [`fold`] made.
pub fn named_folded(folded: &str) -> Vec<Match> {
    let p = parts();
    let mut out: Vec<Match> = Vec::new();
    if folded.is_empty() || p.block_count == 0 {
        return out;
    }
    // the last block whose first name comes before
    let (mut low, mut high) = (0, p.block_count);
    while low + 1 < high {
        let middle = usize::midpoint(low, high);
        let mut first = Names::at(&p, middle);
        first.next();
        if fold(first.text()).as_str() < folded { low = middle } else { high = middle }
    }
    let mut names = Names::at(&p, low);
    while names.next() {
        let this = fold(names.text());
        if this.as_str() > folded {
            break;
        }
        if this == folded {
            for (ix, other) in names.places.drain(..) {
                match out.iter_mut().find(|m| m.place.ix == ix) {
                    Some(m) => m.other &= other,
                    None => out.extend(record(&p, ix).map(|place| Match { place, other })),
                }
            }
        }
    }
    out
}

/// Names one after the other from the start of a block.
struct Names {
    at: usize,
    /// Which name comes next.
    number: usize,
    count: usize,
    bytes: Vec<u8>,
    places: Vec<(PlaceIx, bool)>,
}

impl Names {
    fn at(p: &Parts, block: usize) -> Self {
        let at = p.names + u32_at(p.blocks + 4 * block);
        Self {
            at,
            number: block * BLOCK,
            count: p.name_count,
            bytes: Vec::with_capacity(64),
            places: Vec::new(),
        }
    }

    fn byte(&mut self) -> usize {
        let b = BYTES.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        usize::from(b)
    }

    fn number(&mut self) -> u32 {
        let (mut n, mut shift) = (0u32, 0);
        loop {
            let b = self.byte();
            n |= ((b & 127) as u32) << shift;
            shift += 7;
            if b < 128 || shift > 28 {
                return n;
            }
        }
    }

    /// Goes to the next name; false where there is none.
    fn next(&mut self) -> bool {
        if self.number >= self.count {
            return false;
        }
        if self.number.is_multiple_of(BLOCK) {
            self.bytes.clear();
        }
        self.number += 1;
        let (same, more) = (self.byte(), self.byte());
        self.bytes.truncate(same);
        self.bytes.extend_from_slice(BYTES.get(self.at..self.at + more).unwrap_or(&[]));
        self.at += more;
        self.places.clear();
        let (count, mut last) = (self.number(), 0u32);
        for _ in 0..count {
            let n = self.number();
            last = last.saturating_add(n >> 1);
            self.places.push((PlaceIx(last), n & 1 == 1));
        }
        true
    }

    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap_or("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn all_names_are_in_order_and_lead_to_places() {
        let p = parts();
        let mut names = Names::at(&p, 0);
        let (mut before, mut count, mut first) = (String::new(), 0, vec![0u32; p.place_count]);
        while names.next() {
            let folded = fold(names.text());
            assert!(!folded.is_empty() && folded >= before, "{:?} after {before:?}", names.text());
            assert!(!names.places.is_empty(), "{}", names.text());
            for (ix, other) in &names.places {
                first[ix.0 as usize] += u32::from(!other);
            }
            before = folded;
            count += 1;
        }
        assert_eq!(count, p.name_count);
        assert_eq!(p.block_count, count.div_ceil(BLOCK));
        assert!(first.iter().all(|n| *n == 1), "each place has one first name");
    }

    #[test]
    fn records_are_sound() {
        let p = parts();
        for n in 0..p.place_count as u32 {
            let r = place(PlaceIx(n)).unwrap();
            assert!(r.lat.abs() <= 90.0 && r.lon.abs() <= 180.0, "{r:?}");
            assert!(r.division.is_none_or(|d| place(d).unwrap().feature == Feature::Region), "{r:?}");
            if n % 97 == 0 {
                assert!(named(&r.name()).iter().any(|m| m.place == r && !m.other), "{}", r.name());
            }
        }
        assert_eq!(place(PlaceIx(u32::MAX)), None);
        assert_eq!(by_country("FR").unwrap().name(), "France");
        assert_eq!(by_country("fr"), None);
    }

    #[test]
    fn names_lead_to_places() {
        for (name, feature, country, lat, lon) in [
            ("Zürich", Feature::City, Some("CH"), 47.37, 8.55),
            ("Zurich", Feature::City, Some("CH"), 47.37, 8.55),
            ("Texas", Feature::Region, Some("US"), 31.0, -99.5),
            ("west africa", Feature::Wide, None, 13.0, -2.0),
            ("The Hague", Feature::City, Some("NL"), 52.08, 4.3),
            ("Cairo", Feature::Capital, Some("EG"), 30.06, 31.25),
            ("Pangasinan", Feature::County, Some("PH"), 15.9, 120.3),
        ] {
            let found = named(name);
            let near = |m: &&Match| crate::kilometres(m.place.point(), (lat, lon)) < 200.0;
            let fits =
                found.iter().filter(near).any(|m| m.place.feature == feature && m.place.country() == country);
            assert!(fits, "{name}: {found:?}");
        }
        assert!(named("Xyzzyx").is_empty() && named("").is_empty() && named("zzzzzzzzz").is_empty());
    }

    proptest! {
        #[test]
        fn any_name_is_answered(name in ".{0,40}") {
            for m in named(&name) {
                prop_assert!(!m.place.name().is_empty());
            }
        }
    }
}
