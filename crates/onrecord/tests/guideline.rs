//! The annotation guideline is a test: every ```spec block of `docs/guideline/*.md` is a text with its reading drawn
//! under it, and the reader must draw the same. A block marked `miss` draws the right answer that the reader does
//! not give yet: it fails when the reader gives it, so that no failing case is hidden and none is forgotten.
//! `ONRECORD_BLESS=1 cargo test -p onrecord --test guideline` redraws the other blocks: look at each change.

#[path = "support/draw.rs"]
mod draw;

use onrecord::{Format, Reader, ReaderOptions, documents};
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guideline")
}

fn read(reader: &Reader, text: &str) -> String {
    let (document, _) =
        documents(text.as_bytes(), "spec", Some(Format::Text)).next().expect("a document").expect("readable");
    draw::draw(&document, &reader.read(&document)).trim_end().to_string()
}

#[test]
fn the_reader_reads_as_the_guideline_says() {
    let reader = onrecord::reader(ReaderOptions::default()).expect("the model loads");
    let bless = std::env::var_os("ONRECORD_BLESS").is_some();
    let (mut wrong, mut right, mut misses) = (Vec::new(), 0, 0);
    let mut pages: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("docs/guideline")
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "md"))
        .collect();
    pages.sort();
    for page in &pages {
        let source = std::fs::read_to_string(page).expect("readable page");
        let mut out = String::new();
        let mut rest = source.as_str();
        while let Some(i) = rest.find("```spec") {
            let (before, block) = rest.split_at(i);
            out.push_str(before);
            let (head, body) = block.split_once('\n').expect("a block's head ends");
            let (body, after) = body.split_once("\n```").expect("a block ends");
            let miss = head.trim() == "```spec miss";
            let text: Vec<&str> = body.lines().filter(|l| !draw::is_mark(l)).collect();
            let drawn = read(&reader, &text.join("\n"));
            let agrees = drawn == body.trim_end();
            match (miss, agrees) {
                (false, true) => right += 1,
                (true, false) => misses += 1,
                (false, false) => wrong
                    .push(format!("{}\n--- should be\n{body}\n--- is read as\n{drawn}\n", page.display())),
                (true, true) => wrong
                    .push(format!("{}: came right, so it is no miss any more:\n{body}\n", page.display())),
            }
            out.push_str(&format!("{head}\n{}\n```", if miss || !bless { body } else { &drawn }));
            rest = after;
        }
        out.push_str(rest);
        if bless && out != source {
            std::fs::write(page, out).expect("the page can be written");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} blocks:\n{}",
        wrong.len(),
        wrong.len() + right + misses,
        wrong.join("\n")
    );
    assert!(right > 20, "the guideline has {right} examples only");
}
