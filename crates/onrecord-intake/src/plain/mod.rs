//! Passages of plain text and their roles, by structure alone. Must not know where the text came from; what is
//! known of its title and summary comes in as [`Known`].

mod shape;
mod units;

use std::ops::Range;

use onrecord_text::{Passage, Role, Span};

pub(crate) use shape::{ends_sentence, is_byline, is_caption, is_dateline_line};
use units::{Mark, Unit, units};

/// What is known of an article before its text is looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Known<'a> {
    /// Its title.
    pub title: Option<&'a str>,
    /// Its summary.
    pub summary: Option<&'a str>,
}

/// The most that a headline or sub-heading may hold.
const HEADING_CHARS: usize = 110;
const HEADING_WORDS: usize = 17;
const HEADLINE_CHARS: usize = 160;

/// The passages of a text.
pub(crate) fn passages(text: &str, known: Known<'_>) -> Vec<Passage> {
    let mut units = units(text);
    let mut out = Vec::new();
    split_known(text, known, &mut units, &mut out);
    let roles = roles(text, &units, out.iter().any(|p| p.role == Role::Headline), known.title.is_some());
    let mut paragraphs = 0;
    for (unit, role) in units.iter().zip(roles) {
        if role != Role::Paragraph {
            out.push(passage(role, unit.span.clone()));
            continue;
        }
        push_paragraph(text, unit.span.clone(), paragraphs > 0, &mut out);
        paragraphs += 1;
    }
    out
}

/// A paragraph, parted from the dateline before it where it has one.
pub(crate) fn push_paragraph(text: &str, span: Range<usize>, strict: bool, out: &mut Vec<Passage>) {
    match shape::dateline(&text[span.clone()], strict) {
        Some((end, start)) => {
            out.push(passage(Role::Dateline, span.start..span.start + end));
            out.push(passage(Role::Paragraph, span.start + start..span.end));
        }
        None => out.push(passage(Role::Paragraph, span)),
    }
}

fn passage(role: Role, span: Range<usize>) -> Passage {
    Passage { role, span: Span::from(span) }
}

/// News crawlers put title and summary before the text, often in its first line, with the section's name before
/// them: takes them off as passages of their own.
fn split_known(text: &str, known: Known<'_>, units: &mut Vec<Unit>, out: &mut Vec<Passage>) {
    const SECTION: usize = 40;
    let named = |s: Option<&'_ str>| s.map(|s| s.trim().to_owned()).filter(|s| s.chars().count() >= 8);
    if let (Some(title), Some(unit)) = (named(known.title), units.first_mut())
        && let Some(at) = text[unit.span.clone()].find(&title)
        && at <= SECTION
    {
        let start = unit.span.start + at;
        out.push(passage(Role::Headline, start..start + title.len()));
        take(text, units, start + title.len());
    }
    if let (Some(summary), Some(unit)) = (named(known.summary), units.first())
        && text[unit.span.clone()].starts_with(&summary)
        // An article whose summary is its first paragraph, or the start of it, loses nothing of that paragraph.
        && (!out.is_empty() && !shape::ends_sentence(&summary))
    {
        let (start, end) = (unit.span.start, unit.span.start + summary.len());
        out.push(passage(Role::Standfirst, start..end));
        take(text, units, end);
    }
}

/// Drops all of the first unit before `to`.
fn take(text: &str, units: &mut Vec<Unit>, to: usize) {
    if let Some(first) = units.first_mut() {
        let rest = &text[to..first.span.end];
        first.span.start = first.span.end - rest.trim_start().len();
        if first.span.is_empty() {
            units.remove(0);
        }
    }
}

/// What the rules look at in a unit.
struct Look<'a> {
    words: &'a str,
    chars: usize,
    mark: Mark,
    one_line: bool,
    ends: bool,
    /// Could be a heading for its shape alone.
    heading: bool,
    /// Ends inside a quotation that began in it.
    quote_open: bool,
}

fn look<'a>(text: &'a str, unit: &Unit) -> Look<'a> {
    let words = &text[unit.span.clone()];
    let chars = words.chars().count();
    let one_line = !words.contains(['\n', '\r']);
    let ends = shape::ends_sentence(words);
    Look {
        words,
        chars,
        mark: unit.mark,
        one_line,
        ends,
        heading: unit.mark == Mark::Plain && one_line && is_heading(words, chars),
        quote_open: quote_open(words),
    }
}

