//! Parties that a user knows, with their ids elsewhere: which entity of a document is one of them. Must not know where
//! they come from.

use onrecord_names::{Directory, Kind, Name};
use onrecord_text::{Entity, EntityKind, EntityLinks, Form, Mention};

/// A party that a user knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownEntity {
    /// Its names, any of which may stand in a text.
    pub names: Vec<String>,
    /// What it is, where that is known.
    pub kind: Option<EntityKind>,
    /// Its ids.
    pub links: EntityLinks,
}

/// What a user knows, ready to be asked.
pub(crate) struct Known {
    all: Vec<KnownEntity>,
    names: Directory,
}

fn kind(k: Option<EntityKind>) -> Kind {
    match k {
        Some(EntityKind::Person) => Kind::Person,
        Some(EntityKind::Organisation | EntityKind::Outlet) => Kind::Body,
        Some(EntityKind::Place) => Kind::Place,
        Some(EntityKind::Group | EntityKind::Document | EntityKind::Other) | None => Kind::Unknown,
    }
}

impl Known {
    pub(crate) fn new(all: Vec<KnownEntity>) -> Self {
        let names = all
            .iter()
            .enumerate()
            .flat_map(|(i, e)| e.names.iter().map(move |n| (Name::new(n, kind(e.kind)), i)))
            .collect();
        Self { names: Directory::new(names), all }
    }

    /// Gives entities the ids that they are known by: by their fullest name, else by another of their names.
    pub(crate) fn link(&self, text: &str, entities: &mut [Entity], mentions: &[Mention]) {
        for e in entities {
            let named = |m: &&Mention| m.form == Form::Name;
            let of = |m: &Mention| m.span.of(text).to_owned();
            let others = e.mentions.iter().filter_map(|m| mentions.get(m.0 as usize)).filter(named).map(of);
            let mine: Vec<String> = others.collect();
            if mine.is_empty() {
                continue;
            }
            let taken = kind(Some(e.kind));
            let found =
                std::iter::once(&e.name).chain(&mine).find_map(|n| self.names.find(&Name::new(n, taken)));
            let Some(links) = found.and_then(|(i, _)| self.all.get(i)).map(|k| &k.links) else { continue };
            let fill = |to: &mut Option<String>, from: &Option<String>| {
                if from.is_some() {
                    to.clone_from(from);
                }
            };
            fill(&mut e.links.wikidata, &links.wikidata);
            fill(&mut e.links.geonames, &links.geonames);
            fill(&mut e.links.iso3166, &links.iso3166);
        }
    }
}
