//! `cargo xtask eval`: writes eval/SCORES.md. Must not know how anything is scored or read.

use crate::{Failure, Outcome, reader};
use onrecord_eval::{Gold, HEADLINE, RESAMPLES, Report, Scores, System, View, agreement, score};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Scores everything on `polnear`/dev and writes `out`.
pub fn run(polnear: &Path, rivals: Option<&Path>, out: &Path) -> Result<Outcome, Failure> {
    let [train, dev] = ["train", "dev"].map(|part| Part::read(&polnear.join(part), part));
    let (train, dev) = (train?, dev?);

    let mut scores = vec![score(&dev.gold.articles, &reader::system(&dev.gold.articles)?)];
    for path in rivals.map(jsonl).transpose()?.unwrap_or_default() {
        let rival =
            System::from_file(None, &path, &dev.gold.articles).map_err(|e| format!("a rival: {e}"))?;
        scores.push(score(&dev.gold.articles, &rival));
    }
    if let Some((articles, second)) = agreement(train.gold.articles.iter().chain(&dev.gold.articles)) {
        scores.push(score(&articles, &second));
    }

    if let Some(folder) = out.parent() {
        fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    }
    fs::write(out, page(&[train, dev], &scores)).map_err(|e| format!("{}: {e}", out.display()))?;
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

    for (view, title) in
        [(View::Outermost, "Outermost attributions (F1)"), (View::All, "Everything the system said (F1)")]
    {
        _ = writeln!(md, "\n## {title}\n");
        _ = writeln!(md, "| system | {} |\n|---{}|", HEADLINE.join(" | "), "|---".repeat(HEADLINE.len()));
        for s in scores {
            let cell = |m: &&str| s.row(view, m).map_or(String::new(), |r| r.f1.brief());
            _ = writeln!(
                md,
                "| {} | {} |",
                s.name,
                HEADLINE.iter().map(cell).collect::<Vec<_>>().join(" | ")
            );
        }
    }
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
        let system = System::from_file(None, &data.join("predictions.jsonl"), &part.gold.articles).unwrap();
        let scores = [score(&part.gold.articles, &system)];
        assert_eq!(part.sha256.len(), 64);
        let md = page(&[part], &scores);
        for want in ["| dev | 4 | 13 | `", "| invented 0 | 4", "No nested attributions", "given cue: "] {
            assert!(md.contains(want), "{want}: {md}");
        }
        assert!(md.lines().all(|l| l == l.trim_end()), "{md}");
    }
}