/// Short, no stop at its end, not somebody's words.
fn is_heading(words: &str, chars: usize) -> bool {
    if chars > HEADING_CHARS || words.split_whitespace().count() > HEADING_WORDS {
        return false;
    }
    let question = words.ends_with('?') && is_question(words);
    let stop = shape::ends_sentence(words) || words.ends_with(['.', ',', ':', ';', '-', '–', '—', '…']);
    let first = words.chars().find(|c| !matches!(c, '‘' | '\'' | '(' | '#')).unwrap_or(' ');
    (question || !stop)
        && !words.starts_with(['"', '“', '«', '„', '”'])
        && !shape::is_attribution_line(words)
        && !quote_open(words)
        && (first.is_uppercase() || first.is_ascii_digit() || !first.is_lowercase() && first.is_alphabetic())
        && words.chars().any(char::is_alphabetic)
}

/// "What happens next?"
fn is_question(words: &str) -> bool {
    const ASKS: &[&str] = &[
        "What", "What’s", "What's", "Why", "How", "Who", "Who’s", "Who's", "Where", "When", "Which", "Whose",
    ];
    words.split_whitespace().next().is_some_and(|w| ASKS.contains(&w))
        && words.split_whitespace().count() <= 12
}

/// A double quotation mark opens and does not close.
fn quote_open(words: &str) -> bool {
    let count = |c: char| words.chars().filter(|&x| x == c).count();
    count('“') > count('”') || count('«') > count('»') || count('"') % 2 == 1
}

