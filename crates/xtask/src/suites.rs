//! The gold sets and the suites that measure on them. Must not know what becomes of the figures.

use crate::{Failure, read};
use onrecord::eval::{self, Measured, SourcesGold};
use std::path::Path;

/// Every gold, in the order in which they are taken, and where each lies from the root.
pub const GOLDS: [(&str, &str); 7] = [
    ("open", "eval/open"),
    ("polnear", "../shared/data/polnear/dev"),
    ("uner", "../shared/data/uner/en_ewt-ud-dev.iob2"),
    ("gum", "../shared/data/gum/dev"),
    ("re3d", "../shared/data/re3d"),
    ("kinds", "../shared/data/polnear/dev/text"),
    ("stories", "../shared/stories/open"),
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
        _ => return Ok(None),
    }))
}

/// The reports of every suite but that of attributions, as far as its gold is at hand.
pub fn page(root: &Path) -> Result<String, Failure> {
    let mut out = String::from(
        "# Who is who: scores\n\nWritten by `cargo xtask eval`: what `onrecord eval` prints of this reader. Choices were made \
         on these sets, but for the part `held` of the kinds.\n",
    );
    for (name, place) in GOLDS {
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
