//! Quantities: numbers in words and digits with what is counted or measured, bounds, ranges and vague numbers.
//! English. By rules over the tokens of one sentence and word tables (`lexicon/{number_words,number_bounds,units,
//! currencies,…}.tsv`). Must not know of attributions, entities or the network.
//!
//! What the fields hold. "Twelve": value 12. "About 150": value 150, approximate, no band. "At least 12", "more than
//! 12": low 12; "up to 12": high 12; not approximate. "40 to 60": low and high. Vague numbers have a low and are
//! approximate: "dozens" 24, "hundreds" 200, "several thousand" 2000, "tens of thousands" 20000, "scores" 40, "a
//! handful" 3; "a couple" is about 2. Fractions are numbers ("a third of voters": 0.333…, no unit), per cent is not
//! divided (71, "%"). "5ft 7in" is in feet.

mod amount;
mod context;
mod noun;
mod number;
mod token;
mod unit;

use amount::{Amount, Bounds, amount_at};
use context::Place;
use noun::Counted;
use number::Sort;
use onrecord_text::{Quantity, Span};
use std::ops::Range;
use token::{Kind, Token, tokens};

/// The quantities of `text` within `sentences` (bytes), sorted, none overlapping another. Ordinals, dates, times of
/// day, scores and names with numbers are none. A span that is not of the text holds nothing.
pub fn quantities(text: &str, sentences: &[Span]) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = Vec::new();
    for sentence in sentences {
        let t = tokens(text, *sentence);
        Sentence { t: &t, last: 0, bare: None, age: None, numbered: None }.read(&mut out);
    }
    out.sort_by_key(|q| (q.span.start, q.span.end));
    out.dedup_by(|b, a| a.span.overlaps(b.span));
    out
}

/// A sentence while it is read.
struct Sentence<'a, 'b> {
    t: &'a [Token<'b>],
    /// The token after the last quantity.
    last: usize,
    /// The token after the last quantity, where its noun is left out.
    bare: Option<usize>,
    /// The token after the last age.
    age: Option<usize>,
    /// The token after the last number that numbers something ("sections 12").
    numbered: Option<usize>,
}

/// Two numbers that bound one quantity, or one number.
struct Reach {
    start: usize,
    first: Amount,
    second: Option<Amount>,
}

impl Sentence<'_, '_> {
    fn is(&self, i: usize, words: &[&str]) -> bool {
        self.t.get(i).is_some_and(|t| words.contains(&t.lower.as_str()))
    }

    fn before(&self, i: usize, n: usize, words: &[&str]) -> bool {
        i.checked_sub(n).is_some_and(|b| self.is(b, words))
    }

    fn read(&mut self, out: &mut Vec<Quantity>) {
        let mut i = 0;
        while i < self.t.len() {
            i = match amount_at(self.t, i) {
                Some(a) => self.amount(a, out).max(i + 1),
                None => i + 1,
            };
        }
    }

