//! Word-pieces a second of an encoder of MiniLM's shape with random weights, as shares of
//! the machine's `vpdpbusd` peak measured in the same run, and the time of each stage.
//!
//! `cargo bench -p onrecord-nn [-- quick | worker]`. `worker` reads lines from standard input and answers
//! each with one measurement: `bench/encoder_vs_onnx.py` interleaves it with another engine.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::cell::Cell;
use std::io::BufRead;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use onrecord_nn::{Engine, Layer, LayerParts, Linear, Norm, Path, Scratch, Stack, Stage};

const H: usize = 384;
const F: usize = 1536;
const LAYERS: usize = 6;
/// Operations of the linear layers for one word-piece: two for a multiply-add.
const OPS: f64 = 2.0 * (LAYERS * (4 * H * H + 2 * H * F)) as f64;

/// The same generator as in `bench/onnx_encoder.py`: SplitMix64.
struct Random(u64);
impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
    fn normal(&mut self) -> f32 {
        let sum: f64 = (0..4).map(|_| (self.next() >> 11) as f64 / (1u64 << 53) as f64).sum();
        ((sum - 2.0) * 3f64.sqrt()) as f32
    }
    fn normals(&mut self, n: usize, scale: f32) -> Vec<f32> {
        (0..n).map(|_| self.normal() * scale).collect()
    }
}

/// 2,000 sentences of 10 to 60 pieces, in no order.
fn sentences() -> Vec<usize> {
    let mut random = Random(1);
    (0..2_000).map(|_| 10 + (random.next() % 51) as usize).collect()
}

/// The windows of 64 articles of 400 to 1,400 pieces: whole passages of 20 to 90 pieces, at most 256 together.
fn articles() -> Vec<usize> {
    let mut random = Random(4);
    let mut windows = vec![];
    for _ in 0..64 {
        let mut left = 400 + (random.next() % 1_001) as usize;
        let mut window = 0;
        while left > 0 {
            let passage = left.min(20 + (random.next() % 71) as usize);
            if window + passage > 256 {
                windows.push(window);
                window = 0;
            }
            window += passage;
            left -= passage;
        }
        windows.push(window);
    }
    windows
}

/// The sequences of that name.
fn lens(kind: &str) -> Vec<usize> {
    match kind {
        "sentences" => sentences(),
        "articles" => articles(),
        _ => vec![256; 64],
    }
}

fn stack(engine: Engine) -> Stack {
    let mut random = Random(2);
    let mut linear = |n: usize, k: usize| {
        let w = random.normals(n * k, 1.0 / (k as f32).sqrt());
        Linear::from_f32(engine, n, k, &w, &random.normals(n, 0.1)).unwrap()
    };
    let norm = || Norm::new(&[1.0; H], &[0.0; H], 1e-12).unwrap();
    let mut layer = || {
        let (qkv, out, ffn1, ffn2) = (linear(3 * H, H), linear(H, H), linear(F, H), linear(H, F));
        Layer::new(LayerParts { qkv, out, ln1: norm(), ffn1, ffn2, ln2: norm() }).unwrap()
    };
    Stack::new((0..LAYERS).map(|_| layer()).collect()).unwrap()
}

/// Seconds this thread has run: what other processes take does not count.
#[cfg(all(target_os = "linux", target_pointer_width = "64"))]
fn cpu() -> f64 {
    #[repr(C)]
    struct Time(i64, i64);
    unsafe extern "C" {
        fn clock_gettime(clock: i32, time: *mut Time) -> i32;
    }
    let mut time = Time(0, 0);
    // SAFETY: POSIX; `Time` is what 64-bit Linux calls `timespec`, 3 is this thread's clock.
    unsafe { clock_gettime(3, &raw mut time) };
    time.0 as f64 + time.1 as f64 / 1e9
}

/// Wall time where nothing better is known.
#[cfg(not(all(target_os = "linux", target_pointer_width = "64")))]
fn cpu() -> f64 {
    static START: std::sync::LazyLock<Instant> = std::sync::LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64()
}

