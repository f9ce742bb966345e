//! A person's name: titles off, given names and family name apart, and whether two such may be one person's. Must not
//! know of bodies and places.

use crate::group::Keys;
use crate::lexicon;
use crate::name::{Token, Word};
use crate::same::Reason;

/// A person's name in parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// Given names, then the family name; no titles, no particles.
    pub words: Vec<Word>,
    /// Names between quotation marks.
    aliases: Vec<Word>,
    /// A title stood before it.
    pub titled: bool,
    /// By its title: of a man (false), of a woman (true).
    female: Option<bool>,
    /// By its title, or by the first given name.
    seems: Option<bool>,
    /// 0 none, 1 junior, 2 senior, then regnal numbers.
    generation: u8,
    /// The family name stands first: "Kim Jong-un", "Xi Jinping".
    eastern: bool,
    /// Words of one syllable each, three or more: either end may be the family name.
    either: bool,
    /// The last word says where one is from ("al-Kuwaiti"), so the one before it may be called the name.
    nisba: bool,
    /// The family name with its particles, as one word: "laguardia".
    run: String,
    /// All words as one.
    whole: Word,
}

impl Person {
    pub(crate) fn new(tokens: &[Token]) -> Self {
        let mut p = Self::default();
        let aliases = tokens.iter().filter(|t| t.quoted && tokens.len() > 1);
        p.aliases = aliases.map(|t| Word::new(&t.folded)).collect();
        let kept: Vec<&Token> = tokens.iter().filter(|t| !t.quoted && !t.aside).collect();
        let kept = if kept.is_empty() { tokens.iter().collect() } else { kept };
        let kept = p.ordered(kept);
        let kept = p.untitled(&kept);
        p.fill(&kept);
        p
    }

