//! Nominals and pronouns, in the order of the text: which party each takes up. What words rule out is ruled out; among
//! the rest the antecedent head decides, helped by what a text shows plainly (titles, appositions, the outlet last cited,
//! the very same words). Must not know how parties go out.

use super::features;
use super::items::{Item, Place};
use super::kind;
use crate::encoder::{Encode, Noun, Seen};
use crate::lexicon;
use onrecord_names::Naming;
use onrecord_text::{Form, SourceKind, Span};

/// Antecedents are looked for among so many earlier mentions, as in training.
const FAR: usize = 200;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gender {
    He,
    She,
}

/// A party of the document, as it becomes known.
#[derive(Clone, Debug, Default)]
pub(crate) struct Party {
    /// Its items, in the order in which they came to it.
    pub items: Vec<usize>,
    /// It has a proper name.
    pub named: bool,
    pub noun: Option<Noun>,
    /// Titles and describing nouns seen with it, in lower case.
    pub titles: Vec<String>,
    /// Several, counted together.
    pub plural: bool,
    pub gender: Option<Gender>,
    /// Some mention of it withholds its name.
    pub withheld: bool,
    /// It was a source.
    pub source: bool,
    /// It reports what others say, or its words say that it is an outlet.
    pub outlet: bool,
}

/// What linking needs to know of a document.
pub(crate) struct Scene<'a> {
    pub text: &'a str,
    pub items: &'a [Item],
    pub places: &'a [Place],
    pub seen: &'a Seen,
    pub network: &'a dyn Encode,
}

/// Parties of all items: for each item its party, if it has one. `named` are those of the names.
pub(crate) fn link(scene: &Scene<'_>, named: &[Option<usize>]) -> (Vec<Party>, Vec<Option<usize>>) {
    let mut w = Work { scene, parties: Vec::new(), of: vec![None; scene.items.len()] };
    let mut number: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    // names first: what is known of a party by all of its names is known from the start
    for (i, n) in named.iter().enumerate() {
        let Some(n) = n else { continue };
        let p = *number.entry(*n).or_insert_with(|| {
            w.parties.push(Party { named: true, ..Party::default() });
            w.parties.len() - 1
        });
        w.give(i, p);
    }
    // so are titles that stand beside a name ("Simon Prowse, the airport's chief executive")
    for i in 0..scene.items.len() {
        if w.of[i].is_none()
            && scene.items[i].form == Form::Nominal
            && let Some(p) = w.apposition(i)
        {
            w.give(i, p);
        }
    }
    for i in 0..scene.items.len() {
        if w.of[i].is_some() {
            continue;
        }
        let found = match scene.items[i].form {
            Form::Pronoun => w.pronoun(i),
            Form::Nominal | Form::Name => w.nominal(i).or_else(|| w.named_later(i)),
        };
        match found {
            Some(p) => w.give(i, p),
            None if scene.items[i].place.is_some() || scene.items[i].form != Form::Pronoun => {
                w.parties.push(Party::default());
                w.give(i, w.parties.len() - 1);
            }
            None => {}
        }
    }
    (w.parties, w.of)
}

struct Work<'a> {
    scene: &'a Scene<'a>,
    parties: Vec<Party>,
    of: Vec<Option<usize>>,
}

/// Words that tell a man or a woman.
fn gender_of(word: &str) -> Option<Gender> {
    match word {
        "mr" | "mr." | "sir" | "lord" | "king" | "prince" | "father" | "brother" | "son" | "husband"
        | "man" | "he" | "spokesman" | "chairman" | "congressman" | "businessman" | "policeman" | "uncle"
        | "grandfather" | "sheikh" | "sultan" | "emir" | "pope" | "imam" => Some(Gender::He),
        "mrs" | "mrs." | "ms" | "ms." | "miss" | "lady" | "dame" | "queen" | "princess" | "mother"
        | "sister" | "daughter" | "wife" | "woman" | "she" | "spokeswoman" | "chairwoman"
        | "congresswoman" | "businesswoman" | "policewoman" | "aunt" | "grandmother" | "actress"
        | "baroness" => Some(Gender::She),
        _ => None,
    }
}

fn pronoun_gender(class: usize) -> Option<Gender> {
    match class {
        4 => Some(Gender::He),
        5 => Some(Gender::She),
        _ => None,
    }
}

