//! From a document and its reading to the wire. Must not decide anything: it only writes out.

use std::borrow::Cow;

use onrecord_text as text;
use onrecord_text::Span;

use super::{
    Attribution, Document, Entity, Link, Links, Mention, Model, Note, Passage, Place, Quote, READING_1,
    Reader, Text, Why, Wire,
};

impl<'a> Wire<'a> {
    /// What goes on the wire for one document. `notes` are those of its intake; the reading's own follow them.
    pub fn from(document: &'a text::Document, reading: &'a text::Reading, notes: &'a [text::Note]) -> Self {
        let b = Build { document, reading };
        let meta = document.meta();
        Self {
            onrecord: Cow::Borrowed(READING_1),
            document: Document {
                id: Cow::Borrowed(&meta.id),
                url: own(&meta.url),
                outlet: own(&meta.outlet),
                title: own(&meta.title),
                byline: own(&meta.byline),
                published: own(&meta.published),
                lang: own(&meta.lang),
                text: Cow::Borrowed(document.text()),
                passages: document.passages().iter().map(|p| b.passage(p)).collect(),
            },
            reader: Reader {
                version: Cow::Borrowed(&reading.by.code),
                model: Model {
                    name: Cow::Borrowed(&reading.by.model_name),
                    version: Cow::Borrowed(&reading.by.model_version),
                    sha256: Cow::Borrowed(&reading.by.model_sha256),
                },
            },
            sentences: reading.sentences.iter().map(|&s| b.place(s)).collect(),
            entities: reading.entities.iter().enumerate().map(|(i, e)| b.entity(i, e)).collect(),
            attributions: reading.attributions.iter().enumerate().map(|(i, a)| b.attribution(i, a)).collect(),
            assertions: Vec::new(),
            notes: notes.iter().chain(&reading.notes).map(note).collect(),
        }
    }
}

fn own(x: &Option<String>) -> Option<Text<'_>> {
    x.as_deref().map(Cow::Borrowed)
}

fn note(n: &text::Note) -> Note<'_> {
    Note {
        code: Cow::Borrowed(n.code),
        text: Cow::Borrowed(&n.text),
        bytes: n.span.map(|s| [s.range().start, s.range().end]),
    }
}

struct Build<'a> {
    document: &'a text::Document,
    reading: &'a text::Reading,
}

impl<'a> Build<'a> {
    fn place(&self, span: Span) -> Place {
        let (from, to) = self.document.chars(span);
        Place { bytes: [span.range().start, span.range().end], chars: [from, to] }
    }

    fn quote(&self, span: Span) -> Quote<'a> {
        let Place { bytes, chars } = self.place(span);
        Quote { exact: Cow::Borrowed(span.of(self.document.text())), bytes, chars }
    }

    fn passage(&self, p: &text::Passage) -> Passage<'a> {
        let Place { bytes, chars } = self.place(p.span);
        Passage { role: Cow::Borrowed(p.role.name()), bytes, chars }
    }

    fn entity_id(&self, e: text::EntityIx) -> Option<Text<'a>> {
        ((e.0 as usize) < self.reading.entities.len()).then(|| Cow::Owned(format!("e{}", e.0 + 1)))
    }

    fn entity(&self, i: usize, e: &'a text::Entity) -> Entity<'a> {
        let mention = |m: &text::Mention| {
            let Quote { exact, bytes, chars } = self.quote(m.span);
            Mention { exact, bytes, chars, form: Cow::Borrowed(m.form.name()) }
        };
        Entity {
            id: Cow::Owned(format!("e{}", i + 1)),
            name: Cow::Borrowed(&e.name),
            kind: Cow::Borrowed(e.kind.name()),
            aliases: e.aliases.iter().map(|a| Cow::Borrowed(a.as_str())).collect(),
            mentions: e
                .mentions
                .iter()
                .filter_map(|m| self.reading.mentions.get(m.0 as usize))
                .map(mention)
                .collect(),
            links: Links {
                wikidata: own(&e.links.wikidata),
                geonames: own(&e.links.geonames),
                iso3166: own(&e.links.iso3166),
            },
        }
    }

    fn attribution(&self, i: usize, a: &'a text::Attribution) -> Attribution<'a> {
        let r = self.reading;
        Attribution {
            id: Cow::Owned(format!("a{}", i + 1)),
            source: r.source_span(a).map(|s| self.quote(s)),
            entity: r.source_entity(a).and_then(|e| self.entity_id(e)),
            kind: Cow::Borrowed(a.kind.name()),
            cue: a.cue.map(|s| self.quote(s)),
            content: a.content.iter().map(|&s| self.quote(s)).collect(),
            mode: Cow::Borrowed(a.mode.name()),
            stance: Cow::Borrowed(a.stance.name()),
            certainty: Cow::Borrowed(a.certainty.name()),
            hedge: a.hedge.map(|s| self.quote(s)),
            within: a
                .within
                .filter(|w| (w.0 as usize) < r.attributions.len())
                .map(|w| Cow::Owned(format!("a{}", w.0 + 1))),
            chain: a
                .chain
                .iter()
                .map(|l| Link {
                    name: Cow::Borrowed(&l.name),
                    kind: Cow::Borrowed(l.kind.name()),
                    entity: l.entity.and_then(|e| self.entity_id(e)),
                })
                .collect(),
            why: Why { by: Cow::Borrowed(a.why.by), score: three_decimals(a.why.score) },
        }
    }
}

/// JSON has no NaN: what is not a number has no score.
fn three_decimals(score: f32) -> f64 {
    if score.is_finite() { (f64::from(score) * 1000.0).round() / 1000.0 } else { 0.0 }
}