    /// Puts "Putin, Vladimir" in order; cuts off what else stands after a comma.
    fn ordered<'t>(&mut self, kept: Vec<&'t Token>) -> Vec<&'t Token> {
        let Some(at) = kept.iter().skip(1).position(|t| t.comma).map(|i| i + 1) else { return kept };
        let (before, after) = kept.split_at(at);
        let honours = after.iter().all(|t| lexicon::suffixes().has(&t.folded) || roman(&t.folded).is_some());
        if honours {
            return kept;
        }
        let family = before.iter().filter(|t| !small(t)).count() == 1;
        let titled = after.iter().any(|t| t.folded.len() > 2 && lexicon::titles().has(&t.folded));
        let given = after.len() <= 4 && after.iter().all(|t| t.capital || small(t)) && !titled;
        if family && given {
            return after.iter().chain(before).copied().collect();
        }
        before.to_vec()
    }

    /// Takes off titles, honours, generations and "of somewhere".
    fn untitled<'t>(&mut self, kept: &[&'t Token]) -> Vec<&'t Token> {
        let mut kept = kept.to_vec();
        // from the end: honours and generations
        while kept.len() > 1 {
            let Some(last) = kept.last() else { break };
            match lexicon::suffixes().get(&last.folded, 0) {
                Some("junior") => self.generation = 1,
                Some("senior") => self.generation = 2,
                Some(_) if last.caps || last.dotted || last.folded == "phd" || last.folded == "esq" => {}
                _ => match roman(&last.folded).filter(|_| last.caps || last.folded == "i" && !last.dotted) {
                    Some(n) => self.generation = n + 2,
                    None => break,
                },
            }
            kept.pop();
        }
        let last = kept.len().saturating_sub(1);
        if let Some(at) = kept[..last].iter().rposition(|t| t.capital && lexicon::titles().has(&t.folded)) {
            self.titled = true;
            for t in &kept[..=at] {
                match lexicon::titles().get(&t.folded, 0) {
                    Some("m") => self.female = Some(false),
                    Some("f") => self.female = Some(true),
                    _ => {}
                }
            }
            let mut from = at + 1;
            // "Secretary of State Kerry", "Minister for the Middle East Ellwood"
            if from < last && matches!(kept[from].folded.as_str(), "of" | "for") {
                from += 1;
                if from < last && kept[from].folded == "the" {
                    from += 1;
                }
                from = (from + 1).min(last);
            }
            kept.drain(..from);
        } else if kept.len() > 1 && kept[0].folded == "the" {
            kept.remove(0);
        }
        if let Some(at) = kept.iter().skip(1).position(|t| t.folded == "of" && !t.capital) {
            kept.truncate(at + 1);
        }
        // "Johann II Bernoulli"; "Abbas II"
        if kept.len() > 1
            && let Some(at) = kept.iter().skip(1).position(|t| t.caps && roman(&t.folded).is_some())
        {
            self.generation = roman(&kept[at + 1].folded).unwrap_or(0) + 2;
            kept.remove(at + 1);
        }
        kept
    }

    fn fill(&mut self, kept: &[&Token]) {
        let shout = kept.iter().all(|t| t.caps || t.folded.len() == 1);
        let n = kept.len();
        // "Ben Chan", "Ash Carter", "Abu Jandal": given names, where "ben" and "abu" inside are none
        let given = |t: &Token| {
            t.capital && matches!(t.folded.as_str(), "ben" | "abu" | "ash" | "an" | "ag" | "az" | "ur" | "ud")
        };
        let main: Vec<usize> = (0..n).filter(|&i| !small(kept[i]) || i == 0 && given(kept[i])).collect();
        let main: Vec<usize> = if main.is_empty() { (0..n).collect() } else { main };
        for &i in &main {
            let t = kept[i];
            // "JA Morkel", "K.C. Maurer": initials
            let initials = i + 1 < n && t.folded.len() <= 3 && (t.dotted || t.caps && !shout);
            if initials {
                self.words.extend(t.folded.chars().map(|c| Word::new(&c.to_string())));
            } else {
                self.words.push(Word::new(&t.folded));
            }
        }
        if let (Some(&last), true) = (main.last(), n > 1) {
            let from = (0..last).rev().take_while(|&i| small(kept[i])).last().unwrap_or(last);
            self.run = kept[from..=last].iter().map(|t| t.folded.as_str()).collect();
            self.nisba = main.len() > 1
                && from < last
                && matches!(kept[from].folded.as_str(), "al" | "el")
                && kept[last].folded.ends_with('i');
        }
        self.whole = Word::new(&self.words.iter().map(|w| w.folded.as_str()).collect::<String>());
        self.eastern = eastern(kept);
        let syllable = |w: &Word| w.folded.len() > 1 && w.folded.len() <= 6 && groups(&w.folded) == 1;
        let given = self.given().first().and_then(|w| lexicon::given_genders().get(&w.folded, 0));
        self.seems = self.female.or(given.map(|g| g == "f"));
        self.either = self.words.len() > 2 && self.words.iter().all(syllable);
    }

    /// The word by which one is called.
    fn family(&self) -> Option<&Word> {
        if self.eastern { self.words.first() } else { self.words.last() }
    }

    /// All words but the family name.
    fn given(&self) -> &[Word] {
        match self.words.len() {
            0 => &[],
            n if self.eastern => &self.words[1..n],
            n => &self.words[..n - 1],
        }
    }

    /// How much it says: bare names last, full names first.
    pub(crate) fn weight(&self) -> usize {
        self.words.iter().map(|w| if w.folded.len() == 1 { 1 } else { 4 }).sum()
    }

    /// Keys that spellings of the very same words share.
    pub(crate) fn keys(&self, keys: &mut Keys) {
        let mut codes: Vec<&str> =
            self.words.iter().filter(|w| w.folded.len() > 1).map(|w| w.code.as_str()).collect();
        codes.sort_unstable();
        keys.add('w', &codes);
        // should that block be too large
        let mut words: Vec<&str> = self.words.iter().map(|w| w.folded.as_str()).collect();
        words.sort_unstable();
        keys.add('=', &words);
        keys.add('j', &[&self.whole.code]);
    }

    /// Keys by which a name that says less looks for those that say more.
    pub(crate) fn seek(&self, keys: &mut Keys) {
        let Some(family) = self.family() else { return };
        if self.words.len() == 1 {
            keys.add('f', &[&family.code]);
            if !self.run.is_empty() {
                keys.add('f', &[&Word::new(&self.run).code]);
            }
            return;
        }
        for w in self.given() {
            if w.folded.len() == 1 {
                keys.add('i', &[&family.code, &w.folded]);
            }
        }
        self.by_given(family, keys);
        let codes: Vec<&str> = self.words.iter().map(|w| w.code.as_str()).collect();
        keys.add('e', &codes);
    }

    /// Keys by which names that say less find this one.
    pub(crate) fn offer(&self, keys: &mut Keys) {
        let n = self.words.len();
        let Some(family) = self.family().filter(|_| n > 1 || self.female.is_some()) else { return };
        keys.add('f', &[&family.code]);
        if n == 1 {
            return;
        }
        if self.nisba {
            keys.add('f', &[&self.words[n - 2].code]);
        }
        if self.either {
            keys.add('f', &[&self.words[0].code]);
            keys.add('f', &[&self.words[n - 1].code]);
        }
        if !self.run.is_empty() {
            keys.add('f', &[&Word::new(&self.run).code]);
        }
        for w in self.given() {
            keys.add('i', &[&family.code, w.folded.get(..1).unwrap_or("")]);
        }
        self.by_given(family, keys);
        let codes: Vec<&str> = self.words.iter().map(|w| w.code.as_str()).collect();
        if self.nisba {
            keys.add('e', &codes[..n - 1]);
        }
        for from in 1..n.saturating_sub(1) {
            keys.add('e', &codes[from..]);
        }
    }

    /// The family name with each given name, with what it may be short for, and with its beginning.
    fn by_given(&self, family: &Word, keys: &mut Keys) {
        for w in self.given().iter().chain(&self.aliases).filter(|w| w.folded.len() > 1) {
            keys.add('p', &[&family.code, &w.code]);
            for full in nicknames(w) {
                keys.add('p', &[&family.code, &Word::new(full).code]);
            }
            if w.folded.len() >= 4 {
                keys.add('q', &[&family.code, &w.folded[..4]]);
            }
        }
    }
}

