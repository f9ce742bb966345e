//! What is mentioned: the sources, the names and the other mentions of a document in the order of the text, each with
//! what the network saw in it. Must not know who anybody is.

use super::features::Described;
use super::phrase::{self, Phrase};
use super::votes::{self, Settled};
use super::{borders, kind, names};
use crate::encoder::{Heard, Kinds, Noun, Seen};
use crate::lexicon;
use onrecord_names::{Naming, country};
use onrecord_text::{Form, SourceKind, Span};

/// A source as it stands in the text, in the order of its sentence.
pub(crate) struct Place {
    /// The source's words.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
    /// For a first person within somebody's own words: the place of the speaker, an earlier index.
    pub speaker: Option<usize>,
    /// What the network takes the source for.
    pub kinds: Option<Kinds>,
}

/// Something mentioned.
#[derive(Debug)]
pub(crate) struct Item {
    /// The mention's words.
    pub span: Span,
    /// The name, or what stands before the head and the head: by this items are ordered.
    pub core: Span,
    pub form: Form,
    pub phrase: Phrase,
    /// What the network takes it for.
    pub noun: Option<Noun>,
    /// The place that it is the source of.
    pub place: Option<usize>,
    /// Index into the network's mentions, and how pairs of it are described.
    pub heard: Option<(usize, Described)>,
}

impl Item {
    /// The name, where the mention is by name.
    pub(crate) fn name(&self) -> Option<Span> {
        self.phrase.name.filter(|_| self.form == Form::Name)
    }
}

/// All items of a text; `least` is the least chance that a name must have.
pub(crate) fn items(text: &str, sentences: &[Span], places: &[Place], seen: &Seen, least: f32) -> Vec<Item> {
    let all_names = votes::settle(text, sentences, &borders::mend(text, &seen.names), least);
    let mut described = Descriptions::new(text, sentences, &seen.mentions);
    let mut out: Vec<Item> = Vec::new();
    for (i, place) in places.iter().enumerate() {
        let mut phrase = phrase::read(text, place.span);
        let heard = heard_of(text, place.span, &phrase, &seen.mentions);
        settle(text, place, &mut phrase, &all_names, heard.map(|h| &seen.mentions[h]));
        let core = match (phrase.name, heard) {
            (Some(name), _) => name,
            (None, Some(h)) => seen.mentions[h].base,
            (None, None) => place.span,
        };
        let noun = match phrase.name {
            Some(n) => told(
                text,
                n,
                &phrase.titles,
                noun_of(n, &all_names).or_else(|| heard.map(|h| seen.mentions[h].kind)),
            ),
            None => heard.map(|h| seen.mentions[h].kind),
        };
        out.push(Item {
            span: place.span,
            core,
            form: phrase.form,
            phrase,
            noun,
            place: Some(i),
            heard: heard.map(|h| (h, described.take(h))),
        });
    }
    let taken: Vec<Span> = out.iter().map(|i| i.core).collect();
    let free = |s: Span, out: &[Item]| {
        !taken.iter().any(|t| t.overlaps(s)) && !out.iter().any(|i| i.place.is_none() && i.core.overlaps(s))
    };
    // names: what the network found, and runs of capitals that carry a title where it found none
    let runs = names::all_runs(text, sentences);
    for n in &all_names {
        let titled = runs.iter().find(|(r, _)| r.overlaps(n.span));
        let titles = titled.map_or_else(Vec::new, |(_, t)| t.clone());
        if free(n.span, &out) {
            out.push(name(text, n.span, titles, Some(n.kind), &seen.mentions, &mut described));
        }
    }
    for (run, titles) in runs {
        // "Russian" is no name
        let adjective = country(run.of(text)).is_some_and(|n| n.how == Naming::Adjective);
        let likely = !titles.is_empty() && !lexicon::source_nouns().has(&run.of(text).to_lowercase());
        if likely && !adjective && free(run, &out) {
            out.push(name(text, run, titles, None, &seen.mentions, &mut described));
        }
    }
    for (h, m) in seen.mentions.iter().enumerate() {
        let article = matches!(m.base.of(text).to_lowercase().as_str(), "the" | "a" | "an");
        if m.form != Form::Name && !article && free(m.base, &out) {
            let phrase = phrase::read(text, m.base);
            if phrase.name.is_some() {
                continue;
            }
            out.push(Item {
                span: m.base,
                core: m.base,
                form: phrase.form,
                phrase,
                noun: Some(m.kind),
                place: None,
                heard: Some((h, described.take(h))),
            });
        }
    }
    out.sort_by_key(|i| (i.core, i.place));
    out
}

