//! `cargo xtask eval`: writes eval/SCORES.md. Must not know how anything is scored or read.

use crate::{Failure, Outcome, read};
use onrecord_eval::{Gold, HEADLINE, RESAMPLES, Report, Scores, System, View, agreement, score};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Scores everything on `polnear`/dev and writes `out`, and the headline into the README.
pub fn run(
    polnear: &Path,
    rivals: Option<&Path>,
    out: &Path,
    readme: Option<&Path>,
) -> Result<Outcome, Failure> {
    let [train, dev] = ["train", "dev"].map(|part| Part::read(&polnear.join(part), part));
    let (train, dev) = (train?, dev?);

    let mut scores = vec![score(&dev.gold.articles, &read(&dev.gold.texts())?)];
    for path in rivals.map(jsonl).transpose()?.unwrap_or_default() {
        let rival = System::from_file(None, &path, &dev.gold.texts()).map_err(|e| format!("a rival: {e}"))?;
        scores.push(score(&dev.gold.articles, &rival));
    }
    if let Some((articles, second)) = agreement(train.gold.articles.iter().chain(&dev.gold.articles)) {
        scores.push(score(&articles, &second));
    }

    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::write(out, page(&[train, dev], &scores)).map_err(|e| format!("{}: {e}", out.display()))?;
    if let Some(readme) = readme {
        let failed = |e: std::io::Error| format!("{}: {e}", readme.display());
        let page = with_headline(&fs::read_to_string(readme).map_err(failed)?, &headline(&scores))?;
        fs::write(readme, page).map_err(failed)?;
    }
    println!("{}: {} systems", out.display(), scores.len());
    Ok(Outcome::Good)
}

/// A part of the data set, with the hash of its files.
struct Part {
    name: &'static str,
    gold: Gold,
    sha256: String,
}

impl Part {
    fn read(folder: &Path, name: &'static str) -> Result<Self, Failure> {
        let gold = Gold::read(folder).map_err(|e| e.to_string())?;
        Ok(Self { name, gold, sha256: sha256(folder)? })
    }
}

/// Of `cat text/*.txt attributions/*.ann`, each in byte order of the names.
fn sha256(folder: &Path) -> Result<String, Failure> {
    let mut hash = Sha256::new();
    for (part, ending) in [("text", "txt"), ("attributions", "ann")] {
        for path in files(&folder.join(part), ending)? {
            hash.update(fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?);
        }
    }
    Ok(hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    }))
}

fn jsonl(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    files(folder, "jsonl")
}

/// The folder's files with that ending, in order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Failure> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut out: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == ending))
        .collect();
    out.sort();
    Ok(out)
}

const SCORES: &str = "<!-- scores: written by `cargo xtask eval` -->\n";
const END: &str = "<!-- end of scores -->";

/// The README with the headline between its marks.
fn with_headline(readme: &str, headline: &str) -> Result<String, Failure> {
    let (before, rest) = readme.split_once(SCORES).ok_or("README.md: no mark where the scores begin")?;
    let (_, after) = rest.split_once(END).ok_or("README.md: no mark where the scores end")?;
    Ok(format!("{before}{SCORES}{headline}{END}{after}"))
}

/// The headline measures of all systems as a table, both views.
fn headline(scores: &[Scores]) -> String {
    let mut md = String::new();
    _ = writeln!(
        md,
        "| system | view | {} |\n|---|---{}|",
        HEADLINE.join(" | "),
        "|---".repeat(HEADLINE.len())
    );
    for s in scores {
        let [outermost, all] = View::ALL;
        let views = if s.predictions(outermost) == s.predictions(all) {
            vec![(outermost, "outermost; none within another")]
        } else {
            vec![(outermost, "outermost"), (all, "all: those within another counted as wrong")]
        };
        for (view, which) in views {
            let cell = |m: &&str| s.row(view, m).map_or(String::new(), |r| r.f1.brief());
            let cells: Vec<_> = HEADLINE.iter().map(cell).collect();
            _ = writeln!(md, "| {} | {which} | {} |", s.name, cells.join(" | "));
        }
    }
    md
}

/// The whole page.
fn page(parts: &[Part], scores: &[Scores]) -> String {
    let mut md = String::from(
        "# Scores\n\nWritten by `cargo xtask eval --polnear DIR --rivals DIR`; not by hand. `onrecord eval \
         attribution --gold DIR/dev` prints the same figures for the program at hand.\n\n\
         ## Data\n\nPolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018). All choices were made on dev, so its \
         figures flatter; the test part is not used. SHA-256: of `cat text/*.txt attributions/*.ann` in the \
         part's folder, with `LC_ALL=C`.\n\n| part | articles | attributions | SHA-256 |\n|---|---|---|---|\n",
    );
    for p in parts {
        let (articles, attributions) = (p.gold.articles.len(), p.gold.attributions());
        _ = writeln!(md, "| {} | {articles} | {attributions} | `{}` |", p.name, p.sha256);
    }
    md.push_str("\n## How to read the figures\n\n");
    for rule in Report::rules() {
        _ = writeln!(md, "- {rule}");
    }
    _ = writeln!(md, "- Intervals: {RESAMPLES} resamples of articles, percentile, fixed seed.");

    md.push_str(
        "- Annotators: the second annotator held against the first, on the articles of train and dev that two \
         annotated.\n",
    );
    md.push_str("\n## Headline (F1)\n\n");
    md.push_str(&headline(scores));
    let rivals: Vec<_> = scores.iter().filter_map(|s| Some((&s.name, s.command.as_ref()?))).collect();
    if !rivals.is_empty() {
        md.push_str("\n## How the rivals were run\n\n");
    }
    for (name, command) in rivals {
        _ = writeln!(md, "- {name}: `{command}`");
    }
    md.push_str("\n## All measures\n");
    for s in scores {
        _ = write!(md, "\n```text\n{}```\n", s.text());
    }
    md
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_data_and_systems() {
        let data = crate::root().join("crates/onrecord-eval/tests/data");
        let part = Part::read(&data, "dev").unwrap();
        let system = System::from_file(None, &data.join("predictions.jsonl"), &part.gold.texts()).unwrap();
        let scores = [score(&part.gold.articles, &system)];
        assert_eq!(part.sha256.len(), 64);
        let md = page(&[part], &scores);
        for want in [
            "| dev | 4 | 13 | `",
            "| invented 0 | outermost | 46.2 [",
            "No nested attributions",
            "given cue: ",
        ] {
            assert!(md.contains(want), "{want}: {md}");
        }
        assert!(md.lines().all(|l| l == l.trim_end()), "{md}");
    }

    #[test]
    fn the_readme_keeps_all_but_its_scores() {
        let readme = format!("a\n{SCORES}old\n{END}\nz\n");
        assert_eq!(with_headline(&readme, "new\n").unwrap(), format!("a\n{SCORES}new\n{END}\nz\n"));
        assert!(with_headline("a", "new").is_err());
        let real = fs::read_to_string(crate::root().join("README.md")).unwrap();
        assert!(with_headline(&real, "x").is_ok());
    }
}
