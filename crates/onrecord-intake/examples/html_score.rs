//! Scores article extraction on a folder of the article extraction benchmark (github.com/scrapinghub):
//! `cargo run --release -p onrecord-intake --example html_score -- DIR [--worst N]`, where `DIR` holds
//! `ground-truth.json` and `html/*.html.gz` or `pages/*.html.gz`. Does nothing where there is no such folder.
//!
//! The metric is that of the benchmark's `evaluate.py`: tokens are `\w+`, shingles are runs of four tokens, counted.
//! Each page's precision and recall are averaged (over the pages where they are defined); F1 is of the averages.

#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use onrecord_intake::{SourceHint, documents};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let Some(dir) = args.first().map(PathBuf::from).filter(|d| d.join("ground-truth.json").exists()) else {
        println!("no folder with a ground-truth.json: nothing to score");
        return;
    };
    let worst =
        args.iter().position(|a| a == "--worst").and_then(|i| args.get(i + 1)?.parse().ok()).unwrap_or(0);
    let Some(truth) = truth(&dir) else {
        println!("{} cannot be read", dir.join("ground-truth.json").display());
        return;
    };
    let mut pages = Vec::new();
    let begun = std::time::Instant::now();
    for (id, (body, _)) in &truth {
        let Some(path) = ["pages", "html"]
            .map(|d| dir.join(d).join(format!("{id}.html.gz")))
            .into_iter()
            .find(|p| p.exists())
        else {
            println!("no page {id}");
            continue;
        };
        let text = extract(&path);
        pages.push((score(&shingles(body), &shingles(&text)), id));
        if let Some(i) = args.iter().position(|a| a == "--dump")
            && let Some(dir) = args.get(i + 1)
        {
            let _ = fs::write(Path::new(dir).join(format!("{id}.txt")), &text);
        }
    }
    let took = begun.elapsed();
    let mean = |f: fn(&Score) -> Option<f64>| {
        let all: Vec<f64> = pages.iter().filter_map(|(s, _)| f(s)).collect();
        all.iter().sum::<f64>() / all.len().max(1) as f64
    };
    let (p, r) = (mean(|s| s.precision), mean(|s| s.recall));
    let both = |s: &Score| s.precision.unwrap_or(0.0) + s.recall.unwrap_or(0.0);
    let exact = pages.iter().filter(|(s, _)| both(s) == 2.0).count();
    println!(
        "pages {}  F1 {:.4}  precision {p:.4}  recall {r:.4}  exact {exact}  {:.0} ms a page",
        pages.len(),
        2.0 * p * r / (p + r).max(1e-9),
        took.as_secs_f64() * 1000.0 / pages.len().max(1) as f64
    );
    pages.sort_by(|a, b| both(&a.0).total_cmp(&both(&b.0)));
    for (s, id) in pages.iter().take(worst) {
        println!("  precision {:.3?}  recall {:.3?}  {id}  {}", s.precision, s.recall, truth[*id].1);
    }
}

/// Body and address by page.
fn truth(dir: &Path) -> Option<std::collections::BTreeMap<String, (String, String)>> {
    let json = fs::read(dir.join("ground-truth.json")).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&json).ok()?;
    let get = |v: &serde_json::Value, k: &str| v.get(k).and_then(|v| v.as_str()).unwrap_or("").to_owned();
    Some(
        value
            .as_object()?
            .iter()
            .map(|(id, v)| (id.clone(), (get(v, "articleBody"), get(v, "url"))))
            .collect(),
    )
}

fn extract(path: &Path) -> String {
    let Ok(file) = fs::File::open(path) else { return String::new() };
    match documents(file, SourceHint::new(path.display().to_string())).next() {
        Some(Ok((d, _))) => d.text().to_owned(),
        _ => String::new(),
    }
}

/// The benchmark's tokens: `\w+`.
fn tokens(text: &str) -> Vec<&str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|t| !t.is_empty()).collect()
}

/// Runs of four tokens, counted; a shorter text is one run.
fn shingles(text: &str) -> HashMap<Vec<&str>, u32> {
    let tokens = tokens(text);
    let mut out = HashMap::new();
    if tokens.is_empty() {
        return out;
    }
    let n = tokens.len().min(4);
    for run in tokens.windows(n) {
        *out.entry(run.to_vec()).or_insert(0) += 1;
    }
    out
}

/// How well one page was read; nothing where the measure has no meaning.
struct Score {
    precision: Option<f64>,
    recall: Option<f64>,
}

fn score(truth: &HashMap<Vec<&str>, u32>, found: &HashMap<Vec<&str>, u32>) -> Score {
    let hits: u32 = found.iter().map(|(run, n)| (*n).min(truth.get(run).copied().unwrap_or(0))).sum();
    let part = |all: u32| (all > 0).then(|| f64::from(hits) / f64::from(all));
    Score { precision: part(found.values().sum()), recall: part(truth.values().sum()) }
}
