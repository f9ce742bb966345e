//! The reader: the stages in a row, and many documents on many threads. Must not know how a stage works.

use crate::attribution::chain::Ground;
use crate::attribution::{self, Clear, Draft, Page};
use crate::encoder::network::Network;
use crate::encoder::wordpiece::WordPiece;
use crate::encoder::{Encode, Seen, windows};
use crate::entities::items::Place;
use crate::entities::known::{Known, KnownEntity};
use crate::entities::{kind, resolve};
use crate::{Model, ModelError, quotations, segment};
use onrecord_nn::{Engine, Path};
use onrecord_text::{
    Attribution, AttributionIx, Document, Meta, Passage, ReaderVersion, Reading, Source, SourceKind,
};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc;
use std::sync::{Mutex, PoisonError};

/// Bytes that are read as one: longer than any article. Who is who and what lies within what is not followed from
/// one such section to the next, so that time and memory stay in proportion to the text.
const SECTION: u32 = 1 << 18;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct ReaderOptions {
    /// The vector instructions to use; the best there are where none is named. All give the same reading.
    pub path: Option<Path>,
    /// Parties whose ids go into the entities' links.
    pub entities: Vec<KnownEntity>,
}

/// Reads documents; one is shared by all threads.
pub struct Reader {
    by: ReaderVersion,
    words: WordPiece,
    pub(crate) network: Box<dyn Encode>,
    window: usize,
    clear: Clear,
    known: Option<Known>,
}

impl Reader {
    /// A reader with that model.
    ///
    /// # Errors
    ///
    /// The model's parts do not fit one another, or the machine lacks the path asked for.
    pub fn new(model: &Model<'_>, options: &ReaderOptions) -> Result<Self, ModelError> {
        let engine = match options.path {
            Some(p) => Engine::with(p)?,
            None => Engine::best(),
        };
        let papers = &model.papers;
        Ok(Self {
            by: ReaderVersion {
                code: env!("CARGO_PKG_VERSION").into(),
                model_name: papers.name.clone(),
                model_version: papers.version.clone(),
                model_sha256: papers.sha256.clone(),
            },
            words: WordPiece::new(model.vocabulary),
            network: Box::new(Network::new(model, engine)?),
            window: papers.network.window,
            known: (!options.entities.is_empty()).then(|| Known::new(options.entities.clone())),
            clear: Clear { nested: papers.network.clear_nested, outermost: papers.network.clear_outermost },
        })
    }

    /// What reads: code and model.
    pub fn version(&self) -> &ReaderVersion {
        &self.by
    }

    /// Reads one document. Text that is not English is not read.
    pub fn read(&self, document: &Document) -> Reading {
        let english = document
            .meta()
            .lang
            .as_deref()
            .is_none_or(|l| l == "en" || l.starts_with("en-") || l.starts_with("en_"));
        let passages = if english { document.passages() } else { &[] };
        let mut reading = empty(self.by.clone());
        for section in sections(passages, SECTION) {
            let part = self.section(document, section);
            append(&mut reading, part);
        }
        reading
    }

    /// Reads passages that follow one another.
    fn section(&self, document: &Document, passages: &[Passage]) -> Reading {
        let text = document.text();
        let sentences = segment::sentences(text, passages);
        let quotations = quotations::quotations(text, passages);
        let windows =
            windows::windows(&self.words, text, passages.iter().map(|p| p.span.range()), self.window);
        let seen = self.network.see(&windows);
        let page = Page { text, passages, sentences: &sentences, quotations: &quotations };
        let drafts = attribution::assemble(page, &seen.attributions, self.clear);
        let mut reading = told(page, document.meta(), &drafts, &seen, self.network.as_ref());
        reading.sentences = sentences;
        if let Some(known) = &self.known {
            known.link(text, &mut reading.entities, &reading.mentions);
        }
        reading
    }

