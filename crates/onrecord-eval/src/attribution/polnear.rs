//! PolNeAR's layout on disk: `text/*.txt` with `attributions/NAME_ANNOTATOR.ann`, brat-like standoff in code
//! points, spans perhaps interrupted ("a b;c d"). Anyone's own set in that layout can be read as well.
//! Must not know how anything is scored.

use crate::{Chars, Error, Text, Triple};
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of annotated articles.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Where it was read from.
    pub folder: PathBuf,
    /// Its annotated articles, in order of their names.
    pub articles: Vec<Article>,
}

/// One article with all its annotations, at least one.
#[derive(Clone, Debug)]
pub struct Article {
    /// The file's name, less `.txt`.
    pub name: String,
    /// Its text, unchanged.
    pub text: String,
    /// By annotator, in sorted order; the first is the gold.
    pub annotations: Vec<Annotation>,
}

/// What one annotator marked in one article.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Who annotated.
    pub annotator: String,
    /// The attributions, in file order.
    pub triples: Vec<Triple>,
}

impl Article {
    /// The attributions that count as right: the first annotator's.
    pub fn gold(&self) -> &[Triple] {
        self.annotations.first().map_or(&[], |a| &a.triples)
    }
}

impl Gold {
    /// Reads a folder. A folder that is missing or holds nothing annotated, a file that cannot be read or
    /// understood, an annotation without its text: each is an error.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        let names = subfolders(folder)?;
        if !is_part(folder) {
            let parts = names.into_iter().filter(|n| is_part(&folder.join(n))).collect();
            return Err(Error::Layout { path: folder.to_owned(), parts });
        }
        let texts = files(&folder.join("text"), "txt")?;
        let mut by_name: HashMap<String, Vec<(String, PathBuf)>> = HashMap::new();
        for path in files(&folder.join("attributions"), "ann")? {
            let stem = stem(&path)?;
            let Some((name, annotator)) = stem.rsplit_once('_') else {
                return Err(Error::malformed(&path, 0, "the name should be ARTICLE_ANNOTATOR.ann"));
            };
            by_name.entry(name.to_owned()).or_default().push((annotator.to_owned(), path));
        }
        let mut articles = Vec::new();
        for path in texts {
            let name = stem(&path)?;
            let Some(annotated) = by_name.remove(&name) else { continue };
            let text = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
            let length = text.chars().count();
            let annotations = annotated
                .into_iter()
                .map(|(annotator, path)| {
                    let ann = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
                    let triples =
                        triples(&ann, length).map_err(|(line, what)| Error::malformed(&path, line, what))?;
                    Ok(Annotation { annotator, triples })
                })
                .collect::<Result<_, Error>>()?;
            articles.push(Article { name, text, annotations });
        }
        if let Some((_, path)) = by_name.into_values().flatten().min() {
            return Err(Error::malformed(&path, 0, "annotates an article that text/ does not hold"));
        }
        if articles.is_empty() {
            return Err(Error::nothing(folder, "no annotated article in text/ and attributions/"));
        }
        Ok(Self { folder: folder.to_owned(), articles })
    }

    /// What there is to read.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.articles.iter().map(|a| Text::new(&a.name, &a.text)).collect()
    }

    /// How many attributions are marked, by the first annotators.
    pub fn attributions(&self) -> usize {
        self.articles.iter().map(|a| a.gold().len()).sum()
    }
}

fn is_part(folder: &Path) -> bool {
    ["text", "attributions"].iter().all(|n| folder.join(n).is_dir())
}

/// The names of the folders in a folder, sorted.
fn subfolders(folder: &Path) -> Result<Vec<String>, Error> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
        let entry = entry.map_err(Error::unreadable(folder))?;
        if entry.path().is_dir() {
            out.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    out.sort();
    Ok(out)
}

/// The files of a folder with that ending, in sorted order.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Error> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
        let path = entry.map_err(Error::unreadable(folder))?.path();
        let hidden = path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|e| e == ending) {
            out.push(path);
        }
    }
    out.sort();
    Ok(out)
}

fn stem(path: &Path) -> Result<String, Error> {
    let stem = path.file_stem().and_then(|s| s.to_str());
    stem.map(str::to_owned).ok_or_else(|| Error::malformed(path, 0, "the file's name is not UTF-8"))
}

/// A number after a letter: `T12`.
fn is_id(field: &str, letter: char) -> bool {
    field.strip_prefix(letter).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The attributions of one annotation file; else the line and what is wrong there. Lines that are neither spans
/// (`T`) nor events (`E`) are notes or the rest of a text that has line breaks.
fn triples(ann: &str, length: usize) -> Result<Vec<Triple>, (usize, String)> {
    let mut spans: HashMap<&str, Vec<Chars>> = HashMap::new();
    let mut events = Vec::new();
    for (n, line) in ann.lines().enumerate() {
        let mut fields = line.split('\t');
        let (Some(id), Some(rest)) = (fields.next(), fields.next()) else { continue };
        if is_id(id, 'T') {
            let (_, spans_text) = rest.split_once(' ').unwrap_or((rest, ""));
            let parsed = spans_text.split(';').map(|s| span(s, length)).collect::<Option<_>>();
            spans.insert(id, parsed.ok_or_else(|| (n + 1, format!("not a span of the text: {rest:?}")))?);
        } else if is_id(id, 'E') {
            let roles = rest.split_whitespace().map(|r| r.split_once(':')).collect::<Option<Vec<_>>>();
            events.push(roles.ok_or_else(|| (n + 1, format!("not ROLE:SPAN pairs: {rest:?}")))?);
        }
    }
    let part = |roles: &[(&str, &str)], name: &str| -> Vec<Chars> {
        roles
            .iter()
            .filter(|(role, _)| {
                role.trim_end_matches(|c: char| c.is_ascii_digit()).eq_ignore_ascii_case(name)
            })
            .flat_map(|(_, id)| spans.get(id).into_iter().flatten().copied())
            .collect()
    };
    Ok(events
        .iter()
        .map(|e| Triple {
            source: part(e, "source"),
            cue: part(e, "cue"),
            content: part(e, "content"),
            within: false,
        })
        .collect())
}

fn span(text: &str, length: usize) -> Option<Chars> {
    let (a, b) = text.split_once(' ')?;
    let (start, end) = (a.parse().ok()?, b.parse().ok()?);
    (start <= end && end <= length).then_some(Chars { start, end })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standoff() {
        let c = Chars::new;
        let ann = "T1\tSource 0 3\tShe\nT2\tCue 4 8;20 22\tsaid so\nT3\tContent 9 12\tno\nway\nTo wit\t5\n\
                   T4\tContent 13 15\tor\nE1\tAttribution:T2 Content:T3 Content2:T4 Cue:T2 Source:T1 Source:T9\n\
                   #1\tAnnotatorNotes T1\thm\nE2\tCONTENT:T3\n";
        assert_eq!(
            triples(ann, 40).unwrap(),
            [
                Triple {
                    source: vec![c(0, 3)],
                    cue: vec![c(4, 8), c(20, 22)],
                    content: vec![c(9, 12), c(13, 15)],
                    within: false
                },
                Triple { content: vec![c(9, 12)], ..Triple::default() },
            ]
        );
        for (bad, line) in
            [("T1\tSource 0 x\ta", 1), ("\nT1\tSource 3 2\ta", 2), ("T1\tCue 0 41\ta", 1), ("E1\tSource", 1)]
        {
            assert_eq!(triples(bad, 40).map_err(|e| e.0), Err(line), "{bad}");
        }
    }
}
