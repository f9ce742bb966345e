//! Time expressions in sentences, with their values and ends.

use super::*;
use onrecord_text::{Meta, Passage, Role, TimeKind};

fn read(text: &str, published: Option<&str>) -> Vec<(String, Time)> {
    let span = Span::new(0, text.len());
    let d = Document::new(Meta::default(), text.into(), vec![Passage { role: Role::Paragraph, span }]);
    let found = document_times(&d, published.map(|p| p.parse().unwrap()));
    found.into_iter().map(|t| (t.span.of(text).to_owned(), t)).collect()
}

/// Of a sentence published on Thursday, 2024-10-17: words and value of each time.
fn values(text: &str) -> Vec<(String, String)> {
    read(text, Some("2024-10-17")).into_iter().map(|(w, t)| (w, t.timex)).collect()
}

#[test]
fn words_and_values() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("It will close by the end of the year.", &[("the end of the year", "2024")]),
        ("Back in 2022 it rose.", &[("2022", "2022")]),
        ("He left last Tuesday.", &[("last Tuesday", "2024-10-15")]),
        ("He said on Tuesday that it was over.", &[("Tuesday", "2024-10-15")]),
        ("He will speak on Tuesday.", &[("Tuesday", "2024-10-22")]),
        ("He died two weeks ago.", &[("two weeks ago", "2024-W40")]),
        ("It fell on the night of 3 March.", &[("the night of 3 March", "2024-03-03TNI")]),
        ("It has rained since Monday.", &[("Monday", "2024-10-14")]),
        ("Born Nov. 24, 1997, he sings.", &[("Nov. 24, 1997", "1997-11-24")]),
        ("Dated 11/02/89 it was.", &[("11/02/89", "1989-11-02")]),
        ("Profit rose in the third quarter.", &[("the third quarter", "2024-Q3")]),
        ("Sales in fiscal 1990 rose.", &[("fiscal 1990", "1990")]),
        ("For the past five years he fought.", &[("the past five years", "P5Y")]),
        ("Recently he left.", &[("Recently", "PAST_REF")]),
        ("It currently holds two.", &[("currently", "PRESENT_REF")]),
        ("Sales rose from a year earlier.", &[("a year earlier", "2023")]),
        ("It begins at 3 a.m. EST.", &[("3 a.m. EST", "2024-10-17T03:00")]),
        ("They met every day.", &[("every day", "P1D")]),
        ("It is paid monthly.", &[("monthly", "P1M")]),
        ("In the 1990s it grew.", &[("the 1990s", "199")]),
        ("He served six months.", &[("six months", "P6M")]),
        ("It is the five-year plan.", &[("five-year", "P5Y")]),
        ("It took 2 1/2 years.", &[("2 1/2 years", "P2Y6M")]),
        ("It rained for half an hour.", &[("half an hour", "PT30M")]),
        ("She came on Saturday, April 25, 1998.", &[("Saturday, April 25, 1998", "1998-04-25")]),
        ("He was shot at 10 p.m. Wednesday.", &[("10 p.m. Wednesday", "2024-10-16T22:00")]),
        ("She met him yesterday afternoon.", &[("yesterday afternoon", "2024-10-16TAF")]),
        ("In early 1991 it began.", &[("early 1991", "1991")]),
        ("It was announced over the weekend.", &[("the weekend", "2024-W41-WE")]),
        ("It opened in the winter of 1994.", &[("the winter of 1994", "1994-WI")]),
        ("It is from the 20th century.", &[("the 20th century", "19")]),
        ("In the first half of 2023 it fell.", &[("the first half of 2023", "2023-H1")]),
        ("On 2024-01-05 he left.", &[("2024-01-05", "2024-01-05")]),
        // no times
        ("He may march on. The fall of Rome cost 2000 people $1990.", &[]),
        ("Three-quarters of it went to a second man.", &[]),
        ("Version 3.1990 sold for $ 1,998 a piece; 1,998 bought it.", &[]),
    ];
    for (text, want) in cases {
        let want: Vec<(String, String)> = want.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
        assert_eq!(values(text), want, "{text}");
    }
}

#[test]
fn first_and_last_days() {
    for (text, from, to) in [
        ("By the end of 2024 it closes.", Some("2024-10-01"), Some("2024-12-31")),
        ("In 2024 it closes.", Some("2024-01-01"), Some("2024-12-31")),
        ("Last week he left.", Some("2024-10-07"), Some("2024-10-13")),
        ("In the 1990s it grew.", Some("1990-01-01"), Some("1999-12-31")),
        ("It took six months.", None, None),
        ("They met every day.", None, None),
        ("He now lives there.", None, None),
        ("At 10 p.m. Wednesday he died.", Some("2024-10-16T22:00"), Some("2024-10-16T22:00")),
    ] {
        let t = &read(text, Some("2024-10-17"))[0].1;
        assert_eq!((t.from.as_deref(), t.to.as_deref()), (from, to), "{text}");
    }
}

#[test]
fn without_a_date() {
    for (text, timex) in [
        ("He left on Tuesday.", "XXXX-WXX-2"),
        ("He left last week.", "XXXX-WXX"),
        ("He left yesterday.", "XXXX-XX-XX"),
        ("He left on March 3.", "XXXX-03-03"),
        ("He left last year.", "XXXX"),
        ("In the third quarter he left.", "XXXX-Q3"),
        ("This morning he left.", "XXXX-XX-XXTMO"),
    ] {
        let t = &read(text, None)[0].1;
        assert_eq!((t.timex.as_str(), &t.from, &t.to), (timex, &None, &None), "{text}");
    }
    // the document's own date serves
    let found = read("11/02/89 He left yesterday.", None);
    assert_eq!(found[1].1.timex, "1989-11-01");
    assert_eq!(found[1].1.kind, TimeKind::Date);
}

#[test]
fn odd_texts_do_no_harm() {
    let pieces = [
        "99/99/99",
        "the the end of",
        "0 a.m.",
        "é’s 31 Feb. 2023",
        "'",
        "-",
        "1e999",
        "999999999999 years ago",
        "nine hundred thousand thousand thousand thousand thousand thousand years ago",
        "\u{202e}",
        "İ",
        "Q4 9999",
        "the 30th century",
        "this last next past",
        "twenty-",
        "mid-",
        "of",
        "a",
        "1/2",
        "the year",
        "December 32",
        "٣",
        "Feb. 29, 2023",
        "999999999 decades ago",
        "'00s",
        "the fourth quarter of next year",
        "\n",
        "—",
        "24:60 GMT",
    ];
    for (i, a) in pieces.iter().enumerate() {
        for (j, b) in pieces.iter().enumerate() {
            let text = format!(
                "{a} {b} {}{}",
                pieces[(i * 7 + j) % pieces.len()],
                pieces[(i + j * 5) % pieces.len()]
            );
            for published in [None, Some("2024-02-29"), Some("-009999-01-01"), Some("9999-12-31")] {
                let found = read(&text, published);
                assert!(found.windows(2).all(|w| w[0].1.span.end <= w[1].1.span.start), "{text}");
            }
        }
    }
    // spans that are none of the text's
    assert!(times("é", &[Span::new(1, 1), Span::new(1, 9)], None).is_empty());
}
