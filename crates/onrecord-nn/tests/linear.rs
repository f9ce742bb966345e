//! Products against naive references, on every path.

#![allow(clippy::unwrap_used)]

mod common;
use common::{Random, bits, engines};
use onrecord_nn::{Dense, EmbeddingTable, Engine, Error, Linear, Norm, Scratch, quantise_weights};

/// The definition: quantise the row, sum in `i64`, scale, add.
fn naive(x: &[f32], k: usize, w: &[i8], scale: &[f32], bias: &[f32]) -> Vec<f32> {
    let mut out = vec![];
    for x in x.chunks(k) {
        let top = x.iter().fold(1e-20f32, |top, x| top.max(x.abs()));
        let inv = 127.0 / top;
        let q: Vec<i64> =
            x.iter().map(|x| (f64::from(*x) * f64::from(inv)).round_ties_even() as i64).collect();
        for ((w, scale), bias) in w.chunks(k).zip(scale).zip(bias) {
            let sum: i64 = q.iter().zip(w).map(|(q, w)| q * i64::from(*w)).sum();
            out.push((sum as f32).mul_add(top / 127.0 * scale, *bias));
        }
    }
    out
}

#[test]
fn int8_products_are_exact() {
    let mut r = Random(1);
    let mut scratch = Scratch::new();
    for (m, n, k) in [
        (1, 1, 1),
        (2, 3, 5),
        (5, 9, 64),
        (6, 64, 192),
        (7, 65, 17),
        (13, 130, 384),
        (4, 17, 1536),
        (300, 5, 33),
        (0, 7, 16),
    ] {
        let x = r.floats(m * k, 3.0);
        let (w, scale, bias) = (r.bytes(n * k), r.floats(n, 0.01), r.floats(n, 1.0));
        let want = naive(&x, k, &w, &scale, &bias);
        for e in engines() {
            let linear = Linear::new(e, n, k, &w, &scale, &bias).unwrap();
            assert_eq!((linear.inputs(), linear.outputs()), (k, n));
            let mut out = vec![f32::NAN; m * n];
            linear.forward(&x, &mut out, &mut scratch).unwrap();
            assert_eq!(bits(&out), bits(&want), "{e:?} {m} {n} {k}");
        }
    }
}

#[test]
fn extreme_products_do_not_saturate() {
    let (n, k) = (16, 4096);
    let (w, x) = (vec![-127; n * k], vec![1.0; k]);
    let want = naive(&x, k, &w, &vec![1.0; n], &vec![0.0; n]);
    for e in engines() {
        let linear = Linear::new(e, n, k, &w, &vec![1.0; n], &vec![0.0; n]).unwrap();
        for sign in [1.0, -1.0] {
            let mut out = vec![0.0; n];
            let x: Vec<f32> = x.iter().map(|x| x * sign).collect();
            linear.forward(&x, &mut out, &mut Scratch::new()).unwrap();
            assert!(out.iter().zip(&want).all(|(a, b)| *a == b * sign));
        }
    }
}

#[test]
fn odd_numbers_in_give_the_same_integers() {
    // Zeros, tiny and huge rows are finite; rows with NaN or infinity must not panic.
    let mut x = vec![0.0f32; 16];
    x.extend([1e-30f32, -1e-38, 1e-45, 0.0].repeat(4));
    x.extend([3e38f32, -3e38, 1.0, 0.0].repeat(4));
    let finite = x.len() / 16;
    x.extend([f32::NAN, f32::INFINITY, 1.0, f32::NEG_INFINITY].repeat(4));
    let w = Random(2).bytes(48);
    let mut seen: Option<Vec<u32>> = None;
    for e in engines() {
        let linear = Linear::new(e, 3, 16, &w, &[1e-3; 3], &[0.5; 3]).unwrap();
        let mut out = vec![0.0; x.len() / 16 * 3];
        linear.forward(&x, &mut out, &mut Scratch::new()).unwrap();
        let got = bits(&out[..finite * 3]);
        assert_eq!(seen.get_or_insert(got.clone()), &got, "{e:?}");
    }
}

#[test]
fn dense_is_a_chain_of_fused_adds() {
    let mut r = Random(3);
    for (m, n, k) in [(1, 1, 1), (7, 9, 33), (12, 16, 64), (25, 50, 192)] {
        let (x, w, b) = (r.floats(m * k, 1.0), r.floats(n * k, 1.0), r.floats(n, 1.0));
        let mut want = vec![];
        for x in x.chunks(k) {
            for (w, b) in w.chunks(k).zip(&b) {
                want.push(x.iter().zip(w).fold(*b, |sum, (x, w)| x.mul_add(*w, sum)));
            }
        }
        for e in engines() {
            let mut out = vec![0.0; m * n];
            Dense::new(e, n, k, &w, &b).unwrap().forward(&x, &mut out).unwrap();
            assert_eq!(bits(&out), bits(&want), "{e:?} {m} {n} {k}");
        }
    }
}

