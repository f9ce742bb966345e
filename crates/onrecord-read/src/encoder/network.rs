//! The network, run by `onrecord-nn`: embeddings with case and quotation state, six layers, tags of cues, names and
//! mentions, and for each cue two narrow layers over its block. `train/net.py` is the same in PyTorch. Must not know
//! what the tags become.

use super::antecedents::{Antecedents, Sketch};
use super::decode::{self, Part};
use super::weights::{Model, ModelError};
use super::windows::Window;
use super::{Encode, Found, Heard, Kinds, Named, Noun, Seen};
use onrecord_nn::{Dense, EmbeddingTable, Engine, Layer, LayerParts, Linear, Norm, Scratch, Stack};
use onrecord_text::{Form, SourceKind, Span};
use std::sync::{Mutex, PoisonError};

/// Word-pieces that go through the encoder in one call, so that memory stays small whatever the document.
const AT_ONCE: usize = 4096;

pub(crate) struct Network {
    engine: Engine,
    word: EmbeddingTable,
    position: Vec<f32>,
    case: Vec<f32>,
    quote: Vec<f32>,
    norm: Norm,
    layers: Stack,
    cue: Dense,
    bias: decode::Bias,
    down: Linear,
    query: Linear,
    near: Vec<f32>,
    mark: Vec<f32>,
    link_norm: Norm,
    link: Stack,
    emit: Dense,
    kind: Dense,
    name: Dense,
    name_least: f32,
    mention: Dense,
    antecedents: Antecedents,
    /// Working memory of threads at rest.
    scratch: Mutex<Vec<Scratch>>,
}

fn linear(m: &Model<'_>, engine: Engine, name: &str) -> Result<Linear, ModelError> {
    let (w, shape) = m.bytes(&format!("{name}.weight"))?;
    let (scale, _) = m.floats(&format!("{name}.scale"))?;
    let (bias, _) = m.floats(&format!("{name}.bias"))?;
    let [n, k] = shape[..] else { return Err(ModelError(format!("{name}: not a matrix"))) };
    Ok(Linear::new(engine, n, k, &w, &scale, &bias)?)
}

pub(super) fn dense(m: &Model<'_>, engine: Engine, name: &str) -> Result<Dense, ModelError> {
    let (w, shape) = m.floats(&format!("{name}.weight"))?;
    let (bias, _) = m.floats(&format!("{name}.bias"))?;
    let [n, k] = shape[..] else { return Err(ModelError(format!("{name}: not a matrix"))) };
    Ok(Dense::new(engine, n, k, &w, &bias)?)
}

fn norm(m: &Model<'_>, name: &str) -> Result<Norm, ModelError> {
    let (g, _) = m.floats(&format!("{name}.weight"))?;
    let (b, _) = m.floats(&format!("{name}.bias"))?;
    Ok(Norm::new(&g, &b, 1e-12)?)
}

fn stack(m: &Model<'_>, engine: Engine, name: &str, layers: usize) -> Result<Stack, ModelError> {
    let layer = |i: usize| -> Result<Layer, ModelError> {
        let part = |p: &str| format!("{name}.{i}.{p}");
        Ok(Layer::new(LayerParts {
            qkv: linear(m, engine, &part("qkv"))?,
            out: linear(m, engine, &part("out"))?,
            ln1: norm(m, &part("ln1"))?,
            ffn1: linear(m, engine, &part("up"))?,
            ffn2: linear(m, engine, &part("down"))?,
            ln2: norm(m, &part("ln2"))?,
        })?)
    };
    Ok(Stack::new((0..layers).map(layer).collect::<Result<_, _>>()?)?)
}

/// Signed distance in pieces to its bucket: 0…15 near, then four an octave to 31; 32 more behind the cue.
fn bucket(d: isize) -> usize {
    let a = d.unsigned_abs();
    let b = if a < 16 { a } else { (15 + ((a as f64 / 16.0).log2() * 4.0) as usize).min(31) };
    b + if d > 0 { 32 } else { 0 }
}

fn add(to: &mut [f32], table: &[f32], row: usize) {
    let n = to.len();
    for (x, y) in to.iter_mut().zip(&table[row * n..(row + 1) * n]) {
        *x += y;
    }
}

