//! A body's or a place's name: small words off, countries and short forms made alike, and whether two such may be one.
//! Must not know of persons.

use crate::acronym::{self, Acronym};
use crate::country::{self, Naming};
use crate::group::Keys;
use crate::lexicon;
use crate::name::{Kind, Token, Word};
use crate::same::Reason;

/// A word of a body's or place's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub word: Word,
    /// The country that it names.
    pub country: Option<u16>,
    /// Its letters are an abbreviation's.
    pub caps: bool,
    /// "For" stands before it.
    for_before: bool,
}

/// A word as acronyms read it: small ones and countries in their own letters, too.
#[derive(Clone, Debug)]
pub(crate) struct Lettered {
    pub folded: String,
    /// An acronym may pass over it.
    pub optional: bool,
    /// It is of a country's name.
    pub country: bool,
}

/// A body's or place's name in parts.
#[derive(Clone, Debug)]
pub(crate) struct Thing {
    kind: Kind,
    pub parts: Vec<Part>,
    /// What stands after a comma or in brackets: "Evansville, Indiana".
    tail: Vec<Part>,
    /// The whole name is a country's.
    pub country: Option<(u16, Naming)>,
    /// The whole name is an acronym.
    pub acronym: Option<Acronym>,
    /// All words, for acronyms.
    pub letters: Vec<Lettered>,
    /// Its parts as one word.
    joined: Word,
    /// Its last word was a legal form.
    legal: bool,
}

/// Words that join others in a name and do not tell names apart.
const SMALL: &[&str] = &[
    "the", "these", "of", "for", "and", "in", "on", "at", "to", "a", "an", "de", "la", "le", "du", "des",
    "del", "der", "die", "das", "und", "y", "et", "e", "di", "da", "do",
];

/// Arabic articles before their sun letter, and "al".
fn article(word: &str, next: Option<&Token>) -> bool {
    let Some(next) = next else { return false };
    match word {
        "al" | "el" => true,
        "ar" | "ad" | "as" | "az" | "an" | "at" | "er" | "ed" | "es" | "ez" | "en" | "et" => {
            next.folded.as_bytes().first() == word.as_bytes().last()
        }
        "ash" | "esh" => next.folded.starts_with("sh"),
        _ => false,
    }
}

impl Thing {
    pub(crate) fn new(text: &str, tokens: &[Token], kind: Kind) -> Self {
        let tokens = &merged(tokens);
        let whole = text.trim();
        let country = country::country(whole)
            .or_else(|| country::country(&whole.replace(['.', ' '], "")).filter(|_| whole.contains('.')))
            .map(|n| (country::place_of(n.country), n.how))
            .or_else(|| country_of(tokens));
        let cut = tokens.iter().skip(1).position(|t| t.comma || t.aside).map_or(tokens.len(), |i| i + 1);
        // "Facebook, Inc.": no tail
        let legal = |t: &Token| lexicon::legal_forms().has(&t.folded);
        let cut = if tokens[cut..].iter().all(legal) { tokens.len() } else { cut };
        // lists keep their commas: "Food, Agriculture and Fisheries"
        let list = tokens[cut..].iter().any(|t| t.folded == "and");
        let cut = if list { tokens.len() } else { cut };
        let (head, tail) = tokens.split_at(cut);
        let (mut parts, legal) = parts(head, kind);
        let tail = parts_of_tail(tail, kind);
        if parts.is_empty() {
            parts = self::parts(tokens, kind).0;
        }
        let acronym =
            if country.is_some_and(|(_, how)| how <= Naming::Variant) { None } else { Acronym::new(tokens) };
        let joined = Word::new(&joined(&parts));
        Self { kind, parts, tail, country, acronym, letters: lettered(tokens), joined, legal }
    }

    /// All its letters.
    fn whole(&self) -> String {
        self.letters
            .iter()
            .filter(|l| !SMALL.contains(&l.folded.as_str()))
            .map(|l| l.folded.as_str())
            .collect()
    }

    /// How much it says.
    pub(crate) fn weight(&self) -> usize {
        if self.acronym.is_some() { 1 } else { 4 * self.parts.len() + self.tail.len() }
    }

