//! The trained weights and their papers, as bytes. Must not know what they mean.

/// The weights, in safetensors layout.
pub static WEIGHTS: &[u8] = include_bytes!("../weights.safetensors");
/// MODEL.toml: what the network is, what it was trained on, its scores, hashes and licences.
pub static PAPERS: &str = include_str!("../MODEL.toml");
/// The WordPiece vocabulary, one piece a line.
pub static VOCABULARY: &str = include_str!("../vocab.txt");
