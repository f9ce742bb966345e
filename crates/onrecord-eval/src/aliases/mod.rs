//! The suite `aliases`: the wordings of one party in one document put together, held against re3d or ECB+. Must not
//! know of the other suites.

mod ecb;
mod re3d;
mod score;

use crate::{Chars, Error, Text};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use score::aliases;

/// The set that the gold is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AliasSet {
    /// Synonyms within a sentence.
    Re3d,
    /// Chains of people and places within a document.
    EcbPlus,
}

/// One mention with its party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AliasMention {
    /// Where it stands.
    pub chars: Chars,
    /// The stretch within which the gold says who is one party with whom: a sentence or the document.
    pub unit: usize,
    /// A number of its document and unit: those of one party have the same.
    pub party: usize,
}

/// One document.
#[derive(Clone, Debug)]
pub struct AliasText {
    /// Its name or id.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its mentions in order.
    pub mentions: Vec<AliasMention>,
}

/// A folder of documents.
#[derive(Clone, Debug)]
pub struct AliasGold {
    /// Where it was read from.
    pub folder: PathBuf,
    /// Which set it is.
    pub set: AliasSet,
    /// In order of their names.
    pub documents: Vec<AliasText>,
}

impl AliasGold {
    /// Reads a folder of re3d or of ECB+, told apart by their files.
    pub fn read(folder: &Path) -> Result<Self, Error> {
        if folder.join(ecb::SENTENCES).is_file() {
            return Ok(Self {
                folder: folder.to_owned(),
                set: AliasSet::EcbPlus,
                documents: ecb::read(folder)?,
            });
        }
        let documents = re3d::read(folder)?;
        Ok(Self { folder: folder.to_owned(), set: AliasSet::Re3d, documents })
    }

    /// What there is to read.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.documents.iter().map(|d| Text::new(&d.name, &d.text)).collect()
    }
}

/// Numbers for labels, in order of appearance.
#[derive(Default)]
struct Numbers<K: Ord>(BTreeMap<K, usize>);

impl<K: Ord> Numbers<K> {
    fn of(&mut self, label: K) -> usize {
        let next = self.0.len();
        *self.0.entry(label).or_insert(next)
    }
}