/// A particle, not standing as a name's only word.
fn small(t: &Token) -> bool {
    lexicon::particles().has(&t.folded) && (!t.caps || t.folded.len() > 2) && !t.dotted
}

fn roman(word: &str) -> Option<u8> {
    const NUMBERS: &[&str] = &[
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi",
    ];
    NUMBERS.iter().position(|n| *n == word).map(|i| i as u8 + 1)
}

fn nicknames(w: &Word) -> impl Iterator<Item = &'static str> {
    lexicon::nicknames().get(&w.folded, 0).unwrap_or("").split(' ').filter(|s| !s.is_empty())
}

/// How many groups of vowels.
fn groups(word: &str) -> usize {
    let vowel = |c: u8| matches!(c, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let b = word.as_bytes();
    (0..b.len()).filter(|&i| vowel(b[i]) && (i == 0 || !vowel(b[i - 1]))).count()
}

/// Does the family name stand first? Korean and Cantonese names by their hyphen, Chinese ones by their syllables.
fn eastern(kept: &[&Token]) -> bool {
    let short = |t: &Token| t.folded.len() <= 6 && groups(&t.folded) == 1;
    let syllables = |t: &Token| crate::letters::pinyin(&t.folded);
    match kept {
        [a, b, c] if !a.joined && !b.joined && c.joined => {
            short(b) && short(c) && groups(&a.folded) <= 2 && (!c.capital || short(a))
        }
        [a, b] if !b.joined => {
            syllables(a) == Some(1)
                && syllables(b).is_some_and(|n| n <= 2)
                && b.folded.len() > 1
                && a.folded.len() > 1
        }
        _ => false,
    }
}

/// How two given names go together.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Equal,
    Spelling,
    Nickname,
    Initial,
}

fn fit(a: &Word, b: &Word) -> Option<Fit> {
    if a.folded == b.folded {
        return Some(Fit::Equal);
    }
    if a.folded.len() == 1 || b.folded.len() == 1 {
        let alike = a.folded.as_bytes().first() == b.folded.as_bytes().first();
        return alike.then_some(Fit::Initial);
    }
    if nicknames(a).any(|n| n == b.folded) || nicknames(b).any(|n| n == a.folded) {
        return Some(Fit::Nickname);
    }
    if a.alike(b, 0) {
        return Some(Fit::Spelling);
    }
    let full = |x: &Word, y: &Word| nicknames(x).any(|n| n.len() > 4 && Word::new(n).alike(y, 0));
    if full(a, b) || full(b, a) {
        return Some(Fit::Nickname);
    }
    let (short, long) = if a.folded.len() < b.folded.len() { (a, b) } else { (b, a) };
    let cut = short.folded.len() >= 4
        && long.folded.len() >= short.folded.len() + 2
        && long.folded.starts_with(&short.folded)
        && !long.folded.ends_with(['a', 'e']);
    cut.then_some(Fit::Nickname)
}