    /// Reads many documents on `threads` threads and hands each over with its reading, in the order in which they
    /// came, until `each` breaks. At most a few documents a thread are held at a time.
    pub fn read_all<T: Borrow<Document> + Send>(
        &self,
        documents: impl Iterator<Item = T> + Send,
        threads: usize,
        mut each: impl FnMut(T, Reading) -> ControlFlow<()>,
    ) {
        let threads = threads.max(1);
        if threads == 1 {
            for d in documents {
                let reading = self.read(d.borrow());
                if each(d, reading).is_break() {
                    return;
                }
            }
            return;
        }
        let input = Mutex::new(documents.enumerate());
        let (send, receive) = mpsc::sync_channel::<(usize, T, Reading)>(threads * 4);
        // how far the consumer is: a fast thread must not run away from a slow document
        let (next, turn) = (Mutex::new((0usize, false)), std::sync::Condvar::new());
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let (send, input, next, turn) = (send.clone(), &input, &next, &turn);
                scope.spawn(move || {
                    loop {
                        let item = input.lock().unwrap_or_else(PoisonError::into_inner).next();
                        let Some((i, d)) = item else { return };
                        let mut state = next.lock().unwrap_or_else(PoisonError::into_inner);
                        while i >= state.0 + threads * 8 && !state.1 {
                            state = turn.wait(state).unwrap_or_else(PoisonError::into_inner);
                        }
                        if state.1 {
                            return;
                        }
                        drop(state);
                        let reading = self.read(d.borrow());
                        if send.send((i, d, reading)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(send);
            let mut waiting = BTreeMap::new();
            let mut at = 0;
            'all: for (i, d, reading) in &receive {
                waiting.insert(i, (d, reading));
                while let Some((d, reading)) = waiting.remove(&at) {
                    at += 1;
                    let stop = each(d, reading).is_break();
                    let mut state = next.lock().unwrap_or_else(PoisonError::into_inner);
                    *state = (at, stop);
                    turn.notify_all();
                    if stop {
                        break 'all;
                    }
                }
            }
            // whoever waits to send finds nobody there and ends
            drop(receive);
        });
    }
}

/// A reading with nothing in it.
fn empty(by: ReaderVersion) -> Reading {
    Reading {
        by,
        sentences: Vec::new(),
        mentions: Vec::new(),
        entities: Vec::new(),
        attributions: Vec::new(),
        notes: Vec::new(),
    }
}

/// Passages in stretches of at most `most` bytes, or of one passage that is longer.
fn sections(passages: &[Passage], most: u32) -> impl Iterator<Item = &[Passage]> {
    let mut rest = passages;
    std::iter::from_fn(move || {
        let from = rest.first()?.span.start;
        let n = rest.iter().take_while(|p| p.span.end - from <= most).count().max(1);
        let (section, after) = rest.split_at(n);
        rest = after;
        Some(section)
    })
}

/// Adds the next section's reading.
fn append(to: &mut Reading, mut part: Reading) {
    let (mentions, entities, attributions) =
        (to.mentions.len() as u32, to.entities.len() as u32, to.attributions.len() as u32);
    for m in &mut part.mentions {
        m.entity.0 += entities;
    }
    for e in &mut part.entities {
        e.mentions.iter_mut().for_each(|m| m.0 += mentions);
    }
    for a in &mut part.attributions {
        match &mut a.source {
            Source::Mention(m) => m.0 += mentions,
            Source::Carried(e) => e.0 += entities,
            Source::Missing => {}
        }
        if let Some(w) = &mut a.within {
            w.0 += attributions;
        }
    }
    to.sentences.append(&mut part.sentences);
    to.mentions.append(&mut part.mentions);
    to.entities.append(&mut part.entities);
    to.attributions.append(&mut part.attributions);
    to.notes.append(&mut part.notes);
}

/// From drafts to attributions: sources resolved, mode, stance, certainty, chains.
fn told(page: Page<'_>, meta: &Meta, drafts: &[Draft], seen: &Seen, network: &dyn Encode) -> Reading {
    let mut places: Vec<Place> = Vec::new();
    let mut place_of: Vec<Option<usize>> = vec![None; drafts.len()];
    let mut order: Vec<usize> = (0..drafts.len()).filter(|&i| drafts[i].source.is_some()).collect();
    order.sort_by_key(|&i| drafts[i].source);
    for i in order {
        let Some(span) = drafts[i].source else { continue };
        let same = places.iter().rposition(|p| p.span == span);
        place_of[i] = Some(same.unwrap_or_else(|| {
            let speaker = speaker_of(drafts, i).and_then(|s| place_of[s]);
            let kinds = drafts[i].kinds;
            places.push(Place { span, sentence: page.sentence_of(span), speaker, kinds });
            places.len() - 1
        }));
    }
    let resolved = resolve::resolve(page.text, page.sentences, &places, seen, network);
    let source = |i: usize| -> (Source, SourceKind) {
        let d = &drafts[i];
        match (place_of[i], d.carried.and_then(|c| place_of[c])) {
            (Some(p), _) => (Source::Mention(resolved.places[p].0), resolved.places[p].1),
            (None, Some(p)) => {
                let (m, kind) = resolved.places[p];
                (
                    resolved
                        .mentions
                        .get(m.0 as usize)
                        .map_or(Source::Missing, |m| Source::Carried(m.entity)),
                    kind,
                )
            }
            (None, None) => (Source::Missing, kind::of_nobody(d.kinds)),
        }
    };
    let mut attributions: Vec<Attribution> = drafts
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let (source, kind) = source(i);
            let (certainty, hedge) = attribution::stance::certainty(page, d);
            Attribution {
                source,
                cue: d.cue,
                content: d.content.clone(),
                mode: attribution::mode::of(page, d),
                stance: attribution::stance::stance(page, d),
                certainty,
                hedge,
                kind,
                within: d.within.map(|w| AttributionIx(w as u32)),
                chain: Vec::new(),
                why: d.why,
            }
        })
        .collect();
    let credit = attribution::credit::credit(page, meta);
    let ground = Ground {
        page,
        outlet: meta.outlet.as_deref(),
        credit: credit.as_deref(),
        mentions: &resolved.mentions,
        entities: &resolved.entities,
        kinds: &resolved.kinds,
    };
    // what the outlet says of itself is its own voice
    for (a, d) in attributions.iter_mut().zip(drafts) {
        let own = match a.source {
            Source::Mention(m) => resolved.mentions.get(m.0 as usize).is_some_and(|m| ground.own(m.entity)),
            Source::Carried(e) => ground.own(e),
            Source::Missing => false,
        };
        let not_heard = d.kinds.is_some_and(|k| k[SourceKind::Author as usize] < 0.1);
        let writer = attribution::free::of_the_writer(page, d) && !not_heard;
        if own || writer || attribution::free::seems(page, d) {
            a.kind = SourceKind::Author;
        }
    }
    let chains = attribution::chain::chains(&ground, &attributions);
    for (a, chain) in attributions.iter_mut().zip(chains) {
        a.chain = chain;
    }
    let mut reading = empty(ReaderVersion::default());
    reading.mentions = resolved.mentions;
    reading.entities = resolved.entities;
    reading.attributions = attributions;
    reading
}

