//! What a line looks like: byline, dateline, caption, list item, heading. Must not know the lines around it.

/// Closing marks that may follow a sentence's final stop.
const CLOSERS: [char; 9] = ['"', '”', '’', '\'', '»', ')', ']', '“', '*'];

/// Ends as a sentence does: with a stop, perhaps inside closing marks.
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(CLOSERS).ends_with(['.', '!', '?', '…', '。', '！', '？', '।', '؟', '۔'])
}

/// Ends in the middle of something: with a comma, colon, semicolon or dash.
pub(crate) fn is_cut(words: &str) -> bool {
    words.trim_end_matches(CLOSERS).ends_with([',', ':', ';', '-', '–', '—', '，', '：'])
}

/// Length of a list item's mark with the space after it: `- `, `• `, `1. `, `(a) `.
pub(crate) fn list_mark(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    if matches!(first, '-' | '*' | '•' | '‣' | '◦' | '▪' | '▸' | '●' | '·') {
        let rest = &words[first.len_utf8()..];
        let space = rest.len() - rest.trim_start().len();
        let bullet = !matches!(first, '-' | '*');
        return (rest.len() > space && (space > 0 || bullet)).then_some(first.len_utf8() + space);
    }
    let (open, inner) = match words.strip_prefix('(') {
        Some(rest) => (1, rest),
        None => (0, words),
    };
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let number = if (1..=3).contains(&digits) {
        digits
    } else if inner.bytes().next().is_some_and(|b| b.is_ascii_lowercase()) {
        1
    } else {
        return None;
    };
    let after = &inner[number..];
    let stop = match after.chars().next()? {
        ')' => true,
        '.' => open == 0 && digits > 0,
        _ => false,
    };
    let rest = after.get(1..)?;
    let space = rest.len() - rest.trim_start().len();
    (stop && space > 0 && rest.len() > space).then_some(open + number + 1 + space)
}

/// `— Jane Doe`: who said what stands above.
pub(crate) fn is_attribution_line(words: &str) -> bool {
    words.starts_with(['—', '–', '―']) || words.starts_with("--")
}

/// The words under a picture, or its credit.
pub(crate) fn is_caption(words: &str) -> bool {
    const STARTS: &[&str] = &[
        "photo:",
        "photos:",
        "photo by ",
        "photo credit",
        "photograph:",
        "photograph by ",
        "picture:",
        "pictured:",
        "image:",
        "image by ",
        "image credit",
        "image source",
        "image caption",
        "image copyright",
        "media caption",
        "enlarge this image",
        "getty images",
        "getty -",
        "hide caption",
        "caption:",
        "file photo",
        "file -",
        "file –",
        "file —",
        "illustration:",
        "graphic:",
        "video:",
        "watch:",
    ];
    const CREDITS: &[&str] =
        &["(ap photo", "(photo by ", "(photo:", "(reuters/", "(photograph:", "/getty images"];
    let lower: String = words.chars().take(600).collect::<String>().to_lowercase();
    let photograph = lower.find(". photograph: ").is_some_and(|at| lower.len() - at < 100);
    STARTS.iter().any(|s| lower.starts_with(s))
        || (words.chars().count() < 600
            && CREDITS.iter().any(|c| lower.contains(c))
            && lower.ends_with([')', 's']))
        || photograph
}

/// Words that a name may hold in lower case, and what people on a byline are called.
const IN_NAMES: &[&str] = &[
    "and",
    "in",
    "of",
    "for",
    "with",
    "the",
    "at",
    "de",
    "da",
    "di",
    "del",
    "la",
    "le",
    "van",
    "von",
    "der",
    "den",
    "al",
    "el",
    "bin",
    "ibn",
    "staff",
    "writer",
    "writers",
    "reporter",
    "reporters",
    "correspondent",
    "correspondents",
    "editor",
    "political",
    "business",
    "senior",
    "diplomatic",
    "health",
    "science",
    "special",
    "to",
    "|",
    "&",
    "-",
    "–",
    "y",
    "e",
    "dos",
    "du",
    "on",
    "by",
    "from",
];