/// How the given names of two go together: the loosest fit, and whether one leaves some out.
fn givens(a: &[Word], b: &[Word]) -> Option<(Fit, bool)> {
    let (Some(a0), Some(b0)) = (a.first(), b.first()) else {
        return (a.is_empty() && b.is_empty()).then_some((Fit::Equal, false));
    };
    if let Some(first) = fit(a0, b0) {
        let mut worst = first;
        for (x, y) in a[1..].iter().zip(&b[1..]) {
            worst = worst.max(fit(x, y)?);
        }
        return Some((worst, a.len() != b.len()));
    }
    // one goes by a middle name
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    let mut worst = Fit::Equal;
    for w in short {
        let close = |l: &&Word| fit(w, l).filter(|f| *f != Fit::Initial || short.len() > 1);
        worst = worst.max(rest.find_map(|l| close(&l))?);
    }
    (short.len() < long.len() && short.iter().any(|w| w.folded.len() > 1)).then_some((worst, true))
}

fn reason(fit: Fit, partial: bool, spelled: bool) -> Reason {
    match (fit, partial) {
        (Fit::Initial, _) => Reason::Initials,
        (Fit::Nickname, _) => Reason::Nickname,
        (_, true) => Reason::Partial,
        (Fit::Spelling, _) => Reason::Transliteration,
        (Fit::Equal, _) if spelled => Reason::Transliteration,
        (Fit::Equal, _) => Reason::Folded,
    }
}

/// Does the title of one say that it is a man, and the other that it is a woman? Given names against each other say
/// nothing here: they are compared anyway.
fn man_and_woman(a: &Person, b: &Person) -> bool {
    let differ = |x: Option<bool>, y: Option<bool>| x.zip(y).is_some_and(|(x, y)| x != y);
    differ(a.female, b.seems) || differ(a.seems, b.female)
}

/// Is one a family name alone, and nothing else tells the two apart? Then it may be called by a group's other names.
pub(crate) fn open(a: &Person, b: &Person) -> bool {
    (a.words.len() == 1) != (b.words.len() == 1) && !man_and_woman(a, b)
}

/// May the two be one person?
pub(crate) fn same(a: &Person, b: &Person) -> Option<Reason> {
    if a.words.is_empty() || b.words.is_empty() || man_and_woman(a, b) {
        return None;
    }
    let bare = a.words.len() == 1 || b.words.len() == 1;
    if a.generation != b.generation
        && (!bare || a.generation.min(b.generation) > 0 || a.words.len() == b.words.len())
    {
        return None;
    }
    if a.words == b.words {
        // "Clinton" may be Mr or Mrs Clinton
        let told = a.words.len() > 1 || a.female == b.female;
        return Some(if told { Reason::Folded } else { Reason::Surname });
    }
    if bare {
        return called(a, b).or_else(|| written_together(a, b));
    }
    in_order(a, b).or_else(|| other_order(a, b)).or_else(|| ending(a, b)).or_else(|| written_together(a, b))
}

/// One is a family name alone.
fn called(a: &Person, b: &Person) -> Option<Reason> {
    let (short, long) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let word = short.words.first()?;
    if long.words.len() == 1 {
        return word.alike(&long.words[0], 0).then_some(Reason::Transliteration);
    }
    let n = long.words.len();
    let run = |p: &Person, w: &Word| !p.run.is_empty() && p.run == w.folded;
    let by = long.family().is_some_and(|f| f.alike(word, 0) || run(short, f))
        || run(long, word)
        || long.either && (word.alike(&long.words[0], 0) || word.alike(&long.words[n - 1], 0))
        || long.nisba && word.alike(&long.words[n - 2], 0);
    (by && word.folded.len() > 1).then_some(Reason::Surname)
}

/// Family name and given names in their places.
fn in_order(a: &Person, b: &Person) -> Option<Reason> {
    let (fa, fb) = (a.family()?, b.family()?);
    // a family name is no initial: "Jane D." is left alone
    let family = fa.folded == fb.folded
        || fa.folded.len() > 1 && fa.alike(fb, 0)
        || a.run == b.run && !a.run.is_empty();
    if !family {
        return None;
    }
    let spelled = fa.folded != fb.folded;
    if let Some((f, partial)) = givens(a.given(), b.given()) {
        return Some(reason(f, partial, spelled));
    }
    let alias = |x: &Person, y: &Person| {
        y.given()
            .first()
            .is_some_and(|g| x.aliases.iter().any(|w| fit(w, g).is_some_and(|f| f < Fit::Initial)))
    };
    (alias(a, b) || alias(b, a)).then_some(Reason::Nickname)
}