    /// Keys that spellings of the very same words share.
    pub(crate) fn keys(&self, keys: &mut Keys) {
        if let Some((at, how)) =
            self.country.filter(|(_, how)| !matches!(how, Naming::Seat | Naming::Adjective))
        {
            keys.add(if how == Naming::Capital { 'k' } else { 'c' }, &[&at.to_string()]);
            keys.add('j', &[&Word::new(&self.whole()).code]);
            if how != Naming::Capital {
                return;
            }
        }
        if let Some(a) = &self.acronym {
            keys.add('a', &[a.own()]);
        }
        let own = self.parts.iter().filter(|p| p.country.is_none() && p.word.folded != "federal");
        let mut codes: Vec<&str> = own.map(|p| p.word.code.as_str()).collect();
        codes.sort_unstable();
        keys.add('b', &codes);
        // should that block be too large
        keys.add('=', &[&self.joined.folded]);
        keys.add('j', &[&self.joined.code]);
    }

    /// Keys by which a name that says less looks for those that say more.
    pub(crate) fn seek(&self, keys: &mut Keys) {
        if let Some(a) = &self.acronym {
            keys.add('a', &[&a.letters]);
            keys.add('a', &[a.own()]);
            keys.add('a', &[&a.any_order()]);
        }
        if self.parts.iter().any(|p| p.caps) {
            self.by_letters(keys);
        }
        self.by_first(keys);
    }

    /// Keys by which names that say less find this one.
    pub(crate) fn offer(&self, keys: &mut Keys) {
        for s in acronym::initials(&self.letters) {
            keys.add('a', &[&s]);
        }
        self.by_letters(keys);
        self.by_first(keys);
    }

    /// The words that lead it.
    fn by_first(&self, keys: &mut Keys) {
        let own: Vec<&Part> = self.parts.iter().filter(|p| p.country.is_none()).collect();
        match own.as_slice() {
            [] => {}
            [one] => keys.add('h', &[&one.word.code]),
            [a, b, ..] => {
                keys.add('h', &[&a.word.code, &b.word.code]);
                // a generic word may be left off
                let generic = |p: &Part| body_role(p) == Some("generic") || place_role(p) == Some("generic");
                if own.len() == 2 && generic(b) {
                    keys.add('h', &[&a.word.code]);
                }
                if own.len() == 2 && generic(a) {
                    keys.add('h', &[&b.word.code]);
                }
            }
        }
    }

    /// First letters: "UNC Greensboro", "University of North Carolina at Greensboro".
    fn by_letters(&self, keys: &mut Keys) {
        let own = self.parts.iter().filter(|p| p.country.is_none());
        let letters =
            own.map(|p| if p.caps { p.word.folded.as_str() } else { p.word.folded.get(..1).unwrap_or("") });
        keys.add('x', &[&letters.collect::<String>()]);
    }
}

/// "U. S.": one abbreviation.
fn merged(tokens: &[Token]) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut before = false;
    for t in tokens {
        let single = t.folded.len() == 1 && t.capital && t.folded.as_bytes()[0].is_ascii_lowercase();
        match out.last_mut().filter(|_| single && before && !t.comma && !t.aside) {
            Some(last) => {
                last.folded.push_str(&t.folded);
                (last.caps, last.dotted, last.inner) = (true, true, last.inner + 1);
            }
            None => out.push(t.clone()),
        }
        before = single;
    }
    out
}

/// "Congo (DRC)", "Falkland Islands (Islas Malvinas)": the name before the brackets, or in them.
fn country_of(tokens: &[Token]) -> Option<(u16, Naming)> {
    let words = |aside: bool| {
        let all = tokens.iter().filter(|t| t.aside == aside && !matches!(t.folded.as_str(), "the" | "these"));
        all.map(|t| t.folded.as_str()).collect::<Vec<_>>().join(" ")
    };
    let (out, within) = (words(false), words(true));
    let head = tokens.iter().find(|t| t.capital)?;
    if out.is_empty() {
        return None;
    }
    if within.is_empty() {
        return country::folded(&out)
            .filter(|(_, how)| (out.len() > 4 || head.caps) && *how <= Naming::Variant);
    }
    let (a, b) = (country::folded(&out), country::folded(&within));
    match (a, b) {
        (Some(a), Some(b)) if a.0 != b.0 => None,
        (a, b) => a.or(b).filter(|(_, how)| *how <= Naming::Variant),
    }
}

