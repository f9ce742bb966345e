//! The network, run by `onrecord-nn`: embeddings with case and quotation state, six layers, cue tags, and for each
//! cue two narrow layers over its block. `train/net.py` is the same in PyTorch. Must not know what the tags become.

use super::decode::{self, Part};
use super::weights::{Model, ModelError};
use super::windows::Window;
use super::{Encode, Found};
use onrecord_nn::{Dense, EmbeddingTable, Engine, Layer, LayerParts, Linear, Norm, Scratch, Stack};
use onrecord_text::Span;
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

fn dense(m: &Model<'_>, engine: Engine, name: &str) -> Result<Dense, ModelError> {
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
            && (net.down.inputs(), net.down.outputs(), net.query.inputs(), net.query.outputs())
                == (h, l, h, l)
            && net.near.len() == 64 * l
            && net.mark.len() == 2 * l
            && net.link_norm.width() == l
            && (net.emit.inputs(), net.emit.outputs()) == (l, decode::EMIT);
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

    /// The emissions of each cue over its block: rows of [`decode::EMIT`], cue after cue. A job is the block's
    /// and the cue's rows in `x`.
    pub(crate) fn link_scores(
        &self,
        x: &[f32],
        jobs: &[(std::ops::Range<usize>, std::ops::Range<usize>)],
        scratch: &mut Scratch,
    ) -> Result<Vec<f32>, onrecord_nn::Error> {
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
        Ok(out)
    }

    fn group(&self, windows: &[Window], scratch: &mut Scratch) -> Result<Vec<Found>, onrecord_nn::Error> {
        let x = self.encode(windows, scratch)?;
        let tags = self.cue_scores(&x)?;
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
        let scores = self.link_scores(&x, &jobs, scratch)?;
        let mut at = 0;
        let mut out = Vec::with_capacity(cues.len());
        for (w, block, cue, to) in cues {
            let n = block.len();
            let rows = &scores[at * decode::EMIT..(at + n) * decode::EMIT];
            let mut path = decode::path(rows, &w.continues[block.clone()]);
            at += n;
            path[cue.from - block.start..to - block.start].fill(Part::Outside);
            let span = |(a, b): (usize, usize)| {
                Span::new(w.at[block.start + a].start, w.at[block.start + b - 1].end)
            };
            out.push(Found {
                cue: span((cue.from - block.start, to - block.start)),
                nested: cue.nested,
                source: decode::runs(&path, Part::Source).into_iter().max_by_key(|(a, b)| b - a).map(span),
                content: decode::runs(&path, Part::Content).into_iter().map(span).collect(),
                score: cue.score,
            });
        }
        Ok(out)
    }
}

impl Encode for Network {
    fn find(&self, windows: &[Window]) -> Vec<Found> {
        let resting = || self.scratch.lock().unwrap_or_else(PoisonError::into_inner);
        let mut scratch = resting().pop().unwrap_or_default();
        let mut out = Vec::new();
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
            out.extend(self.group(&windows[from..from + n], &mut scratch).unwrap_or_default());
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
