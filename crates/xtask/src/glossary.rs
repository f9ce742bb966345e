//! The words this project does not use: the "never" column of docs/GLOSSARY.md. Must not know of files.

/// One word or phrase to keep out, and what is said instead.
#[derive(Debug, PartialEq, Eq)]
pub struct Never {
    /// In lower case.
    pub phrase: String,
    /// The project's own word.
    pub instead: String,
}

/// The phrases in every table of a Markdown page whose columns are "word | means | never".
pub fn parse(markdown: &str) -> Vec<Never> {
    let mut out = Vec::new();
    let mut inside = false;
    for line in markdown.lines() {
        let Some(row) = line.trim().strip_prefix('|') else {
            inside = false;
            continue;
        };
        let cells: Vec<&str> = row.trim_end_matches('|').split('|').map(str::trim).collect();
        let [word, _, never, ..] = cells[..] else { continue };
        if never.eq_ignore_ascii_case("never") {
            inside = true;
        } else if inside && !never.starts_with("--") {
            let phrases = never.split([',', ';']).map(|p| p.trim().trim_matches(['`', '*', '"', '“', '”']));
            let phrases = phrases.filter(|p| p.chars().any(char::is_alphanumeric));
            let instead = word.replace(['*', '`'], "");
            out.extend(phrases.map(|p| Never { phrase: p.to_lowercase(), instead: instead.clone() }));
        }
    }
    out
}

impl Never {
    /// The phrase stands in the line (given in lower case) as words of their own.
    pub fn is_in(&self, line: &str) -> bool {
        let inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric());
        line.match_indices(&self.phrase).any(|(at, m)| {
            !inside(line[..at].chars().next_back()) && !inside(line[at + m.len()..].chars().next())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Words\n\n| word | means | never |\n|---|---|---|\n| **cue** | the words | `hint word`, verb |\n\
                        | source | who | |\n| span | a, b | — |\n\n| a | b | c |\n|---|---|---|\n| x | y | z |\n";

    #[test]
    fn the_never_column() {
        let never = |phrase: &str| Never { phrase: phrase.into(), instead: "cue".into() };
        assert_eq!(parse(PAGE), [never("hint word"), never("verb")]);
        assert!(parse("no table").is_empty());
    }

    #[test]
    fn whole_words_only() {
        let [_, verb] = &parse(PAGE)[..] else { panic!() };
        for (line, want) in [
            ("a verb.", true),
            ("verb", true),
            ("(verb_list)", true),
            ("verbs", false),
            ("adverb", false),
            ("", false),
        ] {
            assert_eq!(verb.is_in(line), want, "{line}");
        }
    }
}
