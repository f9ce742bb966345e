//! PyTorch's numbers and ours: `train/reference.py` writes word-pieces, features and every head's scores of
//! one text; they must agree. Pieces and features exactly; scores within what eight-bit activations cost.

use onrecord_read::inspect::Encoder;
use onrecord_read::{Model, Path};
use onrecord_text::{Document, Meta, Passage, Role, Span};
use serde::Deserialize;

#[derive(Deserialize)]
struct Reference {
    text: String,
    windows: Vec<Window>,
}

#[derive(Deserialize)]
struct Window {
    ids: Vec<u32>,
    case: Vec<u8>,
    quote: Vec<u8>,
    at: Vec<[usize; 2]>,
    cue: Vec<f32>,
    link: Vec<f32>,
    kind: Vec<f32>,
    name: Vec<f32>,
    mention: Vec<f32>,
    pair: Vec<f32>,
}

fn document(text: &str) -> Document {
    let mut at = 0;
    let passages = text
        .split('\n')
        .map(|l| {
            let span = Span::new(at, at + l.len());
            at += l.len() + 1;
            Passage { role: Role::Paragraph, span }
        })
        .collect();
    Document::new(Meta::default(), text.into(), passages)
}

fn model() -> Model<'static> {
    Model::from_bytes(onrecord_model::WEIGHTS, onrecord_model::PAPERS, onrecord_model::VOCABULARY)
        .expect("the model loads")
}

/// Mean and greatest absolute difference.
fn apart(a: &[f32], b: &[f32]) -> (f32, f32) {
    assert_eq!(a.len(), b.len());
    let d: Vec<f32> = a.iter().zip(b).map(|(x, y)| (x - y).abs()).collect();
    (d.iter().sum::<f32>() / d.len() as f32, d.iter().copied().fold(0.0, f32::max))
}

/// Greatest mean difference of scores, which run from about -10 to 10: what rounding activations to eight bits costs.
const TOLERANCE: f32 = 0.15;

#[test]
fn agrees_with_pytorch() {
    let reference: Reference = serde_json::from_str(include_str!("reference.json")).expect("reference.json");
    let encoder = Encoder::new(&model(), None).expect("an encoder");
    let ours = encoder.numbers(&document(&reference.text));
    assert_eq!(ours.len(), reference.windows.len());
    for (o, r) in ours.iter().zip(&reference.windows) {
        assert_eq!(o.ids, r.ids);
        assert_eq!(o.case, r.case);
        assert_eq!(o.quote, r.quote);
        let at: Vec<[usize; 2]> = o.at.iter().filter(|a| !a.is_empty()).map(|a| [a.start, a.end]).collect();
        assert_eq!(at, r.at);
        let theirs = [&r.cue, &r.link, &r.kind, &r.name, &r.mention, &r.pair];
        for ((name, a), b) in o.heads().into_iter().zip(theirs) {
            let (mean, most) = apart(a, b);
            assert!(mean < TOLERANCE, "{name}: {mean} apart on average, {most} at most");
        }
        // the tag that wins is the same wherever it wins clearly
        for (a, b) in o.cue.chunks(5).zip(r.cue.chunks(5)) {
            let best = |x: &[f32]| (0..5).max_by(|&i, &j| x[i].total_cmp(&x[j])).unwrap_or(0);
            let mut sorted = b.to_vec();
            sorted.sort_by(f32::total_cmp);
            if sorted[4] - sorted[3] > 1.5 {
                assert_eq!(best(a), best(b), "{a:?} {b:?}");
            }
        }
    }
}

#[test]
fn every_path_gives_the_same_bits() {
    let reference: Reference = serde_json::from_str(include_str!("reference.json")).expect("reference.json");
    let doc = document(&reference.text);
    let mut seen: Option<Vec<u32>> = None;
    for path in [Path::Avx512Vnni, Path::Avx2, Path::Portable].into_iter().filter(|p| p.available()) {
        let numbers = Encoder::new(&model(), Some(path)).expect("an encoder").numbers(&doc);
        let bits: Vec<u32> =
            numbers.iter().flat_map(|n| n.heads()).flat_map(|(_, x)| x).map(|x| x.to_bits()).collect();
        assert!(seen.as_ref().is_none_or(|s| *s == bits), "{path:?} differs");
        seen = Some(bits);
    }
}
