//! Any bytes through intake, reader and wire: no panic, offsets right, nothing lost, no ring, the same twice.
//!
//! The networks are of random numbers and find cues, sources and contents everywhere: they are a hundred times faster
//! than the trained one, and what comes after them sees more. One input in sixty-four goes through the trained one,
//! too.
#![no_main]

#[path = "../../crates/onrecord/tests/support/sound.rs"]
mod sound;
#[path = "../../crates/onrecord-read/tests/support/tiny.rs"]
mod tiny;

use libfuzzer_sys::fuzz_target;
use onrecord::{Document, Model, Reader, ReaderOptions, documents};
use std::sync::LazyLock;

/// Of seeds whose networks find much.
static RANDOM: LazyLock<[Reader; 3]> = LazyLock::new(|| {
    [0, 5, 7].map(|seed| {
        let t = tiny::tiny(seed);
        let model = Model::from_bytes(&t.weights, &t.papers, &t.vocabulary).expect("a model");
        Reader::new(&model, &ReaderOptions::default()).expect("a reader")
    })
});
static TRAINED: LazyLock<Reader> =
    LazyLock::new(|| onrecord::reader(ReaderOptions::default()).expect("the model loads"));

fuzz_target!(|bytes: &[u8]| {
    let sum = bytes.iter().fold(0u8, |sum, b| sum.wrapping_add(*b));
    let random = &RANDOM[usize::from(sum % 3)];
    for (document, notes) in documents(bytes, "-", None).take(8).flatten() {
        let english = document.meta().lang.as_deref() == Some("en");
        if !english {
            sound::check(random, &document, &notes);
        }
        // the same text, were it English
        let mut meta = document.meta().clone();
        meta.lang = Some("en".into());
        let document = Document::new(meta, document.text().to_owned(), document.passages().to_vec());
        sound::check_reading(&document, &random.read(&document), &notes);
        if sum % 64 == 0 {
            sound::check(&TRAINED, &document, &notes);
        }
    }
});
