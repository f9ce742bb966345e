//! Parties as entities: the fullest name, what each is, its other wordings, its mentions; and for each source its kind.
//! Must not know how parties were told apart.

use super::items::{self, Item, Place};
use super::link::{self, Party, Scene};
use super::phrase::Phrase;
use super::{join, kind};
use crate::encoder::{Encode, Kinds, Noun, Seen};
use crate::lexicon;
use onrecord_names::Naming;
use onrecord_text::{Entity, EntityIx, EntityKind, EntityLinks, Form, Mention, MentionIx, SourceKind, Span};

/// What the places resolve to: parallel to them.
pub(crate) struct Resolved {
    pub mentions: Vec<Mention>,
    pub entities: Vec<Entity>,
    /// For each entity the kind of party that it is as a source.
    pub kinds: Vec<SourceKind>,
    /// For each place: its mention and the kind of party.
    pub places: Vec<(MentionIx, SourceKind)>,
}

/// Resolves the sources of one document, and names who else is named. `places` are in the order of the text.
pub(crate) fn resolve(
    text: &str,
    sentences: &[Span],
    places: &[Place],
    seen: &Seen,
    network: &dyn Encode,
) -> Resolved {
    let items = items::items(text, sentences, places, seen, network.name_least());
    let named = join::parties(text, &items);
    let scene = Scene { text, items: &items, places, seen, network };
    let (parties, of) = link::link(&scene, &named);
    let kinds: Vec<SourceKind> = parties.iter().map(|p| party_kind(text, &items, places, p)).collect();
    // who is named or is a source goes out, in the order of the first mention
    let goes_out = |p: usize| {
        let x = &parties[p];
        let spoken_of =
            x.items.len() > 1 && (x.noun != Some(Noun::Thing) || kinds[p] == SourceKind::Document);
        x.named || x.source || kinds[p] == SourceKind::Outlet || spoken_of
    };
    let mut order: Vec<usize> = Vec::new();
    for p in of.iter().flatten().copied() {
        if goes_out(p) && !order.contains(&p) {
            order.push(p);
        }
    }
    let entity_of = |p: usize| order.iter().position(|&o| o == p).map(|e| EntityIx(e as u32));
    let mut spans: Vec<(Span, Form, EntityIx, Option<usize>)> = Vec::new();
    for (item, p) in items.iter().zip(&of) {
        let Some(entity) = p.and_then(entity_of) else { continue };
        // a name within more words is a mention of its own: "[The Russian ambassador, [Oleksandr Matsegora]]"
        let inner = item.phrase.name.filter(|n| item.form == Form::Name && *n != item.span);
        if let Some(name) = inner {
            spans.push((name, Form::Name, entity, None));
        }
        let form = if inner.is_some() { Form::Nominal } else { item.form };
        spans.push((item.span, form, entity, item.place));
    }
    spans.sort_by_key(|&(s, _, e, place)| (s, e, place));
    let mut places_out = vec![(MentionIx(0), SourceKind::Anonymous); places.len()];
    let mut mentions: Vec<Mention> = Vec::new();
    for &(span, form, entity, place) in &spans {
        if mentions.last().is_none_or(|m| (m.span, m.entity) != (span, entity)) {
            mentions.push(Mention { span, form, entity });
        }
        if let Some(slot) = place.and_then(|p| places_out.get_mut(p)) {
            *slot = (MentionIx(mentions.len() as u32 - 1), kinds[order[entity.0 as usize]]);
        }
    }
    let entities = order
        .iter()
        .enumerate()
        .map(|(e, &p)| {
            let mine: Vec<MentionIx> = (0..mentions.len())
                .filter(|&m| mentions[m].entity.0 as usize == e)
                .map(|m| MentionIx(m as u32))
                .collect();
            let name = full_name(text, &items, &parties[p]);
            let mut aliases: Vec<String> = Vec::new();
            for &i in &parties[p].items {
                let item = &items[i];
                for words in [item.span, item.core] {
                    let words = words.of(text);
                    let bare = words.strip_prefix("the ").unwrap_or(words);
                    for w in [words, bare] {
                        if item.form != Form::Pronoun
                            && w != name
                            && !aliases.iter().any(|a| a == w)
                            && (w == words || item.form == Form::Name)
                        {
                            aliases.push(w.into());
                        }
                    }
                }
            }
            Entity {
                name,
                kind: entity_kind(text, &items, &parties[p], kinds[p]),
                aliases,
                mentions: mine,
                links: links(text, &items, &parties[p], kinds[p]),
            }
        })
        .collect();
    let kinds = order.iter().map(|&p| kinds[p]).collect();
    Resolved { mentions, entities, kinds, places: places_out }
}

