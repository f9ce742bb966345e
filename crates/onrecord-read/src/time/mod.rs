//! Time expressions in English news and their values: TIMEX3 as TimeML 1.2.1 has it (Saurí et al. 2006), by rules and
//! word tables, in the manner of HeidelTime (Strötgen and Gertz 2010) and SUTime (Chang and Manning 2012).
//!
//! Sentences are cut into tokens, expressions are found in them, and each is held against the date of publication and
//! against what the text spoke of before it. Must not know a clock, nor who says what.

mod calendar;
mod expr;
mod find;
mod resolve;
mod tense;
mod tokens;

use crate::segment;
use expr::{Expr, Year};
pub use jiff::civil::Date;
use onrecord_text::{Document, Span, Time};
use resolve::Anchors;
use tokens::Line;

/// The time expressions of a text, in order; none overlaps another. Spans are bytes of `text`.
///
/// `sentences` are spans of `text`, in order; no expression crosses one. Relative times count from `published`; where
/// that is absent, from the first full date in the text; where there is none, their values keep X in the place of what
/// is not known, and have no ends. No errors: what is no span of the text has no times.
pub fn times(text: &str, sentences: &[Span], published: Option<Date>) -> Vec<Time> {
    let lower = text.to_ascii_lowercase();
    let lines: Vec<Line<'_>> = sentences.iter().map(|s| Line::new(text, &lower, *s)).collect();
    let found: Vec<_> = lines.iter().map(find::find).collect();
    let own = || found.iter().flatten().find_map(|f| full_date(&f.expr));
    let mut anchors = Anchors::new(published.or_else(own));
    let mut out = Vec::new();
    for (line, found) in lines.iter().zip(found) {
        for f in found {
            let value = anchors.value(&f.expr, tense::tense(line, f.from, f.to));
            out.push(Time {
                span: line.span(f.from, f.to),
                kind: value.kind,
                timex: value.timex,
                from: value.from,
                to: value.to,
                precision: value.precision,
            });
        }
    }
    out
}

/// The time expressions of a document; see [`times`].
pub fn document_times(document: &Document, published: Option<Date>) -> Vec<Time> {
    let (text, passages) = (document.text(), document.passages());
    times(text, &segment::sentences(text, passages), published)
}

/// The day that an expression names in full.
fn full_date(expr: &Expr) -> Option<Date> {
    match expr {
        Expr::Day { year: Year::Given(y), month, day } => Date::new(*y, *month, *day).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
