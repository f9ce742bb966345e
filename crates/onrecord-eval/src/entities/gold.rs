//! Universal NER's layout on disk: IOB2 in columns (number, word, tag, …) with `# newdoc id`, `# sent_id` and
//! `# text` above each sentence. Must not know how anything is scored.

use crate::{Chars, Error, Text};
use std::fs;
use std::path::{Path, PathBuf};

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameKind {
    /// A human being.
    Person,
    /// A body.
    Organisation,
    /// A place.
    Place,
}

impl NameKind {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Person, Self::Organisation, Self::Place];

    /// As Universal NER calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "PER",
            Self::Organisation => "ORG",
            Self::Place => "LOC",
        }
    }
}

/// One document with its names.
#[derive(Clone, Debug)]
pub struct NamedText {
    /// Its id.
    pub name: String,
    /// Its sentences, a paragraph each.
    pub text: String,
    /// Its names in order.
    pub names: Vec<(Chars, NameKind)>,
}

/// A file of documents with their names.
#[derive(Clone, Debug)]
pub struct Names {
    /// Where it was read from.
    pub file: PathBuf,
    /// In the file's order.
    pub documents: Vec<NamedText>,
}

impl Names {
    /// Reads a file, or the one `.iob2` file of a folder.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let file = if path.is_dir() { only_file(path)? } else { path.to_owned() };
        let lines = fs::read_to_string(&file).map_err(Error::unreadable(&file))?;
        let documents = documents(&lines).map_err(|(line, what)| Error::malformed(&file, line, what))?;
        if documents.is_empty() {
            return Err(Error::malformed(&file, 0, "holds no sentence under a `# newdoc id`"));
        }
        Ok(Self { file, documents })
    }

    /// What there is to read.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.documents.iter().map(|d| Text::new(&d.name, &d.text)).collect()
    }
}

fn only_file(folder: &Path) -> Result<PathBuf, Error> {
    let mut parts = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
        let path = entry.map_err(Error::unreadable(folder))?.path();
        if path.extension().is_some_and(|e| e == "iob2") {
            parts.extend(path.file_name().map(|n| n.to_string_lossy().into_owned()));
        }
    }
    parts.sort();
    match parts.as_slice() {
        [] => Err(Error::nothing(folder, "holds no .iob2 file")),
        [one] => Ok(folder.join(one)),
        _ => Err(Error::Layout { path: folder.to_owned(), parts }),
    }
}

/// One sentence while it is read.
#[derive(Default)]
struct Sentence {
    text: Vec<char>,
    /// Where the next word is looked for.
    at: usize,
    names: Vec<(Chars, NameKind)>,
    /// The name that the next word may go on with.
    open: bool,
}

fn documents(lines: &str) -> Result<Vec<NamedText>, (usize, String)> {
    let mut out: Vec<NamedText> = Vec::new();
    let mut sentence: Option<Sentence> = None;
    for (n, line) in lines.lines().chain([""]).enumerate() {
        let wrong = |what: String| (n + 1, what);
        if let Some(comment) = line.strip_prefix('#') {
            match comment.split_once('=').map(|(k, v)| (k.trim(), v.trim())) {
                Some(("newdoc id", id)) => {
                    out.push(NamedText { name: id.to_owned(), text: String::new(), names: vec![] });
                }
                Some(("text", text)) => {
                    sentence = Some(Sentence { text: text.chars().collect(), ..Sentence::default() });
                }
                _ => {}
            }
        } else if line.trim().is_empty() {
            let Some(s) = sentence.take() else { continue };
            let Some(document) = out.last_mut() else {
                return Err(wrong("a sentence before any `# newdoc id = …`".into()));
            };
            if !document.text.is_empty() {
                document.text.push_str("\n\n");
            }
            let from = document.text.chars().count();
            document.text.extend(&s.text);
            let moved = s.names.iter().map(|(c, kind)| (Chars::new(from + c.start, from + c.end), *kind));
            document.names.extend(moved);
        } else {
            let mut columns = line.split('\t');
            let (Some(id), Some(word), Some(tag)) = (columns.next(), columns.next(), columns.next()) else {
                return Err(wrong("not the columns number, word, tag, parted by tabs".into()));
            };
            let Some(s) = sentence.as_mut() else {
                return Err(wrong("a word before its sentence's `# text = …`".into()));
            };
            if id.bytes().all(|b| b.is_ascii_digit()) {
                s.word(word, tag).map_err(wrong)?;
            }
        }
    }
    out.retain(|d| !d.text.is_empty());
    Ok(out)
}

impl Sentence {
    fn word(&mut self, word: &str, tag: &str) -> Result<(), String> {
        while self.text.get(self.at).is_some_and(|c| c.is_whitespace()) {
            self.at += 1;
        }
        let length = word.chars().count();
        let span = Chars::new(self.at, self.at + length);
        if !self.text.get(span.start..span.end).is_some_and(|c| c.iter().copied().eq(word.chars())) {
            return Err(format!("the word {word:?} does not come next in the sentence's text"));
        }
        self.at = span.end;
        let kind = |name: &str| NameKind::ALL.into_iter().find(|k| k.name() == name);
        match tag.split_once('-') {
            None if tag == "O" => self.open = false,
            Some((place @ ("B" | "I"), name)) => match kind(name) {
                // names of other things are not measured
                None => self.open = false,
                Some(kind) => match self.names.last_mut() {
                    Some(last) if place == "I" && self.open && last.1 == kind => last.0.end = span.end,
                    _ => {
                        self.names.push((span, kind));
                        self.open = true;
                    }
                },
            },
            _ => return Err(format!("the tag {tag:?} where O, B-KIND or I-KIND was expected")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_make_documents() {
        let lines = "# newdoc id = a\n# sent_id = 1\n# text = Zoë Quill's in Rome.\n1\tZoë\tB-PER\t-\n2\tQuill\tI-PER\n\
                     3-4\t's in\tO\n3\t's\tO\n4\tin\tO\n5\tRome\tB-LOC\n6\t.\tO\n\n# text = Oslo Times\n1\tOslo\tI-ORG\n\
                     2\tTimes\tB-OTH\n\n# newdoc id = b\n# text = No.\n1\tNo\tO\n2\t.\tO\n";
        let d = documents(lines).unwrap();
        assert_eq!(
            (d.len(), d[0].text.as_str(), d[1].name.as_str()),
            (2, "Zoë Quill's in Rome.\n\nOslo Times", "b")
        );
        let c = Chars::new;
        assert_eq!(
            d[0].names,
            [(c(0, 9), NameKind::Person), (c(15, 19), NameKind::Place), (c(22, 26), NameKind::Organisation)]
        );
    }

    #[test]
    fn what_is_wrong_and_where() {
        for (lines, line, what) in [
            ("# text = A\n1\tA\tO\n\n", 3, "before any"),
            ("# newdoc id = a\n1\tA\tO\n", 2, "before its sentence"),
            ("# newdoc id = a\n# text = A\n1 A O\n", 3, "parted by tabs"),
            ("# newdoc id = a\n# text = A\n1\tB\tO\n", 3, "does not come next"),
            ("# newdoc id = a\n# text = A\n1\tA\tPER\n", 3, "B-KIND"),
        ] {
            let (n, said) = documents(lines).unwrap_err();
            assert!(n == line && said.contains(what), "{lines:?}: {n} {said}");
        }
    }
}
