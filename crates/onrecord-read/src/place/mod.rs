//! Names of places led to coordinates: the gazetteer's namesakes, and which of them the document means. Must not know
//! of the network, of entities or of any particular document.
//!
//! Each distinct name is led to one place (one sense per discourse, Gale, Church & Yarowsky 1992). A namesake's score is
//! its population, and how well its country, division and neighbourhood agree with what the document's other names
//! probably are; three rounds of mean-field estimates. A container after a comma ("Paris, Texas") decides. A name is
//! widened over neighbouring capitals to a larger known name ("Sudan" in "South Sudan").

mod candidates;
mod choose;
mod context;
mod further;

pub use further::further;
use onrecord_names::country;
use onrecord_places::{Feature, Record};
use onrecord_text::{Place, PlacePrecision, Span};

/// A name in the text that was taken for a place's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlaceName {
    /// Where it stands, in bytes.
    pub span: Span,
    /// It stands for a government or a body: context for the other names, and no place itself.
    pub speaks: bool,
}

/// Does the name name a country, as "Russia" does, "Russian" and "Moscow" not?
pub fn names_country(name: &str) -> bool {
    country(name).is_some_and(|n| n.how.is_name())
}

/// The places that names of a text lead to, in order; none for a name that the gazetteer lacks or that speaks. Spans
/// that are not of this text are left out.
pub fn places(text: &str, names: &[PlaceName]) -> Vec<Place> {
    let mut names: Vec<PlaceName> =
        names.iter().copied().filter(|n| !n.span.of(text).trim().is_empty()).collect();
    names.sort_by_key(|n| (n.span, n.speaks));
    names.dedup_by_key(|n| n.span);
    let chosen = choose::choose(text, &names);
    let places = names.iter().zip(chosen).filter(|(n, _)| !n.speaks);
    places.filter_map(|(n, record)| Some(made(n.span, &record?))).collect()
}

fn made(span: Span, record: &Record) -> Place {
    Place {
        span,
        name: record.name(),
        country: record.country().map(str::to_owned),
        lat: record.lat,
        lon: record.lon,
        precision: match record.feature {
            Feature::Country => PlacePrecision::Country,
            Feature::Wide => PlacePrecision::Wide,
            Feature::Region | Feature::County | Feature::Nature => PlacePrecision::Region,
            Feature::Capital | Feature::City => PlacePrecision::City,
            Feature::Point => PlacePrecision::Point,
        },
        geonames: record.geonames,
    }
}

#[cfg(test)]
mod tests;