impl Network {
    pub(crate) fn new(m: &Model<'_>, engine: Engine) -> Result<Self, ModelError> {
        let (rows, shape) = m.bytes("word.weight")?;
        let (scales, _) = m.floats("word.scale")?;
        let width = shape.get(1).copied().unwrap_or(0);
        let shape = &m.papers.network;
        let net = Self {
            engine,
            word: EmbeddingTable::new(width, rows, scales)?,
            position: m.floats("position")?.0,
            case: m.floats("case")?.0,
            quote: m.floats("quote")?.0,
            norm: norm(m, "ln")?,
            layers: stack(m, engine, "layers", shape.layers)?,
            cue: dense(m, engine, "cue")?,
            bias: decode::Bias { cue: shape.cue_bias, nested: shape.nested_bias },
            down: linear(m, engine, "down")?,
            query: linear(m, engine, "query")?,
            near: m.floats("rel")?.0,
            mark: m.floats("mark")?.0,
            link_norm: norm(m, "link_ln")?,
            link: stack(m, engine, "link", shape.link_layers)?,
            emit: dense(m, engine, "emit")?,
            kind: dense(m, engine, "kind")?,
            name: dense(m, engine, "name")?,
            name_least: shape.name_least,
            mention: dense(m, engine, "mention")?,
            antecedents: Antecedents::new(m, engine, width)?,
            scratch: Mutex::new(Vec::new()),
        };
        let (h, l) = (net.layers.width(), net.link.width());
        let fits = width == h
            && net.norm.width() == h
            && net.position.len() >= shape.window * h
            && net.case.len() == 6 * h
            && net.quote.len() == 2 * h
            && net.cue.outputs() == decode::TAGS
            && net.cue.inputs() == h
            && (net.name.inputs(), net.name.outputs()) == (h, decode::NAMES)
            && (net.mention.inputs(), net.mention.outputs()) == (h, decode::MENTIONS)
            && (net.down.inputs(), net.down.outputs(), net.query.inputs(), net.query.outputs())
                == (h, l, h, l)
            && net.near.len() == 64 * l
            && net.mark.len() == 2 * l
            && net.link_norm.width() == l
            && (net.emit.inputs(), net.emit.outputs()) == (l, decode::EMIT)
            && (net.kind.inputs(), net.kind.outputs()) == (l + h, SourceKind::ALL.len());
        if fits { Ok(net) } else { Err(ModelError("the tensors' shapes do not fit one another".into())) }
    }

    /// Numbers in a row of the encoder.
    pub(crate) fn width(&self) -> usize {
        self.layers.width()
    }

    /// The encoder's last layer for windows laid end to end: one row a piece.
    pub(crate) fn encode(
        &self,
        windows: &[Window],
        scratch: &mut Scratch,
    ) -> Result<Vec<f32>, onrecord_nn::Error> {
        let h = self.layers.width();
        let lens: Vec<usize> = windows.iter().map(|w| w.ids.len()).collect();
        let mut x = vec![0.0f32; lens.iter().sum::<usize>() * h];
        let mut rows = x.chunks_exact_mut(h);
        for w in windows {
            for (i, &id) in w.ids.iter().enumerate() {
                let Some(row) = rows.next() else { break };
                self.word.add_to(id as usize, row)?;
                add(row, &self.position, i);
                add(row, &self.case, usize::from(w.case[i]));
                add(row, &self.quote, usize::from(w.quote[i]));
            }
        }
        self.norm.forward(self.engine, &mut x)?;
        self.layers.forward(&mut x, &lens, scratch)?;
        Ok(x)
    }

    /// The scores of the cue tags, a row of [`decode::TAGS`] a piece.
    pub(crate) fn cue_scores(&self, x: &[f32]) -> Result<Vec<f32>, onrecord_nn::Error> {
        let mut out = vec![0.0; x.len() / self.layers.width() * decode::TAGS];
        self.cue.forward(x, &mut out)?;
        Ok(out)
    }