/// Sequences in groups of about 1,000 pieces.
fn groups(lens: &[usize]) -> Vec<(&[usize], usize)> {
    let mut groups = vec![];
    let (mut start, mut pieces) = (0, 0);
    for i in 0..lens.len() {
        pieces += lens[i];
        if pieces >= 1_000 || i + 1 == lens.len() {
            groups.push((&lens[start..=i], pieces));
            (start, pieces) = (i + 1, 0);
        }
    }
    groups
}

/// Word-pieces a second (wall time) over all sequences, groups shared out to threads.
fn wall(stack: &Stack, x: &[f32], lens: &[usize], scratch: &mut [Scratch]) -> f64 {
    let (next, groups) = (AtomicUsize::new(0), &groups(lens));
    let total: usize = lens.iter().sum();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for scratch in scratch {
            let next = &next;
            scope.spawn(move || {
                while let Some(&(lens, pieces)) = groups.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut y = x[..pieces * H].to_vec();
                    stack.forward(&mut y, lens, scratch).unwrap();
                    std::hint::black_box(&y);
                }
            });
        }
    });
    total as f64 / begun.elapsed().as_secs_f64()
}

/// Thread time of one thread, group by group between measurements of the peak: median
/// word-pieces a second, of the peak's, and of their ratio.
fn one(stack: &Stack, x: &[f32], lens: &[usize]) -> [f64; 3] {
    let mut scratch = Scratch::new();
    let mut rows = vec![];
    let mut before = peak().unwrap_or(f64::NAN);
    for (lens, pieces) in groups(lens) {
        let mut y = x[..pieces * H].to_vec();
        let begun = cpu();
        stack.forward(&mut y, lens, &mut scratch).unwrap();
        let speed = pieces as f64 / (cpu() - begun);
        let after = peak().unwrap_or(f64::NAN);
        let peak = (before + after) / 2.0 / OPS;
        before = after;
        rows.push([speed, peak, speed / peak]);
    }
    std::array::from_fn(|i| median(rows.iter().map(|r| r[i]).collect()))
}

/// Operations a second of `vpdpbusd` on registers alone, one thread.
#[cfg(target_arch = "x86_64")]
fn peak() -> Option<f64> {
    use std::arch::x86_64::*;
    #[target_feature(enable = "avx512f,avx512vnni")]
    fn spin(n: usize) -> __m512i {
        let a = std::hint::black_box(_mm512_set1_epi32(0x0102_0304));
        let mut acc = [a; 16];
        for _ in 0..n {
            for acc in &mut acc {
                *acc = _mm512_dpbusd_epi32(*acc, a, a);
            }
        }
        acc.into_iter().fold(a, |x, y| _mm512_add_epi32(x, y))
    }
    if !Path::Avx512Vnni.available() {
        return None;
    }
    let n = 1_000_000;
    let begun = cpu();
    // SAFETY: the features are available.
    std::hint::black_box(unsafe { spin(n) });
    Some((n * 16 * 64 * 2) as f64 / (cpu() - begun))
}

/// There is no such instruction here.
#[cfg(not(target_arch = "x86_64"))]
fn peak() -> Option<f64> {
    None
}

fn median(mut x: Vec<f64>) -> f64 {
    x.sort_by(f64::total_cmp);
    x[x.len() / 2]
}

thread_local! {
    static LAST: Cell<f64> = const { Cell::new(0.0) };
    static TIMES: Cell<[f64; 7]> = const { Cell::new([0.0; 7]) };
}

fn observe(stage: Stage) {
    let now = cpu();
    let mut times = TIMES.get();
    times[stage as usize] += now - LAST.replace(now);
    TIMES.set(times);
}

