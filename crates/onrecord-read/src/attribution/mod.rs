//! From what the network found to attributions: speech put together, what lies within what, free speech, mode,
//! stance, chain. Must not know of word-pieces or weights: it works on spans of the text.
//!
//! The stages in order: [`framing`] → [`speech`] → [`free`] → [`nesting`] → sources (`crate::entities`) → [`mode`], [`stance`],
//! [`chain`].

pub(crate) mod chain;
pub(crate) mod credit;
pub(crate) mod framing;
pub(crate) mod free;
pub(crate) mod mode;
pub(crate) mod nesting;
pub(crate) mod speech;
pub(crate) mod stance;

use crate::encoder::{Found, Kinds};
use crate::quotations::Quotation;
use crate::{lexicon, segment};
use onrecord_text::{Passage, Span, Why};

/// An attribution on its way: spans only, nobody resolved.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Draft {
    /// The source's words.
    pub source: Option<Span>,
    /// The draft whose source speaks here, too.
    pub carried: Option<usize>,
    pub cue: Option<Span>,
    pub content: Vec<Span>,
    pub within: Option<usize>,
    /// Neither cue nor marks.
    pub free: bool,
    pub why: Why,
    /// The network took it for a nested one: it stands only if something holds it.
    pub needs_holder: bool,
    /// What the network takes the source for.
    pub kinds: Option<Kinds>,
}

impl Draft {
    /// What a rule adds: contents, and nothing else yet.
    fn by_rule(by: &'static str, content: Vec<Span>) -> Self {
        Self {
            source: None,
            carried: None,
            cue: None,
            content,
            within: None,
            free: false,
            why: Why { by, score: 1.0 },
            needs_holder: false,
            kinds: None,
        }
    }

    /// The first byte of anything of it.
    pub(crate) fn start(&self) -> u32 {
        self.spans().map(|s| s.start).min().unwrap_or(0)
    }

    fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.source.into_iter().chain(self.cue).chain(self.content.iter().copied())
    }
}

/// How sure the network must be of a cue within another one's content that is no reporting word (wants, believes,
/// his skepticism): reports are the links of a chain, and are kept at even chance. Chosen on dev; part of the model.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Clear {
    /// Where it took the cue for nested.
    pub nested: f32,
    /// Where it took the cue for an outermost one.
    pub outermost: f32,
}

/// What all stages look at.
#[derive(Clone, Copy)]
pub(crate) struct Page<'t> {
    pub text: &'t str,
    pub passages: &'t [Passage],
    pub sentences: &'t [Span],
    pub quotations: &'t [Quotation],
}

impl Page<'_> {
    /// The passage that holds a span's first byte.
    pub(crate) fn passage_of(&self, span: Span) -> Option<usize> {
        self.passages.iter().position(|p| p.span.start <= span.start && span.start < p.span.end)
    }

    /// The sentence that holds a span's first byte, or the span itself.
    pub(crate) fn sentence_of(&self, span: Span) -> Span {
        let i = self.sentences.partition_point(|s| s.end <= span.start);
        self.sentences.get(i).copied().filter(|s| s.start <= span.start).unwrap_or(span)
    }
}

/// All attributions of a page, in order of their first byte.
pub(crate) fn assemble(page: Page<'_>, found: &[Found], clear: Clear) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = found
        .iter()
        .filter(|f| !f.content.is_empty())
        .map(|f| Draft {
            source: f.source,
            carried: None,
            cue: Some(f.cue),
            content: f.content.clone(),
            within: None,
            free: false,
            why: Why { by: if f.nested { "head:nested-cue" } else { "head:cue" }, score: f.score },
            needs_holder: f.nested,
            kinds: Some(f.kinds),
        })
        .collect();
    drafts.sort_by_key(|d| d.cue);
    join_split_cues(page, &mut drafts);
    complete_impersonal(page, &mut drafts);
    drop_cues_in_sources(&mut drafts);
    drop_conditions_of_anonymity(page, &mut drafts);
    framing::add(page, &mut drafts);
    drafts.sort_by_key(|d| d.cue);
    drafts.iter_mut().for_each(|d| without_dateline(page, d));
    speech::complete(page, &mut drafts);
    free::add(page, &mut drafts);
    nesting::set_within(page, &mut drafts, clear);
    in_text_order(drafts)
}

