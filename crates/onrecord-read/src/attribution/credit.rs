//! The agency that an outlet has its text from: in the byline, in the dateline ("(Reuters) - "), in the last lines. Must
//! not know who says what in the text.

use super::Page;
use crate::entities::kind;
use onrecord_names::{Kind, Name, same};
use onrecord_text::{Meta, Role, SourceKind};

/// Between those who share a byline or a credit line.
const BETWEEN: &[&str] = &[",", "/", "&", "|", ";", " and ", " - ", " – ", " — "];
/// Bytes of a credit line at most.
const LINE: usize = 60;
/// A dateline stands this near the top.
const TOP: usize = 160;

/// The agency as the text names it, unless it is the outlet itself.
pub(crate) fn credit(page: Page<'_>, meta: &Meta) -> Option<String> {
    let own = meta.outlet.as_deref().map(|o| Name::new(o, Kind::Body));
    let other = |name: &&str| own.as_ref().is_none_or(|o| same(o, &Name::new(name, Kind::Body)).is_none());
    let agency = |name: &&str| kind::whole(name) == Some(SourceKind::Outlet) && other(name);
    let words = |i: usize| page.passages.get(i).map(|p| p.span.of(page.text));
    let byline = page.passages.iter().find(|p| p.role == Role::Byline).map(|p| p.span.of(page.text));
    let signed = || meta.byline.as_deref().into_iter().chain(byline).flat_map(parts).find(agency);
    let datelined = || (0..page.passages.len().min(4)).filter_map(words).filter_map(bracketed).find(agency);
    let last = || {
        let from = page.passages.len().saturating_sub(3);
        (from..page.passages.len()).filter_map(words).find_map(|w| {
            let line = w.trim().trim_start_matches(['(', '©', '—', '-', ' ']).trim_end_matches([')', '.']);
            let whole = line.len() <= LINE
                && parts(line).count() > 0
                && parts(line).all(|p| kind::whole(p) == Some(SourceKind::Outlet));
            let claimed = copyright(w);
            claimed.filter(agency).or_else(|| whole.then(|| parts(line).find(agency)).flatten())
        })
    };
    signed().or_else(datelined).or_else(last).map(str::to_owned)
}

/// Names that share a line.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let all = rest?;
        let cut = BETWEEN.iter().filter_map(|b| all.find(b).map(|at| (at, b.len()))).min();
        let (part, after) = match cut {
            Some((at, n)) => (&all[..at], Some(&all[at + n..])),
            None => (all, None),
        };
        rest = after;
        Some(
            part.trim().trim_start_matches("By ").trim_start_matches("by ").trim_start_matches("The ").trim(),
        )
    })
    .filter(|p| !p.is_empty())
}

/// "SAN JOSE, Dec 31 (Reuters) - A plane …": what stands in brackets before the dash.
fn bracketed(passage: &str) -> Option<&str> {
    let open = passage.find('(').filter(|&at| at < TOP)?;
    let close = open + passage[open..].find(')')?;
    let rest = passage[close + 1..].trim_start();
    // the dash may have been parted from the dateline
    (rest.is_empty() || rest.starts_with(['-', '–', '—', '―'])).then(|| passage[open + 1..close].trim())
}

/// "Copyright 2018 The Associated Press. All rights reserved."
fn copyright(passage: &str) -> Option<&str> {
    let rest = passage.trim_start().strip_prefix("Copyright")?.trim_start_matches([' ', '©']);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    Some(rest.split('.').next()?.trim().trim_start_matches("The ").trim_start_matches("the "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use onrecord_text::{Passage, Span};

    #[test]
    fn agencies_are_found_where_they_are_credited() {
        let cases = [
            ("SAN JOSE, Dec 31 (Reuters) - A plane crashed.", None, None, Some("Reuters")),
            ("SAN JOSE, Dec 31 (Reuters)\nA plane crashed.", None, None, Some("Reuters")),
            ("A plane crashed.", Some("The Associated Press"), None, Some("Associated Press")),
            ("A plane crashed.\nReuters - Ap - Afp", None, None, Some("Reuters")),
            (
                "It fell.\nCopyright 2018 The Associated Press. All rights reserved.",
                None,
                None,
                Some("Associated Press"),
            ),
            // the agency's own text, and a writer
            ("ANTWERP, Jan 12 (Scheldt Press) - It fell.", None, Some("Scheldt Press"), None),
            ("It fell.", Some("By Ada Quill"), Some("The Gull"), None),
            ("A plane (Reuters) crashed.", None, None, None),
        ];
        for (text, byline, outlet, want) in cases {
            let mut at = 0;
            let passages: Vec<Passage> = text
                .split('\n')
                .map(|line| {
                    let span = Span::new(at, at + line.len());
                    at += line.len() + 1;
                    Passage { role: Role::Paragraph, span }
                })
                .collect();
            let page = Page { text, passages: &passages, sentences: &[], quotations: &[] };
            let meta = Meta {
                byline: byline.map(str::to_owned),
                outlet: outlet.map(str::to_owned),
                ..Meta::default()
            };
            assert_eq!(credit(page, &meta).as_deref(), want, "{text} {byline:?}");
        }
    }
}
