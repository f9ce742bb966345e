//! Assertions: what is put forward in one document, one predicate with what belongs to it, and what is read in it. Inert
//! like all of a reading; must not know how anything was found.

use crate::named::named;
use crate::{AttributionIx, Certainty, EntityIx, Span, Stance};

named! {
    /// Whether the content itself holds or is negated.
    Polarity {
        /// It is so.
        Positive => "positive",
        /// It is not so.
        Negative => "negative",
    }
}

named! {
    /// In what way the content is said to hold.
    Modality {
        /// It is or was so.
        Actual => "actual",
        /// It will be so, or is planned.
        Future => "future",
        /// It would be so, if something else were.
        Hypothetical => "hypothetical",
        /// It is asked whether it is so.
        Question => "question",
        /// It shall be so: wished, demanded, ordered, proposed.
        Wish => "wish",
    }
}

/// One act of asserting in one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Assertion {
    /// The attribution whose content it is, or part of it; none in the outlet's own voice.
    pub attribution: Option<AttributionIx>,
    /// The predicate with what belongs to it, in order.
    pub content: Vec<Span>,
    /// The content in one piece, what the spans leave out filled in from the text in square brackets.
    pub statement: String,
    /// What the source does with it.
    pub stance: Stance,
    /// Whether it is negated.
    pub polarity: Polarity,
    /// In what way it is said to hold.
    pub modality: Modality,
    /// How sure it is: the weakest on the way from the source.
    pub certainty: Certainty,
    /// The words that carry the certainty.
    pub hedge: Option<Span>,
    /// What happens in it.
    pub event: Option<Event>,
    /// Its numbers.
    pub quantities: Vec<Quantity>,
    /// Its times.
    pub times: Vec<Time>,
    /// Its places.
    pub places: Vec<Place>,
}

/// Who does what to whom, as the event ontologies PLOVER and CAMEO type it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The words that tell what happens.
    pub trigger: Span,
    /// PLOVER's root code ("ASSAULT"); none for a mere statement, which PLOVER leaves out.
    pub plover: Option<String>,
    /// CAMEO's root code, two digits.
    pub cameo: Option<String>,
    /// Who does it.
    pub actors: Vec<EntityIx>,
    /// To whom.
    pub targets: Vec<EntityIx>,
    /// How sure the type is, from 0 to 1.
    pub score: f32,
}

/// A number in the text and what is counted or measured. Ordinals and dates are none.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The words of the number with its unit and what makes it approximate: "about 150 workers", "$1.2bn".
    pub span: Span,
    /// The value, where the text gives one.
    pub value: Option<f64>,
    /// The least value that fits the words, inclusive; none where nothing bounds it below.
    pub low: Option<f64>,
    /// The greatest value that fits the words, inclusive; none where nothing bounds it above.
    pub high: Option<f64>,
    /// "About", "some", "nearly", "several thousand".
    pub approximate: bool,
    /// ISO 4217 for money ("USD"), a UCUM-like symbol for measures ("km", "h", "%"), the head noun in lower case for
    /// what is counted ("workers"); none for a bare number.
    pub unit: Option<String>,
    /// What is counted or measured, with its modifiers: "new workers".
    pub of: Option<Span>,
}

named! {
    /// The kind of a time expression, by TIMEX3.
    TimeKind {
        /// A calendar time of a day or coarser.
        Date => "date",
        /// A time of the day.
        Time => "time",
        /// How long.
        Duration => "duration",
        /// How often.
        Set => "set",
    }
}

named! {
    /// How finely a time is told.
    TimePrecision {
        /// Second or minute.
        Minute => "minute",
        /// Hour.
        Hour => "hour",
        /// Morning, afternoon, evening, night.
        PartOfDay => "part of day",
        /// Day.
        Day => "day",
        /// Week or weekend.
        Week => "week",
        /// Month.
        Month => "month",
        /// Quarter, season or half-year.
        Season => "season",
        /// Year.
        Year => "year",
        /// Decade or coarser.
        Decade => "decade",
        /// "Now", "recently", "in the future".
        Vague => "vague",
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its words, as TIMEX3 delimits them.
    pub span: Span,
    /// Its kind.
    pub kind: TimeKind,
    /// TIMEX3's value ("2024-10-17", "2024-W42", "P3D", "PAST_REF"); where it is relative and there is no date to
    /// resolve it against, with X in the place of each digit that is not known.
    pub timex: String,
    /// The first day, ISO 8601 (`YYYY-MM-DD` or with `Thh:mm`); none where the time is open to that side or not resolved.
    pub from: Option<String>,
    /// The last day, inclusive.
    pub to: Option<String>,
    /// How finely it is told.
    pub precision: TimePrecision,
}

named! {
    /// What sort of place, and so how far its point may be off.
    PlacePrecision {
        /// A building, square, airport, bridge.
        Point => "point",
        /// A town, city, village.
        City => "city",
        /// A county, province, state, island, lake, mountain range.
        Region => "region",
        /// A country.
        Country => "country",
        /// A continent, an ocean, several countries.
        Wide => "wide",
    }
}

/// A place that a name in the text was led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The name in the text.
    pub span: Span,
    /// The gazetteer's name.
    pub name: String,
    /// ISO 3166-1, alpha-2.
    pub country: Option<String>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// What sort of place.
    pub precision: PlacePrecision,
    /// GeoNames' id.
    pub geonames: Option<u32>,
}
