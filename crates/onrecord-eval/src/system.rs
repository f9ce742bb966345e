//! A system to be measured: a name and what it read in each gold article. Must not know how it is scored.

use crate::wire::File;
use crate::{Error, Said};
use onrecord_text::{Document, Reading};
use std::path::Path;

/// A text to be read.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// How messages call it.
    pub name: &'a str,
    /// The text that the gold is about.
    pub text: &'a str,
    /// The JSON line it came in, where it came in one: outlet and title help whoever reads it.
    pub record: Option<&'a str>,
}

impl<'a> Text<'a> {
    /// A text of that name.
    pub fn new(name: &'a str, text: &'a str) -> Self {
        Self { name, text, record: None }
    }
}

/// Something that reads articles: onrecord's reader, a rival, a second annotator.
#[derive(Clone, Debug)]
pub struct System {
    /// How tables call it.
    pub name: String,
    /// How its predictions were made, where known.
    pub command: Option<String>,
    /// For each text, in order, what it said; `None` where it has not read it.
    pub readings: Vec<Option<Said>>,
}

/// What is said of a text that was not read.
static NOTHING: Said = Said { attributions: Vec::new(), entities: Vec::new() };

impl System {
    /// What it said of text `i`: nothing, where it has not read it.
    pub(crate) fn said(&self, i: usize) -> &Said {
        self.readings.get(i).and_then(Option::as_ref).unwrap_or(&NOTHING)
    }

    /// A system whose reader is at hand: its readings of `texts`, in their order. A document whose text is not
    /// the gold's own is an error, as offsets would not compare.
    pub fn of_readings(
        name: impl Into<String>,
        texts: &[Text<'_>],
        readings: impl IntoIterator<Item = (Document, Reading)>,
    ) -> Result<Self, Error> {
        let mut readings = readings.into_iter();
        let readings = texts
            .iter()
            .map(|a| match readings.next() {
                Some((document, _)) if document.text() != a.text => {
                    Err(Error::malformed(Path::new(a.name), 0, "was read with another text than the gold's"))
                }
                read => Ok(read.map(|(document, reading)| Said::of_reading(&document, &reading))),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { name: name.into(), command: None, readings })
    }

    /// A system's predictions from a file of readings in wire v1, matched to the gold by its texts. Without a
    /// `name`, the reader named in the file, else the file's own name. A file that reads none of the articles
    /// is an error.
    pub fn from_file(name: Option<&str>, path: &Path, texts: &[Text<'_>]) -> Result<Self, Error> {
        let file = File::read(path)?;
        let readings: Vec<_> = texts.iter().map(|a| file.of(a.text)).collect();
        if readings.iter().all(Option::is_none) {
            return Err(Error::nothing(
                path,
                "reads none of the gold articles (they are matched by their text)",
            ));
        }
        let name = name.map(str::to_owned).or(file.reader).unwrap_or_else(|| {
            path.file_stem().map_or_else(|| "unnamed".into(), |s| s.to_string_lossy().into_owned())
        });
        Ok(Self { name, command: file.command, readings })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::{Meta, ReaderVersion};

    #[test]
    fn readings_must_be_of_the_gold_text() {
        let article = Text::new("a", "Rain, he said.");
        let by = ReaderVersion {
            code: String::new(),
            model_name: String::new(),
            model_version: String::new(),
            model_sha256: String::new(),
        };
        let nothing = Reading {
            by,
            sentences: vec![],
            mentions: vec![],
            entities: vec![],
            attributions: vec![],
            notes: vec![],
        };
        let read = |text: &str| (Document::new(Meta::default(), text.into(), vec![]), nothing.clone());
        // what was read, and whether it is a reading of the article, none, or wrong
        for (texts, want) in
            [(vec!["Rain, he said."], Some(true)), (vec![], Some(false)), (vec!["Rain, he said"], None)]
        {
            let system =
                System::of_readings("x", std::slice::from_ref(&article), texts.iter().map(|t| read(t)));
            assert_eq!(system.ok().map(|s| s.readings[0].is_some()), want, "{texts:?}");
        }
    }
}