/// The words that count, countries and short forms made alike; whether a legal form was taken off.
fn parts(tokens: &[Token], kind: Kind) -> (Vec<Part>, bool) {
    let mut end = tokens.len();
    while end > 1 && lexicon::legal_forms().has(&tokens[end - 1].folded) {
        end -= 1;
    }
    // "News Corp" is not "News"
    if tokens[..end]
        .iter()
        .all(|t| lexicon::body_words().has(&t.folded) || SMALL.contains(&t.folded.as_str()))
    {
        end = tokens.len();
    }
    let legal = end < tokens.len();
    while legal && end > 1 && tokens[end - 1].folded == "and" {
        end -= 1;
    }
    let tokens = &tokens[..end];
    let mut out: Vec<Part> = Vec::new();
    let (mut at, mut for_before) = (0, false);
    while at < tokens.len() {
        let t = &tokens[at];
        if (kind == Kind::Body || tokens.len() > 1 && t.dotted)
            && let Some((country, len)) = country_at(&tokens[at..])
        {
            let folded = country::at(country).code.to_lowercase();
            out.push(Part { word: Word::new(&folded), country: Some(country), caps: false, for_before });
            (at, for_before) = (at + len, false);
            continue;
        }
        let small = SMALL.contains(&t.folded.as_str()) && !t.caps;
        if small || article(&t.folded, tokens.get(at + 1)) && !t.caps {
            for_before |= t.folded == "for";
            at += 1;
            continue;
        }
        // "St. Paul", but "Main St."
        let street = t.folded == "st" && at > 0 && at + 1 == tokens.len();
        let long = if street { Some("street") } else { lexicon::short_forms().get(&t.folded, 0) };
        let long = long.filter(|l| !l.contains('_') || t.caps);
        for (i, folded) in long.unwrap_or(&t.folded).split('_').enumerate() {
            let caps = t.caps && long.is_none();
            let folded = if kind != Kind::Body || caps { folded } else { singular(folded) };
            out.push(Part { word: Word::new(folded), country: None, caps, for_before: for_before && i == 0 });
        }
        (at, for_before) = (at + 1, false);
    }
    (out, legal)
}

fn parts_of_tail(tail: &[Token], kind: Kind) -> Vec<Part> {
    let mut out = parts(tail, kind).0;
    for p in &mut out {
        if let Some(state) = lexicon::us_states().get(&p.word.folded, 0).filter(|_| p.caps) {
            p.word = Word::new(&state.replace(' ', ""));
        }
    }
    out
}

/// "Workers", "Worker's": one word.
fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(cut) if cut.len() > 3 && !cut.ends_with(['s', 'u', 'i']) => cut,
        _ => word,
    }
}

/// The country that the next words name, and how many words that takes.
fn country_at(tokens: &[Token]) -> Option<(u16, usize)> {
    let mut words = String::new();
    let mut best = None;
    for (i, t) in tokens.iter().enumerate().take(7) {
        if i > 0 {
            if t.comma || t.aside {
                break;
            }
            words.push(' ');
        }
        words.push_str(&t.folded);
        if !tokens[0].capital || t.folded == "the" && i == 0 {
            break;
        }
        if let Some((at, how)) = country::folded(&words) {
            let short = words.len() <= 4 && how == Naming::Variant;
            if how <= Naming::Adjective && (!short || t.caps) {
                best = Some((at, i + 1));
            }
        }
    }
    best
}

/// All words, for acronyms.
pub(crate) fn lettered(tokens: &[Token]) -> Vec<Lettered> {
    let mut out: Vec<Lettered> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let len = country_at(&tokens[at..]).map_or(0, |(_, len)| len);
        for t in &tokens[at..at + len.max(1)] {
            let small = SMALL.contains(&t.folded.as_str());
            let optional = small || len > 0 || t.joined && !out.is_empty();
            out.push(Lettered { folded: t.folded.clone(), optional, country: len > 0 && !small });
        }
        at += len.max(1);
    }
    out
}

fn joined(parts: &[Part]) -> String {
    parts.iter().map(|p| p.word.folded.as_str()).collect()
}

fn body_role(p: &Part) -> Option<&'static str> {
    lexicon::body_words().get(&p.word.folded, 0).or_else(|| {
        // the table has plurals ("airlines"), the part has none
        lexicon::body_words().get(&format!("{}s", p.word.folded), 0)
    })
}

fn place_role(p: &Part) -> Option<&'static str> {
    lexicon::place_words()
        .get(&p.word.folded, 0)
        .or_else(|| lexicon::place_words().get(&format!("{}s", p.word.folded), 0))
}

