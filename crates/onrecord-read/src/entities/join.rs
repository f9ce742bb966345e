//! Names of one party: spellings, titles, surnames, acronyms, countries, by `onrecord-names`; acronyms that the text
//! itself explains. Must not know of nominals and pronouns.

use super::items::Item;
use super::kind;
use crate::encoder::Noun;
use crate::lexicon;
use onrecord_names::{Kind, Name, Naming, country, definitions, group};
use onrecord_text::SourceKind;
use std::collections::HashMap;

/// For each item with a name the number of its party: the same number, the same party.
pub(crate) fn parties(text: &str, items: &[Item]) -> Vec<Option<usize>> {
    // distinct names, each with the kind that most of its mentions have
    let mut votes: HashMap<&str, [usize; 4]> = HashMap::new();
    let mut order: Vec<&str> = Vec::new();
    for item in items {
        let Some(name) = item.name() else { continue };
        let words = name.of(text);
        let v = votes.entry(words).or_insert_with(|| {
            order.push(words);
            [0; 4]
        });
        v[match name_kind(text, item) {
            Kind::Person => 0,
            Kind::Body => 1,
            Kind::Place => 2,
            Kind::Unknown => 3,
        }] += 1;
    }
    let kinds = [Kind::Person, Kind::Body, Kind::Place, Kind::Unknown];
    let names: Vec<Name> = order
        .iter()
        .map(|w| {
            let v = votes[w];
            let most = (0..4).max_by_key(|&k| (v[k], 4 - k)).unwrap_or(3);
            Name::new(w, kinds[most])
        })
        .collect();
    let mut party = group(&names);
    let unite = |party: &mut Vec<usize>, a: usize, b: usize| {
        let (from, to) = (party[a].max(party[b]), party[a].min(party[b]));
        party.iter_mut().filter(|p| **p == from).for_each(|p| *p = to);
    };
    // "International Atomic Energy Agency (IAEA)"
    let place: HashMap<&str, usize> = order.iter().enumerate().map(|(i, w)| (*w, i)).collect();
    for (long, short) in definitions(text) {
        let long = order.iter().position(|w| text[long.clone()].ends_with(w) && w.len() * 2 > long.len());
        if let (Some(a), Some(&b)) = (long, place.get(&text[short])) {
            unite(&mut party, a, b);
        }
    }
    // "the Ledger" after the Prairie Ledger: the first or the last word of one body's name
    for (i, short) in order.iter().enumerate().filter(|(_, w)| !w.contains(' ') && w.len() > 3) {
        let with_article = items.iter().any(|x| {
            x.phrase.name.is_some_and(|n| {
                n.of(text) == *short && text[..n.start as usize].to_lowercase().ends_with("the ")
            })
        });
        // "the City" after the City of Saskatoon
        let bodies =
            matches!(lexicon::source_nouns().get(&short.to_lowercase(), 0), Some("organisation" | "outlet"));
        let long = |(j, w): &(usize, &&str)| {
            let ends = w.split_once(' ').is_some_and(|(first, _)| first == *short)
                || w.rsplit_once(' ').is_some_and(|(_, last)| last == *short);
            let body = matches!(kind::whole(w), Some(SourceKind::Outlet | SourceKind::Organisation));
            *j != i && ends && (body || bodies)
        };
        let mut fits = order.iter().enumerate().filter(long).map(|(j, _)| j);
        if let (true, Some(j)) = (with_article, fits.next())
            && fits.all(|k| party[k] == party[j])
        {
            unite(&mut party, i, j);
        }
    }
    // a country by its names, and by its capital or seat where that speaks
    let mut by_country: HashMap<&str, usize> = HashMap::new();
    for (i, w) in order.iter().enumerate() {
        let Some(named) = country(w) else { continue };
        let speaks = || items.iter().any(|x| x.place.is_some() && x.name().is_some_and(|n| n.of(text) == *w));
        let stands = match named.how {
            Naming::Name | Naming::Variant | Naming::Seat => true,
            Naming::Capital => speaks() || acts(text, items, w),
            Naming::Adjective => false,
        };
        if stands && kinds[(0..4).max_by_key(|&k| (votes[w][k], 4 - k)).unwrap_or(3)] != Kind::Person {
            match by_country.get(named.country.code) {
                Some(&j) => unite(&mut party, i, j),
                None => {
                    by_country.insert(named.country.code, i);
                }
            }
        }
    }
    items
        .iter()
        .map(|item| {
            let name = item.name()?;
            place.get(name.of(text)).map(|&i| party[i])
        })
        .collect()
}

/// Does a name begin a sentence or a clause, with a verb after it: "Pyongyang sent …"? A place that is only gone to has a
/// preposition before it.
fn acts(text: &str, items: &[Item], name: &str) -> bool {
    items.iter().any(|x| {
        let Some(at) = x.phrase.name.filter(|n| n.of(text) == name) else { return false };
        let before = text[..at.start as usize].trim_end();
        let starts = before.is_empty() || before.ends_with(['.', '!', '?', ',', ';', ':', '\n', '”', '"']);
        let after = text[at.end as usize..].split_whitespace().next().unwrap_or("");
        starts
            && text[at.end as usize..].starts_with(' ')
            && after.len() > 2
            && after.chars().all(char::is_lowercase)
    })
}

fn name_kind(text: &str, item: &Item) -> Kind {
    match item.noun {
        Some(Noun::Person) => Kind::Person,
        Some(Noun::Organisation) => Kind::Body,
        Some(Noun::Place) => Kind::Place,
        Some(Noun::Thing) | None => {
            match item.phrase.name.map(|n| kind::of_name(n, text, &item.phrase.titles)) {
                Some(SourceKind::Organisation | SourceKind::Outlet) => Kind::Body,
                Some(SourceKind::Person | SourceKind::Office) if !item.phrase.titles.is_empty() => {
                    Kind::Person
                }
                _ => Kind::Unknown,
            }
        }
    }
}
