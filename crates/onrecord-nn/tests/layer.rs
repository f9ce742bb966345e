//! Whole layers: against a naive reference, over paths, over batches.

#![allow(clippy::unwrap_used)]

mod common;
use common::{Random, RawLayer, RawLinear, bits, engines};
use onrecord_nn::{Engine, Layer, Path, Scratch, Stack};

/// Rows of `x` through a linear layer in `f64`, activations quantised a row at a time.
fn linear(l: &RawLinear, x: &[f64]) -> Vec<f64> {
    let mut out = vec![];
    for x in x.chunks(l.k) {
        let top = x.iter().fold(0f64, |top, x| top.max(x.abs()));
        let q: Vec<f64> = x.iter().map(|x| (x * 127.0 / top).round_ties_even()).collect();
        for (i, w) in l.w.chunks(l.k).enumerate() {
            let sum: f64 = q.iter().zip(w).map(|(q, w)| q * f64::from(*w)).sum();
            out.push(sum * (top / 127.0) * f64::from(l.scale[i]) + f64::from(l.bias[i]));
        }
    }
    out
}

fn norm(x: &mut [f64], add: &[f64], (gamma, beta): &(Vec<f32>, Vec<f32>)) {
    let h = gamma.len();
    for (x, add) in x.chunks_mut(h).zip(add.chunks(h)) {
        x.iter_mut().zip(add).for_each(|(x, a)| *x += a);
        let mean = x.iter().sum::<f64>() / h as f64;
        let var = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / h as f64;
        for (i, x) in x.iter_mut().enumerate() {
            *x = (*x - mean) / (var + 1e-12).sqrt() * f64::from(gamma[i]) + f64::from(beta[i]);
        }
    }
}

/// Abramowitz and Stegun 7.1.26: within 1.5e-7.
fn erf(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.3275911 * x.abs());
    let p = [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592];
    (1.0 - p.iter().fold(0.0, |sum, c| sum * t + c) * t * (-x * x).exp()).copysign(x)
}

/// Rounded to steps of which the greatest number is `most`; gives the size of a step.
fn steps(x: impl IntoIterator<Item = f64>, most: f64) -> Vec<f64> {
    let x: Vec<f64> = x.into_iter().collect();
    let step = x.iter().fold(0f64, |top, x| top.max(x.abs())) / most;
    x.into_iter().map(|x| (x / step).round_ties_even() * step).collect()
}

/// The definition, one sequence: activations, queries, keys, values and weights in steps, the rest exact.
fn naive(l: &RawLayer, x: &mut [f64]) {
    let h = l.out.n;
    let n = x.len() / h;
    let qkv = linear(&l.qkv, x);
    let mut heads = vec![0.0; n * h];
    for head in 0..h / 32 {
        let part = |p: usize, most| {
            steps((0..n).flat_map(|i| &qkv[i * 3 * h + p * h + head * 32..][..32]).copied(), most)
        };
        let (q, k, v) = (part(0, 8191.0), part(1, 8191.0), part(2, 2047.0));
        for i in 0..n {
            let dot = |j: usize| (0..32).map(|d| q[i * 32 + d] * k[j * 32 + d]).sum::<f64>() / 32f64.sqrt();
            let scores: Vec<f64> = (0..n).map(dot).collect();
            let top = scores.iter().copied().fold(f64::MIN, f64::max);
            let e = steps(scores.iter().map(|s| (s - top).exp()), 8191.0);
            let sum: f64 = e.iter().sum();
            for (j, e) in e.iter().enumerate() {
                for d in 0..32 {
                    heads[i * h + head * 32 + d] += e / sum * v[j * 32 + d];
                }
            }
        }
    }
    norm(x, &linear(&l.out, &heads), &l.norms[0]);
    let mut mid = linear(&l.ffn1, x);
    mid.iter_mut().for_each(|x| *x *= 0.5 * (1.0 + erf(*x / 2f64.sqrt())));
    norm(x, &linear(&l.ffn2, &mid), &l.norms[1]);
}

fn stack(e: Engine, h: usize, f: usize, layers: u64) -> Stack {
    Stack::new((0..layers).map(|i| RawLayer::random(i, h, f).pack(e)).collect()).unwrap()
}

fn run(stack: &Stack, x: &[f32], lens: &[usize]) -> Vec<f32> {
    let mut x = x.to_vec();
    stack.forward(&mut x, lens, &mut Scratch::new()).unwrap();
    x
}

/// Tolerance: numbers are of size 1. What differs are f32 rounding, GELU's 1.4e-4, and
/// activations that fall on the other side of a rounding edge: a step of 1/127 of the row's
/// greatest number in one of hundreds of terms. On average below 1e-3; nowhere above 0.05.
#[test]
fn a_layer_is_what_the_definition_says() {
    for (h, f) in [(64, 128), (192, 512), (384, 1536)] {
        let raw = RawLayer::random(9, h, f);
        let lens = [1, 17, 40];
        let x = Random(5).floats(58 * h, 1.0);
        let mut want: Vec<f64> = x.iter().map(|x| f64::from(*x)).collect();
        let mut rest = &mut want[..];
        for n in lens {
            let (now, later) = rest.split_at_mut(n * h);
            naive(&raw, now);
            rest = later;
        }
        for e in engines() {
            let got = run(&Stack::new(vec![raw.pack(e)]).unwrap(), &x, &lens);
            let error: Vec<f64> = got.iter().zip(&want).map(|(a, b)| (f64::from(*a) - b).abs()).collect();
            let worst = error.iter().copied().fold(0.0, f64::max);
            let mean = error.iter().sum::<f64>() / error.len() as f64;
            assert!(mean < 1e-3 && worst < 0.05, "{e:?} {h}: mean {mean}, worst {worst}");
        }
    }
}

