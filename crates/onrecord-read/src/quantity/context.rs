//! Numbers that count nothing: dates, times of day, scores, telephone numbers, names with numbers, list numbers.
//! Must not know of units.

use super::number::{Number, Sort};
use super::token::{Kind, Token};
use crate::lexicon;

const MONTHS: [&str; 22] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "aug",
    "sept",
    "sep",
    "oct",
    "nov",
    "dec",
];

pub(super) fn is_month(t: &Token<'_>) -> bool {
    t.capital() && MONTHS.contains(&t.lower.as_str())
}

/// A number in its sentence.
pub(super) struct Place<'a, 'b> {
    pub t: &'a [Token<'b>],
    /// Its first token.
    pub start: usize,
    pub number: &'a Number,
    /// Something is counted after it.
    pub counts: bool,
    /// Words that bound it or make it approximate stand before it.
    pub bounded: bool,
}

impl Place<'_, '_> {
    fn back(&self, n: usize) -> Option<&Token<'_>> {
        self.start.checked_sub(n).and_then(|i| self.t.get(i))
    }

    fn next(&self, n: usize) -> Option<&Token<'_>> {
        self.t.get(self.number.end + n)
    }

    fn digits(&self) -> bool {
        self.t.get(self.start).is_some_and(|t| t.kind == Kind::Digits)
    }

    /// Where to go on, if the number, without any unit, is no quantity.
    pub fn passes(&self) -> Option<usize> {
        let end = self.number.end;
        if self.number.sort != Sort::Plain {
            return self.name_in_words().then_some(end);
        }
        if self.digits() && self.number.digits {
            if let Some(next) = self.chain().or_else(|| self.date()) {
                return Some(next);
            }
            if self.time() || self.glued() || self.list() || self.is_year() || self.name() {
                return Some(end);
            }
        } else if self.name_in_words() {
            return Some(end);
        }
        self.numbered().then_some(end)
    }

    /// "COVID-19", "60s", "3D", "1st", "60's", "'08", "#5", "0300".
    fn glued(&self) -> bool {
        let own = self.t.get(self.start);
        // a call to the police
        if own.is_some_and(|o| matches!(o.text, "911" | "999")) && !self.counts {
            return true;
        }
        let glued = own.is_some_and(Token::glued);
        let before = self.back(1).is_some_and(|b| {
            glued
                && (b.is_dash() && b.glued() && self.start > 1
                    || matches!(b.text, "#" | "@" | "_" | "/" | ":" | "’" | "'"))
        }) || self.back(1).is_some_and(|b| matches!(b.text, "#" | "№" | "§"));
        let after = self.next(0).is_some_and(|n| n.glued() && n.is_word());
        let possessive = self.next(0).is_some_and(|n| n.glued() && n.is_apostrophe())
            && self.next(1).is_some_and(|n| n.glued() && n.is("s"));
        let zero =
            own.is_some_and(|o| o.text.len() > 1 && o.text.starts_with('0') && !o.text.starts_with("0."));
        before || after || possessive || zero
    }

    /// "11:30", "2-0", "4-5-1", "1-800-621-3362", "24/7": past all of it.
    fn chain(&self) -> Option<usize> {
        let mut at = self.number.end;
        loop {
            let mut next = at;
            while self.t.get(next).is_some_and(Token::is_dash) {
                next += 1;
            }
            if next == at && self.t.get(at).is_some_and(|m| m.glued() && matches!(m.text, ":" | "/")) {
                next += 1;
            }
            let digits = self.t.get(next).is_some_and(|d| d.kind == Kind::Digits);
            if next == at || !digits {
                break;
            }
            at = next + 1;
        }
        (at > self.number.end).then_some(at)
    }

    fn date(&self) -> Option<usize> {
        let end = self.number.end;
        if self.number.value > 31.0 || self.number.value.fract() != 0.0 {
            return None;
        }
        let of = usize::from(self.next(0).is_some_and(|n| n.is("of")));
        let month_after = self.next(of).is_some_and(is_month) && !self.counts_before_may(of);
        let stop = usize::from(self.back(1).is_some_and(|b| b.text == "."));
        let month_before = self.back(1 + stop).is_some_and(is_month) && !self.counts;
        if !month_before && !month_after {
            return None;
        }
        // "March 5 to 7"
        let more = self.next(0).is_some_and(|n| ["to", "and", "or", "&", ","].contains(&n.lower.as_str()));
        let day = self.next(1).filter(|d| more && d.kind == Kind::Digits && d.text.len() <= 2);
        let ends =
            self.next(2).is_none_or(|n| n.kind == Kind::Mark || lexicon::counted_stops().has(&n.lower));
        Some(if month_before && day.is_some() && ends { end + 2 } else { end })
    }

    /// "12 May win": too rare to tell; "May" after a number is the month.
    fn counts_before_may(&self, of: usize) -> bool {
        of == 1 && self.next(1).is_some_and(|m| m.is("may") && !m.capital())
    }

    /// "7 a.m.", "0300 GMT", "at 11.20", "at 9".
    pub fn time(&self) -> bool {
        const AFTER: [&str; 16] = [
            "a.m", "p.m", "am", "pm", "gmt", "utc", "edt", "est", "pdt", "pst", "bst", "cet", "cest", "ist",
            "aest", "hrs",
        ];
        let Some(own) = self.t.get(self.start) else { return false };
        let bracket = usize::from(self.next(0).is_some_and(|n| n.text == "("));
        let zone = self.next(bracket).is_some_and(|n| {
            AFTER.contains(&n.lower.as_str()) || n.is("local") && self.next(1).is_some_and(|t| t.is("time"))
        });
        let clock = self.next(0).is_some_and(|o| o.is("o")) && self.next(2).is_some_and(|c| c.is("clock"));
        let dotted = own.text.split_once('.').is_some_and(|(h, m)| {
            m.len() == 2
                && h.len() <= 2
                && h.parse().is_ok_and(|h: u8| h < 24)
                && m.parse().is_ok_and(|m: u8| m < 60)
        });
        let at = self.back(1).is_some_and(|b| b.is("at") || b.is("from") || b.is("until"));
        // "the toll stands at 9"
        const TOTAL: [&str; 11] =
            ["put", "puts", "putting", "stands", "stood", "number", "toll", "total", "rate", "level", "age"];
        // no sentence is so long that a word further back would matter
        let level = || {
            let near = self.start.saturating_sub(30)..self.start;
            self.t.get(near).is_some_and(|b| b.iter().any(|w| TOTAL.contains(&w.lower.as_str())))
        };
        let hour =
            self.back(1).is_some_and(|b| b.is("at")) && self.number.value <= 12.0 && !self.counts && !level();
        zone || clock || (dotted && at && !self.counts) || hour
    }

    /// "1. First …", "(2) …" at the sentence's start.
    fn list(&self) -> bool {
        let bracket = self.start == 1 && self.back(1).is_some_and(|b| b.text == "(");
        let closes = self.next(0).is_some_and(|n| n.glued() && matches!(n.text, ")" | "."));
        (self.start == 0 || bracket) && closes && self.next(1).is_some()
    }

    /// Four digits that read as a year.
    pub fn is_year(&self) -> bool {
        let Some(own) = self.t.get(self.start) else { return false };
        if own.text.len() != 4 || !own.text.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let recent = (1900.0..2036.0).contains(&self.number.value);
        if !self.counts {
            return recent || (1500.0..2100.0).contains(&self.number.value) && !self.bounded;
        }
        const BEFORE: [&str; 26] = [
            "in", "since", "by", "until", "till", "during", "before", "after", "the", "s", "early", "mid",
            "late", "this", "his", "her", "its", "their", "a", "our", "spring", "summer", "autumn", "fall",
            "winter", "from",
        ];
        let prev = self.back(1);
        let set = prev.is_some_and(|p| BEFORE.contains(&p.lower.as_str()) || is_month(p));
        let begins = prev.is_none() && self.next(0).is_some_and(Token::capital);
        recent && !self.bounded && (set || begins)
    }

    /// "Boeing 737", "Noosa 62": a capitalised word before the number, and nothing it would count.
    fn name(&self) -> bool {
        let Some(prev) = self.back(1).filter(|p| p.capital()) else { return false };
        let ordinary = lexicon::counted_stops().has(&prev.lower) || lexicon::number_bounds().has(&prev.lower);
        let first = self.start == 1;
        if ordinary || (first && self.counts) {
            return false;
        }
        // "Task Force 1 Members"
        if !self.counts || (!first && self.next(0).is_some_and(Token::capital)) {
            return true;
        }
        let from =
            (0..self.start).rev().take(8).take_while(|i| self.t.get(*i).is_some_and(Token::capital)).last();
        let article = from.and_then(|f| f.checked_sub(1)).and_then(|b| self.t.get(b));
        article.is_some_and(|a| ["the", "a", "an", "its", "his", "her", "their"].contains(&a.lower.as_str()))
    }

    /// "Network Ten", "the Big Three": number words with a capital inside a sentence.
    fn name_in_words(&self) -> bool {
        let capital = self.t.get(self.start).is_some_and(Token::capital);
        let inside = self.back(1).is_some_and(|b| b.kind != Kind::Mark || b.is_dash() && b.glued());
        // "“Top Ten Reasons”": a title
        capital && inside
    }

    /// "Article 5", "day two", "No. 7".
    fn numbered(&self) -> bool {
        let table = lexicon::numbered_nouns();
        let stop = usize::from(self.back(1).is_some_and(|b| b.text == "." && b.glued()));
        let Some(prev) = self.back(1 + stop) else { return false };
        let when = table.get(&prev.lower, 0);
        if stop == 1 {
            return matches!(prev.lower.as_str(), "no" | "nos" | "ch" | "vol") && prev.capital();
        }
        match when {
            Some("always") if prev.is("no") => prev.capital() && !self.counts,
            // "a number of 12"; "the number 32"
            Some("always") => !(self.counts && self.bounded),
            Some(_) => !self.counts && !self.bounded,
            None => false,
        }
    }
}
