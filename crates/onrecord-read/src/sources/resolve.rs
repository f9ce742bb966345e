//! Who a source points to, by a first sound method: names by their variants, "the publication" to the outlet last
//! cited, "the president" to who carries the title, pronouns to the last fitting source or subject. Must not know
//! how the attributions were found.

use super::names::Folded;
use super::{kind, names, phrase, phrase::Phrase};
use crate::segment;
use onrecord_text::{Entity, EntityIx, EntityKind, Form, Mention, MentionIx, SourceKind, Span};
use std::collections::HashMap;

/// A source as it stands in the text, in the order of its sentence.
pub(crate) struct Place {
    /// The source's words.
    pub span: Span,
    /// The sentence around it.
    pub sentence: Span,
    /// For a first person within somebody's own words: the place of the speaker, an earlier index.
    pub speaker: Option<usize>,
}

/// What the places resolve to: parallel to them.
pub(crate) struct Resolved {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// For each place: its mention and the kind of party.
    pub places: Vec<(MentionIx, SourceKind)>,
}

struct Known {
    name: String,
    folded: Folded,
    kind: SourceKind,
    /// A proper name is known for it.
    named: bool,
    /// Titles and describing nouns seen with it, lower case.
    titles: Vec<String>,
    spans: Vec<(Span, Form)>,
    /// Where it was last heard of as a source or a subject.
    last: Option<u32>,
    /// It was a source.
    source: bool,
}

fn entity_kind(k: SourceKind) -> EntityKind {
    match k {
        SourceKind::Person | SourceKind::Office | SourceKind::Anonymous | SourceKind::Author => {
            EntityKind::Person
        }
        SourceKind::Organisation => EntityKind::Organisation,
        SourceKind::Outlet => EntityKind::Outlet,
        SourceKind::Group => EntityKind::Group,
        SourceKind::Document => EntityKind::Document,
    }
}

fn is_person(k: SourceKind) -> bool {
    matches!(k, SourceKind::Person | SourceKind::Office | SourceKind::Anonymous)
}

struct Table<'t> {
    text: &'t str,
    known: Vec<Known>,
    /// The named ones by the last word of their names, folded.
    by_last: HashMap<String, Vec<usize>>,
}

impl Table<'_> {
    fn by_name(&self, name: &str, kind: Option<SourceKind>) -> Option<usize> {
        let folded = Folded::new(name);
        let alike = self.by_last.get(folded.last())?;
        let fits =
            |k: &Known| kind.is_none_or(|x| is_person(x) == is_person(k.kind)) && k.folded.varies(&folded);
        let same = alike.iter().find(|&&i| self.known[i].name == name);
        same.or_else(|| alike.iter().rev().find(|&&i| fits(&self.known[i]))).copied()
    }

    fn add(&mut self, name: &str, kind: SourceKind, named: bool, titles: Vec<String>) -> usize {
        let (folded, ix) = (Folded::new(name), self.known.len());
        if named {
            self.by_last.entry(folded.last().into()).or_default().push(ix);
        }
        self.known.push(Known {
            name: name.into(),
            folded,
            kind,
            named,
            titles,
            spans: Vec::new(),
            last: None,
            source: false,
        });
        ix
    }

    fn named(&mut self, name: Span, titles: &[String]) -> usize {
        let words = name.of(self.text);
        let kind = kind::of_name(name, self.text, titles);
        // a bare name tells its kind less well than one with a title: it joins whatever it is a variant of
        let bare = titles.is_empty() && kind == SourceKind::Person;
        let found = self.by_name(words, if bare { None } else { Some(kind) });
        let ix = found.unwrap_or_else(|| self.add(words, kind, true, Vec::new()));
        let e = &mut self.known[ix];
        if words.split_whitespace().count() > e.name.split_whitespace().count() && is_person(e.kind) {
            e.name = words.into();
            e.folded = Folded::new(words);
        }
        if e.kind == SourceKind::Person && kind != SourceKind::Person && !bare {
            e.kind = kind;
        }
        for t in titles {
            if !e.titles.contains(t) {
                e.titles.push(t.clone());
            }
        }
        ix
    }

    /// The last one before `at` that fits, sources and subjects first by nearness.
    fn last_before(&self, at: u32, fits: impl Fn(&Known) -> bool) -> Option<usize> {
        (0..self.known.len())
            .filter(|&i| fits(&self.known[i]) && self.known[i].last.is_some_and(|l| l < at))
            .max_by_key(|&i| self.known[i].last)
    }
}

