//! From scores to spans: cue tags, names, mentions, and the best path of source and content around one cue. Must not
//! know where the scores come from.

/// Columns of the emissions: outside, source, content; start and end of a source; start and end of a content.
pub(crate) const EMIT: usize = 7;
/// Columns of the cue tags: outside; beginning, inside of an outermost cue; beginning, inside of a nested one.
pub(crate) const TAGS: usize = 5;
/// Columns of the name tags: outside; beginning, inside of a person's, a body's, a place's.
pub(crate) const NAMES: usize = 7;
/// Columns of the mention tags: outside, beginning, inside; person, organisation, place, thing; name, nominal, pronoun.
pub(crate) const MENTIONS: usize = 10;

/// What a piece is to a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Outside,
    Source,
    Content,
}

/// A cue: nested or not, its pieces, its probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cue {
    pub nested: bool,
    pub from: usize,
    pub to: usize,
    pub score: f32,
}

/// What is chosen on dev and travels with the weights.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bias {
    /// Taken from the score of "outside".
    pub cue: f32,
    /// Added to the scores of nested tags.
    pub nested: f32,
}

/// Probabilities of one piece: outside; beginning, inside of any cue; outermost, nested of either.
struct Chance {
    state: [f32; 3],
    kind: [f32; 2],
}

impl Chance {
    fn new(row: &[f32], bias: Bias) -> Self {
        let x = [row[0] - bias.cue, row[1], row[2], row[3] + bias.nested, row[4] + bias.nested];
        let top = x.iter().copied().fold(f32::MIN, f32::max);
        let e = x.map(|v| (v - top).exp());
        let sum: f32 = e.iter().sum();
        Self {
            state: [e[0] / sum, (e[1] + e[3]) / sum, (e[2] + e[4]) / sum],
            kind: [e[1] + e[2], e[3] + e[4]].map(|v| v / sum),
        }
    }
}

/// Cues of one window from its rows of [`TAGS`] scores: the best path (Viterbi) over outside, beginning, inside, in
/// which no border falls within a word; each is outermost or nested as most of its pieces are. `continues` says
/// which pieces go on a word.
pub(crate) fn cues(logits: &[f32], continues: &[bool], bias: Bias) -> Vec<Cue> {
    let chances: Vec<Chance> = logits.chunks_exact(TAGS).map(|row| Chance::new(row, bias)).collect();
    let states = states(chances.iter().map(|c| c.state), continues);
    let cue = |(from, to): (usize, usize)| {
        let n = (to - from) as f32;
        let mean = |k: usize| chances[from..to].iter().map(|c| c.kind[k]).sum::<f32>() / n;
        let (outermost, nested) = (mean(0), mean(1));
        Cue { nested: nested > outermost, from, to, score: outermost + nested }
    };
    stretches(&states).into_iter().map(cue).collect()
}

/// Pieces of a name, and how likely each kind is: person, organisation, place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct MarkedName {
    pub from: usize,
    pub to: usize,
    pub kinds: [f32; 3],
}

/// Pieces of a mention, and the column that most of them have of each further choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Marked {
    pub from: usize,
    pub to: usize,
    /// Person, organisation, place, thing.
    pub kind: usize,
    /// Name, nominal, pronoun.
    pub form: usize,
}

/// Names of one window from its rows of [`NAMES`] scores; no border falls within a word.
pub(crate) fn names(logits: &[f32], continues: &[bool]) -> Vec<MarkedName> {
    let rows: Vec<[f32; NAMES]> = logits.chunks_exact(NAMES).map(softmax).collect();
    let states = states(rows.iter().map(|e| [e[0], e[1] + e[3] + e[5], e[2] + e[4] + e[6]]), continues);
    let name = |(from, to): (usize, usize)| {
        let n = (to - from) as f32;
        let mean = |k: usize| rows[from..to].iter().map(|e| e[1 + 2 * k] + e[2 + 2 * k]).sum::<f32>() / n;
        MarkedName { from, to, kinds: [mean(0), mean(1), mean(2)] }
    };
    stretches(&states).into_iter().map(name).collect()
}

/// Mentions of one window, cut to their base, from its rows of [`MENTIONS`] scores; no border falls within a word.
pub(crate) fn mentions(logits: &[f32], continues: &[bool]) -> Vec<Marked> {
    let rows: Vec<&[f32]> = logits.chunks_exact(MENTIONS).collect();
    let states = states(rows.iter().map(|r| softmax::<3>(&r[..3])), continues);
    let mention = |(from, to): (usize, usize)| {
        // the sum of logarithms, up to what all columns share
        let column = |c: usize, n: usize| -> f32 {
            let log = |r: &&[f32]| r[c + n] - log_sum(&r[c..if c == 3 { 7 } else { MENTIONS }]);
            rows[from..to].iter().map(log).sum()
        };
        let kind = best([0, 1, 2, 3].map(|n| column(3, n)));
        Marked { from, to, kind, form: best([0, 1, 2].map(|n| column(7, n))) }
    };
    stretches(&states).into_iter().map(mention).collect()
}