    /// What the cue's layers make of each block, row by row, cue after cue; and its emissions, rows of
    /// [`decode::EMIT`]. A job is the block's and the cue's rows in `x`.
    pub(crate) fn link_scores(
        &self,
        x: &[f32],
        jobs: &[(std::ops::Range<usize>, std::ops::Range<usize>)],
        scratch: &mut Scratch,
    ) -> Result<(Vec<f32>, Vec<f32>), onrecord_nn::Error> {
        let (h, l) = (self.layers.width(), self.link.width());
        let mut down = vec![0.0; x.len() / h * l];
        if !jobs.is_empty() {
            self.down.forward(x, &mut down, scratch)?;
        }
        let lens: Vec<usize> = jobs.iter().map(|(b, _)| b.len()).collect();
        let mut z = vec![0.0; lens.iter().sum::<usize>() * l];
        let (mut mean, mut query) = (vec![0.0; h], vec![0.0; l]);
        let mut rows = z.chunks_exact_mut(l);
        for (block, cue) in jobs {
            self.engine.mean(&x[cue.start * h..cue.end * h], &mut mean)?;
            self.query.forward(&mean, &mut query, scratch)?;
            for i in block.clone() {
                let Some(row) = rows.next() else { break };
                row.copy_from_slice(&down[i * l..(i + 1) * l]);
                add(row, &query, 0);
                let d = if i < cue.start {
                    i as isize - cue.start as isize
                } else if i >= cue.end {
                    i as isize + 1 - cue.end as isize
                } else {
                    0
                };
                add(row, &self.near, bucket(d));
                add(row, &self.mark, usize::from(cue.contains(&i)));
            }
        }
        self.link_norm.forward(self.engine, &mut z)?;
        self.link.forward(&mut z, &lens, scratch)?;
        let mut out = vec![0.0; z.len() / l * decode::EMIT];
        self.emit.forward(&z, &mut out)?;
        Ok((z, out))
    }

    /// How likely the source is of each kind, in the order of `SourceKind::ALL`; of the rows that its words (or the
    /// cue's, where there is no source) have in `z` and in `x`.
    pub(crate) fn source_kinds(&self, z: &[f32], x: &[f32]) -> Result<Kinds, onrecord_nn::Error> {
        let (h, l) = (self.layers.width(), self.link.width());
        let mut row = vec![0.0; l + h];
        let (first, second) = row.split_at_mut(l);
        self.engine.mean(z, first)?;
        self.engine.mean(x, second)?;
        let mut out = Kinds::default();
        self.kind.forward(&row, &mut out)?;
        Ok(decode::softmax(&out))
    }

    /// The scores of the name tags and of the mention tags, rows of [`decode::NAMES`] and [`decode::MENTIONS`] a piece.
    pub(crate) fn noun_scores(&self, x: &[f32]) -> Result<(Vec<f32>, Vec<f32>), onrecord_nn::Error> {
        let n = x.len() / self.layers.width();
        let (mut names, mut mentions) = (vec![0.0; n * decode::NAMES], vec![0.0; n * decode::MENTIONS]);
        self.name.forward(x, &mut names)?;
        self.mention.forward(x, &mut mentions)?;
        Ok((names, mentions))
    }

    /// What the antecedent head makes of mentions, given the rows of their first and last pieces.
    pub(crate) fn sketches(
        &self,
        x: &[f32],
        ends: &[(usize, usize)],
    ) -> Result<Vec<Sketch>, onrecord_nn::Error> {
        let h = self.layers.width();
        let rows: Vec<f32> =
            ends.iter().flat_map(|&(a, z)| [a, z]).flat_map(|r| &x[r * h..(r + 1) * h]).copied().collect();
        self.antecedents.sketches(&rows)
    }

    /// Names and mentions of the windows whose rows are `x`.
    fn nouns(&self, windows: &[Window], x: &[f32]) -> Result<(Vec<Named>, Vec<Heard>), onrecord_nn::Error> {
        const FORMS: [Form; 3] = [Form::Name, Form::Nominal, Form::Pronoun];
        let (name_scores, mention_scores) = self.noun_scores(x)?;
        let (mut names, mut mentions, mut ends, mut base) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for w in windows {
            let n = w.ids.len();
            // a window's first piece and those between blocks stand for no text
            let real = |from: usize, to: usize| w.blocks.iter().any(|b| b.start <= from && to <= b.end);
            let span = |from: usize, to: usize| Span::new(w.at[from].start, w.at[to - 1].end);
            let rows = &name_scores[base * decode::NAMES..(base + n) * decode::NAMES];
            for m in decode::names(rows, &w.continues).iter().filter(|m| real(m.from, m.to)) {
                names.push(Named { span: span(m.from, m.to), kinds: m.kinds });
            }
            let rows = &mention_scores[base * decode::MENTIONS..(base + n) * decode::MENTIONS];
            for m in decode::mentions(rows, &w.continues).iter().filter(|m| real(m.from, m.to)) {
                ends.push((base + m.from, base + m.to - 1));
                mentions.push(Heard {
                    base: span(m.from, m.to),
                    kind: Noun::ALL[m.kind],
                    form: FORMS[m.form],
                    quoted: w.quote[m.from] == 1,
                    sketch: Sketch::default(),
                });
            }
            base += n;
        }
        for (m, sketch) in mentions.iter_mut().zip(self.sketches(x, &ends)?) {
            m.sketch = sketch;
        }
        Ok((names, mentions))
    }