/// A content that begins with the passage does not hold its dateline ("SAN JOSE, Costa Rica (AP) — ").
fn without_dateline(page: Page<'_>, d: &mut Draft) {
    for c in &mut d.content {
        let Some(passage) = page.passage_of(*c).map(|i| page.passages[i].span) else { continue };
        if passage.start == c.start
            && let Some(n) = segment::dateline(passage.of(page.text))
            && (c.start + n) < c.end
        {
            *c = Span::new((c.start + n) as usize, c.end as usize);
        }
    }
}

/// Two cues side by side with one content are one cue ("it" + "is believed").
fn join_split_cues(page: Page<'_>, drafts: &mut Vec<Draft>) {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for d in drafts.drain(..) {
        let joined = out.last_mut().filter(|l| l.content == d.content).and_then(|l| {
            let (a, b) = (l.cue?, d.cue?);
            let gap = page.text.get(a.end as usize..b.start as usize)?;
            (gap.trim().is_empty() && (l.source == d.source || d.source.is_none())).then_some(l)
        });
        match joined {
            Some(l) => {
                l.cue = l.cue.zip(d.cue).map(|(a, b)| Span::new(a.start as usize, b.end as usize));
                l.needs_holder &= d.needs_holder;
            }
            None => out.push(d),
        }
    }
    *drafts = out;
}

/// "It" alone is no cue: it goes with its verb ("It is believed", "It was reported"), and what was found for the verb holds.
fn complete_impersonal(page: Page<'_>, drafts: &mut Vec<Draft>) {
    const BE: &[&str] = &["is", "was", "has", "had", "been", "being", "also", "widely", "not"];
    const PARTICIPLES: &[&str] = &["said", "known", "told", "thought", "understood", "felt", "held", "seen"];
    let mut i = 0;
    while i < drafts.len() {
        let it = drafts[i].cue.filter(|c| c.of(page.text).eq_ignore_ascii_case("it"));
        i += 1;
        let Some(it) = it else { continue };
        let sentence = page.sentence_of(it);
        let after = Span::new(it.end as usize, sentence.end.max(it.end) as usize);
        let words = segment::words(page.text, after);
        let lower = |w: &Span| w.of(page.text).to_lowercase();
        let be = words.iter().take_while(|w| BE.contains(&lower(w).as_str())).count();
        let verb = words.get(be).filter(|w| {
            let w = lower(w);
            be > 0 && (w.ends_with("ed") || PARTICIPLES.contains(&w.as_str()))
        });
        let Some(verb) = verb else { continue };
        let cue = Span { start: it.start, end: verb.end };
        let other = (0..drafts.len()).find(|&j| j != i - 1 && drafts[j].cue.is_some_and(|c| cue.contains(c)));
        if let Some(other) = other {
            drafts[other].cue = Some(cue);
            drafts[other].needs_holder &= drafts[i - 1].needs_holder;
            drafts.remove(i - 1);
            i -= 1;
            continue;
        }
        let d = &mut drafts[i - 1];
        d.cue = Some(cue);
        d.source = d.source.filter(|s| s.start >= cue.end);
        for c in &mut d.content {
            let start = c.start.max(cue.end).min(c.end);
            let blank = page.text[start as usize..c.end as usize].len()
                - page.text[start as usize..c.end as usize].trim_start().len();
            c.start = start + blank as u32;
        }
        d.content.retain(|c| c.start < c.end);
    }
    drafts.retain(|d| !d.content.is_empty());
}

/// A cue within the source of another one with the same content is a name's part, taken for a verb.
fn drop_cues_in_sources(drafts: &mut Vec<Draft>) {
    let whole: Vec<(Span, Vec<Span>)> =
        drafts.iter().filter_map(|d| Some((d.source?, d.content.clone()))).collect();
    drafts
        .retain(|d| !whole.iter().any(|(s, c)| d.cue.is_some_and(|cue| s.contains(cue)) && *c == d.content));
}

/// "Asked not to be named" says that a name is withheld, and nothing of what happened: it makes its source anonymous.
fn drop_conditions_of_anonymity(page: Page<'_>, drafts: &mut Vec<Draft>) {
    let phrases = lexicon::anonymity().keys_with(0, "phrase");
    drafts.retain(|d| {
        let (Some(cue), Some(last)) = (d.cue, d.content.last()) else { return true };
        let words = page.text.get(cue.start as usize..last.end as usize).unwrap_or("").to_lowercase();
        !phrases.iter().any(|p| words.starts_with(p))
    });
}