fn log_sum(x: &[f32]) -> f32 {
    let top = x.iter().copied().fold(f32::MIN, f32::max);
    top + x.iter().map(|v| (v - top).exp()).sum::<f32>().ln()
}

pub(crate) fn softmax<const N: usize>(row: &[f32]) -> [f32; N] {
    let log = log_sum(row);
    let mut out = [0.0; N];
    out.iter_mut().zip(row).for_each(|(o, x)| *o = (x - log).exp());
    out
}

/// The first of the greatest.
fn best<const N: usize>(x: [f32; N]) -> usize {
    (0..N).max_by(|&a, &b| x[a].total_cmp(&x[b]).then(b.cmp(&a))).unwrap_or(0)
}

/// What begins and goes on: `[from, to)`.
fn stretches(states: &[u8]) -> Vec<(usize, usize)> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < states.len() {
        if states[i] == 0 {
            i += 1;
            continue;
        }
        let to = (i + 1..states.len()).find(|&j| states[j] != 2).unwrap_or(states.len());
        out.push((i, to));
        i = to;
    }
    out
}

/// The best row of 0 (outside), 1 (beginning), 2 (inside). Ties go to the smaller.
fn states(chances: impl ExactSizeIterator<Item = [f32; 3]>, continues: &[bool]) -> Vec<u8> {
    const NEVER: f32 = -1e30;
    let mut best = [0.0, NEVER, NEVER];
    let mut back = vec![[0u8; 3]; chances.len()];
    for (i, c) in chances.enumerate() {
        let mut next = [NEVER; 3];
        let within_word = i > 0 && continues.get(i).copied().unwrap_or(false);
        for (to, n) in next.iter_mut().enumerate() {
            let from: &[usize] = match (to, within_word) {
                (0, true) => &[0],
                (1, true) => &[],
                (2, _) => &[1, 2],
                _ => &[0, 1, 2],
            };
            for &k in from {
                let score = best[k] + c[to].max(1e-12).ln();
                if score > *n {
                    *n = score;
                    back[i][to] = k as u8;
                }
            }
        }
        best = next;
    }
    let mut at = (0..3).max_by(|&a, &b| best[a].total_cmp(&best[b]).then(b.cmp(&a))).unwrap_or(0);
    let mut out = vec![0u8; back.len()];
    for i in (0..back.len()).rev() {
        out[i] = at as u8;
        at = usize::from(back[i][at]);
    }
    out
}

/// States of the decoder: outside and content before the source was seen, the source, outside and content after.
const STATES: [Part; 5] = [Part::Outside, Part::Source, Part::Content, Part::Outside, Part::Content];
/// From which states each may be reached: a source is one stretch at most.
const FROM: [&[usize]; 5] = [&[0, 2], &[0, 1, 2], &[0, 2], &[3, 4, 1], &[3, 4, 1]];

fn emission(row: &[f32], p: Part) -> f32 {
    match p {
        Part::Outside => row[0],
        Part::Source => row[1],
        Part::Content => row[2],
    }
}

fn start(row: &[f32], p: Part) -> f32 {
    match p {
        Part::Outside => 0.0,
        Part::Source => row[3],
        Part::Content => row[5],
    }
}

fn end(row: &[f32], p: Part) -> f32 {
    match p {
        Part::Outside => 0.0,
        Part::Source => row[4],
        Part::Content => row[6],
    }
}

/// The best path over a block's rows of [`EMIT`] scores (Viterbi), with no border within a word. Ties go to the
/// earlier state. `continues` says which pieces go on a word.
pub(crate) fn path(scores: &[f32], continues: &[bool]) -> Vec<Part> {
    let rows: Vec<&[f32]> = scores.chunks_exact(EMIT).collect();
    let Some(last) = rows.last() else { return Vec::new() };
    const NEVER: f32 = -1e30;
    let mut best = [0.0, NEVER, NEVER, NEVER, NEVER];
    let mut back = vec![[0u8; 5]; rows.len()];
    for (i, row) in rows.iter().enumerate() {
        let mut next = [NEVER; 5];
        for (j, &to) in STATES.iter().enumerate() {
            for &k in FROM[j] {
                let from = STATES[k];
                if from != to && i > 0 && continues.get(i).copied().unwrap_or(false) {
                    continue;
                }
                let mut score = best[k] + emission(row, to);
                if from != to {
                    score += start(row, to);
                    if i > 0 {
                        score += end(rows[i - 1], from);
                    }
                }
                if score > next[j] {
                    next[j] = score;
                    back[i][j] = k as u8;
                }
            }
        }
        best = next;
    }
    let mut at = (0..5)
        .max_by(|&a, &b| {
            let total = |j: usize| best[j] + end(last, STATES[j]);
            total(a).total_cmp(&total(b)).then(b.cmp(&a))
        })
        .unwrap_or(0);
    let mut out = vec![Part::Outside; rows.len()];
    for i in (0..rows.len()).rev() {
        out[i] = STATES[at];
        at = usize::from(back[i][at]);
    }
    out
}