/// Resolves the sources of one document. `places` are in the order of the text.
pub(crate) fn resolve(text: &str, sentences: &[Span], places: &[Place]) -> Resolved {
    let mut table = Table { text, known: Vec::new(), by_last: HashMap::new() };
    // every name with two words or more, or with a title, is known from the start: titles come with it
    let runs = names::all_runs(text, sentences);
    for (name, titles) in &runs {
        if name.of(text).contains(' ') || !titles.is_empty() {
            let kind = kind::of_name(*name, text, titles);
            if is_person(kind) || kind == SourceKind::Outlet || kind == SourceKind::Organisation {
                table.named(*name, titles);
            }
        }
    }
    let mut subjects = runs.iter().filter(|(n, _)| is_subject(text, sentences, *n)).peekable();
    let mut out: Vec<(usize, Span, Form, SourceKind)> = Vec::with_capacity(places.len());
    for place in places {
        // subjects that stand before this source may be what a pronoun takes up
        while let Some((name, _)) = subjects.next_if(|(n, _)| n.start < place.span.start) {
            if let Some(ix) = table.by_name(name.of(text), None) {
                let e = &mut table.known[ix];
                if is_person(e.kind) {
                    e.last = Some(e.last.unwrap_or(0).max(name.start));
                }
            }
        }
        let p = phrase::read(text, place.span);
        let own = place.span.of(text);
        let near = Span::new(
            place.span.start as usize,
            (place.span.end as usize + 120).min(place.sentence.end as usize),
        )
        .of(text);
        let hidden = kind::withheld(&p, own, near);
        let ix = match p.form {
            Form::Name => p.name.map(|n| table.named(n, &p.titles)),
            Form::Nominal => nominal(&table, &p, place, hidden),
            Form::Pronoun => pronoun(&table, &p, place, &out),
        };
        let said = if hidden { Some(SourceKind::Anonymous) } else { kind::of_phrase(text, &p) };
        let ix = ix.unwrap_or_else(|| {
            let k = said.unwrap_or(match p.words.first().map(String::as_str) {
                Some("they" | "we" | "their" | "our") => SourceKind::Group,
                Some("it" | "its") => SourceKind::Organisation,
                _ => SourceKind::Person,
            });
            table.add(own, k, false, p.head.iter().cloned().collect())
        });
        let e = &mut table.known[ix];
        e.last = Some(place.span.start);
        e.source = true;
        if let Some(h) = &p.head
            && !e.titles.contains(h)
        {
            e.titles.push(h.clone());
        }
        let kind = if hidden { SourceKind::Anonymous } else { e.kind };
        e.spans.push((place.span, p.form));
        out.push((ix, place.span, p.form, kind));
    }
    finish(text, table, &runs, &out)
}

fn is_subject(text: &str, sentences: &[Span], name: Span) -> bool {
    let at = sentences.partition_point(|s| s.end <= name.start);
    let Some(s) = sentences.get(at).filter(|s| s.contains(name)) else { return false };
    // nothing but a few words before it: good enough for "Mr Smith …", "On Monday Smith …"; not many bytes either,
    // lest all of a long line be looked at for each name in it
    let before = Span::new(s.start as usize, name.start as usize);
    before.len() < 400 && segment::words(text, before).len() <= 3
}

