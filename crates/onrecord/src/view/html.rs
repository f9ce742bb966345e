//! One self-contained HTML page for one document or several: nothing is loaded, nothing is run. Must not trust a
//! character of an article.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use onrecord_text::{Document, Note, Passage, ReaderVersion, Reading, Role};

use super::facts::{all_notes, count, imprint, nobody, one_line, title};
use super::html_list::list;
use super::segments::{Part, Segment, marks, passages, segments};

const CSS: &str = include_str!("page.css");

/// How to show readings as HTML.
#[derive(Clone, Debug, Default)]
pub struct HtmlOptions {
    /// What to call a page of several documents; by default, how many they are.
    pub title: Option<String>,
}

/// A reading as a page of HTML. `notes` are those of the document's intake.
pub fn html(document: &Document, reading: &Reading, notes: &[Note], options: &HtmlOptions) -> String {
    let mut page = HtmlPage::new(options.clone());
    page.add(document, reading, notes, None);
    page.finish()
}

/// A page that is made of documents one after the other. Keeps their HTML, not the documents.
#[derive(Debug)]
pub struct HtmlPage {
    options: HtmlOptions,
    articles: Vec<Article>,
    readers: Vec<String>,
}

#[derive(Debug)]
struct Article {
    /// Plain, for the table of contents and the page's title.
    title: String,
    imprint: String,
    attributions: usize,
    /// The text of the heading, with marks.
    heading: String,
    /// Everything below the heading.
    body: String,
    lang: String,
    /// Selectors of what lights up when an attribution is pointed to.
    lights: String,
}

impl HtmlPage {
    /// A page without documents.
    pub fn new(options: HtmlOptions) -> Self {
        Self { options, articles: Vec::new(), readers: Vec::new() }
    }

    /// How many documents are on it.
    pub fn documents(&self) -> usize {
        self.articles.len()
    }

    /// Adds a document. `label` is what to call it where it has no title: a file's name.
    pub fn add(&mut self, document: &Document, reading: &Reading, notes: &[Note], label: Option<&str>) {
        let by = reader_line(&reading.by);
        if !self.readers.contains(&by) {
            self.readers.push(by);
        }
        let number = self.articles.len() + 1;
        self.articles.push(article(number, document, reading, notes, label));
    }

    /// The page.
    pub fn finish(self) -> String {
        let several = self.articles.len() != 1;
        let title = match self.articles.as_slice() {
            [one] => one.title.clone(),
            many => self.options.title.as_deref().map_or_else(|| count(many.len(), "document"), one_line),
        };
        let lights: Vec<&str> =
            self.articles.iter().map(|a| a.lights.as_str()).filter(|l| !l.is_empty()).collect();
        let lit = if lights.is_empty() {
            String::new()
        } else {
            lights.join(",\n") + "{background:var(--lit);color:var(--lit-ink)}\n"
        };
        let mut out = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"generator\" content=\"onrecord\">\n<title>{}</title>\n<style>\n{CSS}{lit}</style>\n</head>\n<body>\n",
            escape(&title)
        );
        if !self.articles.is_empty() {
            let (to, what) = if several { ("contents", "contents") } else { ("d1-list", "who said what") };
            let _ = writeln!(out, "<a class=\"skip\" href=\"#{to}\">Skip to {what}</a>");
        }
        out.push_str(
            "<header class=\"mast\">\n<p class=\"name\">onrecord</p>\n\
             <p class=\"legend\"><span class=\"word\">Marks</span> <span class=\"s\">source</span> <span class=\"q\">cue</span> \
             <span class=\"c\">content</span> <span class=\"c cc\">content within content</span></p>\n</header>\n",
        );
        out.push_str("<main>\n");
        if several {
            let _ = writeln!(out, "<h1 class=\"all\">{}</h1>", escape(&title));
            contents(&mut out, &self.articles);
        }
        let h = if several { 2 } else { 1 };
        for (i, a) in self.articles.iter().enumerate() {
            let n = i + 1;
            // No level of headings is left out. Text is escaped, so that only our own headings are met here.
            let body =
                if several { a.body.clone() } else { a.body.replace("<h3", "<h2").replace("</h3>", "</h2>") };
            let _ = write!(
                out,
                "<article class=\"doc\" id=\"d{n}\"{} aria-labelledby=\"d{n}-title\">\n<h{h} class=\"title\" id=\"d{n}-title\" dir=\"auto\">{}</h{h}>\n{body}</article>\n",
                a.lang, a.heading
            );
        }
        out.push_str("</main>\n<footer>\n");
        for by in &self.readers {
            let _ = writeln!(out, "<p>{by}</p>");
        }
        out.push_str("<p>onrecord tells who asserts what; it never says what is true.</p>\n</footer>\n</body>\n</html>\n");
        out
    }
}

/// Text that is not ours, as text of HTML: no markup, no control characters.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' | '\r' => out.push(' '),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

fn reader_line(by: &ReaderVersion) -> String {
    let short: String = by.model_sha256.chars().take(12).collect();
    format!(
        "Read by onrecord {} with model {} {} (<abbr title=\"SHA-256 {}\">{}</abbr>).",
        escape(&by.code),
        escape(&by.model_name),
        escape(&by.model_version),
        escape(&by.model_sha256),
        escape(&short)
    )
}

fn contents(out: &mut String, articles: &[Article]) {
    if articles.is_empty() {
        out.push_str("<p>There is no document on this page.</p>\n");
        return;
    }
    out.push_str("<nav class=\"contents\" id=\"contents\" aria-label=\"Contents\">\n<ol>\n");
    for (i, a) in articles.iter().enumerate() {
        let imprint =
            if a.imprint.is_empty() { String::new() } else { format!("<bdi>{}</bdi> · ", a.imprint) };
        let _ = writeln!(
            out,
            "<li><a href=\"#d{}\"><bdi>{}</bdi></a> <span>{imprint}{}</span></li>",
            i + 1,
            escape(&a.title),
            count(a.attributions, "attribution")
        );
    }
    out.push_str("</ol>\n</nav>\n");
}