    /// Takes or passes over an amount; where to go on.
    fn amount(&mut self, a: Amount, out: &mut Vec<Quantity>) -> usize {
        let reach = self.reach(a);
        let a = reach.second.as_ref().unwrap_or(&reach.first);
        let (bounds, start) = amount::before(self.t, reach.start, self.last);
        let (mut after, mut end) = amount::after(self.t, a.number.end.max(a.end));
        let strong = end > a.end && after == Bounds::default();
        let mut a = a.clone();
        let counted = if a.bare() {
            noun::counted(self.t, end.max(a.end), a.number.value, a.number.sort)
        } else {
            None
        };
        if a.bare() && reach.second.is_none() {
            let next = self.pass(&a, start, &bounds, counted.as_ref());
            match next {
                Pass::Over(next) => return next,
                Pass::Age(age) => a = age,
                Pass::Take => {}
            }
        } else if reach.second.is_some() && a.bare() {
            let first = self.place(&reach.first, false, false);
            let second = self.place(&a, counted.is_some(), false);
            if first.is_year() && second.is_year() || second.time() {
                return a.end;
            }
        }
        if let Some(b) = reach.second.as_ref()
            && (self.before(reach.start, 1, &["aged", "age", "ages"])
                || self.before(reach.start, 1, &["of"]) && self.before(reach.start, 2, &["ages"]))
            && b.bare()
        {
            a.unit = Some(unit::Unit { symbol: "year".into(), kind: "age", end: a.end });
        }
        let counted = counted.filter(|_| a.bare());
        let kind = a.unit.as_ref().map(|u| u.kind);
        let mut unit = a.unit.as_ref().map(|u| u.symbol.clone());
        let mut of = None;
        if let Some(symbol) = self.magnitude(&a, start) {
            unit = Some(symbol.to_owned());
        } else if let Some(c) = &counted {
            unit = c.head.clone();
            of = Some(c.of.clone());
            if c.direct && !self.holds_number(end.max(a.end), c.of.end) {
                end = end.max(c.of.end);
            }
        } else if let Some(c) = &a.compound {
            unit = self.t.get(c.start).map(|w| w.lower.clone());
            of = Some(c.clone());
        } else if a.unit.is_some() {
            of = match kind {
                Some("money" | "share") => noun::of_amount(self.t, a.end, true),
                Some("age") => None,
                _ => noun::of_amount(self.t, a.end, false),
            };
        }
        end = end.max(a.end);
        if after == Bounds::default() && !strong {
            let (late, past) = amount::after(self.t, end);
            if late != Bounds::default() && self.t.get(end).is_some_and(|w| !w.is_dash()) {
                (after, end) = (late, past);
            }
        }
        self.last = end;
        self.bare = (unit.is_none() && of.is_none()).then_some(end);
        self.age = (kind == Some("age")).then_some(end);
        let (span, of) = (self.span(start..end), of.map(|o| self.of_span(o)));
        let Some(span) = span else { return end };
        out.push(quantity(span, &reach, &a, join(bounds, after), unit, of.flatten()));
        end
    }

    /// "Between 40 and 60", "40 to 60", "40–60", "10 or 15", or the one number.
    fn reach(&self, first: Amount) -> Reach {
        let start = first.start;
        let one = |first: Amount| Reach { start, first, second: None };
        if first.number.sort == Sort::Fraction || first.unit.as_ref().is_some_and(|u| u.kind == "age") {
            return one(first);
        }
        let ages = self.before(start, 1, &["of"])
            && self.before(start, 2, &["ages"])
            && self.before(start, 4, &["between"]);
        let between = self.before(start, 1, &["between"]) || ages;
        let from = self.before(start, 1, &["from"]);
        let ranging = from
            && self.before(
                start,
                2,
                &["ranging", "range", "ranges", "ranged", "anywhere", "anything", "estimates"],
            );
        let at = first.end;
        let mut dashes = at;
        while self.t.get(dashes).is_some_and(Token::is_dash) {
            dashes += 1;
        }
        let dash = dashes > at;
        let next = match () {
            () if between && self.is(at, &["and", "to"]) => at + 1,
            () if self.is(at, &["to"]) && (!from || ranging) => at + 1,
            () if self.is(at, &["or"]) && first.bare() => at + 1,
            () if dash && first.compound.is_none() => dashes,
            () => return one(first),
        };
        let Some(mut second) = amount_at(self.t, next) else { return one(first) };
        let mut first = first;
        // "40 to 60 million", "$50-80 million"
        let unscaled =
            first.number.scale == 1.0 && first.number.value < second.number.value / second.number.scale;
        if second.number.scale > 1.0
            && second.number.sort == Sort::Plain
            && unscaled
            && second.number.scale >= 1000.0
        {
            first.number.value *= second.number.scale;
        }
        let same = match (&first.unit, &second.unit) {
            (Some(a), Some(b)) => a.symbol == b.symbol,
            (Some(a), None) if a.kind == "money" => {
                second.unit = first.unit.clone();
                true
            }
            (a, _) => a.is_none(),
        };
        let rises = first.number.value < second.number.value
            && second.number.sort == Sort::Plain
            && first.number.sort == Sort::Plain;
        if !same || !rises || first.compound.is_some() {
            return one(first);
        }
        if self.is(at, &["or"]) && second.number.value > 3.0 * first.number.value.max(1.0) {
            return one(first);
        }
        if dash {
            // a score, unless something is counted or measured
            let aged = self.before(start, 1, &["aged", "age", "ages"]);
            let more = self.t.get(second.end).is_some_and(|d| d.is_dash() && d.glued())
                && self.t.get(second.end + 1).is_some_and(|d| d.kind == Kind::Digits);
            let plural = second.bare()
                && noun::counted(self.t, second.end, second.number.value, Sort::Plain)
                    .is_some_and(|c| c.direct);
            let decimal_or_more =
                second.unit.is_some() || second.compound.is_some() || plural || aged || between;
            if more || !decimal_or_more {
                return one(first);
            }
        }
        let start = match between {
            true if ages => start - 4,
            true => start - 1,
            false => start,
        };
        Reach { start, first, second: Some(second) }
    }