fn nominal(table: &Table<'_>, p: &Phrase, place: &Place, hidden: bool) -> Option<usize> {
    let head = p.head.as_deref()?;
    if !p.definite || hidden {
        // the very same words again are the same party
        let own = place.span.of(table.text).to_lowercase();
        return table.known.iter().position(|k| !k.named && k.name.to_lowercase() == own);
    }
    let at = place.span.start;
    if kind::of_phrase(table.text, p) == Some(SourceKind::Outlet)
        && let Some(ix) = table.last_before(at, |k| k.kind == SourceKind::Outlet && k.source)
    {
        return Some(ix);
    }
    let titled = |k: &Known| k.titles.iter().any(|t| t == head || t.trim_end_matches("'s") == head);
    if let Some(ix) = table
        .last_before(at, |k| titled(k) && k.source)
        .or_else(|| (0..table.known.len()).rev().find(|&i| titled(&table.known[i]) && table.known[i].named))
    {
        // "the health ministry" is not "the defence ministry": other describing words must not differ
        let described = p.words.len() > 2;
        if !described || table.known[ix].named {
            return Some(ix);
        }
    }
    let own = place.span.of(table.text).to_lowercase();
    table.known.iter().position(|k| !k.named && k.name.to_lowercase() == own)
}

fn pronoun(
    table: &Table<'_>,
    p: &Phrase,
    place: &Place,
    done: &[(usize, Span, Form, SourceKind)],
) -> Option<usize> {
    let at = place.span.start;
    match p.words.first().map_or("", String::as_str) {
        "i" | "we" | "my" | "our" | "me" | "us" | "i'm" | "we're" => {
            place.speaker.and_then(|s| done.get(s)).map(|d| d.0)
        }
        "they" | "their" | "them" | "they're" | "theirs" => table
            .last_before(at, |k| matches!(k.kind, SourceKind::Group | SourceKind::Organisation))
            .or_else(|| table.last_before(at, |_| true)),
        "it" | "its" => table.last_before(at, |k| {
            matches!(k.kind, SourceKind::Organisation | SourceKind::Outlet | SourceKind::Document)
        }),
        "who" | "whom" | "whose" => {
            // the relative's own antecedent stands just before it: another source, or a name
            let close = |s: Span| s.end <= at && at - s.end <= 3;
            if let Some(&(ix, ..)) = done.iter().rev().take(4).find(|d| close(d.1)) {
                return Some(ix);
            }
            let before = Span::new(place.sentence.start as usize, at as usize);
            let words = segment::words(table.text, before);
            let last = names::last_run(table.text, &words)?;
            let near = last.last().is_some_and(|w| at.saturating_sub(w.end) <= 3);
            near.then(|| names::strip_titles(table.text, &last).1)
                .and_then(|n| table.by_name(n.of(table.text), None))
        }
        "you" | "your" | "one" | "this" | "that" | "which" => None,
        _ => table.last_before(at, |k| is_person(k.kind)),
    }
}