/// Runs of a part: `[from, to)`.
pub(crate) fn runs(path: &[Part], part: Part) -> Vec<(usize, usize)> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < path.len() {
        if path[i] == part {
            let to = (i + 1..path.len()).find(|&j| path[j] != part).unwrap_or(path.len());
            out.push((i, to));
            i = to;
        } else {
            i += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_make_cues() {
        let row = |t: usize| {
            let mut r = [0.0f32; TAGS];
            r[t] = 4.0;
            r
        };
        let logits: Vec<f32> = [0, 1, 2, 2, 1, 0, 3, 4, 2].iter().flat_map(|&t| row(t)).collect();
        let got = |continues: &[bool], bias| -> Vec<(bool, usize, usize)> {
            cues(&logits, continues, bias).iter().map(|c| (c.nested, c.from, c.to)).collect()
        };
        // what is inside goes on what began, whichever its kind
        assert_eq!(got(&[], Bias::default()), [(false, 1, 4), (false, 4, 5), (true, 6, 9)]);
        // no cue begins or ends within a word
        let word = [false, false, true, true, true, true, false, true, true];
        assert_eq!(got(&word, Bias::default()), [(false, 1, 6), (true, 6, 9)]);
        let score = |bias| cues(&row(1), &[false], Bias { cue: bias, nested: 0.0 }).first().map(|c| c.score);
        assert!(score(0.0) > Some(0.9));
        assert_eq!(score(-9.0), None);
        let either = [0.0, 3.5, 0.0, 4.0, 0.0];
        let nested = |bias| cues(&either, &[false], Bias { cue: 0.0, nested: bias })[0].nested;
        assert!(nested(0.0) && !nested(-1.0));
    }

    #[test]
    fn tags_make_names_and_mentions() {
        let row = |t: usize| {
            let mut r = [0.0f32; NAMES];
            r[t] = 4.0;
            r
        };
        let logits: Vec<f32> = [0, 1, 2, 0, 3, 5, 6].iter().flat_map(|&t| row(t)).collect();
        let all: Vec<_> = names(&logits, &[]).iter().map(|n| (n.from, n.to, best(n.kinds))).collect();
        assert_eq!(all, [(1, 3, 0), (4, 5, 1), (5, 7, 2)]);
        let row = |state: usize, kind: usize, form: usize| {
            let mut r = [0.0f32; MENTIONS];
            r[state] = 4.0;
            r[3 + kind] = 2.0;
            r[7 + form] = 2.0;
            r
        };
        let logits = [row(1, 0, 1), row(2, 0, 1), row(0, 3, 0), row(1, 2, 0), row(1, 1, 2)].concat();
        let all: Vec<_> = mentions(&logits, &[]).iter().map(|m| (m.from, m.to, m.kind, m.form)).collect();
        assert_eq!(all, [(0, 2, 0, 1), (3, 4, 2, 0), (4, 5, 1, 2)]);
        // no border within a word: the stronger tag of the word wins
        let all: Vec<_> =
            mentions(&logits, &[false, false, true, false, false]).iter().map(|m| (m.from, m.to)).collect();
        assert!(all.iter().all(|&(from, to)| from != 2 && to != 2), "{all:?}");
    }

    #[test]
    fn one_source_many_contents() {
        // columns: outside, source, content, starts and ends
        let row = |o: f32, s: f32, c: f32| [o, s, c, 0.0, 0.0, 0.0, 0.0];
        let rows: Vec<f32> = [
            row(0., 2., 1.),
            row(1., 0., 0.),
            row(0., 0., 3.),
            row(2., 1., 1.),
            row(0., 1., 3.),
            row(0., 1.9, 1.8),
        ]
        .concat();
        let p = path(&rows, &[]);
        assert_eq!(runs(&p, Part::Source), [(0, 1)]);
        assert_eq!(runs(&p, Part::Content), [(2, 3), (4, 6)]);
        // the same, were the last piece to go on the word before
        let p = path(&rows, &[false, false, false, false, true, true]);
        assert_eq!(runs(&p, Part::Content), [(2, 6)]);
        assert!(path(&[], &[]).is_empty());
    }

    #[test]
    fn starts_and_ends_count() {
        let mut rows = [[0.0f32; EMIT]; 3];
        rows[1][2] = 0.5;
        rows.iter_mut().for_each(|r| r[5] = -2.0); // a dear start keeps the content away
        assert!(runs(&path(&rows.concat(), &[]), Part::Content).is_empty());
        rows[1][6] = 3.0; // a good end brings it back
        assert_eq!(runs(&path(&rows.concat(), &[]), Part::Content), [(1, 2)]);
    }
}