/// The same words, family name first in one of them: "Orbán Viktor".
fn other_order(a: &Person, b: &Person) -> Option<Reason> {
    let n = a.words.len();
    if n != b.words.len() || a.words.iter().chain(&b.words).any(|w| w.folded.len() == 1) {
        return None;
    }
    // two English given names are two persons' either way round
    let common = |w: &Word| lexicon::nicknames().has(&w.folded) || is_given(&w.folded);
    if a.words.iter().all(common) {
        return None;
    }
    let turned =
        |k: usize| a.words.iter().zip(b.words[k..].iter().chain(&b.words[..k])).all(|(x, y)| x.alike(y, 0));
    (turned(1) || turned(n - 1)).then_some(Reason::WordOrder)
}

/// Does some short form stand for this given name?
fn is_given(word: &str) -> bool {
    use std::collections::HashSet;
    use std::sync::OnceLock;
    static GIVEN: OnceLock<HashSet<&'static str>> = OnceLock::new();
    GIVEN
        .get_or_init(|| {
            let rows = lexicon::nicknames().rows();
            rows.iter().filter_map(|(_, c)| c.first()).flat_map(|c| c.split(' ')).collect()
        })
        .contains(word)
}

/// One is the end of the other: "López Obrador", "Santa Anna".
fn ending(a: &Person, b: &Person) -> Option<Reason> {
    let (short, long) = if a.words.len() < b.words.len() { (a, b) } else { (b, a) };
    let skip = long.words.len().checked_sub(short.words.len()).filter(|s| *s > 0)?;
    // "Abu Jandal", "Abu Jandal al-Kuwaiti"
    if long.nisba && skip == 1 && short.words == long.words[..short.words.len()] {
        return Some(Reason::Partial);
    }
    let ends = short.words.iter().zip(&long.words[skip..]).all(|(x, y)| x.folded.len() > 1 && x.alike(y, 0));
    ends.then_some(Reason::Surname)
}

/// One word in one, two in the other: "Lotfollah", "Lotf Allah".
fn written_together(a: &Person, b: &Person) -> Option<Reason> {
    let (x, y) = (a.whole.folded.len(), b.whole.folded.len());
    let near = a.words.len().abs_diff(b.words.len()) == 1 && x >= 6 && x.abs_diff(y) <= 1;
    let words = a.words.iter().chain(&b.words).all(|w| w.folded.len() > 1);
    (near && words && a.whole.alike(&b.whole, 0)).then_some(Reason::Transliteration)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::tokens;

    fn parts(s: &str) -> (String, u8, bool) {
        let p = Person::new(&tokens(s));
        let words: Vec<&str> = p.words.iter().map(|w| w.folded.as_str()).collect();
        (words.join(" "), p.generation, p.eastern)
    }

    #[test]
    fn parts_of_names() {
        for (text, words, generation, eastern) in [
            ("Prime Minister Shahid Khaqan Abbasi", "shahid khaqan abbasi", 0, false),
            ("US Secretary of State John Kerry", "john kerry", 0, false),
            ("Army Lt. Gen. Stephen J. Townsend", "stephen j townsend", 0, false),
            ("Putin, Vladimir", "vladimir putin", 0, false),
            ("Iván DeJesús, Jr.", "ivan dejesus", 1, false),
            ("Martin Luther King", "martin luther king", 0, false),
            ("Kim Jong-un", "kim jong un", 0, true),
            ("Xi Jinping", "xi jinping", 0, true),
            ("Jean-Louis Richard", "jean louis richard", 0, false),
            ("Ludwig van Beethoven", "ludwig beethoven", 0, false),
            ("JA Morkel", "j a morkel", 0, false),
            ("GEN. ELIZABETH B. PRELOGAR", "elizabeth b prelogar", 0, false),
            ("Dame Zaha Hadid DBE RA", "zaha hadid", 0, false),
            ("Abbas II of Persia", "abbas", 4, false),
            ("Tobias Ellwood, Foreign Office Minister", "tobias ellwood", 0, false),
        ] {
            assert_eq!(parts(text), (words.to_string(), generation, eastern), "{text}");
        }
    }
}