fn name(
    text: &str,
    span: Span,
    titles: Vec<String>,
    noun: Option<Noun>,
    mentions: &[Heard],
    described: &mut Descriptions<'_>,
) -> Item {
    let mut phrase = phrase::read(text, span);
    phrase.form = Form::Name;
    phrase.name = Some(span);
    phrase.titles.clone_from(&titles);
    let heard = mentions.iter().position(|m| m.base.overlaps(span) && m.base.end >= span.end);
    Item {
        span,
        core: span,
        form: Form::Name,
        phrase,
        noun: told(text, span, &titles, noun.or_else(|| heard.map(|h| mentions[h].kind))),
        place: None,
        heard: heard.map(|h| (h, described.take(h))),
    }
}

/// Capitals alone mislead: "Proponents say" begins a sentence, "New Poll Shows" is a headline, "Baker" may be a name or
/// a trade, "NBC's Dante Chinni" holds two names. What the network takes for names settles it.
fn settle(text: &str, place: &Place, phrase: &mut Phrase, names: &[Settled], heard: Option<&Heard>) {
    let from = names.partition_point(|n| n.span.end <= place.span.start);
    let inside = names[from..].iter().take_while(|n| n.span.start < place.span.end);
    let seen: Vec<Span> = inside.map(|n| n.span).collect();
    let common = |w: &str| {
        let w = w.to_lowercase();
        lexicon::source_nouns().has(&w) || lexicon::source_nouns().has(&phrase::singular(&w))
    };
    match (phrase.form, phrase.name) {
        (Form::Name, Some(name)) => {
            let over: Vec<Span> = seen.iter().copied().filter(|s| s.overlaps(name)).collect();
            let words = name.of(text);
            let last = words.rsplit(' ').next().unwrap_or(words);
            let opens = place.span.start == place.sentence.start && !words.contains(' ');
            let nominal = heard.is_some_and(|h| h.form == Form::Nominal);
            // "One of the boys", "Someone in the office"
            let pronoun = opens
                && (heard.is_some_and(|h| h.form == Form::Pronoun)
                    || ["one", "someone", "somebody", "everyone", "nobody"]
                        .contains(&words.to_lowercase().as_str()));
            // "a Democrat familiar with the plans", "an Iowa Democrat": one of many who are called so
            let one_of_many = (!words.contains(' ') || kind::is_one_of_a_group(last))
                && phrase.titles.is_empty()
                && phrase.is_indefinite();
            let withholds = opens && lexicon::anonymity().get(&words.to_lowercase(), 0) == Some("head");
            let common = if one_of_many || withholds {
                Some(Form::Nominal)
            } else if over.is_empty() && pronoun {
                Some(Form::Pronoun)
            } else {
                let noun = over.is_empty() && nominal && (common(last) || opens && last.ends_with('s'));
                noun.then_some(Form::Nominal)
            };
            if let Some(form) = common {
                phrase.form = form;
                phrase.name = None;
                phrase.head = Some(last.to_lowercase());
            } else if let [one] = over[..] {
                // "Ministry of Defence of Ukraine"
                let longer = one.contains(name) && place.span.contains(one) && phrase.titles.is_empty();
                // "NBC's Dante Chinni"
                let owned = one.end == name.end
                    && one.start > name.start
                    && text[..one.start as usize].ends_with(['\'', '’', 's', ' '])
                    && text[name.start as usize..one.start as usize].contains(['\'', '’']);
                if longer || owned {
                    phrase.name = Some(one);
                }
            }
        }
        (Form::Nominal, None) if let Some(medium) = carrier(text, place, phrase, names) => {
            phrase.form = Form::Name;
            phrase.name = Some(medium);
            phrase.head = None;
        }
        (Form::Nominal, None) if !phrase.is_indefinite() => {
            // the head itself is a name
            let head = phrase.head.clone().unwrap_or_default();
            let named = seen.iter().find(|s| {
                let words = s.of(text);
                !head.is_empty()
                    && words.to_lowercase().ends_with(&head)
                    && words.contains(char::is_uppercase)
            });
            if let Some(&n) = named {
                phrase.form = Form::Name;
                phrase.name = Some(n);
                phrase.head = None;
            }
        }
        _ => {}
    }
}

