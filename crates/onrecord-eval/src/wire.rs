//! Predictions from wire format v1, one reading a line: what `onrecord read --format json` writes, and what
//! rivals are asked to write. Only the fields that are scored are looked at. Must not know the gold.

use crate::{Chars, Error, Triple};
use serde::Deserialize;
use serde_json::Value;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

#[derive(Deserialize)]
struct Line {
    onrecord: Option<String>,
    document: Document,
    reader: Option<Reader>,
    attributions: Vec<Attribution>,
}

#[derive(Deserialize)]
struct Document {
    text: String,
}

#[derive(Deserialize)]
struct Reader {
    version: Option<String>,
    model: Option<Model>,
    /// Not in onrecord's own readings: how a rival's file was made.
    command: Option<String>,
}

#[derive(Deserialize)]
struct Model {
    name: Option<String>,
    version: Option<String>,
}

#[derive(Deserialize)]
struct Attribution {
    source: Option<Quote>,
    cue: Option<Quote>,
    #[serde(default)]
    content: Vec<Quote>,
    /// An id, or null; of any type.
    #[serde(default)]
    within: Value,
}

#[derive(Deserialize)]
struct Quote {
    chars: (usize, usize),
}

/// A file of readings.
pub(crate) struct File {
    /// The reader's name and version, where the file tells.
    pub(crate) reader: Option<String>,
    /// How it was made, where the file tells.
    pub(crate) command: Option<String>,
    /// By the text without white space at its ends: the text as the file has it, and what was read in it.
    pub(crate) readings: HashMap<String, (String, Vec<Triple>)>,
}

impl File {
    /// Reads a file; the last of several readings of one text counts.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let lines = fs::read_to_string(path).map_err(Error::unreadable(path))?;
        let mut file = Self { reader: None, command: None, readings: HashMap::new() };
        for (n, line) in lines.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
            let line: Line =
                serde_json::from_str(line).map_err(|e| Error::malformed(path, n + 1, e.to_string()))?;
            if let Some(other) = line.onrecord.filter(|k| k != "reading/1") {
                let what = format!("a reading in wire v1 is wanted, this is {other:?}");
                return Err(Error::malformed(path, n + 1, what));
            }
            if let Some(r) = line.reader {
                let model = r.model.and_then(|m| Some([m.name?, m.version.unwrap_or_default()].join(" ")));
                let named = model.or(r.version).map(|m| m.trim().to_owned());
                file.reader = file.reader.or(named);
                file.command = file.command.or(r.command);
            }
            let triples = line.attributions.into_iter().map(Triple::from).collect();
            file.readings.insert(line.document.text.trim().to_owned(), (line.document.text, triples));
        }
        if file.readings.is_empty() {
            return Err(Error::nothing(path, "no reading in it"));
        }
        Ok(file)
    }

    /// What the file says about a text, in that text's code points; `None` where it does not read it. A copy of
    /// the text may have other white space at its ends.
    pub(crate) fn of(&self, text: &str) -> Option<Vec<Triple>> {
        let (own, triples) = self.readings.get(text.trim())?;
        let lead = |t: &str| t.chars().take_while(|c| c.is_whitespace()).count();
        let (from, to) = (lead(own), lead(text));
        let moved = |spans: &[Chars]| -> Vec<Chars> {
            let at = |x: usize| (x + to).saturating_sub(from);
            spans.iter().map(|s| Chars::new(at(s.start), at(s.end))).collect()
        };
        Some(
            triples
                .iter()
                .map(|t| Triple {
                    source: moved(&t.source),
                    cue: moved(&t.cue),
                    content: moved(&t.content),
                    within: t.within,
                })
                .collect(),
        )
    }
}

impl From<Attribution> for Triple {
    fn from(a: Attribution) -> Self {
        let chars = |q: Quote| Chars::new(q.chars.0, q.chars.1);
        Self {
            source: a.source.map(chars).into_iter().collect(),
            cue: a.cue.map(chars).into_iter().collect(),
            content: a.content.into_iter().map(chars).collect(),
            within: !a.within.is_null(),
        }
    }
}
