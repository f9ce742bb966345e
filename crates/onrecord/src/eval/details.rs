//! Scoring what is read within an assertion: times and quantities, each found in plain text. Must not know how anything is
//! scored.

use std::path::Path;

use onrecord_eval::Chars;
pub use onrecord_eval::Part;
pub use onrecord_eval::quantities::{Amounts, QuantityGold, quantities};
pub use onrecord_eval::times::{TimeBank, TimeSystem, TimeTag, TimeText, times};
use onrecord_text::{Document, Meta, Passage, Role, Span};

use super::error;
use crate::Error;

const TIMEBANK: &str = "Gold comes as TimeML: a folder of .tml files, TIMEX3 tags in TEXT, one of them outside it the \
                        CREATION_TIME.";
const TIME_PREDICTIONS: &str = "A line is {\"name\": FILE, \"times\": [{\"start\": 3, \"end\": 9, \"type\": \"DATE\", \
                                \"value\": \"1998-03\"}]}, offsets in code points of what stands in TEXT, tags left out.";
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
            TimeTag { chars: onrecord_eval::Chars::new(start, end), kind: t.kind, value: t.timex }
        };
        onrecord_read::time::document_times(&document, d.created.parse().ok()).into_iter().map(tag).collect()
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
    Amounts::of(name, gold, |text| {
        onrecord_read::quantities(text, &[onrecord_text::Span::new(0, text.len())])
    })
}

