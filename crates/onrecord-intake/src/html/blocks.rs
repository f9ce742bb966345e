//! A parsed page to blocks of text with roles, by its elements. Must not know which blocks are the article.

use onrecord_text::Role;
use trafilatura::dom::{Document as Dom, NodeId};

use crate::plain::ends_sentence;

/// A block of words, its white space put in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// What its elements make of it.
    pub role: Role,
    /// Its words.
    pub text: String,
}

impl Block {
    /// Letters and digits alone, lower-case: the same for the same words however they are set.
    pub fn key(&self) -> String {
        key(&self.text)
    }
}

pub(super) fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Elements whose words nobody sees, or that are not part of a text.
const UNSEEN: &[&str] = &[
    "script", "style", "noscript", "template", "head", "svg", "math", "iframe", "object", "select",
    "textarea", "button", "canvas", "audio", "video", "datalist", "input", "title",
];

/// Elements that begin and end a block.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// All blocks in the subtree of `root`, in order. Walks without recursion: pages nest as deep as they like.
pub(super) fn blocks(dom: &Dom, root: NodeId) -> Vec<Block> {
    let mut out = Out::default();
    // A node to enter, or the element to leave.
    let mut todo = vec![Step::Enter(root)];
    while let Some(step) = todo.pop() {
        match step {
            Step::Leave { block, role } => {
                if block {
                    out.flush();
                }
                if role {
                    out.roles.pop();
                }
            }
            Step::Enter(id) if dom.is_text(id) => {
                out.words.push_str(&dom.text_content(id).replace(LINE_ENDS, " "))
            }
            Step::Enter(id) => {
                let tag = dom.tag_name(id);
                if UNSEEN.contains(&tag) || is_hidden(dom, id) {
                    continue;
                }
                if tag == "br" {
                    out.words.push('\n');
                    continue;
                }
                if matches!(tag, "td" | "th") {
                    out.words.push(' ');
                }
                let block = BLOCKS.contains(&tag);
                if block {
                    out.flush();
                }
                let role = role_of(tag);
                out.roles.extend(role);
                todo.push(Step::Leave { block, role: role.is_some() });
                todo.extend(dom.child_nodes(id).into_iter().rev().map(Step::Enter));
            }
        }
    }
    out.flush();
    out.blocks
}

/// How deep the deepest element stands.
pub(super) fn depth(dom: &Dom) -> usize {
    let mut deepest = 0;
    let mut todo = vec![(dom.root(), 0)];
    while let Some((id, depth)) = todo.pop() {
        deepest = deepest.max(depth);
        todo.extend(dom.children(id).into_iter().map(|c| (c, depth + 1)));
    }
    deepest
}

enum Step {
    Enter(NodeId),
    Leave { block: bool, role: bool },
}

const LINE_ENDS: [char; 5] = ['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'];

fn is_hidden(dom: &Dom, id: NodeId) -> bool {
    if !dom.is_element(id) {
        return false;
    }
    let style = |s: String| {
        let s: String = s.to_ascii_lowercase().split_whitespace().collect();
        s.contains("display:none") || s.contains("visibility:hidden")
    };
    dom.get_attribute(id, "hidden").is_some() || dom.get_attribute(id, "style").is_some_and(style)
}

fn role_of(tag: &str) -> Option<Role> {
    Some(match tag {
        "blockquote" => Role::BlockQuotation,
        "li" | "dd" | "dt" => Role::ListItem,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Subheading,
        "figcaption" | "caption" => Role::Caption,
        _ => return None,
    })
}

#[derive(Default)]
struct Out {
    blocks: Vec<Block>,
    words: String,
    /// Of the elements that are open, from the outside in.
    roles: Vec<Role>,
}

impl Out {
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let role = if self.roles.contains(&Role::BlockQuotation) {
            Role::BlockQuotation
        } else {
            self.roles.last().copied().unwrap_or(Role::Paragraph)
        };
        // `<br>` ends a block where two stand together, or where a sentence ends.
        let mut text = String::new();
        let mut blank = false;
        for line in words.split('\n') {
            let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
            if line.is_empty() {
                blank = true;
                continue;
            }
            if !text.is_empty() && (blank || ends_sentence(&text)) {
                self.blocks.push(Block { role, text: std::mem::take(&mut text) });
            }
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(&line);
            blank = false;
        }
        if !text.is_empty() {
            self.blocks.push(Block { role, text });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Role::*;

    fn shown(html: &str) -> Vec<(Role, String)> {
        let dom = Dom::parse(html);
        blocks(&dom, dom.root()).into_iter().map(|b| (b.role, b.text)).collect()
    }

    #[test]
    fn elements_give_roles() {
        let cases: &[(&str, &[(Role, &str)])] = &[
            ("<p>a <b>b</b>\n c</p><p>d</p>", &[(Paragraph, "a b c"), (Paragraph, "d")]),
            (
                "<h2>h</h2>text<div>x</div>y",
                &[(Subheading, "h"), (Paragraph, "text"), (Paragraph, "x"), (Paragraph, "y")],
            ),
            (
                "<blockquote><p>q</p><ul><li>r</li></ul></blockquote>",
                &[(BlockQuotation, "q"), (BlockQuotation, "r")],
            ),
            ("<ul><li>a<li><p>b</p></ul>", &[(ListItem, "a"), (ListItem, "b")]),
            ("<figure><img><figcaption>c</figcaption></figure>", &[(Caption, "c")]),
            (
                "<p>One.<br>Two<br>three<br><br>four</p>",
                &[(Paragraph, "One."), (Paragraph, "Two three"), (Paragraph, "four")],
            ),
            ("<table><tr><td>a</td><td>b</td></tr></table>", &[(Paragraph, "a b")]),
            ("<script>x</script><p hidden>y</p><p style='display: none'>z</p>&nbsp;", &[]),
        ];
        for (html, want) in cases {
            let want: Vec<_> = want.iter().map(|(r, t)| (*r, (*t).to_owned())).collect();
            assert_eq!(shown(html), want, "{html}");
        }
    }

    #[test]
    fn depth_does_not_matter() {
        let html = format!("{}deep{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert_eq!(shown(&html), [(Paragraph, "deep".to_owned())]);
        assert!(depth(&Dom::parse(&html)) > 10_000);
    }
}
