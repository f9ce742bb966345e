//! Predictions from wire format v1, one reading a line: what `onrecord read --format json` writes, and what
//! rivals are asked to write. Only the fields that are scored are looked at. Must not know the gold.

use crate::{Chars, Entity, Error, Mention, Said, SaidAttribution, Triple};
use onrecord_text::{EntityKind, Form, SourceKind};
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
    #[serde(default)]
    entities: Vec<Party>,
}

#[derive(Deserialize)]
struct Party {
    /// Of any type.
    #[serde(default)]
    id: Value,
    #[serde(default)]
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    kind: Option<String>,
    #[serde(default)]
    mentions: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    chars: (usize, usize),
    form: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    kind: Option<String>,
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
    kind: Option<String>,
    /// An entity's id, or null; of any type.
    #[serde(default)]
    entity: Value,
    #[serde(default)]
    chain: Vec<Link>,
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
    pub(crate) readings: HashMap<String, (String, Said)>,
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
            let said = said(line.entities, line.attributions);
            file.readings.insert(line.document.text.trim().to_owned(), (line.document.text, said));
        }
        if file.readings.is_empty() {
            return Err(Error::nothing(path, "no reading in it"));
        }
        Ok(file)
    }

    /// What the file says about a text, in that text's code points; `None` where it does not read it. A copy of
    /// the text may have other white space at its ends.
    pub(crate) fn of(&self, text: &str) -> Option<Said> {
        let (own, said) = self.readings.get(text.trim())?;
        let lead = |t: &str| t.chars().take_while(|c| c.is_whitespace()).count();
        let (from, to) = (lead(own), lead(text));
        let mut said = said.clone();
        let move_ = |s: &mut Chars| {
            let at = |x: usize| (x + to).saturating_sub(from);
            *s = Chars::new(at(s.start), at(s.end));
        };
        for t in said.attributions.iter_mut().map(|a| &mut a.triple) {
            t.source.iter_mut().chain(&mut t.cue).chain(&mut t.content).for_each(move_);
        }
        said.entities.iter_mut().flat_map(|e| &mut e.mentions).for_each(|m| move_(&mut m.chars));
        Some(said)
    }
}

/// Names of kinds and forms that are not known are read as none.
fn said(parties: Vec<Party>, attributions: Vec<Attribution>) -> Said {
    let kind = |k: Option<String>| k.as_deref().and_then(SourceKind::from_name);
    let attributions = attributions.into_iter().map(|a| SaidAttribution {
        kind: kind(a.kind),
        entity: parties.iter().position(|p| !p.id.is_null() && p.id == a.entity),
        chain: a.chain.into_iter().map(|l| kind(l.kind)).collect(),
        triple: Triple {
            source: a.source.map(chars).into_iter().collect(),
            cue: a.cue.map(chars).into_iter().collect(),
            content: a.content.into_iter().map(chars).collect(),
            within: !a.within.is_null(),
        },
    });
    let attributions = attributions.collect();
    let entities = parties.into_iter().map(|p| Entity {
        name: p.name,
        aliases: p.aliases,
        kind: p.kind.as_deref().and_then(EntityKind::from_name),
        mentions: p
            .mentions
            .into_iter()
            .map(|m| Mention {
                chars: Chars::new(m.chars.0, m.chars.1),
                form: m.form.as_deref().and_then(Form::from_name),
            })
            .collect(),
    });
    Said { attributions, entities: entities.collect() }
}

fn chars(q: Quote) -> Chars {
    Chars::new(q.chars.0, q.chars.1)
}
