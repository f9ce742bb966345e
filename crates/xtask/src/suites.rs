//! The gold sets and the suites that measure on them. Must not know what becomes of the figures.

use crate::{Failure, read};
use onrecord::eval::{self, Measured, SourcesGold};
use std::path::Path;

/// Every gold, in the order in which they are taken, and where each lies from the root.
pub const GOLDS: [(&str, &str); 10] = [
    ("open", "eval/open"),
    ("polnear", "../shared/data/polnear/dev"),
    ("uner", "../shared/data/uner/en_ewt-ud-dev.iob2"),
    ("gum", "../shared/data/gum/dev"),
    ("re3d", "../shared/data/re3d"),
    ("kinds", "../shared/data/polnear/dev/text"),
    ("stories", "../shared/stories/open"),
    ("times", "../shared/data/timebank"),
    ("quantities", "eval/quantities/gold.jsonl"),
    ("places", "../shared/data/geo/GeoVirus.xml"),
];

/// A page of scores: its file, its title, what is to be known, the golds on it.
type Page = (&'static str, &'static str, &'static str, &'static [&'static str]);

/// The pages that `cargo xtask eval` writes beside that of attributions.
pub const PAGES: [Page; 2] = [
    (
        "eval/WHO.md",
        "Who is who: scores",
        "Choices were made on these sets, but for the part `held` of the kinds.",
        &["uner", "gum", "re3d", "kinds", "stories"],
    ),
    (
        "eval/DETAILS.md",
        "Times, quantities, places: scores",
        "Choices were made on the parts `develop`; of the parts `held` the sums alone were read.",
        &["times", "quantities", "places"],
    ),
];

/// Onrecord's reading of a gold, measured; `None` where it is one of attributions, which have views of their own.
pub fn measured(root: &Path, name: &str, path: &Path) -> Result<Option<Measured>, Failure> {
    let why = |e: onrecord::Error| e.to_string();
    Ok(Some(match name {
        "uner" => {
            let gold = eval::names(path).map_err(why)?;
            eval::entities(&gold, &[read(&gold.texts())?])
        }
        "gum" => {
            let gold = eval::chained(path, &[]).map_err(why)?;
            eval::coreference(&gold, &[read(&gold.texts())?])
        }
        "re3d" => {
            let gold = eval::alias_gold(path).map_err(why)?;
            eval::aliases(&gold, &[read(&gold.texts())?])
        }
        "kinds" => {
            let table = root.join("eval/kinds/polnear-dev.tsv");
            let gold = SourcesGold { kinds: Some(eval::kinds(&table, path).map_err(why)?), stories: None };
            eval::sources(&gold, &[read(&gold.texts())?])
        }
        "stories" => {
            let gold = SourcesGold { kinds: None, stories: Some(eval::stories(path).map_err(why)?) };
            eval::sources(&gold, &[read(&gold.texts())?])
        }
        "times" => {
            let gold = eval::timebank(path, None).map_err(why)?;
            eval::times(&gold, &[eval::times_found(&gold)])
        }
        "quantities" => {
            let gold = eval::quantity_gold(path, Some(eval::Part::Held)).map_err(why)?;
            eval::quantities(&gold, &[eval::own_amounts(&gold)])
        }
        "places" => {
            let gold = eval::mapped(path).map_err(why)?;
            let reader = onrecord::reader(onrecord::ReaderOptions::default()).map_err(why)?;
            let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
            let found = eval::located_by(&reader, &gold, threads, |_| ());
            eval::places(&gold, &[found])
        }
        _ => return Ok(None),
    }))
}

/// A page of reports, as far as their golds are at hand.
pub fn page(root: &Path, (_, title, known, golds): Page) -> Result<String, Failure> {
    let mut out = format!(
        "# {title}\n\nWritten by `cargo xtask eval`: what `onrecord eval` prints of this reader. {known}\n"
    );
    for (name, place) in GOLDS.iter().filter(|g| golds.contains(&g.0)) {
        let path = root.join(place);
        if !path.exists() {
            continue;
        }
        if let Some(measured) = measured(root, name, &path)? {
            let report = measured.text().replace("../", "");
            out += &format!("\n## {name}\n\n```text\n{}```\n", report.replace(&*root.to_string_lossy(), "."));
        }
    }
    Ok(out)
}
