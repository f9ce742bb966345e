//! Sentences with their quantities, and what a system found in them, from JSON lines. Must not know how they are
//! scored.

use crate::{Chars, Error, Part, jsonl};
use onrecord_text::{CharIndex, Quantity, Span};
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A quantity of a sentence, in code points.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The number with its unit.
    pub chars: Option<Chars>,
    /// As [`Quantity`] has it.
    pub value: Option<f64>,
    /// The least value.
    pub low: Option<f64>,
    /// The greatest value.
    pub high: Option<f64>,
    /// "About", "several thousand".
    pub approximate: bool,
    /// Money, measure or counted noun.
    pub unit: Option<String>,
    /// What is counted.
    pub of: Option<Chars>,
}

/// One sentence with its quantities.
#[derive(Clone, Debug)]
pub struct QuantitySentence {
    /// ARTICLE/NUMBER.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// Its quantities in order.
    pub quantities: Vec<Found>,
}

impl QuantitySentence {
    /// The article it is from.
    pub fn article(&self) -> &str {
        self.id.split_once('/').map_or(&self.id, |(article, _)| article)
    }
}

/// A file of sentences with their quantities.
#[derive(Clone, Debug)]
pub struct QuantityGold {
    /// Where it was read from.
    pub file: PathBuf,
    /// In the file's order.
    pub sentences: Vec<QuantitySentence>,
}

/// What a system found in each sentence of a gold file, in its order; none where it has not read it.
#[derive(Clone, Debug)]
pub struct Amounts {
    /// How tables call it.
    pub name: String,
    /// By sentence.
    pub found: Vec<Option<Vec<Found>>>,
}

#[derive(Deserialize)]
struct GoldLine {
    id: String,
    part: String,
    text: String,
    quantities: Vec<Row>,
}

#[derive(Deserialize)]
struct Said {
    id: String,
    quantities: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    chars: (usize, usize),
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    #[serde(default)]
    approximate: bool,
    unit: Option<String>,
    of: Option<Of>,
}

#[derive(Deserialize)]
struct Of {
    chars: (usize, usize),
}

impl From<Row> for Found {
    fn from(r: Row) -> Self {
        let Row { chars: (start, end), value, low, high, approximate, unit, of } = r;
        let of = of.map(|o| Chars::new(o.chars.0, o.chars.1));
        Self { chars: Some(Chars::new(start, end)), value, low, high, approximate, unit, of }
    }
}

impl QuantityGold {
    /// Reads a file of JSON lines, of one part only where it is named: `id` (ARTICLE/NUMBER), `part`, `text`, `quantities`.
    pub fn read(file: &Path, part: Option<Part>) -> Result<Self, Error> {
        let text = fs::read_to_string(file).map_err(Error::unreadable(file))?;
        let mut sentences = Vec::new();
        for line in jsonl::objects::<GoldLine>(file, &text) {
            let (n, line) = line?;
            if part.is_some_and(|p| p.name() != line.part) {
                continue;
            }
            let length = line.text.chars().count();
            let quantities: Vec<Found> = line.quantities.into_iter().map(Found::from).collect();
            let inside = |c: Option<Chars>| c.is_none_or(|c| c.start < c.end && c.end <= length);
            if !quantities.iter().all(|q| inside(q.chars) && inside(q.of)) {
                return Err(Error::malformed(file, n, "a quantity lies outside its sentence"));
            }
            sentences.push(QuantitySentence { id: line.id, text: line.text, quantities });
        }
        if sentences.is_empty() {
            return Err(Error::malformed(file, 0, "holds no sentence of that part"));
        }
        Ok(Self { file: file.to_owned(), sentences })
    }
}

impl Amounts {
    /// A system at hand: what it finds in each sentence, in bytes.
    pub fn of(name: impl Into<String>, gold: &QuantityGold, read: impl Fn(&str) -> Vec<Quantity>) -> Self {
        let found = gold.sentences.iter().map(|s| {
            let index = CharIndex::new(&s.text);
            let at = |byte: u32| index.char_at(&s.text, byte as usize);
            let chars = |span: Span| Chars::new(at(span.start), at(span.end));
            let found = read(&s.text).into_iter().map(|q| Found {
                chars: Some(chars(q.span)),
                value: q.value,
                low: q.low,
                high: q.high,
                approximate: q.approximate,
                unit: q.unit,
                of: q.of.map(chars),
            });
            Some(found.collect())
        });
        Self { name: name.into(), found: found.collect() }
    }

    /// A system's predictions from a file of JSON lines: `id` and `quantities` as in the gold. It goes by the
    /// file's name. A file that reads none of the sentences is an error.
    pub fn from_file(file: &Path, gold: &QuantityGold) -> Result<Self, Error> {
        let mut said: HashMap<String, Vec<Found>> = HashMap::new();
        let text = fs::read_to_string(file).map_err(Error::unreadable(file))?;
        for line in jsonl::objects::<Said>(file, &text) {
            let (_, line) = line?;
            said.insert(line.id, line.quantities.into_iter().map(Found::from).collect());
        }
        let found: Vec<_> = gold.sentences.iter().map(|s| said.remove(&s.id)).collect();
        if found.iter().all(Option::is_none) {
            return Err(Error::nothing(
                file,
                "reads none of the gold sentences (they are matched by their id)",
            ));
        }
        let name = file.file_stem().map_or_else(|| "unnamed".into(), |s| s.to_string_lossy().into_owned());
        Ok(Self { name, found })
    }
}
