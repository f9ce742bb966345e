//! Whether a time lies ahead or behind, from the words near it. Must not know of dates.

use super::tokens::Line;
use crate::lexicon;

/// Where a time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
}

/// How many words before a time, and after it, can tell.
const BEFORE: usize = 10;
const AFTER: usize = 8;

fn of(line: &Line<'_>, i: usize) -> Option<Tense> {
    let word = line.word(i);
    match lexicon::time_tense().get(word, 0) {
        Some("future") => Some(Tense::Future),
        Some(_) => Some(Tense::Past),
        None if word == "ll" && line.is(i.wrapping_sub(1), "'") => Some(Tense::Future),
        // "to resume trading on Tuesday"
        None if line.is(i.wrapping_sub(1), "to") && verb_like(word) => Some(Tense::Future),
        None if word.len() > 4 && word.ends_with("ed") => Some(Tense::Past),
        None => None,
    }
}

fn verb_like(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(char::is_alphabetic)
        && !matches!(word, "the" | "his" | "her" | "its" | "their" | "an")
        && !word.ends_with("ing")
}

/// What the words near tokens `from..to` say: the nearest before them, else the nearest after them in the clause.
pub(super) fn tense(line: &Line<'_>, from: usize, to: usize) -> Option<Tense> {
    let stops = |i: usize| line.any(i, &[";", ":", "\"", "“", "”"]);
    let before =
        (from.saturating_sub(BEFORE)..from).rev().take_while(|i| !stops(*i)).find_map(|i| of(line, i));
    before.or_else(|| (to..(to + AFTER).min(line.len())).take_while(|i| !stops(*i)).find_map(|i| of(line, i)))
}
