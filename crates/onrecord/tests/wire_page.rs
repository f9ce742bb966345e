//! docs/wire.md describes what is written: every field and every name of a kind, and no other.

// A helper outside `#[test]` functions is not seen as a test.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use onrecord::{Certainty, EntityKind, Form, Mode, SourceKind, Stance};
use serde_json::Value;

fn file(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Every field of a reading.
fn fields(value: &Value, out: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            out.insert(key.clone());
            fields(value, out);
        }),
        Value::Array(items) => items.iter().for_each(|v| fields(v, out)),
        _ => {}
    }
}

#[test]
fn every_field_and_name_stands_on_the_page() {
    let page = file("../../docs/wire.md");
    // in the prose: `word`; in the line about QUOTE: "word"
    let on_page = |word: &str| page.contains(&format!("`{word}`")) || page.contains(&format!("\"{word}\""));
    let mut wanted = BTreeSet::new();
    fields(&serde_json::from_str(&file("tests/golden/harbour.json")).unwrap(), &mut wanted);
    for names in [
        Mode::ALL.iter().map(|x| x.name()).collect::<Vec<_>>(),
        Stance::ALL.iter().map(|x| x.name()).collect(),
        Certainty::ALL.iter().map(|x| x.name()).collect(),
        SourceKind::ALL.iter().map(|x| x.name()).collect(),
        EntityKind::ALL.iter().map(|x| x.name()).collect(),
        Form::ALL.iter().map(|x| x.name()).collect(),
    ] {
        wanted.extend(names.into_iter().map(str::to_owned));
    }
    let missing: Vec<_> = wanted.iter().filter(|w| !on_page(w)).collect();
    assert!(missing.is_empty(), "docs/wire.md does not say: {missing:?}");
}

#[test]
fn the_first_column_of_a_table_names_fields() {
    let mut known = BTreeSet::new();
    fields(&serde_json::from_str(&file("tests/golden/harbour.json")).unwrap(), &mut known);
    for row in file("../../docs/wire.md").lines().filter(|l| l.starts_with("| `")) {
        let first = row.split('|').nth(1).unwrap();
        for field in first.split('`').skip(1).step_by(2) {
            assert!(known.contains(field), "docs/wire.md names {field:?}, which is not written");
        }
    }
}
