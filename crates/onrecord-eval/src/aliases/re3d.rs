//! re3d's layout on disk: folders with documents.json, entities.json and relations.json, a JSON object a line;
//! offsets in code points. Its relation `IsSynonymOf` says that two mentions of one sentence are one party. Must
//! not know how anything is scored.

use super::{AliasMention, AliasText};
use crate::pairs::core;
use crate::{Chars, Error};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const FILES: [&str; 3] = ["documents.json", "entities.json", "relations.json"];

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Entity {
    /// Document, sentence, offsets in it, type; parted by hyphens.
    #[serde(rename = "_id")]
    id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    document_id: String,
    confidence: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Relation {
    #[serde(rename = "type")]
    kind: String,
    source_begin: usize,
    source_end: usize,
    target_begin: usize,
    target_end: usize,
    document_id: String,
    confidence: f64,
}

/// The documents of a source's folder, or of the sources' folders in a folder.
pub(super) fn read(folder: &Path) -> Result<Vec<AliasText>, Error> {
    let holds = |f: &Path| FILES.iter().all(|n| f.join(n).is_file());
    let mut sources: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
        sources.push(entry.map_err(Error::unreadable(folder))?.path());
    }
    if holds(folder) {
        sources = vec![folder.to_owned()];
    }
    sources.retain(|s| holds(s));
    sources.sort();
    if sources.is_empty() {
        return Err(Error::nothing(folder, "is neither a folder of re3d nor of ECB+"));
    }
    let mut out = Vec::new();
    for source in sources {
        out.extend(of_source(&source)?);
    }
    Ok(out)
}

/// The lines of a file, each with its number.
fn lines<T: DeserializeOwned>(path: &Path) -> Result<Vec<(usize, T)>, Error> {
    let text = fs::read_to_string(path).map_err(Error::unreadable(path))?;
    let some = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    some.map(|(n, l)| match serde_json::from_str(l) {
        Ok(value) => Ok((n + 1, value)),
        Err(e) => Err(Error::malformed(path, n + 1, e.to_string())),
    })
    .collect()
}

/// A mention while its party is being found out.
struct Found {
    chars: Chars,
    sentence: usize,
    /// The first mention that it is one with.
    first: usize,
}

fn of_source(folder: &Path) -> Result<Vec<AliasText>, Error> {
    let [documents, entities, relations] = FILES.map(|n| folder.join(n));
    let documents_read: Vec<(usize, Document)> = lines(&documents)?;
    let mut at: BTreeMap<&str, (Vec<char>, Vec<Found>)> = BTreeMap::new();
    for (_, d) in &documents_read {
        at.insert(&d.id, (d.text.chars().collect(), vec![]));
    }
    for (n, e) in lines::<Entity>(&entities)? {
        let wrong = |what: &str| Error::malformed(&entities, n, what);
        let party = ["Person", "Organisation", "Location"].contains(&e.kind.as_str());
        // what the annotators did not confirm has confidence 0
        if !party || e.confidence <= 0.0 {
            continue;
        }
        let Some((text, found)) = at.get_mut(e.document_id.as_str()) else {
            return Err(wrong("is of a document that documents.json does not hold"));
        };
        if e.begin >= e.end || e.end > text.len() {
            return Err(wrong("`begin` and `end` are no stretch of the document's text"));
        }
        let rest = e.id.strip_prefix(&e.document_id).and_then(|r| r.strip_prefix('-'));
        let sentence = rest.and_then(|r| r.split('-').next()?.parse().ok());
        let sentence = sentence.ok_or_else(|| wrong("`_id` is not DOCUMENT-SENTENCE-…"))?;
        let chars = Chars::new(e.begin, e.end);
        if !found.iter().any(|f| f.chars == chars) {
            found.push(Found { chars, sentence, first: 0 });
        }
    }
    for (_, found) in at.values_mut() {
        found.sort_by_key(|f| f.chars);
        (0..found.len()).for_each(|i| found[i].first = i);
    }
    for (text, found) in at.values_mut() {
        by_wording(text, found);
    }
    for (n, r) in lines::<Relation>(&relations)? {
        if r.kind != "IsSynonymOf" || r.confidence <= 0.0 {
            continue;
        }
        let Some((_, found)) = at.get_mut(r.document_id.as_str()) else {
            return Err(Error::malformed(
                &relations,
                n,
                "is of a document that documents.json does not hold",
            ));
        };
        let place = |begin, end| found.iter().position(|f| f.chars == Chars::new(begin, end));
        let ends = place(r.source_begin, r.source_end).zip(place(r.target_begin, r.target_end));
        // synonyms of weapons and times are no parties
        if let Some((a, b)) = ends {
            join(found, a, b);
        }
    }
    let texts = documents_read.iter().filter_map(|(_, d)| {
        let (_, found) = at.remove(d.id.as_str())?;
        let mention = |f: &Found| AliasMention { chars: f.chars, unit: f.sentence, party: f.first };
        let mentions: Vec<AliasMention> = found.iter().map(mention).collect();
        Some(AliasText { name: d.id.clone(), text: d.text.clone(), mentions })
    });
    Ok(texts.filter(|d| !d.mentions.is_empty()).collect())
}

