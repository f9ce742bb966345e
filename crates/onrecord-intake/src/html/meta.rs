//! What a page says of itself: JSON-LD, OpenGraph, meta elements. Must not know what its text is.

use std::collections::HashMap;

use onrecord_text::Meta;
use serde_json::{Map, Value};
use trafilatura::dom::Document as Dom;

use crate::finish::tidy;
use crate::{json, lang};

/// All that is known of a page besides its text. `fetched` is the address it came from, if one is known.
pub(super) fn meta(dom: &Dom, fetched: Option<&str>) -> Meta {
    let page = Page::of(dom);
    let ld = |key: &str| page.article.as_ref().and_then(|a| words(a.get(key)?));
    let outlet =
        page.article.as_ref().and_then(|a| words(a.get("publisher")?)).filter(|o| !is_url(o)).or_else(|| {
            page.named(&["og:site_name", "application-name", "publisher", "dc.publisher", "cre"])
        });
    let title = ld("headline")
        .or_else(|| page.named(&["og:title", "twitter:title", "parsely-title", "dc.title", "sailthru.title"]))
        .or_else(|| page.only_h1.clone())
        .or_else(|| page.title.clone())
        .map(|t| without_outlet(&decoded(t), outlet.as_deref()));
    let byline = ld("author")
        .filter(|b| !is_url(b))
        .or_else(|| {
            page.named(&[
                "byl",
                "author",
                "article:author",
                "parsely-author",
                "dc.creator",
                "sailthru.author",
            ])
        })
        .filter(|b| !is_url(b))
        .or_else(|| page.author.clone())
        .map(decoded)
        .and_then(|b| without_by(&b));
    let published = ld("datePublished")
        .or_else(|| {
            page.named(&["article:published_time", "og:published_time", "datepublished", "parsely-pub-date"])
        })
        .or_else(|| {
            page.named(&[
                "date",
                "pubdate",
                "publish-date",
                "publishdate",
                "dc.date",
                "dc.date.issued",
                "dcterms.created",
                "sailthru.date",
            ])
        })
        .or_else(|| page.time.clone());
    let lang = page
        .lang
        .clone()
        .or_else(|| page.named(&["content-language", "language", "og:locale"]))
        .or_else(|| ld("inLanguage"))
        .and_then(|l| lang::stated(&l));
    let url = page
        .canonical
        .clone()
        .filter(|u| is_url(u))
        .or_else(|| page.named(&["og:url"]).filter(|u| is_url(u)))
        .or_else(|| ld("url").filter(|u| is_url(u)))
        .or_else(|| fetched.map(str::to_owned));
    Meta { id: String::new(), url, outlet: outlet.map(decoded), title, byline, published, lang }
}

/// The words of all first-level headings.
pub(super) fn first_heading(dom: &Dom) -> Vec<String> {
    dom.get_elements_by_tag_name(dom.root(), "h1")
        .into_iter()
        .filter_map(|id| tidy(&dom.text_content(id)))
        .collect()
}

fn is_url(words: &str) -> bool {
    words.starts_with("http://") || words.starts_with("https://")
}

/// Character references that a page has escaped twice.
fn decoded(words: String) -> String {
    if !words.contains('&') || !words.contains(';') {
        return words;
    }
    let dom = Dom::parse(&words.replace('<', "&lt;"));
    tidy(&dom.text_content(dom.root())).unwrap_or(words)
}

/// `Bridge shut | The Gazette` is `Bridge shut`.
fn without_outlet(title: &str, outlet: Option<&str>) -> String {
    for mark in [" | ", " - ", " – ", " — ", " :: ", " · "] {
        if let (Some((head, tail)), Some(outlet)) = (title.rsplit_once(mark), outlet) {
            let same = |s: &str| super::blocks::key(s);
            let (tail, outlet) = (same(tail), same(outlet));
            if !tail.is_empty()
                && (tail == outlet
                    || outlet.contains(&tail) && tail.len() > 3
                    || tail.contains(&outlet) && outlet.len() > 3)
                && head.len() > 8
            {
                return head.trim().to_owned();
            }
        }
    }
    title.to_owned()
}

fn without_by(byline: &str) -> Option<String> {
    let rest = match byline.get(..3) {
        Some(by) if by.eq_ignore_ascii_case("by ") => &byline[3..],
        _ => byline,
    };
    tidy(rest).filter(|b| b.chars().count() <= 200)
}