/// Who carried a report, where the source's words or a participle behind them say so: "a story by the website Politico",
/// "the reports, carried first by the agency X,". What a medium reports is the medium's word.
fn carrier(text: &str, place: &Place, phrase: &Phrase, names: &[Settled]) -> Option<Span> {
    const REPORTS: &[&str] = &["report", "story", "article", "dispatch", "account"];
    let head = phrase.head.as_deref()?;
    REPORTS.contains(&phrase::singular(head).as_str()).then_some(())?;
    let behind = &text[place.span.end as usize..place.sentence.end.max(place.span.end) as usize];
    let participle =
        behind.strip_prefix(", ").is_some_and(|b| b.split(' ').next().is_some_and(|w| w.ends_with("ed")));
    let until = if participle { place.sentence.end } else { place.span.end };
    let from = names.partition_point(|n| n.span.start < place.span.start);
    let first = names.get(from).map(|n| n.span).filter(|n| n.end <= until)?;
    let before = text[place.span.start as usize..first.start as usize].to_lowercase();
    let words: Vec<&str> = before.split_whitespace().collect();
    let medium = |w: &str| w == "agency" || lexicon::source_nouns().get(w, 0) == Some("outlet");
    let described = words.iter().rev().take_while(|w| medium(w)).count();
    let link = words.iter().rev().skip(described).find(|w| **w != "the");
    let told = described > 0 || kind::of_name(first, text, &[]) == SourceKind::Outlet;
    (told && link.is_some_and(|w| matches!(*w, "in" | "by" | "from" | "on"))).then_some(first)
}

/// What a name stands for: what the network takes it for, unless its own words say that it is a body's or a medium's.
fn told(text: &str, name: Span, titles: &[String], noun: Option<Noun>) -> Option<Noun> {
    let body = matches!(kind::of_name(name, text, &[]), SourceKind::Outlet | SourceKind::Organisation);
    match noun {
        Some(Noun::Person | Noun::Thing) | None if body && titles.is_empty() => Some(Noun::Organisation),
        other => other,
    }
}

fn noun_of(name: Span, names: &[Settled]) -> Option<Noun> {
    names.iter().find(|n| n.span.overlaps(name)).map(|n| n.kind)
}

/// The network's mention that a source's phrase has for its head.
fn heard_of(text: &str, span: Span, phrase: &Phrase, mentions: &[Heard]) -> Option<usize> {
    let from = mentions.partition_point(|m| m.base.end <= span.start);
    let inside = || (from..mentions.len()).take_while(|&i| mentions[i].base.start < span.end);
    let last_word = |i: usize| {
        let w = mentions[i].base.of(text).to_lowercase();
        w.rsplit(char::is_whitespace)
            .next()
            .unwrap_or("")
            .trim_end_matches("'s")
            .trim_end_matches("’s")
            .to_string()
    };
    if let Some(name) = phrase.name {
        return inside().find(|&i| mentions[i].base.overlaps(name));
    }
    let headed = phrase.head.as_ref().and_then(|h| inside().find(|&i| last_word(i) == *h));
    headed.or_else(|| inside().next())
}

/// Descriptions of the network's mentions, made as they are asked for.
struct Descriptions<'t> {
    text: &'t str,
    mentions: &'t [Heard],
    /// For each mention its sentence and whether it is the first there.
    at: Vec<(usize, bool)>,
}

impl<'t> Descriptions<'t> {
    fn new(text: &'t str, sentences: &[Span], mentions: &'t [Heard]) -> Self {
        let mut last = usize::MAX;
        let at = mentions
            .iter()
            .map(|m| {
                let s = sentences.partition_point(|s| s.end <= m.base.start);
                let first = s != last;
                last = s;
                (s, first)
            })
            .collect();
        Self { text, mentions, at }
    }

    fn take(&mut self, i: usize) -> Described {
        let m = &self.mentions[i];
        let (sentence, first) = self.at[i];
        Described::new(self.text, m.base, m.form, m.kind, m.quoted, sentence, first)
    }
}
