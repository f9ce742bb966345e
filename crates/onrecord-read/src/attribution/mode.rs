//! How the words are given: direct, indirect, mixed, free. Must not know who speaks.

use super::{Draft, Page};
use crate::segment;
use onrecord_text::Mode;

/// The mode of an attribution, by how much of its content stands in quotation marks. Marks that hold its cue, too,
/// belong to somebody further out and do not count.
pub(crate) fn of(page: Page<'_>, d: &Draft) -> Mode {
    if d.free {
        return Mode::Free;
    }
    let mine: Vec<_> = page.quotations.iter().filter(|q| d.cue.is_none_or(|c| !q.span.contains(c))).collect();
    let (mut all, mut quoted) = (0, 0);
    for c in &d.content {
        for w in segment::words(page.text, *c) {
            all += 1;
            quoted += usize::from(mine.iter().any(|q| q.span.contains(w)));
        }
    }
    match quoted {
        0 => Mode::Indirect,
        n if n == all => Mode::Direct,
        _ => Mode::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, on_page};
    use super::*;
    use crate::attribution::assemble;

    #[test]
    fn modes() {
        for (text, source, cue, content, mode) in [
            ("“No,” he said, “never.”", "he", "said", vec!["“No,”", "“never.”"], Mode::Direct),
            ("He said no.", "He", "said", vec!["no"], Mode::Indirect),
            (
                "He said “several thousand” men came.",
                "He",
                "said",
                vec!["“several thousand” men came"],
                Mode::Mixed,
            ),
            ("“She thinks it is so,” he said.", "She", "thinks", vec!["it is so"], Mode::Indirect),
            ("'Never again,' he said.", "he", "said", vec!["'Never again,'"], Mode::Direct),
        ] {
            let f = vec![found(text, source, cue, &content)];
            assert_eq!(
                on_page(text, |p| of(p, &assemble(p, &f, crate::attribution::Clear::default())[0])),
                mode,
                "{text}"
            );
        }
    }
}
