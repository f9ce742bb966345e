//! Words and articles a second, from bytes to a line of wire format: each stage on one thread, the whole on one
//! thread and on two, against the encoder alone; and the memory it takes.
//!
//! `cargo bench -p onrecord --bench reader [-- quick] [-- json] [-- FOLDER]`. Without a folder: PolNeAR's dev texts
//! where they are (`../shared/data/polnear/dev/text`), else the repository's own articles, several times over.
//! Every stage is timed for each article in turn, round after round; of the rounds the median counts, so that a
//! moment's load on the machine does not.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use onrecord::{Document, Format, Note, Reader, ReaderOptions, Wire, documents};
use onrecord_read::Model;
use onrecord_read::inspect::Encoder;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is timed. Those on the left hold those on the right: differences give the stages.
const TIMED: [&str; 7] =
    ["intake", "sentences", "tokenise", "tokenise+encode", "tokenise+encode+heads", "read", "wire"];

struct Article {
    bytes: Vec<u8>,
    words: usize,
}

/// The texts of a folder, sorted by name.
fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut files: Vec<PathBuf> = entries
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    files.sort();
    files
}

fn articles(folder: Option<&str>) -> (String, Vec<Article>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let polnear = root.join("../shared/data/polnear/dev/text");
    let (what, files) = match folder {
        Some(f) => (f.to_owned(), texts(Path::new(f))),
        None if polnear.is_dir() => ("PolNeAR dev".into(), texts(&polnear)),
        None => {
            let own = ["examples", "eval/open/text", "crates/onrecord/tests/golden/articles"];
            let files = (0..6).flat_map(|_| own).flat_map(|f| texts(&root.join(f))).collect();
            ("the repository's own articles, 6 times".into(), files)
        }
    };
    let article = |f: &PathBuf| {
        let bytes = std::fs::read(f).unwrap();
        let words = String::from_utf8_lossy(&bytes).split_whitespace().count();
        Article { bytes, words }
    };
    (what, files.iter().map(article).collect())
}

fn document(a: &Article) -> (Document, Vec<Note>) {
    documents(&a.bytes[..], "a.txt", Some(Format::Text)).next().unwrap().unwrap()
}

fn median(mut x: Vec<f64>) -> f64 {
    x.sort_by(f64::total_cmp);
    x[x.len() / 2]
}

/// Seconds for each of [`TIMED`], over all articles; also the number of word-pieces.
fn stages(articles: &[Article], reader: &Reader, encoder: &Encoder, rounds: usize) -> ([f64; 7], usize) {
    let mut times = vec![[const { Vec::new() }; 7]; articles.len()];
    let mut pieces = 0;
    for round in 0..rounds {
        for (a, times) in articles.iter().zip(&mut times) {
            let mut which = 0;
            let mut timed = |f: &mut dyn FnMut() -> usize| {
                let begun = Instant::now();
                let n = std::hint::black_box(f());
                times[which].push(begun.elapsed().as_secs_f64());
                which += 1;
                n
            };
            let mut got = None;
            timed(&mut || got.insert(document(a)).1.len());
            let (d, notes) = got.unwrap();
            timed(&mut || encoder.sentences(&d));
            let n = timed(&mut || encoder.tokenise(&d));
            timed(&mut || encoder.encode(&d));
            timed(&mut || encoder.find(&d));
            let mut reading = None;
            timed(&mut || reading.insert(reader.read(&d)).attributions.len());
            let reading = reading.unwrap();
            timed(&mut || Wire::from(&d, &reading, &notes).line().len());
            pieces += if round == 0 { n } else { 0 };
        }
    }
    let mut sum = [0.0; 7];
    for article in times {
        for (sum, times) in sum.iter_mut().zip(article) {
            *sum += median(times);
        }
    }
    (sum, pieces)
}

/// Seconds (wall time) from bytes to lines, all articles, as `onrecord read` does it.
fn whole(articles: &[Article], reader: &Reader, threads: usize) -> f64 {
    let begun = Instant::now();
    let mut bytes = 0;
    reader.read_all(articles.iter().map(|a| document(a).0), threads, |d, reading| {
        bytes += Wire::from(&d, &reading, &[]).line().len();
        ControlFlow::Continue(())
    });
    std::hint::black_box(bytes);
    begun.elapsed().as_secs_f64()
}