impl Work<'_> {
    /// Item `i` belongs to party `p`, which learns from it.
    fn give(&mut self, i: usize, p: usize) {
        let item = &self.scene.items[i];
        self.of[i] = Some(p);
        let party = &mut self.parties[p];
        party.items.push(i);
        party.source |= item.place.is_some();
        let class = self.class(i);
        let party = &mut self.parties[p];
        if let Some(g) = pronoun_gender(class) {
            party.gender = party.gender.or(Some(g));
        }
        if item.form == Form::Pronoun {
            return;
        }
        if party.noun.is_none() || item.form == Form::Name && party.items.len() < 4 {
            party.noun = item.noun.or(party.noun);
        }
        for t in item.phrase.titles.iter().chain(&item.phrase.head) {
            party.gender = party.gender.or(gender_of(t));
            if !party.titles.contains(t) {
                party.titles.push(t.clone());
            }
        }
        let nominal = item.form == Form::Nominal;
        party.plural |= nominal && kind::of_phrase(self.scene.text, &item.phrase) == Some(SourceKind::Group);
        let withheld = nominal && self.withheld(i);
        let outlet = kind::of_phrase(self.scene.text, &item.phrase) == Some(SourceKind::Outlet);
        self.parties[p].withheld |= withheld;
        self.parties[p].outlet |= outlet;
    }

    fn class(&self, i: usize) -> usize {
        match self.scene.items[i].phrase.words.first() {
            Some(w) if self.scene.items[i].form == Form::Pronoun => {
                features::class(w.split_once('\'').map_or(w.as_str(), |(p, _)| p))
            }
            _ => 0,
        }
    }

    /// Does the text withhold this item's name, in its words or just beside them?
    fn withheld(&self, i: usize) -> bool {
        let item = &self.scene.items[i];
        let end =
            item.place.map_or(item.span.end as usize + 120, |p| self.scene.places[p].sentence.end as usize);
        let mut end = end.min(item.span.end as usize + 120).min(self.scene.text.len());
        while !self.scene.text.is_char_boundary(end) {
            end -= 1;
        }
        let near = &self.scene.text[item.span.start as usize..end.max(item.span.end as usize)];
        let near = near.split(['.', '\n']).next().unwrap_or(near);
        kind::withheld(&item.phrase, item.span.of(self.scene.text), near)
    }

    /// The network's score of party `p` for item `i`, by the best of its mentions; `None` where it heard either not.
    fn score(&self, i: usize, p: usize) -> Option<f32> {
        let (h, mine) = self.scene.items[i].heard.as_ref()?;
        let all = &self.scene.seen.mentions;
        self.parties[p]
            .items
            .iter()
            .filter_map(|&j| {
                let (g, theirs) = self.scene.items[j].heard.as_ref()?;
                let apart = h.checked_sub(*g).filter(|d| (1..=FAR).contains(d))?;
                Some(self.scene.network.antecedent(
                    &all[*h].sketch,
                    &all[*g].sketch,
                    features::pair(mine, theirs, apart),
                ))
            })
            .max_by(f32::total_cmp)
    }

    /// The last item of a party before item `i`.
    fn last_before(&self, p: usize, i: usize) -> Option<usize> {
        self.parties[p].items.iter().copied().filter(|&j| j < i).max()
    }

    /// The parties with a mention before item `i` that `fits`, the best by score first; a little is added for each that
    /// was a source, and for nearness among those that score alike.
    fn best(&self, i: usize, fits: impl Fn(usize, &Party) -> bool) -> Option<(usize, f32)> {
        (0..self.parties.len())
            .filter_map(|p| {
                let last = self.last_before(p, i)?;
                if !fits(p, &self.parties[p]) {
                    return None;
                }
                let source = if self.parties[p].source { 0.5 } else { 0.0 };
                Some((p, self.score(i, p).unwrap_or(-6.0) + source, last))
            })
            .max_by(|a, b| a.1.total_cmp(&b.1).then(a.2.cmp(&b.2)))
            .map(|(p, s, _)| (p, s))
    }

    fn fresh(&self, i: usize) -> f32 {
        self.scene.items[i].heard.as_ref().map_or(0.0, |(h, _)| self.scene.seen.mentions[*h].sketch.fresh)
    }

    fn pronoun(&self, i: usize) -> Option<usize> {
        let item = &self.scene.items[i];
        let class = self.class(i);
        let person = |p: &Party| p.noun.is_none_or(|n| n == Noun::Person) && !p.plural;
        let one = |g: Gender| {
            move |p: &Party| p.noun.is_none_or(|n| n == Noun::Person) && !p.plural && p.gender != Some(g)
        };
        let found = match class {
            1 | 2 => {
                let speaker = item.place.and_then(|p| self.scene.places[p].speaker)?;
                let at = self.scene.items.iter().position(|x| x.place == Some(speaker))?;
                return self.of[at];
            }
            4 => self.best(i, |_, p| one(Gender::She)(p)),
            5 => self.best(i, |_, p| one(Gender::He)(p)),
            6 => self.best(i, |_, p| !(p.named && person(p)) && p.gender.is_none() && !p.plural),
            7 => self.best(i, |_, p| !(p.named && person(p) && p.gender.is_some())),
            8 => {
                let which = item.phrase.words.first().is_some_and(|w| w == "which");
                let sentence = item.place.map(|p| self.scene.places[p].sentence);
                let here = |p: usize| {
                    sentence.is_some_and(|s| {
                        self.last_before(p, i).is_some_and(|j| s.contains(self.scene.items[j].core))
                    })
                };
                return self.just_before(i).or_else(|| {
                    let found = self.best(i, |p, x| here(p) && which != (x.noun == Some(Noun::Person)));
                    found.map(|(p, _)| p)
                });
            }
            _ => return None,
        }?;
        // a source is somebody; elsewhere "it" and "they" may take up nothing that matters
        (item.place.is_some() || found.1 > self.fresh(i)).then_some(found.0)
    }

    /// The party whose mention ends just before item `i`: the antecedent of "who" and "which".
    fn just_before(&self, i: usize) -> Option<usize> {
        let at = self.scene.items[i].span.start;
        (0..i).rev().take(6).find_map(|j| {
            let s = self.scene.items[j].span;
            let c = self.scene.items[j].core;
            let near = |e: u32| e <= at && at - e <= 3;
            (near(s.end) || near(c.end)).then_some(self.of[j]).flatten()
        })
    }

    fn nominal(&self, i: usize) -> Option<usize> {
        let item = &self.scene.items[i];
        let text = self.scene.text;
        let own = item.span.of(text).to_lowercase();
        let same_words =
            |p: &Party| p.items.iter().any(|&j| self.scene.items[j].span.of(text).to_lowercase() == own);
        if !item.phrase.definite {
            // "Russian officials", "analysts": the very same words again are the same party; "an official" is a new one
            let bare = !matches!(
                item.phrase.words.first().map(String::as_str),
                Some("a" | "an" | "one" | "another" | "some" | "two")
            );
            if let Some(p) = self.teased(i) {
                return Some(p);
            }
            return (0..self.parties.len()).find(|&p| {
                bare && self.last_before(p, i).is_some()
                    && !self.parties[p].named
                    && same_words(&self.parties[p])
            });
        }
        let head = item.phrase.head.as_deref()?;
        let kind = kind::of_phrase(text, &item.phrase)?;
        // "the publication" is the outlet last cited, or one that the text never names
        if kind == SourceKind::Outlet {
            return self.recent(i, |p| p.outlet && p.source).or_else(|| self.recent(i, |p| p.outlet));
        }
        let plural = kind == SourceKind::Group;
        // who has a name is not taken up so: "that person said"
        let nameless =
            matches!(head, "person" | "individual") || lexicon::anonymity().get(head, 0) == Some("head");
        let fits = |p: &Party| {
            if nameless && p.named {
                return false;
            }
            let alike = match (p.noun, item.noun) {
                (Some(a), Some(b)) => {
                    a == b
                        || matches!(
                            (a, b),
                            (Noun::Place, Noun::Organisation) | (Noun::Organisation, Noun::Place)
                        )
                }
                _ => true,
            };
            alike && (p.plural == plural || !p.named && p.noun != Some(Noun::Person))
        };
        let titled =
            |p: &Party| p.titles.iter().any(|t| t.trim_end_matches("'s") == head) && p.plural == plural;
        // who carries the title: the last heard of, else the first named anywhere
        let holder = self
            .recent(i, |p| titled(p) && p.source)
            .or_else(|| self.recent(i, titled))
            .or_else(|| (0..self.parties.len()).find(|&p| self.parties[p].named && titled(&self.parties[p])));
        if let Some(p) = holder {
            // "the health ministry" is not "the defence ministry"
            if item.phrase.words.len() <= 2
                || self.parties[p].named && item.noun == Some(Noun::Person)
                || same_words(&self.parties[p])
            {
                return Some(p);
            }
        }
        // "the city" after the City of Saskatoon, "the agency" after a News Agency
        let body = kind == SourceKind::Organisation || item.noun == Some(Noun::Organisation);
        let in_name = |p: &Party| {
            p.noun != Some(Noun::Person)
                && p.items.iter().filter_map(|&j| self.scene.items[j].phrase.name).any(|n| {
                    let words = n.of(text).to_lowercase();
                    words.contains(' ') && words.split(|c: char| !c.is_alphanumeric()).any(|w| w == head)
                })
        };
        if body
            && item.phrase.words.len() <= 2
            && let Some(p) = self.recent(i, in_name)
        {
            return Some(p);
        }
        if !plural
            && matches!(head, "country" | "nation")
            && let Some(p) = self.country_of_most(i)
        {
            return Some(p);
        }
        // a document is taken up by a word for one: "the memo … the document", not "his roses … the reports"
        let written = |j: usize| {
            let head = self.scene.items[j].phrase.head.as_deref();
            head.is_none_or(kind::tells_a_document)
        };
        let fits = |p: &Party| {
            fits(p) && (kind != SourceKind::Document || p.named || p.items.iter().any(|&j| written(j)))
        };
        if let Some((p, score)) = self.best(i, |_, p| fits(p))
            && (score > self.fresh(i) || same_words(&self.parties[p]))
        {
            return Some(p);
        }
        // a body that speaks has been named: the last one, where nothing else describes it
        let bare = item.place.is_some() && body && item.phrase.words.len() <= 2;
        let plain = |p: &Party| p.named && !p.plural && p.noun == Some(Noun::Organisation);
        let wire = head == "agency";
        bare.then(|| {
            wire.then(|| self.recent(i, |p| p.outlet && p.source))
                .flatten()
                .or_else(|| self.recent(i, |p| plain(p) && !p.outlet))
        })
        .flatten()
    }

    /// "A former party chairman says …", a headline or summary runs, and the article: "Former chairman Howard Dean …". The
    /// one party named later whose title is the head.
    fn teased(&self, i: usize) -> Option<usize> {
        const TOP: u32 = 400;
        let item = &self.scene.items[i];
        let head = item.phrase.head.as_deref().filter(|_| item.span.start < TOP && !self.withheld(i))?;
        let sentence = self.scene.places.get(item.place?)?.sentence;
        let carries = |p: &usize| {
            let party = &self.parties[*p];
            let first = party.items.iter().min().is_some_and(|&f| f > i);
            party.named && first && party.noun == Some(Noun::Person) && party.titles.iter().any(|t| t == head)
        };
        let mut fits = (0..self.parties.len()).filter(carries);
        if let Some(p) = fits.next().filter(|_| fits.next().is_none()) {
            return Some(p);
        }
        // nobody carries it: the next source, if it is one person who is named there for the first time, with no title
        let next = (i + 1..self.scene.items.len()).find(|&j| {
            let x = &self.scene.items[j];
            let after = |p: usize| self.scene.places[p].sentence.start >= sentence.end;
            x.place.is_some_and(after) && x.form != Form::Pronoun
        })?;
        let x = &self.scene.items[next];
        let person = x.form == Form::Name && x.noun == Some(Noun::Person) && item.noun == Some(Noun::Person);
        self.of[next].filter(|&p| {
            person && self.parties[p].titles.is_empty() && self.parties[p].items.iter().min() == Some(&next)
        })
    }

    /// "The museum's director said … Katrien Vervloet told reporters …": a full name that comes in with nothing that says
    /// who it is has been described before, by a definite source just above it that has no name yet.
    fn named_later(&self, i: usize) -> Option<usize> {
        const NEAR: u32 = 700;
        let (item, text) = (&self.scene.items[i], self.scene.text);
        let kind = kind::of_unnamed(&item.phrase, item.noun, false);
        let described = item.phrase.definite
            && item.place.is_some()
            && matches!(kind, SourceKind::Office | SourceKind::Organisation);
        let noun = item.noun.filter(|n| described && matches!(n, Noun::Person | Noun::Organisation))?;
        let next = (i + 1..self.scene.items.len())
            .take_while(|&j| self.scene.items[j].span.start - item.span.start < NEAR)
            .find(|&j| {
                let first = self.of[j].is_some_and(|p| self.parties[p].items.iter().min() == Some(&j));
                first && self.scene.items[j].form == Form::Name && self.scene.items[j].noun == Some(noun)
            })?;
        let x = &self.scene.items[next];
        let full = x.core.of(text).contains(' ');
        // a medium that comes in reports of others
        let outlet = kind::of_name(x.core, text, &[]) == SourceKind::Outlet;
        let bare = !outlet && x.phrase.titles.is_empty() && !text[x.span.end as usize..].starts_with(',');
        let alone = self.of[next].filter(|&p| full && bare && self.parties[p].titles.is_empty())?;
        // where it speaks or acts: the first words of a sentence
        let starts = text[..x.span.start as usize].trim_end().ends_with(['.', '!', '?', '\n', '”', '"'])
            || x.place.is_some();
        starts.then_some(alone)
    }

    /// The country that is mentioned most before item `i`, by name or adjective: what an article on it calls "the
    /// country". Not one that the same sentence names.
    fn country_of_most(&self, i: usize) -> Option<usize> {
        let items = self.scene.items;
        let sentence = |j: usize| items[j].heard.as_ref().map(|(_, d)| d.sentence());
        let named = |words: &str| onrecord_names::country(words);
        let country = |p: &Party| {
            let names = p.items.iter().filter_map(|&j| items[j].phrase.name);
            let mut found = names.filter_map(|n| named(n.of(self.scene.text)));
            found.find(|c| c.how.is_name()).map(|c| c.country)
        };
        // "North Korean soldiers", "Russian officials"
        let by_adjective = |j: usize, which| {
            let words: Vec<&str> = items[j].span.of(self.scene.text).split(' ').collect();
            (1..=2.min(words.len())).any(|n| {
                let first = named(&words[..n].join(" "));
                first.is_some_and(|c| c.how == Naming::Adjective && c.country == which)
            })
        };
        let mentions = |p: usize| {
            let party = &self.parties[p];
            let here = sentence(i).is_some() && party.items.iter().any(|&j| sentence(j) == sentence(i));
            let which = country(party).filter(|_| !here)?;
            let names = party.items.iter().filter(|&&j| j < i).count();
            let last = self.last_before(p, i)?;
            Some((names + (0..i).filter(|&j| by_adjective(j, which)).count(), last, p))
        };
        (0..self.parties.len()).filter_map(mentions).max().map(|(_, _, p)| p)
    }

    fn recent(&self, i: usize, fits: impl Fn(&Party) -> bool) -> Option<usize> {
        (0..self.parties.len())
            .filter(|&p| fits(&self.parties[p]))
            .filter_map(|p| self.last_before(p, i).map(|last| (last, p)))
            .max()
            .map(|(_, p)| p)
    }

    /// "the mayor, Rui Sarmento," and "Silk Meridian, a Bishkek publication": a noun that stands beside a name of its kind,
    /// with nothing but a comma between.
    fn apposition(&self, i: usize) -> Option<usize> {
        // a source holds its own apposition: a name behind its comma begins what it says, but behind "according to"
        let told = |x: &&Item| {
            let before = self.scene.text[..x.span.start as usize].trim_end();
            before
                .get(before.len().saturating_sub(12)..)
                .is_some_and(|b| b.eq_ignore_ascii_case("according to"))
        };
        let item = Some(&self.scene.items[i]).filter(|x| x.place.is_none() || told(x))?;
        let noun = item
            .phrase
            .head
            .as_deref()
            .filter(|h| lexicon::source_nouns().has(h) || item.noun == Some(Noun::Person))?;
        let gap = |a: u32, b: u32| {
            (a < b && b - a <= 40).then(|| Span::new(a as usize, b as usize).of(self.scene.text))
        };
        let comma = |a: u32, b: u32| gap(a, b) == Some(", ");
        // a comma, and what describes the noun: ", a Bishkek publication"
        let described = |a: u32, b: u32| {
            let rest = gap(a, b).and_then(|s| s.strip_prefix(", ")).unwrap_or("");
            ["a ", "an ", "the ", "its ", "their "].iter().any(|d| rest.starts_with(d))
                && rest.split_whitespace().count() <= 4
                && rest.chars().all(|c| c.is_alphabetic() || " -'’".contains(c))
        };
        let beside = |j: usize| {
            let x = &self.scene.items[j];
            let next = comma(item.span.end, x.span.start)
                || comma(x.core.end, item.span.start)
                || described(x.core.end, item.span.start);
            let alike = match (x.noun, item.noun) {
                (Some(a), Some(b)) => a == b || a == Noun::Thing,
                _ => !noun.ends_with('s'),
            };
            (x.form == Form::Name && next && alike).then_some(self.of[j]).flatten()
        };
        (i.saturating_sub(2)..(i + 3).min(self.scene.items.len())).filter(|&j| j != i).find_map(beside)
    }
}
