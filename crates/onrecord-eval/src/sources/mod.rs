//! The suite `sources`: what kind of party a source is, and whom it points to; on kinds annotated by hand over
//! PolNeAR's texts, on stories, or on both. Must not know of the other suites.

mod kinds;
mod party;
mod stories;
mod words;

use crate::report::{Held, Measured};
use crate::{Said, System, Text};
use onrecord_text::SourceKind;

pub use kinds::{KindRow, Kinds, KindsText};
pub use stories::{GoldAssertion, Stories, StoryText};

/// What sources are measured on.
#[derive(Clone, Debug, Default)]
pub struct SourcesGold {
    /// Kinds by hand.
    pub kinds: Option<Kinds>,
    /// Stories.
    pub stories: Option<Stories>,
}

impl SourcesGold {
    /// What there is to read: the articles with kinds, then the stories' documents.
    pub fn texts(&self) -> Vec<Text<'_>> {
        let kinds = self.kinds.iter().flat_map(Kinds::texts);
        kinds.chain(self.stories.iter().flat_map(Stories::texts)).collect()
    }
}

/// Kinds told apart: which of the three a body is, is no error of provenance.
const COARSE: [&str; 6] = ["named", "group", "outlet", "document", "anonymous", "author"];

/// The kind's place in [`COARSE`].
fn coarse(kind: SourceKind) -> usize {
    match kind {
        SourceKind::Person | SourceKind::Office | SourceKind::Organisation => 0,
        SourceKind::Group => 1,
        SourceKind::Outlet => 2,
        SourceKind::Document => 3,
        SourceKind::Anonymous => 4,
        SourceKind::Author => 5,
    }
}

/// Holds systems against the gold. Their readings are in the order of [`SourcesGold::texts`].
pub fn sources(gold: &SourcesGold, systems: &[System]) -> Measured {
    let articles = gold.kinds.as_ref().map_or(0, |k| k.articles.len());
    let held = systems.iter().map(|system| {
        let (mut tables, mut confusions) = (vec![], vec![]);
        if let Some(k) = &gold.kinds {
            let said: Vec<&Said> = (0..articles).map(|i| system.said(i)).collect();
            kinds::hold(k, &said, &mut tables, &mut confusions);
        }
        if let Some(s) = &gold.stories {
            let said: Vec<&Said> = (0..s.documents.len()).map(|i| system.said(articles + i)).collect();
            stories::hold(s, &said, &mut tables, &mut confusions);
        }
        Held::new(system, tables, confusions)
    });
    let systems = held.collect();
    let (mut on, mut holds, mut rules) = (vec![], vec![], vec![]);
    if let Some(k) = &gold.kinds {
        on.push(k.file.display().to_string());
        holds.push(("articles with kinds", k.articles.len()));
        holds.push(("kinds by hand", k.articles.iter().map(|a| a.rows.len()).sum()));
        rules.extend(kinds::RULES);
    }
    if let Some(s) = &gold.stories {
        on.push(s.folder.display().to_string());
        holds.push(("documents of stories", s.documents.len()));
        holds.push(("assertions", s.documents.iter().map(|d| d.assertions.len()).sum()));
        rules.extend(stories::RULES);
    }
    Measured { suite: "sources", on, holds, rules, systems }
}