fn join(found: &mut [Found], a: usize, b: usize) {
    let (x, y) = (found[a].first.min(found[b].first), found[a].first.max(found[b].first));
    found.iter_mut().filter(|f| f.first == y).for_each(|f| f.first = x);
}

/// The same words in one sentence are one party: too plain for the annotators to mark.
fn by_wording(text: &[char], found: &mut [Found]) {
    let mut seen: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for i in 0..found.len() {
        let c = core(text, found[i].chars);
        let words: String = text[c.start..c.end].iter().collect();
        let first = *seen.entry((found[i].sentence, words.to_lowercase())).or_insert(i);
        join(found, first, i);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The Pier Trust (PT) told PT. Ada Quill, its head, left.";

    /// A folder with one source, in a folder of that name.
    fn folder(name: &str, entities: &str, relations: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("onrecord-re3d-{name}-{}", std::process::id()));
        let source = folder.join("Harbour Office");
        fs::create_dir_all(&source).unwrap();
        fs::write(source.join("documents.json"), format!("{{\"_id\":\"D\",\"text\":\"{TEXT}\"}}\n")).unwrap();
        fs::write(source.join("entities.json"), entities).unwrap();
        fs::write(source.join("relations.json"), relations).unwrap();
        folder
    }

    fn entity(begin: usize, end: usize, sentence: usize, confidence: u8) -> String {
        format!(
            "{{\"_id\":\"D-{sentence}-0-0-Person\",\"begin\":{begin},\"end\":{end},\"type\":\"Person\",\
             \"documentId\":\"D\",\"confidence\":{confidence}}}\n"
        )
    }

    fn synonym(a: (usize, usize), b: (usize, usize)) -> String {
        format!(
            "{{\"type\":\"IsSynonymOf\",\"sourceBegin\":{},\"sourceEnd\":{},\"targetBegin\":{},\"targetEnd\":{},\
             \"documentId\":\"D\",\"confidence\":1}}\n",
            a.0, a.1, b.0, b.1
        )
    }

    #[test]
    fn synonyms_and_same_words() {
        let entities: String = [
            entity(0, 14, 0, 1),
            entity(16, 18, 0, 1),
            entity(25, 27, 0, 1),
            entity(29, 38, 1, 1),
            entity(40, 48, 1, 1),
            entity(50, 54, 1, 0),
        ]
        .concat();
        let relations = synonym((0, 14), (16, 18)) + &synonym((40, 48), (29, 38)) + &synonym((1, 2), (3, 4));
        let folder = folder("read", &entities, &relations);
        let d = read(&folder).unwrap();
        let got: Vec<_> = d[0].mentions.iter().map(|m| (m.chars.start, m.unit, m.party)).collect();
        assert_eq!(got, [(0, 0, 0), (16, 0, 0), (25, 0, 0), (29, 1, 3), (40, 1, 3)]);
        assert_eq!(read(&folder.join("Harbour Office")).unwrap().len(), 1);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn what_is_wrong_and_where() {
        for (name, entities, what) in [
            ("torn", "{".to_owned(), "entities.json:1: EOF"),
            ("long", entity(0, 99, 0, 1), "entities.json:1: `begin` and `end`"),
            ("other", entity(0, 1, 0, 1).replace("\"D\"", "\"X\""), "documents.json does not hold"),
        ] {
            let folder = folder(name, &entities, "");
            let said = read(&folder).unwrap_err().to_string();
            assert!(said.contains(what), "{name}: {said}");
            fs::remove_dir_all(folder).unwrap();
        }
    }
}
