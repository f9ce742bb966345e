//! Whole pages, made up for the purpose.

use onrecord_text::Role::{self, *};

use super::*;

fn page(body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=en><head><title>Old bridge to close until spring | The Gazette</title>
         <meta property='og:site_name' content='The Gazette'><meta name=author content='Jane Doe'></head><body>
         <nav><ul><li><a href=/a>Home</a></li><li><a href=/b>Sport</a></li></ul></nav>
         <article><h1>Old bridge to close until spring</h1>{body}</article>
         <footer><p>Copyright The Gazette. All rights reserved.</p></footer></body></html>"
    )
}

fn paragraph(n: usize) -> String {
    format!(
        "<p>The council voted on Tuesday to close the old bridge to lorries, officials said in statement {n}, after \
         engineers found cracks in two of its piers and warned that repairs could not wait until the summer.</p>"
    )
}

fn shown(html: &str) -> (Vec<(Role, String)>, Document, Vec<Note>) {
    let (d, n) = document(html.as_bytes(), None);
    (d.passages().iter().map(|p| (p.role, p.span.of(d.text()).to_owned())).collect(), d, n)
}

#[test]
fn article_with_quotations_headings_and_lists() {
    let (got, d, notes) = shown(&page(&format!(
        "<p>By Jane Doe</p>{}{}<blockquote><p>We shall build it again, and we shall build it better than before.</p>\
         </blockquote>{}<h2>Who pays for it</h2>{}<ul><li>The county pays half of it all</li><li>The town pays the rest of \
         it</li></ul>{}",
        paragraph(1),
        paragraph(2),
        paragraph(3),
        paragraph(4),
        paragraph(5)
    )));
    let roles: Vec<Role> = got.iter().map(|(r, _)| *r).collect();
    assert_eq!(
        roles,
        [
            Byline,
            Paragraph,
            Paragraph,
            BlockQuotation,
            Paragraph,
            Subheading,
            Paragraph,
            ListItem,
            ListItem,
            Paragraph
        ],
        "{got:#?}"
    );
    assert_eq!(d.meta().title.as_deref(), Some("Old bridge to close until spring"));
    assert!(!d.text().contains("Old bridge to close") && !d.text().contains("Copyright"), "{}", d.text());
    assert!(d.text().contains(".\n\nWe shall build it again"));
    assert!(notes.is_empty(), "{notes:?}");
}

#[test]
fn a_lost_quotation_comes_back() {
    let block = |role, text: &str| Block { role, text: text.into() };
    let seen = [
        block(Paragraph, "Menu"),
        block(Paragraph, "One."),
        block(BlockQuotation, "We shall build it again."),
        block(Subheading, "Two"),
        block(Paragraph, "Three."),
    ];
    let found = vec![seen[1].clone(), block(Paragraph, "Two"), seen[4].clone()];
    assert_eq!(restore(found, &seen), seen[1..].to_vec());
}

#[test]
fn pages_without_an_article() {
    let (got, _, notes) = shown("<html><body></body></html>");
    assert!(got.is_empty());
    assert_eq!(notes.iter().map(|n| n.code).collect::<Vec<_>>(), ["empty"]);
    // nested deeper than the extractor may go
    let deep = format!("{}It all went down.{}", "<div>".repeat(5000), "</div>".repeat(5000));
    let (got, _, notes) = shown(&deep);
    assert_eq!(got, [(Paragraph, "It all went down.".to_owned())]);
    assert_eq!(notes[0].code, "extraction");
}

#[test]
fn stated_encoding() {
    let mut html = b"<html><head><meta charset=iso-8859-2></head><body><p>".to_vec();
    html.extend_from_slice(b"\xb1\xea said so on Monday, and that was that.</p></body></html>");
    let (d, notes) = document(&html, None);
    assert!(d.text().contains("ąę said"), "{}", d.text());
    assert!(notes.iter().all(|n| n.code != "encoding"));
}
