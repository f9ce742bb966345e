//! The list beside an article: one entry for each attribution, the inner ones under the outer ones. Must not
//! know how the article itself is marked.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use onrecord_text::{Document, Reading};

use super::facts::facts;
use super::html::escape;
use super::segments::nested;
use super::wrap::shorten;

/// Columns of a content in the list; all of it stands in the text.
const MOST: usize = 280;

/// Writes the list, or `nobody` where there is none. Only attributions in `anchored` stand in the text and can be
/// linked to.
pub(super) fn list(
    out: &mut String,
    n: usize,
    document: &Document,
    reading: &Reading,
    anchored: &BTreeSet<usize>,
    nobody: &str,
) {
    let _ = write!(
        out,
        "<aside aria-labelledby=\"d{n}-list\">\n<h3 class=\"list\" id=\"d{n}-list\">Who said what</h3>\n"
    );
    if reading.attributions.is_empty() {
        let _ = write!(out, "<p class=\"nobody\">{nobody}</p>\n</aside>\n");
        return;
    }
    out.push_str("<ol>\n");
    let mut open = 0;
    for (k, (i, depth)) in nested(reading).into_iter().enumerate() {
        if depth > open {
            out.push_str("<ol>\n");
            open = depth;
        } else if k > 0 {
            out.push_str("</li>\n");
            for _ in depth..open {
                out.push_str("</ol>\n</li>\n");
            }
            open = depth;
        }
        entry(out, n, i, document, reading, anchored.contains(&i));
    }
    for _ in 0..open {
        out.push_str("</li>\n</ol>\n");
    }
    out.push_str("</li>\n</ol>\n</aside>\n");
}

/// One entry, its element left open for the entries within it.
fn entry(out: &mut String, n: usize, i: usize, document: &Document, reading: &Reading, linked: bool) {
    let f = facts(document, reading, &reading.attributions[i]);
    let i = i + 1;
    // The link is the place of the attribution, so that a number in the text leads the focus here.
    let number = if linked {
        format!("<a class=\"num\" href=\"#d{n}-a{i}\" aria-label=\"{i}, show in the text\">{i}</a>")
    } else {
        format!("<span class=\"num\">{i}</span>")
    };
    let _ = write!(
        out,
        "<li>\n<div class=\"entry\" id=\"d{n}-n{i}\">\n{number}\n<p class=\"who\"><bdi class=\"party\">{}</bdi>",
        escape(&f.who)
    );
    if let Some(words) = &f.as_called {
        let _ = write!(out, " <span class=\"called\"><bdi>{}</bdi></span>", escape(words));
    }
    for party in &f.through {
        let _ = write!(out, " <span class=\"through\">through <bdi>{}</bdi></span>", escape(party));
    }
    if let Some(party) = &f.citing {
        let _ = write!(out, " <span class=\"through\">citing <bdi>{}</bdi></span>", escape(party));
    }
    out.push_str("</p>\n<p class=\"tags\">");
    let mut tags: Vec<String> = f.tags.iter().map(|t| (*t).to_owned()).collect();
    if let Some(stance) = f.stance {
        tags.push(format!("<strong>{stance}</strong>"));
    }
    if let Some(certainty) = f.certainty {
        let hedge = f.hedge.as_deref().map(|h| format!(" (“<bdi>{}</bdi>”)", escape(h))).unwrap_or_default();
        tags.push(format!("<strong>{certainty}</strong>{hedge}"));
    }
    let _ = writeln!(out, "{}</p>", tags.join(" · "));
    if !f.content.is_empty() {
        let _ = writeln!(out, "<p class=\"what\" dir=\"auto\">{}</p>", escape(&shorten(&f.content, MOST)));
    }
    out.push_str("</div>\n");
}
