//! What a pair of mentions shows beside the encoder's states, as rows of the antecedent head's feature table.
//! `train/mentions.py` (`pair_features`) is the same in Python. Must not know what the numbers weigh.

use crate::encoder::Noun;
use onrecord_text::{Form, Span};

/// Pronouns by class; the class of any other word is 0.
const CLASSES: [&[&str]; 9] = [
    &["i", "me", "my", "mine", "myself"],
    &["we", "us", "our", "ours", "ourselves"],
    &["you", "your", "yours", "yourself", "yourselves"],
    &["he", "him", "his", "himself"],
    &["she", "her", "hers", "herself"],
    &["it", "its", "itself"],
    &["they", "them", "their", "theirs", "themselves"],
    &["who", "whom", "whose", "which"],
    &["this", "that", "these", "those"],
];

/// Words that do not count when mentions are compared.
const SMALL: &[&str] = &[
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your",
    "'s", "’s",
];

/// The class of a pronoun, from 1; 0 for anything else.
pub(crate) fn class(word: &str) -> usize {
    CLASSES.iter().position(|c| c.contains(&word)).map_or(0, |i| i + 1)
}

/// A mention as pairs of it are described.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    form: Form,
    kind: Noun,
    class: usize,
    /// Words that count, in lower case.
    words: Vec<String>,
    quoted: bool,
    sentence: usize,
    /// The first mention of its sentence.
    first: bool,
}

impl Described {
    /// The index of the sentence that holds the mention.
    pub(crate) fn sentence(&self) -> usize {
        self.sentence
    }

    /// `sentence` is the index of the sentence that holds the mention, `first` whether no other stands before it there.
    pub(crate) fn new(
        text: &str,
        base: Span,
        form: Form,
        kind: Noun,
        quoted: bool,
        sentence: usize,
        first: bool,
    ) -> Self {
        let lower = base.of(text).to_lowercase().replace('’', "'");
        let all: Vec<&str> = lower.split_whitespace().map(|w| w.strip_suffix("'s").unwrap_or(w)).collect();
        let class = if let [one] = all[..] { class(one) } else { 0 };
        let words =
            all.iter().filter(|w| !w.is_empty() && !SMALL.contains(w)).map(|w| (*w).to_string()).collect();
        Self { form, kind, class, words, quoted, sentence, first }
    }

    fn shared(&self, other: &Self) -> usize {
        if self.form == Form::Pronoun
            || other.form == Form::Pronoun
            || self.words.is_empty()
            || other.words.is_empty()
        {
            0
        } else if self.words == other.words {
            3
        } else if self.words.last() == other.words.last() {
            2
        } else {
            usize::from(self.words.iter().any(|w| other.words.contains(w)))
        }
    }
}

fn bucket(n: usize, edges: &[usize]) -> usize {
    edges.iter().take_while(|&&e| e <= n).count()
}

/// The rows for `later` and `earlier`, which stand `apart` mentions from each other.
pub(crate) fn pair(later: &Described, earlier: &Described, apart: usize) -> [usize; 8] {
    let form = |d: &Described| match d.form {
        Form::Name => 0,
        Form::Nominal => 1,
        Form::Pronoun => 2,
    };
    let kind = |d: &Described| Noun::ALL.iter().position(|k| *k == d.kind).unwrap_or(0);
    [
        bucket(apart, &[2, 3, 4, 5, 8, 16, 32, 64]),
        bucket(later.sentence.saturating_sub(earlier.sentence), &[1, 2, 3, 4, 8]),
        form(earlier) * 3 + form(later),
        earlier.class * 10 + later.class,
        kind(earlier) * 4 + kind(later),
        later.shared(earlier),
        usize::from(earlier.quoted) * 2 + usize::from(later.quoted),
        usize::from(earlier.first),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_as_in_training() {
        let text = "The union met. Its leader spoke; the old union’s members left.";
        let d = |words: &str, form, sentence, first| {
            let at = text.find(words).expect("stands in the text");
            Described::new(
                text,
                Span::new(at, at + words.len()),
                form,
                Noun::Organisation,
                false,
                sentence,
                first,
            )
        };
        let union = d("The union", Form::Nominal, 0, true);
        // values of train/mentions.py
        assert_eq!(pair(&d("Its", Form::Pronoun, 1, true), &union, 1), [0, 1, 5, 6, 5, 0, 0, 1]);
        assert_eq!(pair(&d("the old union’s", Form::Nominal, 1, false), &union, 5), [4, 1, 4, 0, 5, 2, 0, 1]);
        assert_eq!(class("themselves"), 7);
    }
}