/// Whose own words hold draft `i`: the draft it lies within, if that one's words are quoted or free there.
fn speaker_of(drafts: &[Draft], i: usize) -> Option<usize> {
    let outer = drafts[i].within?;
    let d = &drafts[outer];
    if d.source.is_some() { Some(outer) } else { d.carried }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::testing;
    use crate::encoder::Found;
    use crate::encoder::antecedents::Sketch;
    use onrecord_text::{Role, Span};

    /// Finds "X said Y." in every sentence: no network.
    struct Fake(String);

    impl Encode for Fake {
        fn name_least(&self) -> f32 {
            0.5
        }

        fn antecedent(&self, _: &Sketch, _: &Sketch, _: [usize; 8]) -> f32 {
            0.0
        }

        fn see(&self, _: &[windows::Window]) -> Seen {
            let attributions = self
                .0
                .match_indices(" said ")
                .map(|(i, _)| {
                    let end = self.0[i..].find('.').map_or(self.0.len(), |e| i + e);
                    let start = self.0[..i].rfind(". ").map_or(0, |s| s + 2);
                    Found {
                        cue: Span::new(i + 1, i + 5),
                        nested: false,
                        source: Some(Span::new(start, i)),
                        kinds: [0.125; 8],
                        content: vec![Span::new(i + 6, end)],
                        score: 0.5,
                    }
                })
                .collect();
            Seen { attributions, ..Seen::default() }
        }
    }

    fn reader(text: &str) -> Reader {
        Reader {
            by: ReaderVersion {
                code: "0".into(),
                model_name: "fake".into(),
                model_version: "0".into(),
                model_sha256: "0".into(),
            },
            words: WordPiece::new("[UNK]"),
            network: Box::new(Fake(text.into())),
            window: 256,
            clear: Clear::default(),
            known: None,
        }
    }

    fn document(text: &str, lang: Option<&str>) -> Document {
        let meta = Meta { lang: lang.map(Into::into), ..Meta::default() };
        Document::new(
            meta,
            text.into(),
            vec![Passage { role: Role::Paragraph, span: Span::new(0, text.len()) }],
        )
    }

    #[test]
    fn reads_and_resolves() {
        let text = "Mayor Ada Byrne said it rains. She said it stops.";
        let r = reader(text).read(&document(text, Some("en")));
        let chains: Vec<&str> = r.attributions.iter().map(|a| a.chain[0].name.as_str()).collect();
        assert_eq!(chains, ["Ada Byrne", "Ada Byrne"]);
        assert_eq!(r.sentences.len(), 2);
        assert!(testing::passages("a\nb").len() == 2);
    }

    #[test]
    fn sections_make_one_reading() {
        let line = "Mayor Ada Byrne said it rains. She said it stops.";
        let text = [line; 9].join("\n");
        let passages = testing::passages(&text);
        let lengths: Vec<usize> = sections(&passages, 120).map(<[_]>::len).collect();
        assert_eq!(lengths, [2, 2, 2, 2, 1]);
        assert_eq!(sections(&passages, 1).count(), 9);
        let one = |p: &[Passage]| {
            let page =
                Page { text: &text, passages: p, sentences: &segment::sentences(&text, p), quotations: &[] };
            let found = Fake(text.clone())
                .see(&[])
                .attributions
                .into_iter()
                .filter(|f| p.iter().any(|p| p.span.contains(f.cue)));
            let seen = Seen { attributions: found.collect(), ..Seen::default() };
            let drafts = attribution::assemble(page, &seen.attributions, Clear::default());
            told(page, &Meta::default(), &drafts, &seen, &Fake(String::new()))
        };
        let mut all = empty(ReaderVersion::default());
        sections(&passages, 120).for_each(|p| append(&mut all, one(p)));
        assert_eq!((all.attributions.len(), all.entities.len()), (18, 5));
        for a in &all.attributions {
            let Source::Mention(m) = a.source else { panic!("no source") };
            let mention = all.mentions[m.0 as usize];
            assert!(mention.span.end <= a.cue.expect("a cue").start);
            assert!(all.entities[mention.entity.0 as usize].mentions.contains(&m));
        }
    }

    #[test]
    fn another_language_is_not_read() {
        let text = "Er sagte nichts.";
        let r = reader(text).read(&document(text, Some("de")));
        assert!(r.sentences.is_empty() && r.attributions.is_empty());
    }

    #[test]
    fn order_holds_on_any_number_of_threads() {
        let text = "Mayor Ada Byrne said it rains.";
        let reader = reader(text);
        for threads in [1, 2, 7] {
            let mut seen = Vec::new();
            reader.read_all(
                (0..100).map(|i| {
                    let m = Meta { id: i.to_string(), ..Meta::default() };
                    Document::new(m, text.into(), document(text, None).passages().to_vec())
                }),
                threads,
                |d, r| {
                    assert_eq!(r.attributions.len(), 1);
                    seen.push(d.meta().id.clone());
                    if seen.len() == 90 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
                },
            );
            assert_eq!(seen, (0..90).map(|i| i.to_string()).collect::<Vec<_>>());
        }
    }
}