    fn group(&self, windows: &[Window], scratch: &mut Scratch) -> Result<Seen, onrecord_nn::Error> {
        let x = self.encode(windows, scratch)?;
        let (names, mentions) = self.nouns(windows, &x)?;
        let attributions = self.attributions(windows, &x, scratch)?;
        Ok(Seen { attributions, names, mentions })
    }

    fn attributions(
        &self,
        windows: &[Window],
        x: &[f32],
        scratch: &mut Scratch,
    ) -> Result<Vec<Found>, onrecord_nn::Error> {
        let tags = self.cue_scores(x)?;
        // (window, block in the window, cue), and the same in rows of x
        let (mut cues, mut jobs) = (Vec::new(), Vec::new());
        let mut base = 0;
        for w in windows {
            let n = w.ids.len();
            let rows = &tags[base * decode::TAGS..(base + n) * decode::TAGS];
            for cue in decode::cues(rows, &w.continues, self.bias) {
                if let Some(block) = w.blocks.iter().find(|b| b.contains(&cue.from)) {
                    let to = cue.to.min(block.end);
                    cues.push((w, block.clone(), cue, to));
                    jobs.push((base + block.start..base + block.end, base + cue.from..base + to));
                }
            }
            base += n;
        }
        let (z, scores) = self.link_scores(x, &jobs, scratch)?;
        let (h, l) = (self.layers.width(), self.link.width());
        let mut at = 0;
        let mut out = Vec::with_capacity(cues.len());
        for ((w, block, cue, to), (in_x, _)) in cues.into_iter().zip(&jobs) {
            let n = block.len();
            let rows = &scores[at * decode::EMIT..(at + n) * decode::EMIT];
            let mut path = decode::path(rows, &w.continues[block.clone()]);
            path[cue.from - block.start..to - block.start].fill(Part::Outside);
            let span = |(a, b): (usize, usize)| {
                Span::new(w.at[block.start + a].start, w.at[block.start + b - 1].end)
            };
            let source = decode::runs(&path, Part::Source).into_iter().max_by_key(|(a, b)| b - a);
            let (a, b) = source.unwrap_or((cue.from - block.start, to - block.start));
            let kinds = self.source_kinds(
                &z[(at + a) * l..(at + b) * l],
                &x[(in_x.start + a) * h..(in_x.start + b) * h],
            )?;
            at += n;
            out.push(Found {
                cue: span((cue.from - block.start, to - block.start)),
                nested: cue.nested,
                source: source.map(span),
                kinds,
                content: decode::runs(&path, Part::Content).into_iter().map(span).collect(),
                score: cue.score,
            });
        }
        Ok(out)
    }
}

impl Encode for Network {
    fn name_least(&self) -> f32 {
        self.name_least
    }

    fn antecedent(&self, later: &Sketch, earlier: &Sketch, rows: [usize; 8]) -> f32 {
        self.antecedents.score(later, earlier, rows)
    }

    fn see(&self, windows: &[Window]) -> Seen {
        let resting = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = resting().pop().unwrap_or_default();
        let mut out = Seen::default();
        let mut from = 0;
        while from < windows.len() {
            let mut pieces = 0;
            let n = windows[from..]
                .iter()
                .take_while(|w| {
                    pieces += w.ids.len();
                    pieces <= AT_ONCE
                })
                .count()
                .max(1);
            // shapes were checked when the network was made: there is nothing that could fail here
            let mut seen = self.group(&windows[from..from + n], &mut scratch).unwrap_or_default();
            out.attributions.append(&mut seen.attributions);
            out.names.append(&mut seen.names);
            out.mentions.append(&mut seen.mentions);
            from += n;
        }
        resting().push(scratch);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::bucket;

    #[test]
    fn buckets_as_in_training() {
        // values of train/net.py
        for (d, b) in [
            (0, 0),
            (-1, 1),
            (1, 33),
            (-15, 15),
            (-16, 15),
            (16, 47),
            (-19, 15),
            (-20, 16),
            (31, 50),
            (32, 51),
            (-64, 23),
            (-255, 30),
            (-256, 31),
            (9999, 63),
        ] {
            assert_eq!(bucket(d), b, "{d}");
        }
    }
}