    fn place<'s>(&'s self, a: &'s Amount, counts: bool, bounded: bool) -> Place<'s, 's> {
        Place { t: self.t, start: a.start, number: &a.number, counts, bounded }
    }

    /// Whether a bare number is a quantity at all.
    fn pass(&mut self, a: &Amount, start: usize, bounds: &Bounds, counted: Option<&Counted>) -> Pass {
        let follows = |end: Option<usize>| {
            end.is_some_and(|e| a.start == e + 1 && self.is(e, &["and", "or", ",", "to", "&"]))
        };
        if let Some(age) = amount::age(self.t, a, start, context::is_month) {
            return Pass::Age(age);
        }
        let counts = counted.is_some_and(|c| c.direct || c.head.is_some());
        if follows(self.age) && !counts && a.number.value < 125.0 {
            return Pass::Age(Amount {
                unit: Some(unit::Unit { symbol: "year".into(), kind: "age", end: a.end }),
                ..a.clone()
            });
        }
        if follows(self.numbered) && !counts {
            self.numbered = Some(a.end);
            return Pass::Over(a.end);
        }
        let place = self.place(a, counts, *bounds != Bounds::default());
        if self.magnitude(a, start).is_some() {
            return Pass::Take;
        }
        // "26 to 11", a score; "from 2100 to 2300 UTC"
        if counted.is_none()
            && a.number.digits
            && self.is(a.end, &["to", "and"])
            && let Some(b) = amount_at(self.t, a.end + 1).filter(|b| b.bare() && b.number.digits)
        {
            let falls = b.number.value <= a.number.value
                && self.is(a.end, &["to"])
                && !self.before(start, 1, &["from"])
                && noun::counted(self.t, b.end, b.number.value, b.number.sort).is_none();
            if falls || self.place(&b, false, false).time() {
                return Pass::Over(b.end);
            }
        }
        if let Some(next) = place.passes() {
            self.numbered = Some(next);
            return Pass::Over(next);
        }
        if a.number.value == 1.0
            && a.number.sort == Sort::Plain
            && self.t.get(a.start).is_some_and(Token::is_word)
            && !self.one_counts(a, counted)
        {
            return Pass::Over(a.end);
        }
        Pass::Take
    }

    /// "One person", "one of the guards"; not "no one", "one would think", "the one".
    fn one_counts(&self, a: &Amount, counted: Option<&Counted>) -> bool {
        const PRONOUN: [&str; 17] = [
            "no", "any", "some", "every", "each", "the", "this", "that", "which", "another", "a", "an",
            "good", "big", "only", "day", "number",
        ];
        let i = a.start;
        let of = self.is(a.end, &["of"]);
        let pronoun =
            self.before(i, 1, &PRONOUN[..12]) && !of && !self.before(i, 1, &["only", "the", "this", "that"]);
        let idiom = self.before(i, 1, &["at"]) && self.is(a.end, &["point", "time", "stage"])
            || self.is(a.end, &["another"])
            || self.before(i, 1, &["no", "any", "every", "each"]);
        if idiom || pronoun {
            return false;
        }
        match counted {
            Some(c) if c.head.is_none() => of,
            Some(c) => {
                // "one thinks": a lone verb in -s
                let lone = c.of.len() == 1 && self.t.get(c.of.start).is_some_and(noun::is_plural);
                let plural = c.of.end.checked_sub(1).and_then(|e| self.t.get(e)).is_some_and(noun::is_plural);
                if of { plural } else { !lone }
            }
            // "three from Rome and one from Bonn"
            None => {
                self.before(i, 1, &["and", ","])
                    && self.bare.is_some_and(|b| i - b <= 6)
                    && self.is(a.end, &["from", "in", "at"])
            }
        }
    }

    /// "A magnitude of 6.1", "6.1 on the Richter scale".
    fn magnitude(&self, a: &Amount, start: usize) -> Option<&'static str> {
        if !a.bare() || a.number.value >= 10.0 {
            return None;
        }
        let back =
            (1..=3).find(|n| !self.before(start, *n, &["of", "was", "is", "at", "a", "as"])).unwrap_or(3);
        let richter = (0..4).any(|n| self.is(a.end + n, &["richter"]));
        (self.before(start, back, &["magnitude"]) || richter).then_some("magnitude")
    }

    /// Another number stands in the phrase and is to be read for itself.
    fn holds_number(&self, from: usize, to: usize) -> bool {
        (from..to).any(|i| {
            let joined = self.t.get(i + 1).is_some_and(|d| d.is_dash() && d.glued());
            joined
                && self
                    .t
                    .get(i)
                    .is_some_and(|t| number::is_number_word(t) || t.kind == Kind::Digits && t.spaced)
                && self.t.get(i + 2).is_some_and(Token::is_word)
        })
    }

    fn span(&self, tokens: Range<usize>) -> Option<Span> {
        let first = self.t.get(tokens.start)?;
        let last = self.t.get(tokens.end.checked_sub(1)?)?;
        Some(Span::new(first.span.start as usize, last.span.end as usize))
    }

    /// The span of what is counted, without the mark of quotation that it begins with and does not close.
    fn of_span(&self, tokens: Range<usize>) -> Option<Span> {
        let mut tokens = tokens;
        let closed =
            |r: &Range<usize>| self.t.get(r.start + 1..r.end).is_some_and(|t| t.iter().any(Token::is_quote));
        if self.t.get(tokens.start).is_some_and(Token::is_quote) && !closed(&tokens) && tokens.len() > 1 {
            tokens.start += 1;
        }
        self.span(tokens)
    }
}

/// What becomes of a bare number.
enum Pass {
    /// No quantity: go on there.
    Over(usize),
    /// A person's age.
    Age(Amount),
    Take,
}

fn join(a: Bounds, b: Bounds) -> Bounds {
    Bounds { near: a.near || b.near, low: a.low || b.low, high: a.high || b.high }
}

fn quantity(
    span: Span,
    reach: &Reach,
    a: &Amount,
    bounds: Bounds,
    unit: Option<String>,
    of: Option<Span>,
) -> Quantity {
    let v = a.number.value;
    let vague = a.number.sort == Sort::Vague;
    let (value, low, high) = match (&reach.second, vague) {
        (Some(_), _) => (None, Some(reach.first.number.value), Some(v)),
        _ if bounds.high => (None, None, Some(v)),
        (None, true) => (None, Some(v), None),
        _ if bounds.low => (None, Some(v), None),
        _ => (Some(v), None, None),
    };
    let approximate = bounds.near || vague || a.number.sort == Sort::Couple;
    Quantity { span, value, low, high, approximate, unit, of }
}

#[cfg(test)]
mod tests;