/// The lines of a quotation that began before them are no headings. One that never closes counts for a few lines.
fn no_headings_in_speech(looks: &mut [Look<'_>]) {
    const FEW: usize = 4;
    let mut inside: usize = 0;
    for l in looks {
        l.heading &= inside == 0;
        // After a whole sentence, a straight mark too many is a slip; a curly one goes on.
        if l.quote_open && (!l.ends || l.words.contains(['“', '«'])) {
            inside = FEW;
        } else if l.words.contains(['”', '"', '»']) {
            inside = 0;
        } else {
            inside = inside.saturating_sub(1);
        }
    }
}

/// A role for each unit.
fn roles(text: &str, units: &[Unit], headline_found: bool, title_known: bool) -> Vec<Role> {
    let mut looks: Vec<Look<'_>> = units.iter().map(|u| look(text, u)).collect();
    no_headings_in_speech(&mut looks);
    let looks = looks;
    let plain: Vec<&Look<'_>> = looks.iter().filter(|l| l.mark == Mark::Plain).collect();
    let mut sizes: Vec<usize> = plain.iter().filter(|l| !l.heading).map(|l| l.chars).collect();
    sizes.sort_unstable();
    let usual = sizes.get(sizes.len() / 2).copied().unwrap_or(0);
    // Where most lines lack a stop (verse, tables, chat), lacking one means nothing.
    let headings = plain.iter().filter(|l| l.heading).count();
    let stops_mean_something = headings * 2 <= plain.len() + 1;

    let mut out = Vec::with_capacity(looks.len());
    for (i, l) in looks.iter().enumerate() {
        // Headings come alone or in pairs; more of them in a row are verse, a table or a list.
        let loose = |r: &Role| matches!(r, Role::Subheading | Role::Paragraph);
        let before = looks[..i].iter().zip(&out).rev().take_while(|(l, r)| l.heading && loose(r)).count();
        let alone = before + looks[i + 1..].iter().take_while(|l| l.heading).count() <= 1;
        let prev = i.checked_sub(1).map(|p| (&looks[p], out[p]));
        let role = match l.mark {
            Mark::Quoted => Role::BlockQuotation,
            // A dash after somebody's words names the speaker.
            Mark::Item if prev.is_some_and(|(p, _)| p.mark == Mark::Quoted) && l.chars <= 80 && !l.ends => {
                Role::Paragraph
            }
            Mark::Item => Role::ListItem,
            Mark::Plain => {
                let place = Place {
                    first: i == 0 && !headline_found,
                    near_start: i < 5,
                    blank_after: units[i].blank_after,
                    usual,
                    stops_mean_something,
                    alone,
                    title_known,
                };
                plain_role(l, prev, &looks[i + 1..], place)
            }
        };
        out.push(role);
    }
    standfirst(&looks, &mut out);
    out
}

/// Where a unit stands, and in what kind of text.
#[derive(Clone, Copy)]
struct Place {
    first: bool,
    near_start: bool,
    blank_after: bool,
    usual: usize,
    stops_mean_something: bool,
    /// Hardly any other line beside it has the shape of a heading.
    alone: bool,
    title_known: bool,
}

fn plain_role(l: &Look<'_>, prev: Option<(&Look<'_>, Role)>, next: &[Look<'_>], at: Place) -> Role {
    if l.one_line || l.chars <= 400 {
        if shape::is_byline(l.words) && (at.near_start || l.words.starts_with('(') || next.len() <= 3) {
            return Role::Byline;
        }
        if shape::is_caption(l.words) {
            return Role::Caption;
        }
        if at.near_start && shape::is_dateline_line(l.words) {
            return Role::Dateline;
        }
    }
    let more = !next.is_empty();
    // The first line's blank line counts even where the text has no stops to go by.
    if at.first && more && is_headline(l, at) {
        return Role::Headline;
    }
    let head = prev
        .is_none_or(|(_, r)| matches!(r, Role::Headline | Role::Byline | Role::Standfirst | Role::Dateline));
    if (head || at.near_start && at.title_known && prev.is_none())
        && more
        && shape::is_name_and_outlet(l.words)
    {
        return Role::Byline;
    }
    if is_subheading(l, prev, next, at) { Role::Subheading } else { Role::Paragraph }
}

fn is_headline(l: &Look<'_>, at: Place) -> bool {
    let stop = l.words.ends_with(['.', ',', ';', ':', '…'])
        || (l.ends && !l.words.ends_with(['?', '!', '"', '”', '’', '\'', ')']));
    // A whole sentence in quotation marks is speech; a headline may end in a quoted phrase.
    let speech = l.words.starts_with(['"', '“', '«']) && l.ends;
    let closed_stop = l.ends && l.words.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with('.');
    let short = l.chars <= HEADLINE_CHARS && l.words.split_whitespace().count() <= 28;
    l.one_line
        && short
        && !stop
        && !speech
        && !closed_stop
        && !l.quote_open
        && !shape::is_attribution_line(l.words)
        && !l.words.starts_with(char::is_lowercase)
        && shape::dateline(l.words, false).is_none()
        && l.words.chars().any(char::is_alphabetic)
        && (at.blank_after || (at.stops_mean_something && l.chars * 2 <= at.usual))
}

fn is_subheading(l: &Look<'_>, prev: Option<(&Look<'_>, Role)>, next: &[Look<'_>], at: Place) -> bool {
    let Some((before, _)) = prev else { return false };
    let Some(after) = next.first() else { return false };
    if !l.heading || !at.stops_mean_something || !at.alone {
        return false;
    }
    // Names who said what stands before.
    let speaker =
        before.mark == Mark::Quoted && l.words.split_whitespace().count() <= 4 && after.mark == Mark::Plain;
    let speaker = speaker && shape::is_name_and_outlet(l.words);
    // What follows a heading is longer than the heading, and ends as sentences do.
    let body = next.iter().find(|n| !n.heading);
    let leads =
        body.is_some_and(|b| b.mark != Mark::Plain || b.ends || shape::is_cut(b.words) || b.chars > l.chars);
    let wordy = at.usual == 0 || l.chars <= at.usual || l.chars <= 80;
    !speaker && leads && wordy && !shape::is_cut(before.words)
}

/// What stands between the headline and the byline or dateline is the summary.
fn standfirst(looks: &[Look<'_>], roles: &mut [Role]) {
    if let [Role::Headline, second @ (Role::Paragraph | Role::Subheading), Role::Byline | Role::Dateline, ..] =
        roles
        && looks[1].chars <= 400
    {
        *second = Role::Standfirst;
    } else if let [Role::Headline, second @ Role::Subheading, Role::Paragraph, ..] = roles {
        // A line without a stop right under the headline.
        *second = Role::Standfirst;
    }
}

#[cfg(test)]
mod tests;