/// Sorts by first byte and keeps indices right.
fn in_text_order(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&i| (drafts[i].start(), drafts[i].cue));
    let place = |old: usize| order.iter().position(|&o| o == old);
    let mut out: Vec<Draft> = order.iter().map(|&i| drafts[i].clone()).collect();
    for d in &mut out {
        d.within = d.within.and_then(place);
        d.carried = d.carried.and_then(place);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::testing::{drawn, found};

    #[test]
    fn it_goes_with_its_verb() {
        let text = "It is believed that rain fell. It was reported by Ada that it rained.";
        let f = vec![
            found(text, "", "It", &["is believed that rain fell"]),
            found(text, "", "It was reported", &["that it rained"]),
        ];
        assert_eq!(
            drawn(text, f),
            ["- | It is believed | that rain fell", "- | It was reported | that it rained"]
        );
        let text = "It was reported by Ada that it rained.";
        let f = vec![
            found(text, "reported by Ada", "It", &["that it rained"]),
            found(text, "Ada", "was reported", &["that it rained"]),
        ];
        assert_eq!(drawn(text, f), ["Ada | It was reported | that it rained"]);
    }

    #[test]
    fn names_and_datelines_are_no_words_of_a_source() {
        let text = "KABUL (Reuters) — It rains, police chief Sayed Sadat told us.";
        let content = "KABUL (Reuters) — It rains";
        let f = vec![
            found(text, "police chief", "Sayed", &[content]),
            found(text, "police chief Sayed Sadat", "told", &[content]),
        ];
        let got = drawn(text, f);
        assert_eq!(got, ["police chief Sayed Sadat | told | It rains"]);
    }

    #[test]
    fn what_withholds_a_name_is_no_report() {
        let text = "An engineer who asked not to be named said no.";
        let f = vec![
            found(text, "who", "asked", &["not to be named"]),
            found(text, "An engineer", "said", &["no"]),
        ];
        assert_eq!(drawn(text, f), ["An engineer | said | no"]);
    }

    #[test]
    fn a_split_cue_is_one() {
        let text = "It is believed that it rains.";
        let content = "that it rains";
        let f = vec![found(text, "", "It", &[content]), found(text, "", "is believed", &[content])];
        let got = drawn(text, f);
        assert_eq!(got, ["- | It is believed | that it rains"]);
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Articles drawn by hand for the stages' tests.

    use super::*;
    use crate::{quotations::quotations, segment::sentences};
    use onrecord_text::Role;

    /// The passages (lines) of a text.
    pub(crate) fn passages(text: &str) -> Vec<Passage> {
        let mut at = 0;
        text.split('\n')
            .map(|l| {
                let p = Passage { role: Role::Paragraph, span: Span::new(at, at + l.len()) };
                at += l.len() + 1;
                p
            })
            .collect()
    }

    /// Runs `f` on the page of a text.
    pub(crate) fn on_page<T>(text: &str, f: impl FnOnce(Page<'_>) -> T) -> T {
        let passages = passages(text);
        let sentences = sentences(text, &passages);
        let quotations = quotations(text, &passages);
        f(Page { text, passages: &passages, sentences: &sentences, quotations: &quotations })
    }

    /// The span of the words' first occurrence.
    pub(crate) fn at(text: &str, words: &str) -> Span {
        let i = text.find(words).expect("words stand in the text");
        Span::new(i, i + words.len())
    }

    /// A found attribution by its words.
    pub(crate) fn found(text: &str, source: &str, cue: &str, content: &[&str]) -> Found {
        Found {
            cue: at(text, cue),
            nested: false,
            source: (!source.is_empty()).then(|| at(text, source)),
            kinds: [0.125; 8],
            content: content.iter().map(|c| at(text, c)).collect(),
            score: 0.9,
        }
    }

    /// The attributions of a text, shown, from what was found in it.
    pub(crate) fn drawn(text: &str, found: Vec<Found>) -> Vec<String> {
        on_page(text, |p| show(text, &assemble(p, &found, Clear::default())))
    }

    /// "source | cue | content / content < holder's cue" for each.
    fn show(text: &str, drafts: &[Draft]) -> Vec<String> {
        drafts
            .iter()
            .map(|d| {
                let who = match (d.source, d.carried) {
                    (Some(s), _) => s.of(text).to_string(),
                    (None, Some(c)) => format!("^{}", drafts[c].source.map_or("?", |s| s.of(text))),
                    _ => "-".into(),
                };
                let content: Vec<&str> = d.content.iter().map(|c| c.of(text)).collect();
                let within = d
                    .within
                    .map_or(String::new(), |w| format!(" < {}", drafts[w].cue.map_or("-", |c| c.of(text))));
                format!("{who} | {} | {}{within}", d.cue.map_or("-", |c| c.of(text)), content.join(" / "))
            })
            .collect()
    }
}
