//! Styled words, broken into lines by the width they take on a terminal. Must not know what a style means in
//! an article.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// How a stretch of text looks. Without colour none of it shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) dim: bool,
    pub(super) italic: bool,
    pub(super) underline: bool,
    /// SGR foreground, 0 for the terminal's own.
    pub(super) colour: u8,
}

/// A stretch of text in one style.
pub(super) type Run = (String, Style);

/// Makes text that is not ours harmless to a terminal: white space becomes spaces, other control characters
/// become U+FFFD, and characters that turn the reading direction of what follows are left out.
pub(super) fn harmless(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(c),
            c if c.is_whitespace() => Some(' '),
            c if c.is_control() => Some('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
            '\u{ad}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => None,
            c => Some(c),
        })
        .collect()
}

/// Columns on a terminal.
pub(super) fn columns(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The text, cut with an ellipsis to at most `width` columns, between words where that costs little.
pub(super) fn shorten(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut cut = 0;
    let mut space = 0;
    let mut used = 0;
    for (at, g) in text.grapheme_indices(true) {
        used += columns(g);
        if used > width.saturating_sub(1) {
            break;
        }
        cut = at + g.len();
        if g == " " {
            space = at;
        }
    }
    if space * 4 > cut * 3 {
        cut = space;
    }
    let kept = text[..cut].trim_end_matches([' ', ',', ';', ':', '–', '—', '…']);
    format!("{kept}…")
}

/// Breaks runs into lines of at most `width` columns. Breaks at spaces; inside a word only where the word alone
/// is wider than a line, and then between graphemes.
pub(super) fn wrap(runs: &[Run], width: usize) -> Vec<Vec<Run>> {
    let width = width.max(1);
    let mut lines = Vec::new();
    let mut line = Line::default();
    for Word { space, runs } in words(runs) {
        let wide: usize = runs.iter().map(|(t, _)| columns(t)).sum();
        if !line.runs.is_empty() && line.wide + 1 + wide > width {
            lines.push(std::mem::take(&mut line).runs);
        }
        if let (Some(style), false) = (space, line.runs.is_empty()) {
            line.push(" ", style);
        }
        if wide <= width {
            for (t, style) in &runs {
                line.push(t, *style);
            }
            continue;
        }
        for (t, style) in &runs {
            for g in t.graphemes(true) {
                if line.wide + columns(g) > width && !line.runs.is_empty() {
                    lines.push(std::mem::take(&mut line).runs);
                }
                line.push(g, *style);
            }
        }
    }
    if !line.runs.is_empty() {
        lines.push(line.runs);
    }
    lines
}

#[derive(Default)]
struct Line {
    runs: Vec<Run>,
    wide: usize,
}

impl Line {
    fn push(&mut self, text: &str, style: Style) {
        self.wide += columns(text);
        match self.runs.last_mut() {
            Some((t, s)) if *s == style => t.push_str(text),
            _ => self.runs.push((text.to_owned(), style)),
        }
    }
}

/// A word in its styles, and the style of the space before it, if there is one.
struct Word {
    space: Option<Style>,
    runs: Vec<Run>,
}

fn words(runs: &[Run]) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::new();
    let mut space = None;
    let mut open = false;
    for (text, style) in runs {
        for (i, piece) in text.split(' ').enumerate() {
            if i > 0 {
                // a space that nothing is over wins: lines under words end with the words
                space = Some(space.map_or(*style, |s: Style| if s.underline { *style } else { s }));
                open = false;
            }
            if piece.is_empty() {
                continue;
            }
            match found.last_mut() {
                Some(word) if open => word.runs.push((piece.to_owned(), *style)),
                _ => found.push(Word { space: space.take(), runs: vec![(piece.to_owned(), *style)] }),
            }
            open = true;
        }
    }
    found
}

/// A line as it goes to the terminal, without its line feed.
pub(super) fn paint(line: &[Run], colour: bool) -> String {
    let mut out = String::new();
    for (text, style) in line {
        if !colour || *style == Style::default() {
            out.push_str(text);
            continue;
        }
        let mut codes: Vec<String> = Vec::new();
        let flags = [(style.bold, 1), (style.dim, 2), (style.italic, 3), (style.underline, 4)];
        codes.extend(flags.iter().filter(|f| f.0).map(|f| f.1.to_string()));
        if style.colour > 0 {
            codes.push(style.colour.to_string());
        }
        out.push_str(&format!("\u{1b}[{}m{text}\u{1b}[0m", codes.join(";")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str, width: usize) -> Vec<String> {
        wrap(&[(text.to_owned(), Style::default())], width).iter().map(|l| paint(l, false)).collect()
    }

    #[test]
    fn wraps_by_columns_not_by_characters() {
        assert_eq!(plain("one two  three", 7), ["one two", "three"]);
        assert_eq!(plain("日本語の話です", 6), ["日本語", "の話で", "す"]);
        assert_eq!(plain("a 👩‍👩‍👧👩‍👩‍👧 b", 4), ["a", "👩‍👩‍👧👩‍👩‍👧", "b"]);
        assert_eq!(plain("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
        assert_eq!(plain("12\u{a0}000 x", 4), ["12\u{a0}0", "00 x"], "a fixed space does not break");
        assert!(plain("", 9).is_empty() && plain("   ", 9).is_empty());
        assert_eq!(plain("日", 1), ["日"], "a line holds at least one grapheme");
    }

    #[test]
    fn styles_stay_with_their_words() {
        let b = Style { bold: true, ..Style::default() };
        let lines = wrap(&[("a".into(), b), ("b c".into(), Style::default()), (" d".into(), b)], 4);
        assert_eq!(lines.len(), 2);
        assert_eq!(paint(&lines[0], true), "\u{1b}[1ma\u{1b}[0mb c");
        assert_eq!(paint(&lines[1], true), "\u{1b}[1md\u{1b}[0m");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(
            harmless("a\u{1b}[31m\u{9b}b\u{0}\n\tc\u{202e}d\u{7f}"),
            "a\u{fffd}[31m\u{fffd}b\u{fffd}  cd\u{fffd}"
        );
    }

    #[test]
    fn shortens_between_words() {
        assert_eq!(shorten("the harbour will close", 30), "the harbour will close");
        assert_eq!(shorten("the harbour will close", 17), "the harbour will…");
        assert_eq!(shorten("日本語の話です", 7), "日本語…");
        assert_eq!(shorten("abc", 0), "…");
    }
}