#[test]
fn paths_agree_to_the_bit() {
    for (h, f, lens) in [
        (384, 1536, &[12, 1, 33, 0, 64, 7, 100, 16, 48, 5][..]),
        (192, 512, &[60, 61, 62, 63, 64, 65, 200]),
        (64, 64, &[512, 1, 0, 511, 96, 80, 81]),
    ] {
        let x = Random(6).floats(lens.iter().sum::<usize>() * h, 2.0);
        let want = run(&stack(Engine::with(Path::Portable).unwrap(), h, f, 2), &x, lens);
        assert!(want.iter().all(|x| x.is_finite()));
        for e in engines() {
            assert!(bits(&run(&stack(e, h, f, 2), &x, lens)) == bits(&want), "{e:?} {h}");
        }
    }
}

#[test]
fn neighbours_and_batches_change_nothing() {
    let (h, f) = (128, 192);
    let mut r = Random(7);
    let mut lens: Vec<usize> = (0..60).map(|_| (r.next() % 70) as usize).collect();
    lens.extend([512, 1, 300, 253, 252]);
    let x = r.floats(lens.iter().sum::<usize>() * h, 1.0);
    for e in engines() {
        if e.path() == Path::Portable && engines().len() > 1 {
            continue; // too slow for this much; `paths_agree_to_the_bit` covers it
        }
        let stack = stack(e, h, f, 2);
        let all = run(&stack, &x, &lens);
        // Each alone, with a scratch that others have used.
        let mut scratch = Scratch::new();
        let mut at = 0;
        for &n in lens.iter().rev() {
            let end = x.len() - at;
            let mut y = x[end - n * h..end].to_vec();
            stack.forward(&mut y, &[n], &mut scratch).unwrap();
            assert!(bits(&y) == bits(&all[end - n * h..end]), "{e:?} {n}");
            at += n * h;
        }
        // From another start.
        let skipped: usize = lens[..7].iter().sum::<usize>() * h;
        assert!(bits(&run(&stack, &x[skipped..], &lens[7..])) == bits(&all[skipped..]), "{e:?}");
    }
}

#[test]
fn threads_share_a_stack() {
    let stack = stack(Engine::best(), 64, 64, 1);
    let x = Random(8).floats(50 * 64, 1.0);
    let want = run(&stack, &x, &[20, 30]);
    std::thread::scope(|scope| {
        let jobs: Vec<_> = (0..3).map(|_| scope.spawn(|| run(&stack, &x, &[20, 30]))).collect();
        for job in jobs {
            assert_eq!(bits(&job.join().unwrap()), bits(&want));
        }
    });
}

#[test]
fn empty_batches_are_fine() {
    for e in engines() {
        let stack = stack(e, 64, 64, 1);
        assert!(run(&stack, &[], &[]).is_empty());
        assert!(run(&stack, &[], &[0, 0]).is_empty());
    }
}

#[test]
fn a_bad_number_stays_in_its_sequence() {
    let stack = stack(Engine::best(), 64, 64, 2);
    let mut x = Random(9).floats(40 * 64, 1.0);
    let want = run(&stack, &x, &[17, 23]);
    x[5] = f32::NAN;
    x[70] = f32::INFINITY;
    x[140] = 3e38;
    let got = run(&stack, &x, &[17, 23]);
    assert_eq!(bits(&got[17 * 64..]), bits(&want[17 * 64..]));
}

#[test]
fn bad_shapes_are_errors() {
    let e = Engine::best();
    let stack = stack(e, 64, 64, 1);
    let mut scratch = Scratch::new();
    assert!(stack.forward(&mut [0.0; 64], &[2], &mut scratch).is_err());
    assert!(stack.forward(&mut [0.0; 64], &[usize::MAX, 2], &mut scratch).is_err());
    assert!(Stack::new(vec![]).is_err());
    let raw = RawLayer::random(1, 64, 64);
    let mut parts = raw.parts(e);
    parts.ffn1 = RawLinear::random(&mut Random(1), 128, 64).pack(e);
    assert!(Layer::new(parts).is_err());
    let wide = RawLayer::random(1, 128, 64).pack(e);
    assert!(Stack::new(vec![raw.pack(e), wide]).is_err());
    if let Ok(other) = Engine::with(Path::Portable)
        && other != e
    {
        let mut parts = raw.parts(e);
        parts.qkv = raw.qkv.pack(other);
        assert!(Layer::new(parts).is_err());
        assert!(Stack::new(vec![raw.pack(e), raw.pack(other)]).is_err());
    }
}
