//! Whole articles with the reading drawn under the text, in `tests/golden/articles/*.read`: any change of the reader
//! shows there. A changed run fails; `ONRECORD_BLESS=1` writes the new drawing, to be looked at and committed.

#[path = "support/draw.rs"]
mod draw;

use onrecord::{Format, ReaderOptions, documents};
use std::path::Path;

#[test]
fn articles_read_as_before() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/articles");
    let reader = onrecord::reader(ReaderOptions::default()).expect("the model loads");
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .expect("articles")
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    names.sort();
    assert!(names.len() >= 5, "only {} articles", names.len());
    let mut changed = Vec::new();
    for path in names {
        let text = std::fs::read(&path).expect("readable");
        let (document, _) = documents(&text[..], "article.txt", Some(Format::Text))
            .next()
            .expect("a document")
            .expect("readable");
        let drawn = draw::draw(&document, &reader.read(&document));
        let golden = path.with_extension("read");
        let before = std::fs::read_to_string(&golden).unwrap_or_default();
        if drawn != before {
            if std::env::var_os("ONRECORD_BLESS").is_some() {
                std::fs::write(&golden, &drawn).expect("written");
            }
            let line = drawn.lines().zip(before.lines()).position(|(a, b)| a != b).unwrap_or(0);
            changed.push(format!(
                "{}: from line {}: {:?}",
                golden.display(),
                line + 1,
                drawn.lines().nth(line)
            ));
        }
    }
    assert!(changed.is_empty(), "readings changed:\n{}", changed.join("\n"));
}