/// May the two be one body or place?
pub(crate) fn same(a: &Thing, b: &Thing) -> Option<Reason> {
    let named = |t: &Thing| t.country.filter(|(_, how)| *how <= Naming::Variant);
    match (named(a), named(b)) {
        (Some((x, _)), Some((y, _))) => {
            return (x == y).then(|| Reason::Country(country::at(x)));
        }
        // "the U.S. government" is no "U.S.", and Georgia no Georgetown; a long name may be misspelled
        (Some(_), None) | (None, Some(_)) => {
            let (x, y) = (a.whole(), b.whole());
            let near = x.len() >= 8 && Word::new(&x).alike(&Word::new(&y), 0);
            return near.then_some(Reason::Transliteration);
        }
        (None, None) => {
            if let (Some((x, Naming::Capital)), Some((y, Naming::Capital))) = (a.country, b.country)
                && x == y
            {
                return Some(Reason::Country(country::at(x)));
            }
        }
    }
    match (&a.acronym, &b.acronym) {
        (Some(x), Some(y)) => return x.same(y).then_some(Reason::Folded),
        (Some(x), None) if x.stands_for(&b.letters) => return Some(Reason::Acronym),
        (None, Some(y)) if y.stands_for(&a.letters) => return Some(Reason::Acronym),
        _ => {}
    }
    if a.parts.is_empty() || b.parts.is_empty() {
        return None;
    }
    let tails = tails(a, b)?;
    let heads = heads(a, b)?;
    Some(if tails && heads != Reason::Acronym { Reason::Partial } else { heads })
}

/// None where what stands after the commas differs; true where only one has anything there.
fn tails(a: &Thing, b: &Thing) -> Option<bool> {
    if a.tail.is_empty() || b.tail.is_empty() {
        return Some(a.tail.len() != b.tail.len());
    }
    let (x, y) = (joined(&a.tail), joined(&b.tail));
    let (short, long) = if x.len() < y.len() { (&x, &y) } else { (&y, &x) };
    let near = x == y
        || short.len() >= 2 && long.starts_with(short.as_str())
        || Word::new(&x).alike(&Word::new(&y), 0);
    near.then_some(false)
}

fn heads(a: &Thing, b: &Thing) -> Option<Reason> {
    let (x, y) = (&a.parts, &b.parts);
    if x.iter().map(|p| &p.word.folded).eq(y.iter().map(|p| &p.word.folded)) {
        return Some(if a.legal == b.legal { Reason::Folded } else { Reason::Partial });
    }
    // two countries tell two bodies apart: "British government", "French government"
    let countries = |p: &[Part]| {
        let mut c: Vec<u16> = p.iter().filter_map(|p| p.country).collect();
        c.sort_unstable();
        c.dedup();
        c
    };
    let (cx, cy) = (countries(x), countries(y));
    let within = |s: &[u16], l: &[u16]| s.iter().all(|c| l.contains(c));
    if !within(&cx, &cy) && !within(&cy, &cx) {
        return None;
    }
    let slack = if a.kind == Kind::Place && b.kind == Kind::Place { 15 } else { 0 };
    if let Some(fit) = align(x, y, slack) {
        return Some(fit);
    }
    // the same words in another order, countries taken off where one has none
    let bag = |p: &[Part], drop: bool| {
        let kept = p.iter().filter(|p| !(drop && p.country.is_some()) && p.word.folded != "federal");
        let mut w: Vec<&str> = kept.map(|p| p.word.folded.as_str()).collect();
        w.sort_unstable();
        w.iter().map(|s| (*s).to_string()).collect::<Vec<_>>()
    };
    // "Defense Department", "Department of Defense"
    let telling =
        |p: &[Part]| p.len() > 2 || p.iter().any(|p| p.country.is_some() || body_role(p) == Some("kind"));
    if bag(x, false) == bag(y, false) && telling(x) {
        return Some(Reason::WordOrder);
    }
    let drop = cx != cy;
    let (bx, by) = (bag(x, drop), bag(y, drop));
    if drop && bx == by && bx.len() > 1 {
        return Some(Reason::Partial);
    }
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    if shortened(short, long, if a.kind == b.kind { a.kind } else { Kind::Unknown }) {
        return Some(Reason::Partial);
    }
    let (jx, jy) = (&a.joined, &b.joined);
    let near = jx.folded == jy.folded || jx.folded.len() >= 6 && jx.alike(jy, slack);
    (x.len() != y.len() && near).then_some(Reason::Transliteration)
}

