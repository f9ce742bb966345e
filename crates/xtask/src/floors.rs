//! `cargo xtask floors`: scores must not fall below eval/floors.toml. Must not know how anything is scored.

use crate::suites::{self, GOLDS};
use crate::{Failure, Outcome, read};
use onrecord::eval::{self, Measured, Scores, View};
use std::fs;
use std::path::{Path, PathBuf};

/// The least that one figure may be, in percent.
#[derive(Debug, PartialEq)]
struct Floor {
    gold: String,
    /// Of attributions: which of them count.
    view: Option<View>,
    /// As the report has it; of other suites `TABLE: LINE`.
    measure: String,
    least: f64,
}

/// Scores of one gold.
enum Held {
    Views(Box<Scores>),
    Tables(Measured),
}

/// Holds onrecord's scores against the floors.
pub fn run(root: &Path, polnear: Option<&Path>) -> Result<Outcome, Failure> {
    let file = root.join("eval/floors.toml");
    let text = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    let floors = parse(&text).map_err(|e| format!("{}:{e}", file.display()))?;
    let mut outcome = Outcome::Good;
    for (name, place) in GOLDS {
        let wanted: Vec<&Floor> = floors.iter().filter(|f| f.gold == name).collect();
        if wanted.is_empty() {
            continue;
        }
        let given: Option<PathBuf> = match name {
            "polnear" => polnear.map(|p| p.join("dev")),
            "kinds" => polnear.map(|p| p.join("dev/text")),
            _ => None,
        };
        let must = name == "open" || given.is_some();
        let path = given.unwrap_or_else(|| root.join(place));
        if !must && !path.exists() {
            println!("{name}: {} is not here: {} floors not checked", path.display(), wanted.len());
            continue;
        }
        let held = hold(root, name, &path)?;
        for floor in wanted {
            let (line, holds) = floor.hold(&held)?;
            println!("{line}");
            if !holds {
                outcome = Outcome::Bad;
            }
        }
    }
    Ok(outcome)
}

/// Reads a gold and onrecord's reading of it.
fn hold(root: &Path, name: &str, path: &Path) -> Result<Held, Failure> {
    if let Some(measured) = suites::measured(root, name, path)? {
        return Ok(Held::Tables(measured));
    }
    let gold = eval::gold(path).map_err(|e| e.to_string())?;
    let scores = eval::score(&gold.articles, &read(&gold.texts())?);
    Ok(Held::Views(Box::new(scores)))
}

impl Floor {
    /// The figure that the floor is of, in percent: F1, or a share.
    fn figure(&self, held: &Held) -> Option<f64> {
        Some(
            100.0
                * match held {
                    Held::Views(scores) => scores.row(self.view?, &self.measure)?.f1.value,
                    Held::Tables(measured) => {
                        let (table, line) = self.measure.rsplit_once(": ")?;
                        let line = measured.systems.first()?.line(table, line)?;
                        line.figure("f1").or(line.figure("share"))?.value
                    }
                },
        )
    }

    /// A line that says how it stands, and whether it holds.
    fn hold(&self, held: &Held) -> Result<(String, bool), Failure> {
        let view = self.view.map_or(String::new(), |v| format!(", {}", v.name()));
        let name = format!("{}{view}: {}", self.gold, self.measure);
        let got = self.figure(held).ok_or_else(|| format!("eval/floors.toml: no measure {name:?}"))?;
        let holds = got >= self.least;
        let word = if holds { "holds" } else { "FELL" };
        Ok((format!("{word}  {got:5.1}  (floor {:.1})  {name}", self.least), holds))
    }
}

/// The part of TOML this file uses: `[gold.view]` or `[gold]`, `"measure" = number`, comments. An error begins with its
/// line.
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
            let (gold, view) = name.split_once('.').map_or((name, None), |(g, v)| (g, Some(v)));
            if !GOLDS.iter().any(|g| g.0 == gold) {
                return Err(wrong("no such gold"));
            }
            let viewed = ["open", "polnear"].contains(&gold);
            let view = view.map(|view| View::ALL.into_iter().find(|v| v.name() == view));
            section = match view {
                Some(Some(v)) if viewed => Some((gold.to_owned(), Some(v))),
                None if !viewed => Some((gold.to_owned(), None)),
                _ => {
                    return Err(wrong(
                        "open and polnear have a view, all or outermost; the others have none",
                    ));
                }
            };
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
        let good = "# least\n\n[open.all]\n\"cue exact\" = 40 # why\n[polnear.outermost]\n\"cue word\" = 1.5\n[uner]\n\"a: b\" = 2\n";
        let floor = |gold: &str, view, measure: &str, least| Floor {
            gold: gold.into(),
            view,
            measure: measure.into(),
            least,
        };
        assert_eq!(
            parse(good).unwrap(),
            [
                floor("open", Some(View::All), "cue exact", 40.0),
                floor("polnear", Some(View::Outermost), "cue word", 1.5),
                floor("uner", None, "a: b", 2.0),
            ]
        );
        for bad in
            ["x = 1", "[open]", "[uner.all]", "[else]", "[open.some]", "[open.all]\nx", "[open.all]\nx = y"]
        {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn the_committed_floors_name_measures() {
        let text = fs::read_to_string(crate::root().join("eval/floors.toml")).unwrap();
        for floor in parse(&text).unwrap() {
            let known = onrecord_eval::MEASURES.contains(&floor.measure.as_str());
            assert!(known || floor.view.is_none() && floor.measure.contains(": "), "{floor:?}");
        }
    }
}