fn finish(
    text: &str,
    table: Table<'_>,
    runs: &[(Span, Vec<String>)],
    out: &[(usize, Span, Form, SourceKind)],
) -> Resolved {
    // only who is a source is kept; a known party's other mentions by name come along
    let mut spans: Vec<(Span, Form, usize)> = out.iter().map(|&(ix, s, f, _)| (s, f, ix)).collect();
    for (name, _) in runs {
        if let Some(ix) = table.by_name(name.of(text), None).filter(|&ix| table.known[ix].source)
            && !spans.iter().any(|(s, _, _)| s.overlaps(*name))
        {
            spans.push((*name, Form::Name, ix));
        }
    }
    spans.sort_by_key(|&(s, _, _)| s);
    spans.dedup_by_key(|&mut (s, _, ix)| (s, ix));
    let mut order: Vec<usize> = Vec::new();
    for &(_, _, ix) in &spans {
        if !order.contains(&ix) {
            order.push(ix);
        }
    }
    let entity_of = |ix: usize| EntityIx(order.iter().position(|&o| o == ix).unwrap_or(0) as u32);
    let mentions: Vec<Mention> =
        spans.iter().map(|&(span, form, ix)| Mention { span, form, entity: entity_of(ix) }).collect();
    let entities = order
        .iter()
        .map(|&ix| {
            let k = &table.known[ix];
            let mine: Vec<usize> = (0..spans.len()).filter(|&i| spans[i].2 == ix).collect();
            let mut aliases: Vec<String> = Vec::new();
            for &i in &mine {
                let words = spans[i].0.of(text);
                if spans[i].1 != Form::Pronoun && words != k.name && !aliases.iter().any(|a| a == words) {
                    aliases.push(words.into());
                }
            }
            Entity {
                name: k.name.clone(),
                kind: entity_kind(k.kind),
                aliases,
                mentions: mine.iter().map(|&i| MentionIx(i as u32)).collect(),
            }
        })
        .collect();
    let places = out
        .iter()
        .map(|&(ix, span, _, kind)| {
            let m = spans.iter().position(|&(s, _, i)| s == span && i == ix).unwrap_or(0);
            (MentionIx(m as u32), kind)
        })
        .collect();
    Resolved { mentions, entities, places }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::sentences;
    use onrecord_text::{Passage, Role};

    /// Sources are marked [so]; gives "source → name (kind)" for each.
    fn who(marked: &str) -> Vec<String> {
        let (mut text, mut spans, mut open) = (String::new(), Vec::new(), 0);
        for c in marked.chars() {
            match c {
                '[' => open = text.len(),
                ']' => spans.push(Span::new(open, text.len())),
                c => text.push(c),
            }
        }
        let all = sentences(&text, &[Passage { role: Role::Paragraph, span: Span::new(0, text.len()) }]);
        let places: Vec<Place> = spans
            .iter()
            .map(|&span| Place {
                span,
                sentence: *all.iter().find(|s| s.contains(span)).expect("in a sentence"),
                speaker: None,
            })
            .collect();
        let r = resolve(&text, &all, &places);
        r.places
            .iter()
            .map(|&(m, kind)| {
                let m = r.mentions[m.0 as usize];
                format!("{} → {} ({kind})", m.span.of(&text), r.entities[m.entity.0 as usize].name)
            })
            .collect()
    }

    #[test]
    fn sources_resolve() {
        let cases: &[(&str, &[&str])] = &[
            (
                "[President Jana Novak] said no. [Novak] left. [The president] added more. [She] smiled.",
                &[
                    "President Jana Novak → Jana Novak (office)",
                    "Novak → Jana Novak (office)",
                    "The president → Jana Novak (office)",
                    "She → Jana Novak (office)",
                ],
            ),
            (
                "As [the publication] notes, rain fell. According to [Daily NK], it did. According to [the publication], more will.",
                &[
                    "the publication → the publication (outlet)",
                    "Daily NK → Daily NK (outlet)",
                    "the publication → Daily NK (outlet)",
                ],
            ),
            (
                "[An official who asked not to be named] said so. [Oleksandr Matsegora] agreed; [Matsehora] insisted.",
                &[
                    "An official who asked not to be named → An official who asked not to be named (anonymous)",
                    "Oleksandr Matsegora → Oleksandr Matsegora (person)",
                    "Matsehora → Oleksandr Matsegora (person)",
                ],
            ),
            (
                "Mayor Rui Sarmento and [the Civil Protection Agency] met. [It] warned residents. [He] agreed.",
                &[
                    "the Civil Protection Agency → Civil Protection Agency (organisation)",
                    "It → Civil Protection Agency (organisation)",
                    "He → Rui Sarmento (office)",
                ],
            ),
        ];
        for (given, want) in cases {
            assert_eq!(&who(given), want);
        }
    }
}