/// Word by word: equal, spelled alike, or an acronym for several words. Places' sides must be the very same.
fn align(x: &[Part], y: &[Part], slack: u32) -> Option<Reason> {
    let (mut i, mut j) = (0, 0);
    let mut reason = Reason::Folded;
    while i < x.len() && j < y.len() {
        let (p, q) = (&x[i], &y[j]);
        let strict =
            p.caps || q.caps || p.country.is_some() || q.country.is_some() || place_role(p) == Some("side");
        if p.word.folded == q.word.folded {
            (i, j) = (i + 1, j + 1);
        } else if let Some(n) = stands(p, &y[j..]) {
            (i, j) = (i + 1, j + n);
            reason = Reason::Acronym;
        } else if let Some(n) = stands(q, &x[i..]) {
            (i, j) = (i + n, j + 1);
            reason = Reason::Acronym;
        } else if !strict && p.word.alike(&q.word, slack) {
            (i, j) = (i + 1, j + 1);
            reason = reason.max(Reason::Transliteration);
        } else if !strict && slack == 0 && cut(&p.word, &q.word) {
            (i, j) = (i + 1, j + 1);
            reason = reason.max(Reason::Partial);
        } else {
            return None;
        }
    }
    (i == x.len() && j == y.len()).then_some(reason)
}

/// Is one the other's beginning, as short forms are: "Penn", "Calif"?
fn cut(a: &Word, b: &Word) -> bool {
    let (short, long) = if a.folded.len() < b.folded.len() { (a, b) } else { (b, a) };
    // York is no short form of Yorkshire
    const PLACES: &[&str] =
        &["shire", "town", "ville", "land", "lands", "burg", "bury", "ford", "field", "stan", "borough"];
    let rest = long.folded.strip_prefix(&short.folded).unwrap_or("");
    short.folded.len() >= 4 && rest.len() > 3 && !PLACES.contains(&rest)
}

/// The next words whose initials this abbreviation has: "LA" Times, "UNC" Greensboro.
fn stands(p: &Part, next: &[Part]) -> Option<usize> {
    let n = p.word.folded.len();
    let fits = p.caps
        && p.country.is_none()
        && (2..=6).contains(&n)
        && n <= next.len()
        && p.word
            .folded
            .bytes()
            .zip(next)
            .all(|(c, q)| !q.caps && q.word.folded.as_bytes().first() == Some(&c));
    fits.then_some(n)
}

/// Is one the other without a word that may be left off?
fn shortened(short: &[Part], long: &[Part], kind: Kind) -> bool {
    let place = kind == Kind::Place;
    let near = |p: &Part, q: &Part| {
        let strict =
            p.caps || q.caps || p.country.is_some() || q.country.is_some() || place_role(p) == Some("side");
        p.word.folded == q.word.folded
            || !strict && (p.word.alike(&q.word, 0) || !place && cut(&p.word, &q.word))
    };
    let starts = |n: usize| short.len() == n && short.iter().zip(long).all(|(p, q)| near(p, q));
    let own = |p: &Part| {
        p.country.is_none() && body_role(p).is_none() && place_role(p).is_none() && p.word.folded.len() > 1
    };
    let n = long.len();
    // "the Andy Warhol Foundation (for the Visual Arts)"
    let with_for = short.len() > 1 && short.len() < n && starts(short.len()) && long[short.len()].for_before;
    if with_for {
        return true;
    }
    let state = |p: &[Part]| {
        let words: Vec<&str> = p.iter().map(|p| p.word.folded.as_str()).collect();
        let words = words.join(" ");
        country::folded(&words).is_some_and(|(_, how)| how <= Naming::Adjective)
            || lexicon::us_states().holds(0, &words)
    };
    let Some(last) = long.last() else { return false };
    if place {
        let generic = place_role(last) == Some("generic") && starts(n - 1) && n > 1;
        let first = place_role(&long[0]) == Some("generic")
            && short.len() + 1 == n
            && short.iter().zip(&long[1..]).all(|(p, q)| near(p, q));
        return (generic || first) && !state(short) && short.iter().any(own);
    }
    let named = short.iter().any(own) && short.iter().all(|p| p.country.is_none());
    kind == Kind::Body
        && n > 1
        && body_role(last) == Some("generic")
        && starts(n - 1)
        && !state(short)
        && named
}
