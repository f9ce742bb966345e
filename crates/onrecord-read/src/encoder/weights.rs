//! The model as bytes: safetensors for the numbers, MODEL.toml for its papers. A mismatch between the two, or with
//! the vocabulary, is an error here and nowhere later. Must not know what the numbers are for.

use onrecord_text::SourceKind;
use safetensors::{Dtype, SafeTensors};
use serde::Deserialize;
use sha2::{Digest, Sha256};

/// Why a model cannot be used.
#[derive(Debug)]
pub struct ModelError(pub(crate) String);

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the model cannot be used: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

impl From<onrecord_nn::Error> for ModelError {
    fn from(e: onrecord_nn::Error) -> Self {
        Self(e.to_string())
    }
}

/// What MODEL.toml must say for the network to run; the rest of it is for people.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Papers {
    pub name: String,
    pub version: String,
    pub sha256: String,
    pub vocabulary_sha256: String,
    pub network: Shape,
}

/// The network's shape and how its scores are read.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Shape {
    /// Word-pieces in a window at most.
    pub window: usize,
    /// Taken from the score of "no cue" before the best tag is chosen.
    pub cue_bias: f32,
    /// Added to the scores of nested tags before.
    pub nested_bias: f32,
    /// The least score of a cue within another content that is no reporting word: taken for nested, for outermost.
    pub clear_nested: f32,
    /// As above.
    pub clear_outermost: f32,
    /// The least chance that a name must have, on average over its occurrences in a document.
    pub name_least: f32,
    pub layers: usize,
    pub link_layers: usize,
    pub cue_tags: Vec<String>,
    pub link_tags: Vec<String>,
    pub source_kinds: Vec<String>,
    pub name_tags: Vec<String>,
    /// What a mention is tagged by: where it begins and goes on, its kind, its form.
    pub mention_tags: Vec<String>,
}

/// Lower-case hex of SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The trained weights and their papers.
pub struct Model<'b> {
    pub(crate) papers: Papers,
    pub(crate) vocabulary: &'b str,
    tensors: SafeTensors<'b>,
}

impl<'b> Model<'b> {
    /// From a safetensors file, its MODEL.toml and the WordPiece vocabulary (one piece a line).
    ///
    /// # Errors
    ///
    /// The papers cannot be parsed, or hashes, labels or the layout do not agree with them.
    pub fn from_bytes(weights: &'b [u8], papers: &str, vocabulary: &'b str) -> Result<Self, ModelError> {
        let papers: Papers = toml::from_str(papers).map_err(|e| ModelError(format!("MODEL.toml: {e}")))?;
        for (what, want, bytes) in [
            ("weights", &papers.sha256, weights),
            ("vocabulary", &papers.vocabulary_sha256, vocabulary.as_bytes()),
        ] {
            let got = sha256(bytes);
            if got != *want {
                return Err(ModelError(format!(
                    "the {what} are not the ones of MODEL.toml (SHA-256 {got}, not {want})"
                )));
            }
        }
        let n = &papers.network;
        if n.cue_tags != ["O", "B-cue", "I-cue", "B-nested", "I-nested"]
            || n.link_tags != ["O", "source", "content"]
            || !n.source_kinds.iter().map(String::as_str).eq(SourceKind::ALL.iter().map(|k| k.name()))
            || n.name_tags != ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]
            || n.mention_tags
                != ["O", "B", "I", "person", "organisation", "place", "thing", "name", "nominal", "pronoun"]
        {
            return Err(ModelError("its labels are not the ones this reader knows".into()));
        }
        let tensors = SafeTensors::deserialize(weights).map_err(|e| ModelError(e.to_string()))?;
        Ok(Self { papers, vocabulary, tensors })
    }

    /// A tensor in f32, whatever its kind of float, with its shape.
    pub(crate) fn floats(&self, name: &str) -> Result<(Vec<f32>, Vec<usize>), ModelError> {
        let t = self.tensors.tensor(name).map_err(|e| ModelError(format!("{name}: {e}")))?;
        let data = match t.dtype() {
            Dtype::F32 => {
                t.data().chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
            }
            Dtype::BF16 => t
                .data()
                .chunks_exact(2)
                .map(|b| f32::from_bits(u32::from(u16::from_le_bytes([b[0], b[1]])) << 16))
                .collect(),
            other => return Err(ModelError(format!("{name}: {other:?} instead of floats"))),
        };
        Ok((data, t.shape().to_vec()))
    }

    /// An int8 tensor with its shape.
    pub(crate) fn bytes(&self, name: &str) -> Result<(Vec<i8>, Vec<usize>), ModelError> {
        let t = self.tensors.tensor(name).map_err(|e| ModelError(format!("{name}: {e}")))?;
        if t.dtype() != Dtype::I8 {
            return Err(ModelError(format!("{name}: {:?} instead of int8", t.dtype())));
        }
        Ok((t.data().iter().map(|&b| b as i8).collect(), t.shape().to_vec()))
    }
}