/// A value's words: a string, a thing's name, or those of a list.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(s) => tidy(s),
        Value::Object(o) => o.get("name").or_else(|| o.get("@value")).and_then(Value::as_str).and_then(tidy),
        Value::Array(items) => {
            let mut all: Vec<String> = Vec::new();
            for item in items.iter().filter(|i| !i.is_array()).filter_map(words) {
                if !all.contains(&item) {
                    all.push(item);
                }
            }
            (!all.is_empty()).then(|| all.join(", "))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// What the page's head holds.
struct Page {
    /// By name, property or itemprop, lower-case; the first of each.
    metas: HashMap<String, String>,
    article: Option<Map<String, Value>>,
    title: Option<String>,
    only_h1: Option<String>,
    canonical: Option<String>,
    author: Option<String>,
    time: Option<String>,
    lang: Option<String>,
}

impl Page {
    fn of(dom: &Dom) -> Self {
        let root = dom.root();
        let all = |tag: &str| dom.get_elements_by_tag_name(root, tag);
        let mut metas = HashMap::new();
        for id in all("meta") {
            let name =
                ["property", "name", "itemprop", "http-equiv"].iter().find_map(|a| dom.get_attribute(id, a));
            if let (Some(name), Some(content)) =
                (name, dom.get_attribute(id, "content").and_then(|c| tidy(&c)))
            {
                metas.entry(name.to_ascii_lowercase()).or_insert(content);
            }
        }
        let h1 = first_heading(dom);
        let rel = |id, want: &str| {
            dom.get_attribute(id, "rel")
                .is_some_and(|r| r.split_whitespace().any(|w| w.eq_ignore_ascii_case(want)))
        };
        let short = |s: String| (s.chars().count() <= 100).then_some(s);
        Self {
            metas,
            article: article(dom),
            // The one in the head: pictures have titles, too.
            title: all("title").first().and_then(|&id| tidy(&dom.text_content(id))),
            only_h1: if h1.len() == 1 { h1.into_iter().next() } else { None },
            canonical: all("link")
                .into_iter()
                .find(|&id| rel(id, "canonical"))
                .and_then(|id| dom.get_attribute(id, "href")),
            author: all("a")
                .into_iter()
                .find(|&id| rel(id, "author"))
                .and_then(|id| tidy(&dom.text_content(id)))
                .and_then(short),
            time: all("time").into_iter().find_map(|id| {
                dom.get_attribute(id, "datetime")
                    .and_then(|t| tidy(&t))
                    .filter(|t| t.starts_with(|c: char| c.is_ascii_digit()))
            }),
            lang: all("html")
                .first()
                .and_then(|&id| dom.get_attribute(id, "lang").or_else(|| dom.get_attribute(id, "xml:lang"))),
        }
    }

    fn named(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|n| self.metas.get(*n)).cloned()
    }
}

/// The first article that the page's JSON-LD describes.
fn article(dom: &Dom) -> Option<Map<String, Value>> {
    let mut best: Option<(u8, Map<String, Value>)> = None;
    for id in dom.get_elements_by_tag_name(dom.root(), "script") {
        if !dom.get_attribute(id, "type").is_some_and(|t| t.to_ascii_lowercase().contains("ld+json")) {
            continue;
        }
        let Ok(parsed) = json::parse(dom.text_content(id).trim().as_bytes()) else { continue };
        let mut todo: Vec<Value> = parsed.values.into_iter().rev().collect();
        while let Some(value) = todo.pop() {
            match value {
                Value::Array(items) => todo.extend(items.into_iter().rev()),
                Value::Object(o) => {
                    let rank = rank(&o);
                    for key in ["mainEntity", "@graph"] {
                        todo.extend(o.get(key).cloned());
                    }
                    if rank > best.as_ref().map_or(0, |b| b.0) {
                        best = Some((rank, o));
                    }
                }
                _ => {}
            }
        }
    }
    best.map(|b| b.1)
}

/// How likely a JSON-LD object is the page's article.
fn rank(o: &Map<String, Value>) -> u8 {
    let types: Vec<&str> = match o.get("@type") {
        Some(Value::String(s)) => vec![s],
        Some(Value::Array(a)) => a.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    let any = |end: &str| types.iter().any(|t| t.ends_with(end));
    let titled = o.contains_key("headline");
    match (any("Article") || any("Posting") || any("Report"), titled) {
        (true, true) => 3,
        (true, false) => 2,
        (false, true) if o.contains_key("datePublished") => 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Meta {
        meta(&Dom::parse(html), Some("https://fetched.example/"))
    }

    #[test]
    fn json_ld_first() {
        let m = of(r#"<html lang="en-GB"><head><title>Bridge shut - The Gazette</title>
            <meta property="og:title" content="Other"><meta property="og:site_name" content="Gazette Online">
            <link rel="canonical" href="https://gazette.example/bridge">
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"},
              {"@type": ["NewsArticle"], "headline": "Bridge &amp; road shut", "author": [{"name": "Jane Doe"}, {"name": "John Roe"}],
               "publisher": {"@type": "Organization", "name": "The Gazette"}, "datePublished": "2024-03-05T10:00:00+01:00"}]}</script>"#);
        assert_eq!(m.title.as_deref(), Some("Bridge & road shut"));
        assert_eq!(m.byline.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(m.outlet.as_deref(), Some("The Gazette"));
        assert_eq!(m.published.as_deref(), Some("2024-03-05T10:00:00+01:00"));
        assert_eq!(
            (m.lang.as_deref(), m.url.as_deref()),
            (Some("en"), Some("https://gazette.example/bridge"))
        );
    }

    #[test]
    fn then_meta_elements_then_the_page() {
        let m = of(
            r#"<title>Bridge shut for spring | The Gazette</title><meta property="og:site_name" content="The Gazette">
            <meta name="author" content="By Jane Doe"><meta property="article:published_time" content="2024-03-05T10:00:00Z">
            <script type="application/ld+json">{broken</script><link rel=canonical href="/relative">"#,
        );
        assert_eq!(m.title.as_deref(), Some("Bridge shut for spring"));
        assert_eq!(m.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(m.published.as_deref(), Some("2024-03-05T10:00:00Z"));
        assert_eq!(m.url.as_deref(), Some("https://fetched.example/"));
        let m =
            of("<h1>Bridge shut</h1><a rel=author>Jane Doe</a><time datetime='2024-03-05'>5 March</time>");
        assert_eq!((m.title.as_deref(), m.byline.as_deref()), (Some("Bridge shut"), Some("Jane Doe")));
        assert_eq!((m.published.as_deref(), m.outlet, m.lang), (Some("2024-03-05"), None, None));
        assert_eq!(of("").title, None);
    }
}