/// Megabytes that this process has held at most, on Linux.
fn most_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kb = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    Some(kb.trim().trim_end_matches("kB").trim().parse::<f64>().ok()? / 1e3)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    let has = |name: &str| args.iter().any(|a| a == name);
    let (quick, json) = (has("quick"), has("json"));
    let folder = args.iter().find(|a| Path::new(a).is_dir());
    let (what, mut articles) = articles(folder.map(String::as_str));
    let rounds = if quick { 3 } else { 7 };
    articles.truncate(if quick { 12 } else { 84 });
    let reader = onrecord::reader(ReaderOptions::default()).unwrap();
    let memory = |when: &str| {
        if let (Some(mb), false) = (most_memory(), json) {
            println!("    at most {mb:.0} MB of memory {when}");
        }
        most_memory()
    };
    let words: usize = articles.iter().map(|a| a.words).sum();
    let n = articles.len();
    if !json {
        println!("{what}: {n} articles, {words} words; medians of {rounds} rounds");
    }
    memory("with the model loaded, the articles' bytes among it");
    whole(&articles, &reader, 1);
    let one_thread = memory("after reading all on one thread");
    let mut wall = [const { Vec::new() }; 2];
    for _ in 0..rounds {
        for threads in [1, 2] {
            wall[threads - 1].push(whole(&articles, &reader, threads));
        }
    }
    let two_threads = memory("after reading all on two threads");
    let gain = median(wall[0].iter().zip(&wall[1]).map(|(a, b)| a / b).collect());
    let [one, two] = wall.map(median);

    let model =
        Model::from_bytes(onrecord_model::WEIGHTS, onrecord_model::PAPERS, onrecord_model::VOCABULARY)
            .unwrap();
    let encoder = Encoder::new(&model, None).unwrap();
    // the stages take four runs of the encoder an article
    let some = &articles[..n.min(30)];
    let (t, pieces) = stages(some, &reader, &encoder, rounds);
    let some_words: usize = some.iter().map(|a| a.words).sum();
    let [intake, sentences, tokenise, encoded, found, read, wire] = t;
    let all = intake + read + wire;
    let encode = encoded - tokenise;
    let parts = [
        ("intake", intake),
        ("sentences, quotations", sentences),
        ("tokenise", tokenise),
        ("encode", encode),
        ("heads", found - encoded),
        ("attributions, sources", read - found - sentences),
        ("wire", wire),
    ];
    if json {
        let stages: serde_json::Map<String, serde_json::Value> = parts
            .iter()
            .map(|(name, s)| ((*name).to_owned(), (s / some_words as f64 * 1e6).into()))
            .collect();
        let timed: serde_json::Map<String, serde_json::Value> =
            TIMED.iter().zip(t).map(|(name, s)| ((*name).to_owned(), s.into())).collect();
        println!(
            "{}",
            serde_json::json!({
                "input": what, "articles": n, "words": words, "rounds": rounds,
                "words_per_second": { "1 thread": words as f64 / one, "2 threads": words as f64 / two,
                    "encoder alone, 1 thread": some_words as f64 / encode },
                "articles_per_second": { "1 thread": n as f64 / one, "2 threads": n as f64 / two },
                "word_pieces_per_second_of_the_encoder": pieces as f64 / encode,
                "two_threads_to_one": gain, "whole_to_encoder_alone": encode / all,
                "microseconds_a_word": stages, "seconds_timed": timed,
                "peak_megabytes": { "1 thread": one_thread, "2 threads": two_threads },
            })
        );
        return;
    }
    for (threads, s) in [(1, one), (2, two)] {
        let (w, a) = (words as f64 / s, n as f64 / s);
        println!("    bytes to lines, {threads} thread(s): {w:.0} words/s, {a:.1} articles/s (wall time)");
    }
    println!("    two threads to one: {gain:.2} times");
    println!("  stages on one thread, {} articles, {some_words} words, {pieces} word-pieces:", some.len());
    for (name, s) in parts {
        println!("    {name:<22} {:5.1} %  {:7.2} us/word", 100.0 * s / all, s / some_words as f64 * 1e6);
    }
    println!(
        "    encoder alone: {:.0} words/s, {:.0} word-pieces/s; the whole: {:.0} words/s, {:.2} of it",
        some_words as f64 / encode,
        pieces as f64 / encode,
        some_words as f64 / all,
        encode / all
    );
}
