//! Roles of passages in texts made up for the purpose.

use onrecord_text::Role::{self, *};

use super::{Known, passages};

fn shown(text: &str) -> Vec<(Role, &str)> {
    passages(text, Known::default()).into_iter().map(|p| (p.role, p.span.of(text))).collect()
}

fn roles(text: &str) -> Vec<Role> {
    shown(text).into_iter().map(|(r, _)| r).collect()
}

const LONG: &str = "The council voted on Tuesday to close the old bridge to lorries, officials said, after engineers \
                    found cracks in two of its piers and warned that repairs could not wait.";

#[test]
fn a_paragraph_a_line_with_subheadings() {
    let text = format!(
        "Mayor Ada Brandt said that the bridge would close on Monday and stay closed until the spring.\n\
         Engineers warned of the danger in a report last year\n{LONG}\n{LONG}\n\
         “We had no choice.\nNobody did\nWe closed it”\n\
         Why the repairs take so long\n{LONG}\nWhat happens next?\n{LONG}\n\
         He asked one thing:\nWho pays\n{LONG}"
    );
    assert_eq!(
        roles(&text),
        [
            Paragraph, Subheading, Paragraph, Paragraph, Paragraph, Paragraph, Paragraph, Subheading,
            Paragraph, Subheading, Paragraph, Paragraph, Paragraph, Paragraph
        ]
    );
}

#[test]
fn the_top_of_an_article() {
    let cases: &[(String, &[Role])] = &[
        (format!("Old bridge to close\n\n{LONG}\n\n{LONG}"), &[Headline, Paragraph, Paragraph]),
        (format!("Old bridge to close\n{LONG}\n{LONG}"), &[Headline, Paragraph, Paragraph]),
        (format!("Will the bridge ever open?\n{LONG}\n{LONG}"), &[Headline, Paragraph, Paragraph]),
        (format!("The bridge is closed.\n\n{LONG}"), &[Paragraph, Paragraph]),
        (format!("He said:\n\n{LONG}"), &[Paragraph, Paragraph]),
        ("Old bridge to close".into(), &[Paragraph]),
        (format!("Old bridge to close\n\nBy Jane Doe\n\n{LONG}"), &[Headline, Byline, Paragraph]),
        (
            format!(
                "Old bridge to close\nCracks found in two piers, and winter is near.\nBy Jane Doe\n5 March 2024\n{LONG}"
            ),
            &[Headline, Standfirst, Byline, Dateline, Paragraph],
        ),
        (format!("Old bridge to close\n\nJane Doe, Reuters\n\n{LONG}"), &[Headline, Byline, Paragraph]),
        (
            format!("Old bridge to close\n\nZAGREB, 23 June (APA) - {LONG}\n\nLONDON: {LONG}"),
            &[Headline, Dateline, Paragraph, Paragraph],
        ),
        (format!("Old bridge to close\n\nPhoto: A. Doe\n\n{LONG}"), &[Headline, Caption, Paragraph]),
        (
            format!("{LONG}\n{LONG}\n(Reporting by Jane Doe; editing by John Roe)"),
            &[Paragraph, Paragraph, Byline],
        ),
        (format!("“We won’t go”\n\n{LONG}"), &[Headline, Paragraph]),
        (format!("“We won’t go.”\n\n{LONG}"), &[Paragraph, Paragraph]),
    ];
    for (text, want) in cases {
        assert_eq!(roles(text), *want, "{text}");
    }
}

#[test]
fn datelines_are_parted_from_their_paragraphs() {
    let text = "ZAGREB, 23 June (APA) - Three men were held over the fire, police said.";
    assert_eq!(
        shown(text),
        [(Dateline, "ZAGREB, 23 June (APA)"), (Paragraph, "Three men were held over the fire, police said.")]
    );
}

#[test]
fn quotations_and_who_said_them() {
    let text = format!(
        "{LONG}\n\n> We shall build it again\n> and better\n\n— Ada Brandt\n\n{LONG}\n\n    Not in my time\n\n- Jo Roe\n\n{LONG}"
    );
    assert_eq!(
        roles(&text),
        [Paragraph, BlockQuotation, Paragraph, Paragraph, BlockQuotation, Paragraph, Paragraph]
    );
}

#[test]
fn lists_and_verse() {
    let text = format!("{LONG}\n\nWhat we know\n- Two piers cracked\n- Nobody hurt\n\n{LONG}");
    assert_eq!(roles(&text), [Paragraph, Subheading, ListItem, ListItem, Paragraph]);
    let verse = "Over the bridge\nUnder the moon\nNobody walks\nMorning comes soon\nHome again";
    assert!(roles(verse).iter().all(|r| *r == Paragraph), "{:?}", roles(verse));
    let in_text =
        format!("{LONG}\nOver the bridge\nUnder the moon\nNobody walks\n{LONG}\n{LONG}\n{LONG}\n{LONG}");
    assert!(roles(&in_text).iter().all(|r| *r == Paragraph));
}

#[test]
fn known_titles_and_summaries() {
    let known = Known { title: Some("Old bridge to close"), summary: Some("Cracks in two piers") };
    let text = format!("News Old bridge to close Cracks in two piers\n{LONG}");
    let got: Vec<_> = passages(&text, known).into_iter().map(|p| (p.role, p.span.of(&text))).collect();
    assert_eq!(
        got,
        [(Headline, "Old bridge to close"), (Standfirst, "Cracks in two piers"), (Paragraph, LONG)]
    );
    // the line is the title, stop or no stop
    let known = Known { title: Some("The bridge is closed."), summary: None };
    let text = format!("The bridge is closed.\n{LONG}");
    assert_eq!(passages(&text, known)[0].role, Headline);
}

#[test]
fn odd_texts() {
    for text in ["", "\u{feff}", "\0\0", "مرحبا بالعالم", "👩‍👩‍👧", ">", "- ", "“", "\r\r\r", "—", "By ", "1. "]
    {
        for p in passages(text, Known::default()) {
            assert!(text.get(p.span.range()).is_some_and(|t| !t.is_empty()), "{text:?}");
        }
    }
    assert_eq!(shown("\u{feff}Hello there.")[0].1, "Hello there.");
    // no passage begins with white space, whatever kind of it stands behind the mark
    assert_eq!(shown(">\u{a0}I told them.")[0].1, "I told them.");
    let long = "word ".repeat(200_000);
    assert_eq!(roles(&long), [Paragraph]);
}
