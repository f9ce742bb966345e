//! GUM's layout on disk: CoNLL-U with `# newpar` and, in MISC, entity brackets whose fields `# global.Entity`
//! names. Must not know how anything is scored.

use crate::{Chars, Error, Text};
use onrecord_text::Form;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GoldMention {
    /// All of it.
    pub span: Chars,
    /// Its head word.
    pub head: Chars,
    /// By the head's part of speech.
    pub form: Form,
    /// Whose chain it is in: a number of its document.
    pub chain: usize,
}

/// One document with its mentions.
#[derive(Clone, Debug)]
pub struct ChainedText {
    /// The file's name, less its ending.
    pub name: String,
    /// What kind of text it is: `news`, `interview`, …
    pub genre: String,
    /// Its paragraphs, each a line.
    pub text: String,
    /// Its mentions in order, those of nobody mentioned twice too.
    pub mentions: Vec<GoldMention>,
}

/// A folder of documents with their chains.
#[derive(Clone, Debug)]
pub struct Chained {
    /// Where it was read from.
    pub folder: PathBuf,
    /// The genres asked for; empty for all.
    pub genres: Vec<String>,
    /// In order of their names.
    pub documents: Vec<ChainedText>,
}

impl Chained {
    /// Reads a folder's `.conllu` files, of some genres only where any are named.
    pub fn read(folder: &Path, genres: &[String]) -> Result<Self, Error> {
        let (mut paths, mut parts) = (Vec::new(), Vec::new());
        for entry in fs::read_dir(folder).map_err(Error::unreadable(folder))? {
            let path = entry.map_err(Error::unreadable(folder))?.path();
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            if path.extension().is_some_and(|e| e == "conllu") {
                paths.push((name, path));
            } else if holds_conllu(&path) {
                parts.push(name);
            }
        }
        if paths.is_empty() {
            parts.sort();
            return Err(match parts.is_empty() {
                true => Error::nothing(folder, "holds no .conllu file"),
                false => Error::Layout { path: folder.to_owned(), parts },
            });
        }
        paths.sort();
        let mut documents = Vec::new();
        for (name, path) in paths {
            let lines = fs::read_to_string(&path).map_err(Error::unreadable(&path))?;
            let name = name.trim_end_matches(".conllu").to_owned();
            let read = document(name, &lines).map_err(|(line, what)| Error::malformed(&path, line, what))?;
            documents.push(read);
        }
        let mut there: Vec<String> = documents.iter().map(|d| d.genre.clone()).collect();
        there.sort();
        there.dedup();
        if let Some(other) = genres.iter().find(|g| !there.contains(g)) {
            let what = format!("holds no text of genre {other:?}: there are {}", there.join(", "));
            return Err(Error::malformed(folder, 0, what));
        }
        documents.retain(|d| genres.is_empty() || genres.contains(&d.genre));
        Ok(Self { folder: folder.to_owned(), genres: genres.to_vec(), documents })
    }

    /// What there is to read.
    pub fn texts(&self) -> Vec<Text<'_>> {
        self.documents.iter().map(|d| Text::new(&d.name, &d.text)).collect()
    }
}

fn holds_conllu(path: &Path) -> bool {
    let is = |e: fs::DirEntry| e.path().extension().is_some_and(|x| x == "conllu");
    path.is_dir() && fs::read_dir(path).is_ok_and(|d| d.flatten().any(is))
}

/// A word of the document.
struct Word {
    span: Chars,
    pos: String,
    /// The word it hangs on; none for the root.
    on: Option<usize>,
}

/// A bracket that has been opened.
struct Open {
    chain: usize,
    first: usize,
    /// Which of the mention's words are its core, from 1.
    least: Vec<usize>,
}

/// What has been read of a document.
#[derive(Default)]
struct Reading {
    genre: String,
    /// Where the chain and the core stand among a bracket's fields, and how many fields there are.
    fields: Option<(usize, Option<usize>, usize)>,
    text: Vec<char>,
    new_paragraph: bool,
    /// Where the sentence starts and where its next word is looked for.
    sentence: Option<(usize, usize)>,
    /// The sentence's first word.
    first_word: usize,
    words: Vec<Word>,
    chains: BTreeMap<String, usize>,
    open: Vec<Open>,
    mentions: Vec<(usize, usize, usize, Vec<usize>)>,
}