/// The names of a party, in the order in which they came to it.
fn names<'a>(items: &'a [Item], party: &'a Party) -> impl Iterator<Item = Span> + 'a {
    party.items.iter().filter_map(|&i| items[i].name())
}

/// A country's code, where a name of the party is a country's and it is no person.
fn links(text: &str, items: &[Item], party: &Party, kind: SourceKind) -> EntityLinks {
    let code = names(items, party)
        .filter_map(|n| onrecord_names::country(n.of(text)))
        .filter(|n| {
            matches!(n.how, Naming::Name | Naming::Variant | Naming::Seat)
                || kind != SourceKind::Person && party.source
        })
        .map(|n| n.country.code)
        .next();
    let iso3166 = code.filter(|_| party.noun != Some(Noun::Person)).map(str::to_owned);
    EntityLinks { iso3166, ..EntityLinks::default() }
}

/// The fullest name; where there is none, the words of the first mention that says something.
fn full_name(text: &str, items: &[Item], party: &Party) -> String {
    let name = names(items, party).max_by_key(|n| {
        (
            n.of(text).split_whitespace().count(),
            n.of(text).chars().filter(|c| c.is_lowercase()).count().min(1),
            std::cmp::Reverse(n.start),
        )
    });
    let first = || {
        let of = |f: Form| party.items.iter().copied().filter(|&i| items[i].form == f).min();
        of(Form::Nominal).or(of(Form::Name)).or(of(Form::Pronoun)).map(|i| whole(text, items, i))
    };
    name.or_else(first).map_or_else(String::new, |s| s.of(text).to_string())
}

/// A mention with what its base leaves out: "The certificate [of the scrutineers, Kestrel Ballot Services]".
fn whole(text: &str, items: &[Item], i: usize) -> Span {
    let span = items[i].span;
    if items[i].place.is_some() || items[i].form != Form::Nominal {
        return span;
    }
    let follows = |end: u32, link: &str| {
        let at = end + link.len() as u32;
        text[end as usize..].starts_with(link).then_some(())?;
        items[i..].iter().find(|x| x.span.start == at)
    };
    let mut end = span.end;
    while let Some(x) = follows(end, " of ") {
        end = x.span.end;
    }
    if end > span.end
        && let Some(x) = follows(end, ", ").filter(|x| x.form == Form::Name)
        && text[x.span.end as usize..].starts_with(',')
    {
        end = x.span.end;
    }
    Span::new(span.start as usize, end as usize)
}

fn entity_kind(text: &str, items: &[Item], party: &Party, kind: SourceKind) -> EntityKind {
    // a country is a place also where it speaks, or where its seat is named with it
    let a_country = |n: &Span| onrecord_names::country(n.of(text)).is_some_and(|c| c.how.is_name());
    let countries = names(items, party).filter(a_country).count();
    if party.noun != Some(Noun::Person) && countries * 2 > names(items, party).count() {
        return EntityKind::Place;
    }
    match (party.noun, kind) {
        (_, SourceKind::Outlet) => EntityKind::Outlet,
        (Some(Noun::Place), _) => EntityKind::Place,
        (Some(Noun::Organisation), _) if party.named => EntityKind::Organisation,
        (_, SourceKind::Group) => EntityKind::Group,
        (_, SourceKind::Document) => EntityKind::Document,
        (_, SourceKind::Organisation) => EntityKind::Organisation,
        (Some(Noun::Thing), _) => EntityKind::Other,
        _ => EntityKind::Person,
    }
}

/// What kind of party it is, as a source: what its words tell, and what the network takes it for where it is one.
fn party_kind(text: &str, items: &[Item], places: &[Place], party: &Party) -> SourceKind {
    let told = kind_told(text, items, party);
    let heard: Vec<Kinds> =
        party.items.iter().filter_map(|&i| items[i].place).filter_map(|p| places[p].kinds).collect();
    let named = names(items, party).next().is_some();
    // the text says so
    let by_its_words = |&i: &usize| {
        items[i].name().is_none_or(|n| kind::of_name(n, text, &party.titles) == SourceKind::Outlet)
    };
    let outlet =
        told == SourceKind::Outlet && (party.outlet || !named || party.items.iter().any(by_its_words));
    if outlet || !named && party.withheld { told } else { kind::weigh(told, named, &heard) }
}

