//! Numbers in words and digits: where one begins, how far it goes, what it is worth. Must not know what is counted.

use super::token::{Kind, Token, value};
use crate::lexicon;

/// How the words give the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// "Twelve", "1.5 million".
    Plain,
    /// "Dozens", "several thousand": the value is the least meant.
    Vague,
    /// "A couple": about the value.
    Couple,
    /// "Half", "two-thirds", "nine in ten".
    Fraction,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    pub value: f64,
    pub sort: Sort,
    /// The token after it.
    pub end: usize,
    /// Told in digits alone, no word of scale.
    pub digits: bool,
    /// What a word of scale has multiplied it with; 1 without one.
    pub scale: f64,
}

/// How a word takes part in a number.
fn role(t: &Token<'_>) -> Option<(&'static str, f64)> {
    if !t.is_word() {
        return None;
    }
    let kind = lexicon::number_words().get(&t.lower, 1)?;
    Some((kind, lexicon::number_words().get(&t.lower, 0)?.parse().ok()?))
}

/// A word of a number that may begin one: "three", "dozens".
pub(super) fn is_number_word(t: &Token<'_>) -> bool {
    role(t).is_some_and(|(kind, _)| matches!(kind, "unit" | "ten" | "hundred" | "scale" | "vague"))
}

struct Reader<'a, 'b> {
    t: &'a [Token<'b>],
}