fn document(name: String, lines: &str) -> Result<ChainedText, (usize, String)> {
    let mut r =
        Reading { genre: name.split('_').nth(1).unwrap_or_default().to_owned(), ..Reading::default() };
    for (n, line) in lines.lines().enumerate() {
        let done = match line.strip_prefix('#') {
            Some(comment) => {
                r.comment(comment.trim_start());
                Ok(())
            }
            None if line.trim().is_empty() => r.sentence_ends(),
            None => r.word(line),
        };
        done.map_err(|what| (n + 1, what))?;
    }
    r.sentence_ends().map_err(|what| (lines.lines().count(), what))?;
    if r.words.is_empty() {
        return Err((0, "holds no sentence".into()));
    }
    let mentions = r.mentions();
    Ok(ChainedText { name, genre: r.genre, text: r.text.into_iter().collect(), mentions })
}

impl Reading {
    fn comment(&mut self, comment: &str) {
        if comment == "newpar" || comment.starts_with("newpar ") {
            self.new_paragraph = true;
        } else if let Some(genre) = comment.strip_prefix("meta::genre = ") {
            self.genre = genre.trim().to_owned();
        } else if let Some(names) = comment.strip_prefix("global.Entity = ") {
            let names: Vec<&str> = names.trim().split('-').collect();
            let at = |name| names.iter().position(|n| *n == name);
            self.fields = at("GRP").map(|group| (group, at("minspan"), names.len()));
        } else if let Some(text) = comment.strip_prefix("text = ") {
            if !self.text.is_empty() {
                self.text.push(if self.new_paragraph { '\n' } else { ' ' });
            }
            self.new_paragraph = false;
            self.sentence = Some((self.text.len(), self.text.len()));
            self.first_word = self.words.len();
            self.text.extend(text.chars());
        }
    }

    fn sentence_ends(&mut self) -> Result<(), String> {
        self.sentence = None;
        match self.open.is_empty() {
            true => Ok(()),
            false => Err("a mention is still open where its sentence ends".into()),
        }
    }

    fn word(&mut self, line: &str) -> Result<(), String> {
        let c: Vec<&str> = line.split('\t').collect();
        let [id, form, _, pos, _, _, head, _, _, misc] = c[..] else {
            return Err("not the ten columns of CoNLL-U, parted by tabs".into());
        };
        let Some((_, at)) = self.sentence else {
            return Err("a word before its sentence's `# text = …`".into());
        };
        if id.contains('.') {
            return Ok(());
        }
        let letters: Vec<char> = form.chars().collect();
        let found = (at..self.text.len().min(at + 3)).find(|&k| self.text[k..].starts_with(&letters));
        if id.contains('-') {
            // a joined word: its parts share its letters
            self.sentence = self.sentence.map(|(s, _)| (s, found.unwrap_or(at)));
            return Ok(());
        }
        let start = found.unwrap_or(at);
        let end = (start + letters.len()).min(self.text.len());
        let next = (end..self.text.len()).find(|&k| self.text[k] != ' ').unwrap_or(self.text.len());
        self.sentence = self.sentence.map(|(s, _)| (s, next));
        let head: usize =
            head.parse().map_err(|_| format!("the head {head:?} where a number was expected"))?;
        let on = head.checked_sub(1).map(|h| self.first_word + h);
        self.words.push(Word { span: Chars::new(start, end), pos: pos.to_owned(), on });
        match misc.split('|').find_map(|m| m.strip_prefix("Entity=")) {
            Some(brackets) => self.brackets(brackets),
            None => Ok(()),
        }
    }

    /// `(1-person-new(2-place-giv)3)`: what opens and closes at the last word.
    fn brackets(&mut self, brackets: &str) -> Result<(), String> {
        let Some((group, core, width)) = self.fields else {
            return Err("entity brackets without a `# global.Entity = …` that names GRP".into());
        };
        let word = self.words.len() - 1;
        let mut rest = brackets;
        while !rest.is_empty() {
            let opens = rest.strip_prefix('(');
            let body = opens.unwrap_or(rest);
            let end = body.find(['(', ')']).unwrap_or(body.len());
            let (fields, closes) = (&body[..end], body[end..].starts_with(')'));
            rest = &body[end + usize::from(closes)..];
            let field = |i: usize| fields.splitn(width, '-').nth(i).unwrap_or_default();
            let name = if opens.is_some() { field(group) } else { fields };
            if name.is_empty() || name.contains('[') {
                return Err(format!("{brackets:?}: a mention without a group, or an interrupted one"));
            }
            let fresh = self.chains.len();
            let chain = *self.chains.entry(name.to_owned()).or_insert(fresh);
            if opens.is_some() {
                let least = core.map_or("", field).split(',').filter_map(|n| n.parse().ok()).collect();
                self.open.push(Open { chain, first: word, least });
            }
            if closes {
                let Some(at) = self.open.iter().rposition(|o| o.chain == chain) else {
                    return Err(format!("{brackets:?}: {name} closes and was not open"));
                };
                let o = self.open.remove(at);
                self.mentions.push((o.first, word, chain, o.least));
            } else if opens.is_none() {
                return Err(format!("{brackets:?}: neither opens nor closes"));
            }
        }
        Ok(())
    }