/// What kind of party its words tell.
fn kind_told(text: &str, items: &[Item], party: &Party) -> SourceKind {
    if let Some(first) = names(items, party).next() {
        let all: Vec<SourceKind> =
            names(items, party).map(|n| kind::of_name(n, text, &party.titles)).collect();
        let says = |k: SourceKind| all.contains(&k);
        return match party.noun {
            Some(Noun::Person) if says(SourceKind::Office) => SourceKind::Office,
            Some(Noun::Person) if says(SourceKind::Group) => SourceKind::Group,
            Some(Noun::Person) => SourceKind::Person,
            _ if party.outlet || says(SourceKind::Outlet) => SourceKind::Outlet,
            Some(Noun::Organisation) if names(items, party).any(|n| kind::has_a_site(n.of(text))) => {
                SourceKind::Outlet
            }
            Some(Noun::Organisation | Noun::Place) => SourceKind::Organisation,
            None if onrecord_names::country(first.of(text)).is_some() => SourceKind::Organisation,
            _ => kind::of_name(first, text, &party.titles),
        };
    }
    if party.withheld {
        return SourceKind::Anonymous;
    }
    // the first whole phrase: a source's, rather than a mention cut to its base
    let nominal = party.items.iter().copied().filter(|&i| items[i].form == Form::Nominal);
    let nominal = nominal.min_by_key(|&i| (items[i].place.is_none(), i));
    match nominal {
        Some(i) => {
            // "an organizer", before "the organizer"
            let head = &items[i].phrase.head;
            let indefinite = |p: &Phrase| p.head == *head && p.words.len() > 1 && p.is_indefinite();
            let brought_in = head.as_ref().is_some_and(|h| !lexicon::titles().has(h))
                && party.items.iter().any(|&i| indefinite(&items[i].phrase));
            kind::of_unnamed(&items[i].phrase, items[i].noun, brought_in)
        }
        // a pronoun that nothing resolves
        None => match party.items.first().and_then(|&i| items[i].phrase.words.first()).map(String::as_str) {
            Some(
                "they" | "we" | "their" | "our" | "them" | "us" | "you" | "your" | "no" | "nobody" | "none"
                | "everyone" | "everybody" | "anyone" | "anybody" | "all" | "both" | "most" | "many" | "some",
            ) => SourceKind::Group,
            Some("it" | "its") => SourceKind::Organisation,
            Some("one" | "another" | "neither" | "either" | "someone" | "somebody") => SourceKind::Anonymous,
            _ => SourceKind::Person,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encoder::antecedents::Sketch;
    use crate::encoder::windows::Window;
    use crate::segment::sentences;
    use onrecord_text::{Passage, Role};

    /// A network that sees nothing.
    struct Mute;

    impl Encode for Mute {
        fn name_least(&self) -> f32 {
            0.5
        }

        fn see(&self, _: &[Window]) -> Seen {
            Seen::default()
        }

        fn antecedent(&self, _: &Sketch, _: &Sketch, _: [usize; 8]) -> f32 {
            0.0
        }
    }

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
                kinds: None,
            })
            .collect();
        let r = resolve(&text, &all, &places, &Seen::default(), &Mute);
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
            // one of many is not named by what they are called; a person without a name is no one who has one
            (
                "[An Iowa Democrat] said no. [Jana Novak] left. [That person] agreed. [Another] did not.",
                &[
                    "An Iowa Democrat → An Iowa Democrat (anonymous)",
                    "Jana Novak → Jana Novak (person)",
                    "That person → That person (anonymous)",
                    "Another → Another (anonymous)",
                ],
            ),
            // the country that the text is about
            (
                "[Iran] said no. [Iran] left, [Russia] said. [The country] said more.",
                &[
                    "Iran → Iran (organisation)",
                    "Iran → Iran (organisation)",
                    "Russia → Russia (organisation)",
                    "The country → Iran (organisation)",
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
