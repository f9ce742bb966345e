//! Where a system says that names of places are. Must not know how it is scored.

use super::gold::MappedTexts;
use crate::{Chars, Error, jsonl};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// A name with a point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// Where the name stands.
    pub chars: Chars,
    /// Degrees north and east.
    pub point: (f64, f64),
}

/// Something that leads names to points.
#[derive(Clone, Debug)]
pub struct PlacesSystem {
    /// How tables call it.
    pub name: String,
    /// For each text, in order, what it found; `None` where it has not read it.
    pub found: Vec<Option<Vec<Located>>>,
}

#[derive(Deserialize)]
struct Line {
    document: String,
    places: Vec<Point>,
}

#[derive(Deserialize)]
struct Point {
    chars: (usize, usize),
    lat: f64,
    lon: f64,
}

impl PlacesSystem {
    /// Reads predictions, one text a line: `{"document": NAME, "places": [{"chars": [START, END], "lat": …, "lon": …}]}`,
    /// NAME being the article's number from 1, `#` and its address.
    pub fn from_file(name: Option<&str>, file: &Path, gold: &MappedTexts) -> Result<Self, Error> {
        let lines = fs::read_to_string(file).map_err(Error::unreadable(file))?;
        let mut by_name = HashMap::new();
        for line in jsonl::objects::<Line>(file, &lines) {
            let (_, line) = line?;
            let located = line
                .places
                .iter()
                .map(|p| Located { chars: Chars::new(p.chars.0, p.chars.1), point: (p.lat, p.lon) });
            by_name.insert(line.document, located.collect());
        }
        let found: Vec<Option<Vec<Located>>> =
            gold.documents.iter().map(|d| by_name.remove(&d.name)).collect();
        if found.iter().all(Option::is_none) {
            return Err(Error::nothing(file, "names none of the gold articles"));
        }
        let stem = || file.file_stem().map_or_else(|| "unnamed".into(), |s| s.to_string_lossy().into_owned());
        Ok(Self { name: name.map_or_else(stem, str::to_owned), found })
    }
}