/// Every word is a name's: capitalised, an initial or one of the small words between.
fn is_names(words: &str) -> bool {
    let mut capitals = 0;
    for word in words.split_whitespace() {
        let word = word.trim_matches([',', '.', '(', ')', '/']);
        let Some(first) = word.chars().next() else { continue };
        if first.is_uppercase() {
            capitals += 1;
        } else if !IN_NAMES.contains(&word) {
            return false;
        }
    }
    capitals > 0
}

/// A byline or a wire's credits.
pub(crate) fn is_byline(words: &str) -> bool {
    let len = words.chars().count();
    let lower = words.chars().take(40).collect::<String>().to_lowercase();
    const CREDITS: &[&str] = &[
        "reporting by ",
        "(reporting by ",
        "additional reporting by ",
        "(additional reporting by ",
        "writing by ",
        "(writing by ",
        "editing by ",
        "(editing by ",
        "compiled by ",
    ];
    if len <= 400 && CREDITS.iter().any(|c| lower.starts_with(c)) {
        return true;
    }
    if len > 120 || words.chars().count() < 4 {
        return false;
    }
    const STARTS: &[&str] = &["by ", "by: ", "written by ", "from ", "story by "];
    for start in STARTS {
        if lower.starts_with(start) {
            let rest = words.get(start.len()..).unwrap_or("").trim_start();
            let named = rest.chars().next().is_some_and(char::is_uppercase) && is_names(rest);
            // "From" and a place begins many a heading: only with an outlet or office after a comma.
            let enough = *start != "from " || rest.contains(',');
            return named && enough && !ends_sentence(rest);
        }
    }
    false
}

/// `Jane Doe, Reuters`: names, a comma, who they work for. Weaker than [`is_byline`]: only where a byline stands.
pub(crate) fn is_name_and_outlet(words: &str) -> bool {
    let Some((name, outlet)) = words.split_once(", ").or_else(|| words.split_once(" | ")) else {
        return false;
    };
    let count = |s: &str| s.split_whitespace().count();
    let proper = |s: &str| s.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase));
    words.chars().count() <= 80
        && (2..=4).contains(&count(name))
        && (1..=5).contains(&count(outlet))
        && proper(name)
        && is_names(outlet)
        && !words.chars().any(|c| c.is_ascii_digit())
        && !words.ends_with(['.', '!', '?', ':', ','])
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn is_month(word: &str) -> bool {
    let word = word.trim_matches([',', '.', '(', ')']).to_lowercase();
    const LONG: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "sept",
    ];
    MONTHS.contains(&word.as_str()) || LONG.contains(&word.as_str())
}

/// Has a month with a day or year beside it, or a date in digits.
fn has_date(words: &str) -> bool {
    let w: Vec<&str> = words.split_whitespace().collect();
    let digits = |s: Option<&&str>| s.is_some_and(|s| s.starts_with(|c: char| c.is_ascii_digit()));
    w.iter().enumerate().any(|(i, word)| {
        (is_month(word) && (digits(w.get(i + 1)) || i > 0 && digits(w.get(i - 1))))
            || (word.len() == 10 && word.matches(['-', '/', '.']).count() == 2 && digits(Some(word)))
    })
}

/// Words of a line that gives a date and nothing else.
const DATE_WORDS: &[&str] = &[
    "published",
    "updated",
    "posted",
    "on",
    "at",
    "am",
    "pm",
    "gmt",
    "utc",
    "est",
    "edt",
    "bst",
    "cet",
    "et",
    "last",
    "first",
    "|",
    "-",
    "–",
    "·",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
    "a.m",
    "p.m",
    "of",
];