    fn mentions(&self) -> Vec<GoldMention> {
        let mut out: Vec<GoldMention> = self
            .mentions
            .iter()
            .map(|&(first, last, chain, ref least)| {
                let core = least.iter().map(|n| first + n.saturating_sub(1)).filter(|i| *i <= last);
                let mut pool: Vec<usize> = core.collect();
                if pool.is_empty() {
                    pool = (first..=last).collect();
                }
                let outside = |i: &&usize| self.words[**i].on.is_none_or(|h| h < first || h > last);
                let head = &self.words[pool.iter().find(outside).map_or(pool[0], |i| *i)];
                let form = match head.pos.as_str() {
                    "PRON" | "DET" => Form::Pronoun,
                    "PROPN" => Form::Name,
                    _ => Form::Nominal,
                };
                let span = Chars::new(self.words[first].span.start, self.words[last].span.end);
                GoldMention { span, head: head.span, form, chain }
            })
            .collect();
        out.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end), m.chain));
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines of: number, word, part of speech, head, MISC.
    fn conllu(lines: &[&str]) -> String {
        let row = |l: &&str| match l.split_whitespace().collect::<Vec<_>>()[..] {
            [id, form, pos, head, misc] if !l.starts_with('#') => {
                format!("{id}\t{form}\t_\t{pos}\t_\t_\t{head}\t_\t_\t{misc}\n")
            }
            _ => format!("{l}\n"),
        };
        lines.iter().map(row).collect()
    }

    const LINES: [&str; 21] = [
        "# global.Entity = GRP-etype-minspan-link-identity",
        "# newpar",
        "# text = The mayor of Rome didn't come.",
        "1 The DET 2 Entity=(1-person-2-coref",
        "2 mayor NOUN 6 _",
        "3 of ADP 4 _",
        "4 Rome PROPN 2 Entity=(2-place-1-sgl-Rome)1)",
        "5-6 didn't _ _ SpaceAfter=No",
        "5 did AUX 7 _",
        "6 n't PART 7 _",
        "7 come VERB 0 _",
        "8 . PUNCT 7 _",
        "",
        "# text = She was ill.",
        "1 She PRON 3 Entity=(1-person-1-ana)",
        "2 was AUX 3 _",
        "3 ill ADJ 0 _",
        "",
        "# newpar_block = p",
        "# newpar",
        "# text = End",
    ];

    #[test]
    fn brackets_make_mentions() {
        let d = document("GUM_news_x".into(), &conllu(&LINES)).unwrap();
        assert_eq!(
            (d.genre.as_str(), d.text.as_str()),
            ("news", "The mayor of Rome didn't come. She was ill.\nEnd")
        );
        let c = Chars::new;
        let m = |span, head, form, chain| GoldMention { span, head, form, chain };
        assert_eq!(
            d.mentions,
            [
                m(c(0, 17), c(4, 9), Form::Nominal, 0),
                m(c(13, 17), c(13, 17), Form::Name, 1),
                m(c(31, 34), c(31, 34), Form::Pronoun, 0),
            ]
        );
    }

    #[test]
    fn what_is_wrong_and_where() {
        let head = "# global.Entity = GRP-etype-minspan";
        for (lines, line, what) in [
            (&[head][..], 0, "no sentence"),
            (&[head, "1 A X 0 _"], 2, "before its sentence"),
            (&[head, "# text = A", "1 A X"], 3, "ten columns"),
            (&[head, "# text = A", "1 A X y _"], 3, "a number was expected"),
            (&["# text = A", "1 A X 0 Entity=(1-person)"], 2, "global.Entity"),
            (&[head, "# text = A", "1 A X 0 Entity=1)"], 3, "was not open"),
            (&[head, "# text = A", "1 A X 0 Entity=(1-person", ""], 4, "still open"),
            (&[head, "# text = A", "1 A X 0 Entity=(1[1/2]-person)"], 3, "interrupted"),
        ] {
            let (n, said) = document("GUM_news_x".into(), &conllu(lines)).unwrap_err();
            assert!(n == line && said.contains(what), "{lines:?}: {n} {said}");
        }
    }
}
