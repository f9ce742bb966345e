//! The attribution chain: from just inside the outlet to the party on whose word the content rests. Links are what an
//! attribution lies within, the outlet that a source spoke to ("told Reuters", "the Ledger's source"), and the party
//! that an outlet cites. Must not know how the parties were found.

use super::Page;
use crate::{lexicon, segment};
use onrecord_names::{Kind, Name, same};
use onrecord_text::{
    Attribution, AttributionIx, Entity, EntityIx, EntityKind, Link, Mention, Source, SourceKind, Span,
};

/// What chains are made from.
pub(crate) struct Ground<'a> {
    pub page: Page<'a>,
    /// The outlet that published the document, as its metadata name it.
    pub outlet: Option<&'a str>,
    /// The agency that it has its text from.
    pub credit: Option<&'a str>,
    pub mentions: &'a [Mention],
    pub entities: &'a [Entity],
    /// The kind of each entity as a source.
    pub kinds: &'a [SourceKind],
}

/// Cues whose object is a hearer.
const TOLD: &[&str] = &["told", "tells", "tell", "telling", "informed", "assured"];
/// Nouns before "with" or "to" and a hearer.
const HEARD: &[&str] = &[
    "interview with ",
    "conversation with ",
    "statement to ",
    "comments to ",
    "remarks to ",
    "letter to ",
    "speaking to ",
    "speaking with ",
    "spoke to ",
    "spoke with ",
    "talking to ",
    "talked to ",
    "said to ",
    "email to ",
    "e-mail to ",
    "message to ",
];
/// Cues and words whose object is a party that the outlet has it from.
const CITING: &[&str] = &["citing", "cited", "cites", "quoting", "quoted", "quotes"];

impl Ground<'_> {
    fn entity_of(&self, a: &Attribution) -> Option<EntityIx> {
        match a.source {
            Source::Mention(m) => self.mentions.get(m.0 as usize).map(|m| m.entity),
            Source::Carried(e) => Some(e),
            Source::Missing => None,
        }
    }

    /// Is this the outlet itself?
    pub(crate) fn own(&self, e: EntityIx) -> bool {
        let (Some(outlet), Some(entity)) = (self.outlet, self.entities.get(e.0 as usize)) else {
            return false;
        };
        if !matches!(entity.kind, EntityKind::Outlet | EntityKind::Organisation | EntityKind::Other) {
            return false;
        }
        let own = Name::new(outlet, Kind::Body);
        // "the Monitor" of the Ténéré Monitor
        let last = outlet.split_whitespace().last().filter(|_| outlet.contains(' '));
        std::iter::once(&entity.name)
            .chain(&entity.aliases)
            .any(|n| same(&own, &Name::new(n, Kind::Body)).is_some() || Some(n.as_str()) == last)
    }

    /// The entity that goes by a name.
    fn called(&self, name: &str) -> Option<EntityIx> {
        let fits = |e: &Entity| e.name == name || e.aliases.iter().any(|a| a == name);
        self.entities.iter().position(fits).map(|i| EntityIx(i as u32))
    }

    fn outlet(&self, e: EntityIx) -> bool {
        self.kinds.get(e.0 as usize) == Some(&SourceKind::Outlet)
    }

    /// The mention that begins at a byte, articles and possessives before it left out.
    fn at(&self, mut from: usize) -> Option<&Mention> {
        let text = self.page.text;
        loop {
            let rest = &text[from..];
            let trimmed = rest.trim_start_matches(' ');
            from += rest.len() - trimmed.len();
            if let Some(m) = self.mentions.iter().find(|m| m.span.start as usize == from) {
                return Some(m);
            }
            // "the newspaper Diário da Alvoreira", "state broadcaster X"
            let word = trimmed.split(' ').next()?;
            let small = matches!(
                word,
                "the" | "an" | "a" | "its" | "their" | "The" | "news" | "local" | "state" | "daily"
            );
            if !small && lexicon::source_nouns().get(word, 0) != Some("outlet") && word != "agency" {
                return None;
            }
            from += word.len();
        }
    }

    /// The outlet that the source of `a` spoke to.
    fn hearer(&self, a: &Attribution) -> Option<EntityIx> {
        let text = self.page.text;
        let cue = a.cue?;
        let sentence = self.page.sentence_of(cue);
        let told = segment::words(text, cue)
            .last()
            .is_some_and(|w| TOLD.contains(&w.of(text).to_lowercase().as_str()));
        let heard = told.then(|| self.at(cue.end as usize)).flatten().or_else(|| {
            HEARD.iter().find_map(|h| {
                let at = sentence.of(text).find(h)? + sentence.start as usize;
                let inside = a.content.iter().any(|c| c.contains(Span::new(at, at + h.len())));
                (!inside).then(|| self.at(at + h.len())).flatten()
            })
        });
        // "the guard whom De Dagkrant found": the outlet stands within the words of a source that is not named
        let held = || {
            let Source::Mention(m) = a.source else { return None };
            let source = self.mentions.get(m.0 as usize)?;
            let hidden = self.kinds.get(source.entity.0 as usize) == Some(&SourceKind::Anonymous);
            self.mentions
                .iter()
                .filter(|m| hidden && m.entity != source.entity && source.span.contains(m.span))
                .find(|m| self.outlet(m.entity))
        };
        heard
            .filter(|m| self.outlet(m.entity))
            .or_else(held)
            .map(|m| m.entity)
            .filter(|e| Some(*e) != self.entity_of(a))
    }

    /// The party that an outlet cites for the content of `a`, in the same sentence.
    fn cited(&self, a: &Attribution) -> Option<EntityIx> {
        let text = self.page.text;
        let citing = |w: &Span| CITING.contains(&w.of(text).to_lowercase().as_str());
        let cue = a.cue?;
        let cites = segment::words(text, cue).iter().any(citing);
        let source = self.entity_of(a).filter(|e| self.outlet(*e) || cites)?;
        let sentence = self.page.sentence_of(cue);
        let words = segment::words(text, sentence);
        words
            .iter()
            .filter(|w| citing(w) && (!cites || cue.contains(**w)))
            .filter(|w| cue.contains(**w) || !a.content.iter().any(|c| c.contains(**w)))
            .find_map(|w| self.at(w.end as usize))
            .map(|m| m.entity)
            .filter(|e| *e != source)
    }

    fn link(&self, e: EntityIx) -> Link {
        let kind = self.kinds.get(e.0 as usize).copied().unwrap_or(SourceKind::Anonymous);
        Link {
            name: self.entities.get(e.0 as usize).map_or_else(String::new, |e| e.name.clone()),
            kind,
            entity: Some(e),
        }
    }
}

