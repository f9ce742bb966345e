//! The same document gives the same reading: with any number of threads, among any neighbours, in any order, by
//! every path of the arithmetic, and once more.

#[path = "support/tiny.rs"]
mod tiny;

use onrecord_intake::{Format, SourceHint, extract};
use onrecord_read::{Model, Path, Reader, ReaderOptions};
use onrecord_text::{Document, Reading};
use proptest::prelude::*;
use std::ops::ControlFlow;
use std::path::{Path as File, PathBuf};

fn reader(path: Option<Path>) -> Reader {
    let model =
        Model::from_bytes(onrecord_model::WEIGHTS, onrecord_model::PAPERS, onrecord_model::VOCABULARY)
            .expect("the model loads");
    Reader::new(&model, &ReaderOptions { path, ..ReaderOptions::default() }).expect("a reader")
}

fn document(text: &str) -> Document {
    extract(text.as_bytes(), Format::Text, &SourceHint::new("a.txt")).0
}

/// The repository's own articles, in the order of their names.
fn articles() -> Vec<Document> {
    let root = File::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files: Vec<PathBuf> = ["crates/onrecord/tests/golden/articles", "examples", "eval/open/text"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).expect("a folder of articles"))
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    let out: Vec<Document> =
        files.iter().map(|f| document(&std::fs::read_to_string(f).expect("UTF-8"))).collect();
    assert!(out.len() >= 8, "only {} articles", out.len());
    out
}

/// Scores compare by their bits, so that not even a rounding may differ.
fn same(a: &Reading, b: &Reading, what: &str) {
    assert_eq!(a, b, "{what}");
    let bits = |r: &Reading| r.attributions.iter().map(|a| a.why.score.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(a), bits(b), "{what}: scores");
}

/// All readings through [`Reader::read_all`], checked for order.
fn all(reader: &Reader, documents: &[&Document], threads: usize) -> Vec<Reading> {
    let mut out = Vec::new();
    reader.read_all(documents.iter().copied(), threads, |d, r| {
        assert_eq!(d.text(), documents[out.len()].text(), "out of order");
        out.push(r);
        ControlFlow::Continue(())
    });
    assert_eq!(out.len(), documents.len());
    out
}

#[test]
fn any_number_of_threads_and_any_neighbours() {
    let (reader, articles) = (reader(None), articles());
    let alone: Vec<Reading> = articles.iter().map(|d| reader.read(d)).collect();
    assert!(alone.iter().map(|r| r.attributions.len()).sum::<usize>() > 50, "hardly anything is found");
    // a reader of its own, which has read nothing before
    let fresh = self::reader(None);
    for (d, r) in articles.iter().zip(&alone).rev() {
        same(&fresh.read(d), r, "another reader, another order");
        same(&reader.read(d), r, "once more");
    }
    let odd =
        [document(""), document("\0"), document(&"“Go,” he said. ".repeat(60)), document("Nobody spoke.")];
    let n = articles.len();
    for threads in [1, 2, 5] {
        // forwards, backwards, and each among odd neighbours
        let orders: [Vec<usize>; 3] = [
            (0..n).collect(),
            (0..n).rev().collect(),
            (0..n + odd.len()).map(|i| i * 7 % (n + odd.len())).collect(),
        ];
        for order in orders {
            let documents: Vec<&Document> =
                order.iter().map(|&i| articles.get(i).unwrap_or_else(|| &odd[i - n])).collect();
            for (&i, r) in order.iter().zip(all(&reader, &documents, threads)) {
                if let Some(want) = alone.get(i) {
                    same(&r, want, &format!("article {i} with {threads} threads"));
                }
            }
        }
    }
}

#[test]
fn every_path_reads_the_same() {
    let mut articles = articles();
    articles.sort_by_key(|d| d.text().len());
    let best = reader(None);
    let want: Vec<Reading> = articles.iter().map(|d| best.read(d)).collect();
    // plain Rust without vector instructions is slow: it reads the shortest only
    for (path, most) in [(Path::Avx512Vnni, usize::MAX), (Path::Avx2, usize::MAX), (Path::Portable, 3)] {
        if !path.available() {
            eprintln!("{path:?} is left out: this machine has it not");
            continue;
        }
        let reader = reader(Some(path));
        for (i, (d, want)) in articles.iter().zip(&want).enumerate().take(most) {
            same(&reader.read(d), want, &format!("article {i} by {path:?}"));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any texts, a network that finds something everywhere.
    #[test]
    fn any_texts_by_a_random_network(
        seed in 0u64..8,
        texts in prop::collection::vec(prop::collection::vec(prop::sample::select(vec![
            "Mayor Ada Byrne", " said ", "according to ", "the ministry ", "He ", "I ", "“", "”", "\"", "'", ", ", ". ",
            ": ", "\n\n", "> ", "that it rains", "é", "👩‍👩‍👧", "\u{0}", "who told them no", "May ", "the president",
        ]), 0..80).prop_map(|p| p.concat()), 1..6),
    ) {
        let tiny = tiny::tiny(seed);
        let model = Model::from_bytes(&tiny.weights, &tiny.papers, &tiny.vocabulary).expect("a model");
        let documents: Vec<Document> = texts.iter().map(|t| document(t)).collect();
        let each: Vec<&Document> = documents.iter().collect();
        let mut want: Option<Vec<Reading>> = None;
        for path in Path::ALL.into_iter().filter(|p| p.available()) {
            let reader = Reader::new(&model, &ReaderOptions { path: Some(path), ..ReaderOptions::default() }).expect("a reader");
            for threads in [1, 2, 5] {
                let got = all(&reader, &each, threads);
                if let Some(want) = &want {
                    for (a, b) in got.iter().zip(want) {
                        same(a, b, &format!("{path:?}, {threads} threads"));
                    }
                }
                want.get_or_insert(got);
            }
        }
    }
}