/// The number that begins at token `i`. `money`: a currency sign stands before it, so that "m" is a million.
pub(super) fn number_at(t: &[Token<'_>], i: usize, money: bool) -> Option<Number> {
    let r = Reader { t };
    r.fraction(i).or_else(|| r.vague(i)).or_else(|| r.plain(i, money))
}

impl Reader<'_, '_> {
    fn is(&self, i: usize, words: &[&str]) -> bool {
        self.t.get(i).is_some_and(|t| words.contains(&t.lower.as_str()))
    }

    fn role(&self, i: usize) -> Option<(&'static str, f64)> {
        self.t.get(i).and_then(role)
    }

    /// The token after a hyphen that joins `i` to the next; `i` where there is none.
    fn past_hyphen(&self, i: usize) -> usize {
        let hyphen = self.t.get(i).is_some_and(|t| t.is_dash() && t.glued());
        if hyphen && self.t.get(i + 1).is_some_and(Token::glued) { i + 1 } else { i }
    }

    /// "Half", "a third of", "two-thirds", "3/4", "nine in ten", "a quarter of a million".
    fn fraction(&self, i: usize) -> Option<Number> {
        let done =
            |value: f64, end: usize| Number { value, sort: Sort::Fraction, end, digits: false, scale: 1.0 };
        let t = self.t.get(i)?;
        if t.is("half") || (t.is("a") && self.is(i + 1, &["half"])) {
            let at = if t.is("half") { i + 1 } else { i + 2 };
            let before = i.checked_sub(1).and_then(|b| self.t.get(b));
            // "the second half of": a part by its place
            if before.is_some_and(|b| b.is_word() && is_ordinal(&b.lower)) {
                return None;
            }
            let article = self.past_hyphen(at);
            if self.is(article, &["a", "an"]) || article > at {
                let scale = article + usize::from(self.is(article, &["a", "an"]));
                let scale = self.past_hyphen(scale);
                if let Some(("scale" | "hundred", v)) = self.role(scale) {
                    let value = 0.5 * v;
                    return Some(Number {
                        value,
                        sort: Sort::Plain,
                        end: scale + 1,
                        digits: false,
                        scale: v,
                    });
                }
                if article > at {
                    // "half-hour", "half-mile"; not "half-time", "half-human"
                    let unit = self.t.get(article)?;
                    let measured =
                        matches!(lexicon::units().get(&unit.lower, 1), Some("time" | "length" | "mass"));
                    return measured.then(|| done(0.5, at));
                }
            }
            const WHOLE: [&str; 22] = [
                "of", "that", "this", "those", "these", "its", "their", "his", "her", "my", "our", "your",
                "a", "an", "all", "as", "were", "are", "have", "had", "said", "the",
            ];
            let whole = self.is(at, &WHOLE) && !before.is_some_and(|b| b.is("the") || b.is("other"));
            return whole.then(|| done(0.5, at));
        }
        let (top, mut at) = match t.kind {
            _ if t.is("a") || t.is("one") => (1.0, i + 1),
            Kind::Word => match role(t)? {
                ("unit", v) => (v, i + 1),
                _ => return None,
            },
            Kind::Digits => (value(t.text)?, i + 1),
            Kind::Mark => return None,
        };
        // "3/4"
        if t.kind == Kind::Digits && self.t.get(at).is_some_and(|m| m.text == "/" && m.glued()) {
            let under = self.t.get(at + 1).filter(|u| u.glued() && u.kind == Kind::Digits)?;
            let chained = self.t.get(at + 2).is_some_and(|m| m.glued() && m.text == "/");
            let v = value(under.text)?;
            let fits =
                !chained && top >= 1.0 && top < v && [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 100.0].contains(&v);
            return fits.then(|| done(top / v, at + 2));
        }
        // "nine in ten", "one out of five": a share, unless the whole is counted out ("13 out of the 66")
        let bridge = match () {
            () if self.is(at, &["in"]) || self.is(at, &["of"]) => 1,
            () if self.is(at, &["out"]) && self.is(at + 1, &["of"]) => 2,
            () if self.past_hyphen(at) > at && self.is(at + 1, &["in"]) => 2,
            () => 0,
        };
        if bridge > 0 && !t.is("a") {
            let whole = self.past_hyphen(at + bridge);
            let v = match self.t.get(whole) {
                Some(w) if w.kind == Kind::Digits => value(w.text),
                Some(_) => self.role(whole).filter(|r| matches!(r.0, "unit" | "ten")).map(|r| r.1),
                None => None,
            };
            let round = |v: f64| (3.0..=10.0).contains(&v) || [20.0, 50.0, 100.0].contains(&v);
            if let Some(v) = v.filter(|v| round(*v) && top < *v && top >= 1.0)
                && (!self.is(at, &["of"]) || !self.t.get(whole + 1).is_some_and(Token::is_word))
                && !(self.is(at, &["in"]) && self.measured(whole + 1))
            {
                return Some(done(top / v, whole + 1));
            }
            return None;
        }
        let hyphened = self.past_hyphen(at);
        let joined = hyphened > at;
        at = hyphened;
        if let Some(("part", under)) = self.role(at) {
            let fits = self.is(at + 1, &["of"]) || joined && top > 1.0 || top > 1.0 && !t.is("one");
            let shape = (top == 1.0) != self.t.get(at).is_some_and(|p| p.lower.ends_with('s'));
            if fits && shape && t.kind == Kind::Word {
                // "a quarter of a million"
                if self.is(at + 1, &["of"])
                    && self.is(at + 2, &["a", "an"])
                    && let Some(("scale" | "hundred", v)) = self.role(at + 3)
                {
                    let value = top / under * v;
                    return Some(Number { value, sort: Sort::Plain, end: at + 4, digits: false, scale: v });
                }
                return Some(done(top / under, at + 1));
            }
        }
        None
    }

    /// A unit of measure, so that "one in three days" is no share.
    fn measured(&self, i: usize) -> bool {
        self.t.get(i).is_some_and(|t| matches!(lexicon::units().get(&t.lower, 1), Some("time")))
    }

    /// "Dozens", "tens of thousands", "several hundred", "a few dozen", "a couple of", "a handful of".
    fn vague(&self, i: usize) -> Option<Number> {
        let done =
            |value: f64, sort: Sort, end: usize| Number { value, sort, end, digits: false, scale: value };
        let t = self.t.get(i)?;
        if t.is("a") || t.is("couple") || t.is("handful") {
            let at = i + usize::from(t.is("a"));
            if self.is(at, &["couple"]) {
                if let Some(("hundred" | "scale", v)) = self.role(at + 1) {
                    return Some(done(2.0 * v, Sort::Vague, at + 2));
                }
                return self.is(at + 1, &["of"]).then(|| done(2.0, Sort::Couple, at + 2));
            }
            if self.is(at, &["handful"]) && self.is(at + 1, &["of"]) {
                return Some(done(3.0, Sort::Vague, at + 1));
            }
        }
        let few = t.is("several") || t.is("many") || t.is("few");
        let at = if few {
            i + 1
        } else if t.is("a") && self.is(i + 1, &["few"]) {
            i + 2
        } else {
            i
        };
        let (kind, v) = self.role(at)?;
        let (mut least, mut end) = match kind {
            "hundred" | "scale" if at > i => (2.0 * v, at + 1),
            "vague" => (v, at + 1),
            _ => return None,
        };
        if self.is(at, &["scores"]) && !self.is(end, &["of"]) {
            return None;
        }
        if self.is(at, &["tens"]) && !self.is(end, &["of"]) {
            return None;
        }
        // "tens of thousands", "hundreds of millions", "several hundred thousand"
        let mut next = end + usize::from(self.is(end, &["of"]));
        while let Some(("vague" | "scale" | "hundred", w)) = self.role(next) {
            let (per, word) = (self.t.get(next).map(|t| t.lower.ends_with('s')), w);
            // a word in -s stands for two of its scale at least
            let scale = if per == Some(true) {
                if self.is(next, &["dozens"]) { 12.0 } else { word / 2.0 }
            } else {
                word
            };
            least *= scale;
            end = next + 1;
            next = end + usize::from(self.is(end, &["of"]));
        }
        Some(done(least, Sort::Vague, end))
    }

    /// "Twelve", "three hundred and ten", "1,204", "1.5 million", "two and a half", "a dozen".
    fn plain(&self, i: usize, money: bool) -> Option<Number> {
        let t = self.t.get(i)?;
        if t.kind == Kind::Digits {
            return self.in_digits(i, money);
        }
        if t.is("a") || t.is("an") {
            let (kind, _) = self.role(i + 1)?;
            return matches!(kind, "hundred" | "scale").then(|| self.in_words(i + 1, 1.0)).flatten();
        }
        match role(t)? {
            ("unit" | "ten", _) => self.in_words(i, 0.0),
            ("hundred" | "scale", _) => self.in_words(i, 1.0),
            _ => None,
        }
    }

    /// After digits: decimals behind a comma where money or a scale makes them plain, and words of scale.
    fn in_digits(&self, i: usize, money: bool) -> Option<Number> {
        let t = self.t.get(i)?;
        let mut v = value(t.text)?;
        let mut end = i + 1;
        let decimals = self.t.get(end + 1).filter(|d| {
            d.kind == Kind::Digits && d.glued() && d.text.len() <= 2 && !t.text.contains(['.', ','])
        });
        if self.t.get(end).is_some_and(|c| c.text == "," && c.glued())
            && let Some(d) = decimals
        {
            let after = self.t.get(end + 2).map_or("", |t| t.lower.as_str());
            let scaled = self.role(end + 2).is_some_and(|r| matches!(r.0, "scale" | "short"));
            if money || scaled || lexicon::units().has(after) {
                v = format!("{}.{}", t.text, d.text).parse().unwrap_or(v);
                end += 2;
            }
        }
        let mut number = Number { value: v, sort: Sort::Plain, end, digits: true, scale: 1.0 };
        // "2 1/2"
        if let Some(f) = self
            .fraction(end)
            .filter(|f| self.t.get(end).is_some_and(|t| t.kind == Kind::Digits) && f.value < 1.0)
            && f.end == end + 3
        {
            return Some(Number { value: v + f.value, end: f.end, ..number });
        }
        loop {
            let at = self.past_hyphen(number.end);
            let glued = self.t.get(at).is_some_and(Token::glued);
            let scale = match self.role(at) {
                Some(("scale", s)) => s,
                // "5 thousands" is as wrong as it is frequent
                Some(("vague", s)) if s >= 2000.0 => s / 2.0,
                Some(("hundred", s)) if number.scale == 1.0 => s,
                Some(("short", s)) if money || glued || s >= 1e6 => s,
                Some(("money", s)) if money || (glued && s == 1000.0) => s,
                _ => break,
            };
            number.value *= scale;
            number.scale *= scale;
            number.end = at + 1;
            number.digits = false;
        }
        number.value.is_finite().then_some(number)
    }

    /// English number words; `implied` is 1 where "a" stands for it.
    fn in_words(&self, i: usize, implied: f64) -> Option<Number> {
        let (mut total, mut group) = (0.0, implied);
        let (mut at, mut scale) = (i, 1.0);
        let (mut last, mut least_scale) = ("", f64::INFINITY);
        let mut end = i;
        while let Some((kind, v)) = self.role(at) {
            let fits = match kind {
                "unit" => matches!(last, "" | "hundred" | "scale") || (last == "ten" && v < 10.0 && v > 0.0),
                "ten" => matches!(last, "" | "hundred" | "scale"),
                "hundred" => last != "hundred" && group < 100.0,
                "scale" => v < least_scale && !last.is_empty() || (last.is_empty() && implied > 0.0),
                _ => false,
            };
            if !fits {
                break;
            }
            match kind {
                "hundred" => {
                    group = if group == 0.0 { v } else { group * v };
                    scale = v;
                }
                "scale" => {
                    total += if group == 0.0 { v } else { group * v };
                    (group, least_scale, scale) = (0.0, v, v);
                }
                _ => group += v,
            }
            last = kind;
            end = at + 1;
            let joined = self.past_hyphen(end);
            let next = if joined > end && matches!(last, "ten" | "unit" | "hundred" | "scale") {
                joined
            } else {
                end
            };
            // "three hundred and ten"; "five hundred and counting" ends before "and"
            let and = self.is(next, &["and"])
                && matches!(last, "hundred" | "scale")
                && matches!(self.role(next + 1), Some(("unit" | "ten", _)))
                && scale < 1e6;
            at = if and { next + 1 } else { next };
            // "twenty-first"
            if last == "ten" && joined > end && self.t.get(joined).is_some_and(|t| is_ordinal(&t.lower)) {
                return None;
            }
        }
        if end == i {
            return None;
        }
        let mut n = Number { value: total + group, sort: Sort::Plain, end, digits: false, scale };
        // "two and a half million", "two and a half"
        if self.is(end, &["and"]) && self.is(end + 1, &["a"]) {
            let part = match self.role(end + 2) {
                Some(("part", d)) => 1.0 / d,
                _ => return Some(n),
            };
            n.value += part * if scale > 1.0 { scale } else { 1.0 };
            n.end = end + 3;
            if let Some(("scale", s)) = self.role(n.end) {
                n.value *= s;
                n.scale = s;
                n.end += 1;
            }
        }
        Some(n)
    }
}

/// "First", "21st", "last": tells a place, not how many.
pub(super) fn is_ordinal(lower: &str) -> bool {
    const WORDS: [&str; 14] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
        "eleventh", "twelfth", "last", "opening",
    ];
    WORDS.contains(&lower)
}