/// The chain of each attribution.
pub(crate) fn chains(ground: &Ground<'_>, attributions: &[Attribution]) -> Vec<Vec<Link>> {
    let link = |a: &Attribution| -> Link {
        match ground.entity_of(a) {
            Some(e) => Link { kind: a.kind, ..ground.link(e) },
            // nobody is named: the words that report stand for them
            None => Link {
                name: a.cue.map_or_else(String::new, |c| c.of(ground.page.text).to_string()),
                kind: if a.source == Source::Missing { SourceKind::Anonymous } else { a.kind },
                entity: None,
            },
        }
    };
    (0..attributions.len())
        .map(|i| {
            // from the origin outwards; one who reports himself is one link
            let mut out: Vec<Link> = Vec::new();
            let mut push = |l: Link| {
                let again = l.entity.is_some() && out.iter().any(|o| o.entity == l.entity);
                if !again {
                    out.push(l);
                }
            };
            if let Some(e) = attributions.get(i).and_then(|a| ground.cited(a)) {
                push(ground.link(e));
            }
            let mut at = Some(AttributionIx(i as u32));
            for _ in 0..=attributions.len() {
                let Some(a) = at.and_then(|a| attributions.get(a.0 as usize)) else { break };
                push(link(a));
                if let Some(e) = ground.hearer(a) {
                    push(ground.link(e));
                }
                at = a.within;
            }
            // an agency's text is the agency's word
            if let Some(agency) = ground.credit {
                let entity = ground.called(agency);
                let there = out.iter().any(|l| l.name == agency || entity.is_some() && l.entity == entity);
                if !there {
                    out.push(Link { name: agency.to_owned(), kind: SourceKind::Outlet, entity });
                }
            }
            // the outlet itself is no link of its own chain, unless nobody else is there
            let others = out.iter().any(|l| !l.entity.is_some_and(|e| ground.own(e)));
            out.retain(|l| !others || !l.entity.is_some_and(|e| ground.own(e)));
            out.reverse();
            out
        })
        .collect()
}
