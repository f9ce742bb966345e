//! `cargo xtask floors`: scores must not fall below eval/floors.toml. Must not know how anything is scored.

use crate::{Failure, Outcome, readings};
use onrecord_eval::{Gold, Scores, View, score};
use std::fs;
use std::path::Path;

/// The least F1 one measure may have, in percent.
#[derive(Debug, PartialEq)]
struct Floor {
    gold: String,
    view: View,
    measure: String,
    least: f64,
}

/// Holds onrecord's scores against the floors.
pub fn run(root: &Path, polnear: Option<&Path>) -> Result<Outcome, Failure> {
    let file = root.join("eval/floors.toml");
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let floors = parse(&text).map_err(|e| format!("{}:{e}", file.display()))?;
    let mut outcome = Outcome::Good;
    let open = root.join("eval/open");
    let shared = root.join("../shared/data/polnear");
    for (name, folder, must) in [
        ("open", open, true),
        ("polnear", polnear.map_or(shared, Path::to_owned).join("dev"), polnear.is_some()),
    ] {
        let wanted: Vec<&Floor> = floors.iter().filter(|f| f.gold == name).collect();
        if !must && !folder.exists() {
            println!("{name}: {} is not here: {} floors not checked", folder.display(), wanted.len());
            continue;
        }
        let gold = Gold::read(&folder).map_err(|e| e.to_string())?;
        let scores = score(&gold.articles, &readings(&gold)?);
        for floor in wanted {
            let (line, holds) = floor.hold(&scores)?;
            println!("{line}");
            if !holds {
                outcome = Outcome::Bad;
            }
        }
    }
    Ok(outcome)
}

impl Floor {
    /// A line that says how it stands, and whether it holds.
    fn hold(&self, scores: &Scores) -> Result<(String, bool), Failure> {
        let name = format!("{}, {}: {}", self.gold, self.view.name(), self.measure);
        let row = scores.row(self.view, &self.measure);
        let got =
            100.0 * row.ok_or_else(|| format!("eval/floors.toml: no measure {:?}", self.measure))?.f1.value;
        let holds = got >= self.least;
        let word = if holds { "holds" } else { "FELL" };
        Ok((format!("{word}  {got:5.1}  (floor {:.1})  {name}", self.least), holds))
    }
}

/// The part of TOML this file uses: `[gold.view]`, `"measure" = number`, comments. An error begins with its line.
fn parse(text: &str) -> Result<Vec<Floor>, String> {
    let mut floors = Vec::new();
    let mut section = None;
    for (n, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or("").trim();
        let wrong = |what: &str| format!("{}: {what}: {line}", n + 1);
        if line.is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            let (gold, view) = name.split_once('.').ok_or_else(|| wrong("not [gold.view]"))?;
            if !["open", "polnear"].contains(&gold) {
                return Err(wrong("gold is open or polnear"));
            }
            let view = View::ALL.into_iter().find(|v| v.name() == view);
            section = Some((gold.to_owned(), view.ok_or_else(|| wrong("view is all or outermost"))?));
        } else {
            let (measure, least) = line.split_once('=').ok_or_else(|| wrong("not measure = minimum"))?;
            let (gold, view) = section.clone().ok_or_else(|| wrong("before the first [gold.view]"))?;
            let least = least.trim().parse().map_err(|_| wrong("not a number"))?;
            let measure = measure.trim().trim_matches('"').to_owned();
            floors.push(Floor { gold, view, measure, least });
        }
    }
    Ok(floors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floors_parse() {
        let good =
            "# least F1\n\n[open.all]\n\"cue exact\" = 40 # why\n[polnear.outermost]\n\"cue word\" = 1.5\n";
        let floor = |gold: &str, view, measure: &str, least| Floor {
            gold: gold.into(),
            view,
            measure: measure.into(),
            least,
        };
        assert_eq!(
            parse(good).unwrap(),
            [floor("open", View::All, "cue exact", 40.0), floor("polnear", View::Outermost, "cue word", 1.5)]
        );
        for bad in ["x = 1", "[open]", "[else.all]", "[open.some]", "[open.all]\nx", "[open.all]\nx = y"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_committed_floors_name_measures() {
        let text = fs::read_to_string(crate::root().join("eval/floors.toml")).unwrap();
        for floor in parse(&text).unwrap() {
            assert!(onrecord_eval::MEASURES.contains(&floor.measure.as_str()), "{floor:?}");
        }
    }
}
