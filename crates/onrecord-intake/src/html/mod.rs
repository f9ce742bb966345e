//! A web page to a document: the article's own text, in blocks with roles. Must not know where it was fetched.

mod blocks;
mod meta;

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use encoding_rs::Encoding;
use onrecord_text::{Document, Meta, Note, Passage, Role, Span};
use trafilatura::dom::Document as Dom;
use trafilatura::{HtmlDateMode, Options};

use crate::encoding;
use crate::finish::finish;
use crate::plain;
use blocks::{Block, blocks, key};

/// The deepest nesting that the extractor, which recurses, is given.
const DEEPEST: usize = 256;

/// The article of a page. `fetched` is its address, where one is known.
pub(crate) fn document(bytes: &[u8], fetched: Option<&str>) -> (Document, Vec<Note>) {
    let (html, note) = encoding::decode(bytes, declared(bytes));
    let mut notes: Vec<Note> = note.into_iter().collect();
    let dom = Dom::parse(&html);
    let meta = meta::meta(&dom, fetched);
    let page = blocks(&dom, dom.root());
    let headings = meta::first_heading(&dom);
    let mut article = extracted(dom);
    if article.is_empty() && !page.is_empty() {
        article = page;
        notes.push(Note {
            code: "extraction",
            text: "No article was found in the page; all of its visible text was taken.".into(),
            span: None,
        });
    } else {
        article = restore(article, &page);
    }
    drop_title(&mut article, &meta, &headings);
    let (text, passages) = laid_out(&article, &meta);
    finish(meta, text, passages, notes)
}

/// The encoding that the page states in its first bytes.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(4096)].to_ascii_lowercase();
    [&b"charset="[..], &b"encoding="[..]].iter().find_map(|mark| {
        let at = head.windows(mark.len()).position(|w| w == *mark)? + mark.len();
        let rest = head[at..].trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
        let len = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_:.".contains(b)).count();
        Encoding::for_label(&rest[..len])
    })
}

/// The extractor's blocks; none where it finds nothing, or breaks.
fn extracted(dom: Dom) -> Vec<Block> {
    if blocks::depth(&dom) > DEEPEST {
        return Vec::new();
    }
    let options = Options::default()
        .with_fallback(true)
        .with_exclude_comments(true)
        .with_html_date_mode(HtmlDateMode::Disabled);
    let found = catch_unwind(AssertUnwindSafe(|| trafilatura::extract_document(dom, &options)));
    let Ok(Ok(result)) = found else { return Vec::new() };
    let content = Dom::parse(&result.content_html);
    blocks(&content, content.root())
}

/// How far from words of the article a lost block may stand to belong to it.
const NEAR: usize = 3;

/// Gives blocks the roles that the page gives them, and puts back the block quotations and sub-headings that
/// the extractor dropped from between the article's own words.
fn restore(article: Vec<Block>, page: &[Block]) -> Vec<Block> {
    let keys: Vec<String> = page.iter().map(Block::key).collect();
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, k) in keys.iter().enumerate() {
        places.entry(k).or_default().push(i);
    }
    // Where each block of the article stands in the page, in rising order.
    let mut at = Vec::with_capacity(article.len());
    let mut last = None;
    for block in &article {
        let place = places
            .get(block.key().as_str())
            .and_then(|all| all.iter().copied().find(|&i| last.is_none_or(|l| i > l)));
        last = place.or(last);
        at.push(place);
    }
    let article_keys: std::collections::HashSet<String> = article.iter().map(Block::key).collect();
    let whole: String = article.iter().map(Block::key).collect();
    let mut out: Vec<Block> = Vec::with_capacity(article.len());
    let mut before: Option<usize> = None;
    for (mut block, place) in article.into_iter().zip(at) {
        if let Some(here) = place {
            let role = page[here].role;
            if role == Role::BlockQuotation || block.role == Role::Paragraph {
                block.role = role;
            }
            if let Some(from) = before {
                let gap = &page[from + 1..here];
                for (i, lost) in gap.iter().enumerate() {
                    let near = i < NEAR && gap.len() <= 2 * NEAR;
                    let wanted = lost.role == Role::BlockQuotation && lost.text.chars().count() >= 20;
                    let key = &keys[from + 1 + i];
                    if near && wanted && !article_keys.contains(key) && !whole.contains(key.as_str()) {
                        out.push(lost.clone());
                    }
                }
            }
            before = Some(here);
        }
        out.push(block);
    }
    out
}

/// The title stands in the meta data: the text does not repeat it.
fn drop_title(article: &mut Vec<Block>, meta: &Meta, headings: &[String]) {
    let mut titles: Vec<String> = headings.iter().map(|h| key(h)).collect();
    titles.extend(meta.title.as_deref().map(key));
    let mut at = 0;
    article.retain(|b| {
        at += 1;
        at > 3 || article_is_short(b) && !titles.contains(&b.key()) || !article_is_short(b)
    });
}

fn article_is_short(block: &Block) -> bool {
    block.text.chars().count() <= 300
}

/// The text, its blocks parted by blank lines, and its passages.
fn laid_out(article: &[Block], meta: &Meta) -> (String, Vec<Passage>) {
    let mut text = String::new();
    let mut passages = Vec::new();
    let mut paragraphs = 0;
    let byline = meta.byline.as_deref().map(key);
    for (i, block) in article.iter().enumerate() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(&block.text);
        let span = start..text.len();
        let role = match block.role {
            Role::Paragraph if byline.is_some() && i < 5 && names(&block.text) == byline => Role::Byline,
            Role::Paragraph if plain::is_byline(&block.text) && (i < 5 || i + 3 > article.len()) => {
                Role::Byline
            }
            Role::Paragraph if plain::is_caption(&block.text) => Role::Caption,
            Role::Paragraph if i < 5 && plain::is_dateline_line(&block.text) => Role::Dateline,
            // A heading before the first paragraph sums the article up.
            Role::Subheading if paragraphs == 0 && i < 2 && plain::ends_sentence(&block.text) => {
                Role::Standfirst
            }
            role => role,
        };
        if role == Role::Paragraph {
            plain::push_paragraph(&text, span, paragraphs > 0, &mut passages);
            paragraphs += 1;
        } else {
            passages.push(Passage { role, span: Span::from(span) });
        }
    }
    (text, passages)
}

/// A byline's key without its "By".
fn names(words: &str) -> Option<String> {
    let rest = words.strip_prefix("By ").or_else(|| words.strip_prefix("by ")).unwrap_or(words);
    Some(key(rest))
}

#[cfg(test)]
mod tests;