fn article(n: usize, document: &Document, reading: &Reading, notes: &[Note], label: Option<&str>) -> Article {
    let text = document.text();
    let marks = marks(document, reading);
    let passages = passages(document);
    let mut anchored = BTreeSet::new();
    let marked = |p: &Passage, anchored: &mut BTreeSet<usize>| {
        segments(p.span, &marks).iter().map(|s| segment(n, s, text, anchored)).collect::<String>()
    };

    let headline = passages.first().filter(|p| p.role == Role::Headline);
    let own_title = title(document);
    let name = own_title
        .clone()
        .or_else(|| headline.map(|p| one_line(p.span.of(text))))
        .or_else(|| document.meta().title.as_deref().map(one_line))
        .or_else(|| label.map(one_line))
        .unwrap_or_else(|| "Untitled".to_owned());
    // The headline is the heading where it says what the title says, or where there is no title.
    let (heading, rest) = match (headline, own_title) {
        (Some(p), None) => (marked(p, &mut anchored), &passages[1..]),
        _ => (escape(&name), &passages[..]),
    };

    let mut body = String::new();
    let imprint: Vec<String> = imprint(document).iter().map(|x| escape(x)).collect();
    let mut line: Vec<String> = imprint.iter().map(|x| format!("<bdi>{x}</bdi>")).collect();
    if let Some(url) =
        document.meta().url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
    {
        line.push(format!("<a href=\"{}\" rel=\"noopener noreferrer nofollow\">original</a>", escape(url)));
    }
    if !line.is_empty() {
        let _ = writeln!(body, "<p class=\"imprint\">{}</p>", line.join(" · "));
    }
    for note in all_notes(notes, reading) {
        let _ = writeln!(body, "<p class=\"note\" role=\"note\">Note: <bdi>{}</bdi></p>", escape(&note.text));
    }
    body.push_str("<div class=\"cols\">\n<div class=\"text\">\n");
    let mut in_list = false;
    for p in rest {
        if in_list != (p.role == Role::ListItem) {
            body.push_str(if in_list { "</ul>\n" } else { "<ul>\n" });
            in_list = !in_list;
        }
        let words = marked(p, &mut anchored);
        let _ = match p.role {
            Role::Headline | Role::Subheading => writeln!(body, "<h3 dir=\"auto\">{words}</h3>"),
            Role::BlockQuotation => writeln!(body, "<blockquote dir=\"auto\"><p>{words}</p></blockquote>"),
            Role::ListItem => writeln!(body, "<li dir=\"auto\">{words}</li>"),
            Role::Paragraph => writeln!(body, "<p dir=\"auto\">{words}</p>"),
            Role::Standfirst | Role::Byline | Role::Dateline | Role::Caption => {
                writeln!(body, "<p dir=\"auto\" class=\"{}\">{words}</p>", p.role.name())
            }
        };
    }
    if in_list {
        body.push_str("</ul>\n");
    }
    body.push_str("</div>\n");
    list(&mut body, n, document, reading, &anchored, nobody(notes, reading));
    body.push_str("</div>\n");

    let lights: Vec<String> = anchored
        .iter()
        .map(|i| {
            let i = i + 1;
            format!(
                "#d{n}:has(#d{n}-a{i}:target,#d{n}-n{i}:is(:target,:hover,:focus-within)) [data-a~=\"{i}\"]"
            )
        })
        .collect();
    Article {
        title: name,
        imprint: imprint.join(" · "),
        attributions: reading.attributions.len(),
        heading,
        body,
        lang: language(document),
        lights: lights.join(",\n"),
    }
}

/// The `lang` attribute, where the document's language looks like one.
fn language(document: &Document) -> String {
    match document.meta().lang.as_deref() {
        Some(l)
            if !l.is_empty() && l.len() < 12 && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
        {
            format!(" lang=\"{l}\"")
        }
        _ => String::new(),
    }
}

/// One segment, with an anchor before it for each attribution that begins here, and after it the number of each
/// that ends here.
fn segment(n: usize, s: &Segment<'_>, text: &str, anchored: &mut BTreeSet<usize>) -> String {
    let mut out = String::new();
    for m in &s.opens {
        if anchored.insert(m.of) {
            let _ = write!(out, "<span class=\"at\" id=\"d{n}-a{}\"></span>", m.of + 1);
        }
    }
    let words = escape(s.span.of(text));
    if s.over.is_empty() {
        out.push_str(&words);
    } else {
        let mut class: Vec<&str> = Vec::new();
        let depth = s.depth();
        for (on, name) in
            [(depth > 0, "c"), (depth > 1, "cc"), (s.has(Part::Source), "s"), (s.has(Part::Cue), "q")]
        {
            if on {
                class.push(name);
            }
        }
        let of: BTreeSet<usize> = s.over.iter().map(|m| m.of + 1).collect();
        let of: Vec<String> = of.iter().map(usize::to_string).collect();
        let _ = write!(out, "<span class=\"{}\" data-a=\"{}\">{words}</span>", class.join(" "), of.join(" "));
    }
    for m in s.closes.iter().filter(|m| m.last) {
        let i = m.of + 1;
        let _ = write!(out, "<a class=\"n\" href=\"#d{n}-n{i}\" aria-label=\"attribution {i}\">{i}</a>");
    }
    out
}
