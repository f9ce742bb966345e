//! What a system said of one text: attributions and entities, in code points, from a reading or a file alike.
//! Must not know where it came from nor what it is held against.

use crate::{Chars, Triple};
use onrecord_text::{Document, EntityKind, Form, Reading, SourceKind, Span};

/// What a system said of one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Who said what.
    pub attributions: Vec<SaidAttribution>,
    /// Who is mentioned.
    pub entities: Vec<Entity>,
}

/// One attribution, with what else is said of its source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaidAttribution {
    /// Source, cue and content.
    pub triple: Triple,
    /// What kind of party the source is, where it is said.
    pub kind: Option<SourceKind>,
    /// Who the source is: an index into [`Said::entities`].
    pub entity: Option<usize>,
    /// The kinds of the attribution chain's links, from just inside the outlet; `None` where a kind is not told.
    pub chain: Vec<Option<SourceKind>>,
}

/// Somebody or something that the text mentions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entity {
    /// The fullest name.
    pub name: String,
    /// Other wordings.
    pub aliases: Vec<String>,
    /// What it is, where it is said.
    pub kind: Option<EntityKind>,
    /// Where it is mentioned.
    pub mentions: Vec<Mention>,
}

/// A stretch of text that refers to an entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub chars: Chars,
    /// Its form, where it is said.
    pub form: Option<Form>,
}

impl Said {
    /// Of a system that says no more than source, cue and content.
    pub fn of_triples(triples: Vec<Triple>) -> Self {
        let attributions =
            triples.into_iter().map(|triple| SaidAttribution { triple, ..SaidAttribution::default() });
        Self { attributions: attributions.collect(), entities: vec![] }
    }

    /// What a reading of `document` says.
    pub fn of_reading(document: &Document, reading: &Reading) -> Self {
        let chars = |s: Span| {
            let (start, end) = document.chars(s);
            Chars { start, end }
        };
        let entities = reading.entities.iter().map(|e| Entity {
            name: e.name.clone(),
            aliases: e.aliases.clone(),
            kind: Some(e.kind),
            mentions: e
                .mentions
                .iter()
                .filter_map(|m| reading.mentions.get(m.0 as usize))
                .map(|m| Mention { chars: chars(m.span), form: Some(m.form) })
                .collect(),
        });
        let attributions =
            reading.attributions.iter().zip(Triple::of_reading(document, reading)).map(|(a, triple)| {
                SaidAttribution {
                    triple,
                    kind: Some(a.kind),
                    entity: reading.source_entity(a).map(|e| e.0 as usize),
                    chain: a.chain.iter().map(|l| Some(l.kind)).collect(),
                }
            });
        Self { attributions: attributions.collect(), entities: entities.collect() }
    }
}
