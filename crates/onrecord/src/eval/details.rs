//! Scoring what is read within an assertion: times, quantities and places, each found in text. Must not know how anything is
//! scored.

use std::ops::ControlFlow;
use std::path::Path;

pub use onrecord_eval::places::{Located, MappedTexts, PlacesSystem, places};
pub use onrecord_eval::quantities::{Amounts, QuantityGold, quantities};
pub use onrecord_eval::times::{TimeBank, TimeSystem, TimeTag, TimeText, times};
pub use onrecord_eval::{Chars, Part};
use onrecord_read::{PlaceName, further_places, places as led};
use onrecord_text::{Document, EntityKind, Form, Meta, Passage, Reading, Role, Span};

use super::{error, name};
use crate::{Error, Reader};

const TIMEBANK: &str = "Gold comes as TimeML: a folder of .tml files, TIMEX3 tags in TEXT, one of them outside it the \
                        CREATION_TIME.";
const TIME_PREDICTIONS: &str = "A line is {\"name\": FILE, \"times\": [{\"start\": 3, \"end\": 9, \"type\": \"DATE\", \
                                \"value\": \"1998-03\"}]}, offsets in code points of what stands in TEXT, tags left out.";
const MAPPED: &str =
    "Gold comes as GeoVirus.xml or lgl.xml: articles with names of places and their coordinates.";
const POINTS: &str = "Predictions of places are JSON lines: {\"document\": NAME, \"places\": [{\"chars\": [START, END], \
                      \"lat\": …, \"lon\": …}]}, NAME being the article's number from 1, # and its address.";
const QUANTITIES: &str =
    "Quantities come as eval/quantities/README.md says: a line of JSON for each sentence.";

/// Reads a folder of TimeML files, of one part only where it is named.
pub fn timebank(folder: &Path, part: Option<Part>) -> Result<TimeBank, Error> {
    TimeBank::read(folder, part).map_err(|e| error(e, TIMEBANK))
}

/// What onrecord finds in a TimeBank.
pub fn times_found(gold: &TimeBank) -> TimeSystem {
    let name = concat!("onrecord ", env!("CARGO_PKG_VERSION"));
    TimeSystem::of(name, gold, |d| {
        // line by line, as nothing may move what the gold counts from
        let mut passages = Vec::new();
        let mut at = 0;
        for line in d.text.split_inclusive('\n') {
            let span = Span::new(at, at + line.len()).trimmed(&d.text);
            if !span.is_empty() {
                passages.push(Passage { role: Role::Paragraph, span });
            }
            at += line.len();
        }
        let document = Document::new(Meta::default(), d.text.clone(), passages);
        let tag = |t: onrecord_text::Time| {
            let (start, end) = document.chars(t.span);
            TimeTag { chars: Chars::new(start, end), kind: t.kind, value: t.timex }
        };
        onrecord_read::document_times(&document, d.created.parse().ok()).into_iter().map(tag).collect()
    })
}

/// What another system found in a TimeBank.
pub fn time_predictions(file: &Path, gold: &TimeBank) -> Result<TimeSystem, Error> {
    TimeSystem::from_file(file, gold).map_err(|e| error(e, TIME_PREDICTIONS))
}

/// Reads sentences with their quantities, of one part only where it is named.
pub fn quantity_gold(file: &Path, part: Option<Part>) -> Result<QuantityGold, Error> {
    QuantityGold::read(file, part).map_err(|e| error(e, QUANTITIES))
}

/// What another system found in the sentences of a gold file.
pub fn amounts(file: &Path, gold: &QuantityGold) -> Result<Amounts, Error> {
    Amounts::from_file(file, gold).map_err(|e| error(e, QUANTITIES))
}

/// What onrecord finds in the sentences of a gold file.
pub fn own_amounts(gold: &QuantityGold) -> Amounts {
    let name = format!("onrecord {}", env!("CARGO_PKG_VERSION"));
    Amounts::of(name, gold, |text| onrecord_read::quantities(text, &[Span::new(0, text.len())]))
}

/// Reads places in GeoVirus' or the Local-Global Lexicon's layout.
pub fn mapped(file: &Path) -> Result<MappedTexts, Error> {
    MappedTexts::read(file).map_err(|e| error(e, MAPPED))
}

/// Where another system says that the gold's places are.
pub fn points(file: &Path, name: Option<&str>, gold: &MappedTexts) -> Result<PlacesSystem, Error> {
    PlacesSystem::from_file(name, file, gold).map_err(|e| error(e, POINTS))
}

/// The points of the gold's own names: resolution alone.
pub fn located_given(gold: &MappedTexts) -> PlacesSystem {
    let found = gold.documents.iter().map(|d| {
        let at: Vec<usize> = d.text.char_indices().map(|(i, _)| i).chain([d.text.len()]).collect();
        let byte = |n: usize| at.get(n).copied().unwrap_or(d.text.len());
        let names = d.places.iter().map(|(c, _)| Span::new(byte(c.start), byte(c.end)));
        let document = Document::new(Meta::default(), d.text.clone(), vec![]);
        Some(located(&document, names))
    });
    let version = env!("CARGO_PKG_VERSION");
    PlacesSystem { name: format!("onrecord {version}, gold mentions given"), found: found.collect() }
}

/// Reads the gold's texts and leads the names of places in them to points. `each` hears how many are done.
pub fn located_by(
    reader: &Reader,
    gold: &MappedTexts,
    threads: usize,
    mut each: impl FnMut(usize),
) -> PlacesSystem {
    let documents = gold.documents.iter().map(|d| {
        let start = |line: &str| line.as_ptr() as usize - d.text.as_ptr() as usize;
        let spans = d.text.lines().map(|l| Span::new(start(l), start(l) + l.len()).trimmed(&d.text));
        let passages = spans.map(|span| Passage { role: Role::Paragraph, span });
        Document::new(Meta::default(), d.text.clone(), passages.collect())
    });
    let mut found = Vec::with_capacity(gold.documents.len());
    reader.read_all(documents, threads, |document, reading| {
        found.push(Some(located(&document, place_names(&document, &reading).into_iter())));
        each(found.len());
        ControlFlow::Continue(())
    });
    PlacesSystem { name: name(reader), found }
}

/// Names of places, of countries that act as bodies, of places that bodies are named for; and those that the reading
/// missed.
fn place_names(document: &Document, reading: &Reading) -> Vec<Span> {
    let names = reading.mentions.iter().filter(|m| m.form == Form::Name);
    let (mut places, mut bodies, mut taken) = (vec![], vec![], vec![]);
    for mention in names {
        let Some(entity) = reading.entities.get(mention.entity.0 as usize) else { continue };
        taken.push(mention.span);
        if entity.kind == EntityKind::Place || entity.links.iso3166.is_some() {
            places.push(mention.span);
        } else if entity.kind == EntityKind::Organisation {
            bodies.push(mention.span);
        }
    }
    places.extend(further_places(document.text(), &bodies, &places, &taken));
    places
}

fn located(document: &Document, names: impl Iterator<Item = Span>) -> Vec<Located> {
    let names: Vec<PlaceName> = names.map(|span| PlaceName { span, speaks: false }).collect();
    let places = led(document.text(), &names);
    let located = places.iter().map(|p| {
        let (start, end) = document.chars(p.span);
        Located { chars: Chars::new(start, end), point: (p.lat, p.lon) }
    });
    located.collect()
}
