//! Whether to use colours, how wide the page is, how an error looks. Must not know what is shown.

use std::env;

use clap::ValueEnum;
use onrecord::Error;

/// When to use colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// Where a person looks at it: a terminal that can, NO_COLOR and CLICOLOR_FORCE obeyed.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The environment's say in the matter.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wishes {
    no_color: bool,
    force: bool,
    dumb: bool,
}

impl Wishes {
    /// As this process was started.
    pub(crate) fn of_environment() -> Self {
        let set = |name: &str| env::var_os(name).is_some_and(|v| !v.is_empty());
        Self {
            no_color: set("NO_COLOR"),
            force: env::var_os("CLICOLOR_FORCE").is_some_and(|v| !v.is_empty() && v != "0"),
            dumb: env::var_os("TERM").is_some_and(|t| t == "dumb"),
        }
    }
}

impl Color {
    /// Whether to use colours on an output that is a terminal or not.
    pub(crate) fn on(self, terminal: bool, wishes: Wishes) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if wishes.no_color => false,
            Self::Auto => wishes.force || (terminal && !wishes.dumb),
        }
    }
}

/// Whether errors are coloured.
pub(crate) fn errors_in_colour(terminal: bool) -> bool {
    Color::Auto.on(terminal, Wishes::of_environment())
}

/// Columns of the page: what COLUMNS says, else those of the terminal, but no more than can be read well.
pub(crate) fn width() -> usize {
    let said = env::var("COLUMNS").ok();
    let terminal = terminal_size::terminal_size().map(|(w, _)| usize::from(w.0));
    columns(said.as_deref(), terminal)
}

fn columns(said: Option<&str>, terminal: Option<usize>) -> usize {
    const MOST: usize = 100;
    let said = said.and_then(|s| s.trim().parse().ok()).filter(|&n| n > 0);
    said.or(terminal).unwrap_or(MOST).clamp(20, MOST)
}

/// An error as lines for standard error: `error: …`, then `hint: …`.
pub(crate) fn error_lines(e: &Error, colour: bool) -> String {
    let word = |word: &str, sgr: u8| {
        if colour { format!("\u{1b}[1;{sgr}m{word}:\u{1b}[0m") } else { format!("{word}:") }
    };
    let mut out = format!("{} {}\n", word("error", 31), calm(&e.to_string()));
    if let Some(hint) = e.hint() {
        out.push_str(&format!("{} {}\n", word("hint", 36), calm(hint)));
    }
    out
}

/// File names and what stands in files may hold anything: no control character reaches a terminal.
pub(crate) fn calm(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_on_colour() {
        let none = Wishes::default();
        let no = Wishes { no_color: true, force: true, ..none };
        let force = Wishes { force: true, dumb: true, ..none };
        let dumb = Wishes { dumb: true, ..none };
        let cases = [
            (Color::Auto, true, none, true),
            (Color::Auto, false, none, false),
            (Color::Auto, true, no, false),
            (Color::Auto, false, force, true),
            (Color::Auto, true, dumb, false),
            (Color::Always, false, no, true),
            (Color::Never, true, force, false),
        ];
        for (color, terminal, wishes, want) in cases {
            assert_eq!(color.on(terminal, wishes), want, "{color:?} {terminal} {wishes:?}");
        }
    }

    #[test]
    fn who_decides_on_width() {
        for (said, terminal, want) in [
            (None, None, 100),
            (None, Some(72), 72),
            (None, Some(300), 100),
            (Some("40"), Some(72), 40),
            (Some("9"), None, 20),
            (Some("0"), Some(72), 72),
            (Some("wide"), Some(72), 72),
        ] {
            assert_eq!(columns(said, terminal), want, "{said:?} {terminal:?}");
        }
    }

    #[test]
    fn errors_are_two_lines_and_harmless() {
        let e = Error::new(onrecord::ErrorKind::NotFound, "a\u{1b}[2J: no such file").with_hint("look");
        assert_eq!(error_lines(&e, false), "error: a\u{fffd}[2J: no such file\nhint: look\n");
        assert!(error_lines(&e, true).starts_with("\u{1b}[1;31merror:\u{1b}[0m "));
    }
}