/// Time and share of peak of each stage, one thread: the fastest of the rounds.
fn stages(stack: &Stack, x: &[f32], lens: &[usize]) {
    let mut scratch = Scratch::new();
    scratch.observe(Some(observe));
    let (mut rounds, mut peaks) = (vec![], vec![]);
    let lens = groups(lens)[0].0;
    let pieces = lens.iter().sum::<usize>();
    for _ in 0..30 {
        TIMES.set([0.0; 7]);
        let mut y = x[..pieces * H].to_vec();
        LAST.set(cpu());
        stack.forward(&mut y, lens, &mut scratch).unwrap();
        rounds.push(TIMES.get());
        peaks.extend(peak());
    }
    let pieces = pieces as f64;
    let peak = peaks.into_iter().fold(f64::NAN, f64::max);
    let least = |i: usize| rounds.iter().map(|r| r[i]).fold(f64::INFINITY, f64::min);
    let time: Vec<f64> = (0..7).map(least).collect();
    let total: f64 = time.iter().sum();
    println!("    stages, fastest of {}: {:.1} % of peak", rounds.len(), 100.0 * pieces * OPS / total / peak);
    let names = ["quantise", "qkv", "attention", "out", "norm", "ffn1+gelu", "ffn2"];
    let sides = [0, 3 * H * H, 0, H * H, 0, H * F, H * F];
    for i in [1, 2, 0, 3, 4, 5, 6] {
        print!(
            "    {:<10} {:5.1} %  {:6.2} us/piece",
            names[i],
            100.0 * time[i] / total,
            1e6 * time[i] / pieces
        );
        if sides[i] > 0 {
            let ops = pieces * (2 * sides[i] * LAYERS) as f64;
            print!("  {:5.1} % of peak", 100.0 * ops / time[i] / peak);
        }
        println!();
    }
}

fn main() {
    let quick = std::env::args().any(|a| a == "quick");
    let mut random = Random(3);
    let x = random.normals(1_280 * H, 1.0);

    if std::env::args().any(|a| a == "worker") {
        // A line `threads kind` is answered with word-pieces a second (of thread time for one
        // thread, else of wall time) and one thread's peak.
        let stack = stack(Engine::best());
        let mut scratch = [Scratch::new(), Scratch::new()];
        for line in std::io::stdin().lock().lines() {
            let line = line.unwrap();
            let threads = if line.starts_with('2') { 2 } else { 1 };
            let lens = &lens(line.split(' ').nth(1).unwrap_or("sentences"));
            let got = if threads == 1 {
                let begun = cpu();
                for (lens, pieces) in groups(lens) {
                    let mut y = x[..pieces * H].to_vec();
                    stack.forward(&mut y, lens, &mut scratch[0]).unwrap();
                    std::hint::black_box(&y);
                }
                lens.iter().sum::<usize>() as f64 / (cpu() - begun)
            } else {
                wall(&stack, &x, lens, &mut scratch)
            };
            println!("{got:.0} {:.0}", peak().unwrap_or(f64::NAN) / OPS);
        }
        return;
    }

    let cases = [
        ("sentences of 10..=60", lens("sentences")),
        ("whole articles in windows of up to 256", lens("articles")),
        ("windows of 256", lens("windows")),
    ];
    for path in Path::ALL.into_iter().filter(|p| p.available()) {
        if quick && path != Path::best() {
            continue;
        }
        // The slower paths get a part of the work.
        let (part, rounds) = match path {
            Path::Avx512Vnni => (1, 5),
            Path::Avx2 => (4, 3),
            Path::Portable => (if cfg!(target_feature = "fma") { 4 } else { 64 }, 1),
        };
        let stack = stack(Engine::with(path).unwrap());
        for (name, lens) in &cases {
            let lens = &lens[..lens.len() / part];
            let [speed, peak, share] = one(&stack, &x, lens);
            println!(
                "{path:?}, {name}: {speed:.0} word-pieces per second of thread time, \
                 {:.1} % of {peak:.0} ({:.0} Gop/s of vpdpbusd)",
                100.0 * share,
                peak * OPS / 1e9
            );
            if path != Path::Portable {
                stages(&stack, &x, lens);
            }
            if !quick {
                let mut scratch = [Scratch::new(), Scratch::new()];
                let rounds: Vec<[f64; 2]> =
                    (0..rounds).map(|_| [1, 2].map(|n| wall(&stack, &x, lens, &mut scratch[..n]))).collect();
                let [a, b] = [0, 1].map(|i| median(rounds.iter().map(|r| r[i]).collect()));
                println!("    wall time: {a:.0} word-pieces/s on 1 thread, {b:.0} on 2");
            }
        }
    }
}