/// A line that says where and when: `London, 5 March 2024`, `Published 5 March 2024 10:22 GMT`.
pub(crate) fn is_dateline_line(words: &str) -> bool {
    if words.chars().count() > 80 || !has_date(words) {
        return false;
    }
    let mut places = 0;
    for word in words.split_whitespace() {
        let bare = word.trim_matches([',', '.', ':', '(', ')']);
        let lower = bare.to_lowercase();
        let dated = is_month(bare) || bare.starts_with(|c: char| c.is_ascii_digit());
        if !dated && !DATE_WORDS.contains(&lower.as_str()) {
            if !bare.starts_with(char::is_uppercase) {
                return false;
            }
            places += 1;
        }
    }
    places <= 4
}

/// A dateline before a paragraph: its end, and where the paragraph goes on after the dash. In `strict` texts
/// (past the beginning of an article) only one with an agency or a date counts.
pub(crate) fn dateline(words: &str, strict: bool) -> Option<(usize, usize)> {
    // The dash must come soon.
    let window = words.char_indices().nth(90).map_or(words.len(), |(i, _)| i);
    let head = &words[..window];
    const DASHES: &[&str] = &[" - ", " – ", " — ", " -- ", " ― ", "—", "–", "--", " -", " –", ": "];
    let (at, dash) = DASHES
        .iter()
        .filter_map(|d| head.find(d).map(|at| (at, *d)))
        .min_by_key(|&(at, d)| (at, usize::MAX - d.len()))?;
    let place = head[..at].trim_end();
    let rest = words[at + dash.len()..].trim_start_matches(['-', '–', '—', ' ', '\t', '\n', '\r', '\u{a0}']);
    let starts = |c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'' | '«' | '$' | '€' | '£')
    };
    if rest.chars().count() < 20 || !rest.starts_with(starts) || place.chars().count() < 3 {
        return None;
    }
    // `PLACE`, or `Place` with an agency in brackets or a date.
    let bare = place.split(['(', ',']).next().unwrap_or("").trim();
    let capitals =
        bare.chars().all(|c| !c.is_lowercase()) && bare.chars().filter(|c| c.is_uppercase()).count() >= 3;
    let agency = place.find('(').is_some_and(|i| {
        let inner = place[i + 1..].split(')').next().unwrap_or("");
        i > 0
            && place.trim_end().ends_with(')')
            && !inner.is_empty()
            && inner.chars().count() <= 30
            && is_names(inner)
    });
    let dated = has_date(place);
    let proper = place.split_whitespace().all(|w| {
        let w = w.trim_matches(['(', ')', ',', '.', '/']);
        w.is_empty()
            || w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(
                w,
                "de" | "la" | "le" | "al" | "el" | "of" | "the" | "and" | "sur" | "del" | "in" | "near"
            )
    });
    let words_in = place.split_whitespace().count();
    const NOT_PLACES: &[&str] = &[
        "UPDATE",
        "BREAKING",
        "EXCLUSIVE",
        "WATCH",
        "ANALYSIS",
        "OPINION",
        "EXPLAINER",
        "LIVE",
        "VIDEO",
        "PHOTOS",
        "PHOTO",
        "CORRECTION",
        "NOTE",
        "EDITOR'S NOTE",
        "EDITOR’S NOTE",
        "FILE",
        "READ MORE",
        "READ",
        "ALSO",
        "NEW",
        "WHAT",
        "WHO",
        "WHY",
        "QUESTION",
        "ANSWER",
        "REVIEW",
        "POLL",
        "FACT CHECK",
        "FACTBOX",
        "TIMELINE",
        "SPOILER",
        "WARNING",
        "DISCLAIMER",
        "MORE",
        "RELATED",
        "SEE ALSO",
    ];
    let is_place = capitals && bare.len() <= 40 && !NOT_PLACES.contains(&bare);
    let colon = dash == ": ";
    let good = proper
        && words_in <= 10
        && !NOT_PLACES.contains(&bare)
        && if strict {
            (is_place && (agency || dated)) || (agency && dated)
        } else {
            (is_place && (!colon || words_in <= 3 || agency || dated)) || (!colon && (agency || dated))
        };
    good.then(|| (place.len(), words.len() - rest.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks() {
        let cases: &[(&str, Option<usize>)] = &[
            ("- one", Some(2)),
            ("•one", Some(3)),
            ("1. one", Some(3)),
            ("12) one", Some(4)),
            ("(a) one", Some(4)),
            ("2024. A year", None),
            ("1.5 million", None),
            ("-5 degrees", None),
            ("a dog", None),
            ("-", None),
            ("*bold*", None),
            ("I. One", None),
            ("é) x", None),
        ];
        for (words, want) in cases {
            assert_eq!(list_mark(words), *want, "{words}");
        }
    }

    #[test]
    fn bylines() {
        for yes in [
            "By Jane Doe",
            "BY JANE DOE AND JOHN ROE",
            "By Jane van der Doe, Political Editor",
            "By Jane Doe in London and John Roe in Kyiv",
            "Written by J. R. Doe",
            "Reporting by Jane Doe; Editing by John Roe",
            "(Reporting by Jane Doe in Oslo; editing by John Roe)",
        ] {
            assert!(is_byline(yes), "{yes}");
        }
        for no in [
            "By Friday, the toll had risen to nine.",
            "By then it was late",
            "By",
            "By the numbers",
            "From Russia with Love",
        ] {
            assert!(!is_byline(no), "{no}");
        }
        assert!(
            is_name_and_outlet("Jane Doe, Reuters") && is_name_and_outlet("Jane Q. Doe, The Daily Herald")
        );
        for no in ["Paris, France", "We came, They saw it all happen", "Jane Doe, 43", "Jane Doe, Reuters."] {
            assert!(!is_name_and_outlet(no), "{no}");
        }
    }

    #[test]
    fn datelines() {
        let cases: &[(&str, Option<(&str, &str)>)] = &[
            (
                "ZAGREB, 23 June (APA) - Three men were held on Tuesday.",
                Some(("ZAGREB, 23 June (APA)", "Three")),
            ),
            (
                "KABUL, Afghanistan (AP) — The minister said on Monday.",
                Some(("KABUL, Afghanistan (AP)", "The")),
            ),
            ("Paris (AFP) - The two leaders met again on Monday.", Some(("Paris (AFP)", "The"))),
            ("UNITED NATIONS —Talks went on late into the night.", Some(("UNITED NATIONS", "Talks"))),
            ("ISLAMABAD: The prime minister left for the summit.", Some(("ISLAMABAD", "The"))),
            (
                "ST. IVES, England, Nov 5 (Reuters) - \"We won,\" he said at last.",
                Some(("ST. IVES, England, Nov 5 (Reuters)", "\"We")),
            ),
            ("NATO — the alliance of thirty states — met on Monday.", None),
            ("The talks - They failed again in the end, he said.", None),
            ("BREAKING: The prime minister has left for the summit.", None),
            ("A dash - at last", None),
            ("", None),
        ];
        for (words, want) in cases {
            let got = dateline(words, false)
                .map(|(e, s)| (&words[..e], words[s..].split(' ').next().unwrap_or("")));
            assert_eq!(got, *want, "{words}");
        }
        assert_eq!(dateline("ISLAMABAD: The prime minister left for the summit.", true), None);
        assert!(
            is_dateline_line("London, 5 March 2024") && is_dateline_line("Published March 5, 2024 10:22 GMT")
        );
        assert!(!is_dateline_line("He died on 5 March 2024") && !is_dateline_line("London"));
    }

    #[test]
    fn captions() {
        for yes in [
            "Photo: A. Doe",
            "FILE - The bridge at noon, Nov. 5. (AP Photo/J. Doe)",
            "A ship at sea. Photograph: Jane Doe",
        ] {
            assert!(is_caption(yes), "{yes}");
        }
        assert!(
            !is_caption("The photo: it shows a ship.")
                && !is_caption("He filed (AP Photo) a suit, she said.")
        );
    }
}
