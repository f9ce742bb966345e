//! The human line: how well a second annotator does against the first, by the rules that machines are held to.
//! Must not know of machines.

use crate::{Article, Said, System};

/// The articles that carry several annotations, and the second annotator of each as a [`System`] to score
/// against the first; `None` where there is no such article.
pub fn agreement<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Option<(Vec<Article>, System)> {
    let twice: Vec<Article> = articles.into_iter().filter(|a| a.annotations.len() > 1).cloned().collect();
    let readings: Vec<_> =
        twice.iter().map(|a| a.annotations.get(1).map(|s| Said::of_triples(s.triples.clone()))).collect();
    let name = format!("annotators (second against first, {} articles)", twice.len());
    (!twice.is_empty()).then_some((twice, System { name, command: None, readings }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Annotation, Chars, Triple, View, score};

    #[test]
    fn only_articles_with_two() {
        let says = |end| Triple {
            source: vec![Chars::new(0, 1)],
            cue: vec![Chars::new(2, 6)],
            content: vec![Chars::new(7, end)],
            within: false,
        };
        let article = |ends: &[usize]| Article {
            name: "x".into(),
            text: "A says it rains".into(),
            annotations: ends
                .iter()
                .map(|&e| Annotation { annotator: e.to_string(), triples: vec![says(e)] })
                .collect(),
        };
        assert!(agreement(&[article(&[15])]).is_none());
        let (articles, second) = agreement(&[article(&[15]), article(&[15, 9, 15])]).unwrap();
        assert_eq!(articles.len(), 1);
        let scores = score(&articles, &second);
        let f1 = |m| scores.row(View::All, m).unwrap().f1.value;
        assert_eq!((f1("cue exact"), f1("content exact")), (1.0, 0.0));
        assert!((f1("content word") - 2.0 / 3.0).abs() < 1e-9);
    }
}