#[test]
fn helpers_agree_over_paths_and_with_the_definition() {
    let mut r = Random(4);
    let x = r.floats(3 * 50, 2.0);
    let mut seen: Option<Vec<u32>> = None;
    for e in engines() {
        let mut all = vec![];
        let mut y = x.clone();
        e.softmax(&mut y, 50).unwrap();
        for (x, y) in x.chunks(50).zip(y.chunks(50)) {
            let sum: f64 = x.iter().map(|x| f64::from(*x).exp()).sum();
            let ok =
                x.iter().zip(y).all(|(x, y)| (f64::from(*y) * sum / f64::from(*x).exp() - 1.0).abs() < 1e-5);
            assert!(ok, "{e:?}");
        }
        all.extend(y);
        let mut mean = vec![0.0; 50];
        e.mean(&x, &mut mean).unwrap();
        assert!((mean[7] - (x[7] + x[57] + x[107]) / 3.0).abs() < 1e-6);
        all.extend(mean);
        let dot = x.iter().zip(&x).map(|(a, b)| f64::from(a * b)).sum::<f64>();
        assert!((f64::from(e.dot(&x, &x)) / dot - 1.0).abs() < 1e-5);
        let mut y = x.clone();
        e.normalise(&mut y);
        assert!((e.dot(&y, &y) - 1.0).abs() < 1e-5);
        all.extend(y);
        let mut y = x.clone();
        e.gelu(&mut y);
        all.extend(y);
        let mut y = x[..128].to_vec();
        Norm::new(&[1.5; 64], &[0.5; 64], 1e-12).unwrap().forward(e, &mut y).unwrap();
        let mean = y[..64].iter().sum::<f32>() / 64.0;
        assert!((mean - 0.5).abs() < 1e-5);
        all.extend(y);
        assert_eq!(seen.get_or_insert(bits(&all)), &bits(&all), "{e:?}");
    }
}

#[test]
fn embeddings_are_summed() {
    let table = EmbeddingTable::new(3, vec![1, -2, 3, 4, 5, -127], vec![0.5, 2.0]).unwrap();
    let mut x = [1.0; 3];
    table.add_to(0, &mut x).unwrap();
    table.add_to(1, &mut x).unwrap();
    assert_eq!(x, [9.5, 10.0, -251.5]);
    assert!(table.add_to(2, &mut x).is_err());
    assert!(table.add_to(0, &mut x[..2]).is_err());
    assert_eq!((table.len(), table.width(), table.is_empty()), (2, 3, false));
}

#[test]
fn weights_are_quantised_to_the_nearest() {
    let (q, scales) = quantise_weights(&[1.0, -0.5, 0.0, 0.0, 127.0, 2.5], 2);
    assert_eq!(q, [127, -64, 0, 0, 127, 2]);
    assert_eq!(scales, [1.0 / 127.0, 0.0, 1.0]);
}

#[test]
fn bad_shapes_are_errors() {
    let e = Engine::best();
    assert!(Linear::new(e, 2, 2, &[0; 3], &[1.0; 2], &[0.0; 2]).is_err());
    assert!(Linear::new(e, 2, 2, &[0; 4], &[1.0; 1], &[0.0; 2]).is_err());
    assert!(Linear::new(e, 2, 2, &[0; 4], &[1.0; 2], &[0.0; 3]).is_err());
    assert!(Linear::new(e, 0, 2, &[], &[], &[]).is_err());
    assert!(Linear::new(e, usize::MAX, 2, &[], &[], &[]).is_err());
    assert!(Linear::new(e, 1, 1, &[-128], &[1.0], &[0.0]).is_err());
    assert!(Linear::from_f32(e, 2, 2, &[0.0; 5], &[0.0; 2]).is_err());
    let l = Linear::new(e, 2, 2, &[1; 4], &[1.0; 2], &[0.0; 2]).unwrap();
    assert!(l.forward(&[0.0; 3], &mut [0.0; 2], &mut Scratch::new()).is_err());
    assert!(l.forward(&[0.0; 4], &mut [0.0; 3], &mut Scratch::new()).is_err());
    assert!(Norm::new(&[1.0; 63], &[0.0; 63], 1e-12).is_err());
    assert!(Norm::new(&[1.0; 64], &[0.0; 63], 1e-12).is_err());
    assert!(Dense::new(e, 2, 2, &[0.0; 3], &[0.0; 2]).is_err());
    assert!(EmbeddingTable::new(3, vec![0; 5], vec![1.0; 2]).is_err());
    assert!(e.softmax(&mut [0.0; 3], 2).is_err());
    let what = Error::Length { what: "bias", want: 2, got: 3 };
    assert_eq!(what.to_string(), "bias: 2 numbers wanted, 3 given");
}
