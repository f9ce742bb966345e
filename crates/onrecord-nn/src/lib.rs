//! The arithmetic of onrecord's encoder: int8 transformer layers over ragged
//! batches, with the same bits on every machine.
//!
//! # What it is for
//!
//! A BERT-like encoder (post-layer-norm, erf-GELU, heads of 32) and the small
//! layers around it, on a CPU, one thread a call. Rows (word-pieces) of all
//! sequences lie one after another without padding; attention looks only inside
//! a sequence. [`Stack::forward`] runs in place.
//!
//! # What it must not know
//!
//! Files, tokens, text, labels, clocks, threads, and where weights come from. It
//! takes numbers and gives numbers. The caller spreads chunks over threads, with
//! one [`Scratch`] a thread.
//!
//! # Promises
//!
//! * A row's result depends on its own sequence only: not on the other sequences
//!   of the batch, nor on how a batch is split, nor on the number of threads.
//! * Every [`Path`] gives the same `f32` bits for finite inputs. Float kernels are
//!   written once over a vector of 16 lanes, sums have a fixed order, and only
//!   exactly rounded operations are used; integer products are exact.
//! * Bad shapes are an [`Error`], never a panic.
//!
//! # Arithmetic
//!
//! Weights are int8 with one scale an output row; activations are quantised a row
//! at a time (symmetric, one scale a row, −127..=127) just before each product;
//! products are summed exactly in `i32`. Attention's two products are of 16-bit integers,
//! with one scale a head and sequence, also exact. Everything else is `f32`.
//!
//! This is the only crate of the project with `unsafe`: for vector instructions,
//! and for unchecked indexing in the inner loops.

mod attention;
mod buffer;
mod dense;
mod engine;
mod error;
mod gemm;
mod layer;
mod linear;
mod math;
mod rows;
mod simd;
mod table;

pub use dense::Dense;
pub use engine::{Engine, Path};
pub use error::Error;
pub use layer::{Layer, LayerParts, Stack};
pub use linear::{Linear, quantise_weights};
pub use rows::Norm;
pub use scratch::{Scratch, Stage};
pub use table::EmbeddingTable;

mod scratch;

/// Width of an attention head: the only one the kernels are written for.
pub const HEAD: usize = 32;
