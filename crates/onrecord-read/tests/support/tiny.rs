//! A model of the trained one's form, but tiny and of random numbers: it finds cues, sources and contents anywhere.
//! What comes after the network has to live with whatever it says; tests and `fuzz/` run it thousands of times in
//! the time of a few runs of the trained one.

use sha2::{Digest, Sha256};

/// Width of the encoder and between the feed-forward products; least that the engine takes.
const H: usize = 64;
/// Word-pieces in a window: few, so that texts have several.
const WINDOW: usize = 48;

/// The three files of a model.
pub struct Tiny {
    /// safetensors.
    pub weights: Vec<u8>,
    /// MODEL.toml.
    pub papers: String,
    /// One piece a line.
    pub vocabulary: String,
}

/// SplitMix64.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From -1 to 1.
    fn float(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1u32 << 23) as f32 - 1.0
    }
}

/// Tensors on their way into a safetensors file.
struct File {
    random: Random,
    header: Vec<String>,
    data: Vec<u8>,
}

impl File {
    fn put(&mut self, name: &str, kind: &str, shape: &[usize], bytes: &[u8]) {
        let (from, to) = (self.data.len(), self.data.len() + bytes.len());
        self.header.push(format!(
            "\"{name}\":{{\"dtype\":\"{kind}\",\"shape\":{shape:?},\"data_offsets\":[{from},{to}]}}"
        ));
        self.data.extend_from_slice(bytes);
    }

    fn floats(&mut self, name: &str, shape: &[usize], mut value: impl FnMut(usize, &mut Random) -> f32) {
        let n = shape.iter().product();
        let bytes: Vec<u8> = (0..n).flat_map(|i| value(i, &mut self.random).to_le_bytes()).collect();
        self.put(name, "F32", shape, &bytes);
    }

    fn bytes(&mut self, name: &str, shape: &[usize]) {
        let n = shape.iter().product();
        let bytes: Vec<u8> = (0..n).map(|_| ((self.random.next() % 255) as i16 - 127) as i8 as u8).collect();
        self.put(name, "I8", shape, &bytes);
    }

    fn norm(&mut self, name: &str) {
        self.floats(&format!("{name}.weight"), &[H], |_, _| 1.0);
        self.floats(&format!("{name}.bias"), &[H], |_, _| 0.0);
    }

    fn linear(&mut self, name: &str, n: usize, k: usize) {
        self.bytes(&format!("{name}.weight"), &[n, k]);
        // rows of random signs keep the size of what goes in
        self.floats(&format!("{name}.scale"), &[n], |_, _| 1.7 / 127.0 / (k as f32).sqrt());
        self.floats(&format!("{name}.bias"), &[n], |_, r| 0.1 * r.float());
    }

    fn layer(&mut self, name: &str) {
        for (part, n) in [("qkv", 3 * H), ("out", H), ("up", H), ("down", H)] {
            self.linear(&format!("{name}.{part}"), n, H);
        }
        self.norm(&format!("{name}.ln1"));
        self.norm(&format!("{name}.ln2"));
    }
}

/// The model of a seed.
pub fn tiny(seed: u64) -> Tiny {
    let mut pieces: Vec<String> =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "said", "that", "he", "according", "to", "##ed", "##ing"]
            .map(String::from)
            .to_vec();
    for c in (33u8..127).map(char::from).filter(|c| !c.is_ascii_uppercase()).chain("“”‘’«»„—–…".chars())
    {
        pieces.push(c.into());
        pieces.push(format!("##{c}"));
    }
    let v = pieces.len();
    let vocabulary = pieces.join("\n") + "\n";

    let mut f = File { random: Random(seed), header: Vec::new(), data: Vec::new() };
    f.bytes("word.weight", &[v, H]);
    f.floats("word.scale", &[v], |_, _| 1.0 / 127.0);
    for (name, rows) in [("position", WINDOW), ("case", 6), ("quote", 2), ("rel", 64), ("mark", 2)] {
        f.floats(name, &[rows, H], |_, r| r.float());
    }
    f.norm("ln");
    f.layer("layers.0");
    f.norm("link_ln");
    f.layer("link.0");
    f.linear("down", H, H);
    f.linear("query", H, H);
    // scores of a size that makes up its mind: about one piece in eight in a cue, two in five in a content
    f.floats("cue.weight", &[5, H], |_, r| 0.5 * r.float());
    f.floats("cue.bias", &[5], |i, _| if i == 0 { 2.0 } else { 0.0 });
    f.floats("emit.weight", &[7, H], |_, r| 0.6 * r.float());
    f.floats("emit.bias", &[7], |i, _| [0.0, 1.5, 0.5, 0.5, 0.5, -0.5, -0.5][i]);

    f.floats("kind.weight", &[8, 2 * H], |_, r| r.float());
    f.floats("kind.bias", &[8], |_, r| r.float());
    f.floats("name.weight", &[7, H], |_, r| 0.4 * r.float());
    f.floats("name.bias", &[7], |i, _| if i == 0 { 1.5 } else { 0.0 });
    f.floats("mention.weight", &[10, H], |_, r| 0.4 * r.float());
    f.floats("mention.bias", &[10], |i, _| if i == 0 { 0.5 } else { 0.0 });
    for (name, n, k) in [
        ("who", 16, 2 * H),
        ("ask", 8, 16),
        ("answer", 8, 16),
        ("later", 8, 16),
        ("earlier", 8, 16),
        ("fresh", 1, 16),
        ("pair", 1, 8),
    ] {
        f.floats(&format!("{name}.weight"), &[n, k], |_, r| r.float());
        f.floats(&format!("{name}.bias"), &[n], |_, r| 0.1 * r.float());
    }
    f.floats("feature", &[150, 8], |_, r| r.float());

    let header = format!("{{{}}}", f.header.join(","));
    let header = format!("{header:<width$}", width = header.len().next_multiple_of(8));
    let mut weights = (header.len() as u64).to_le_bytes().to_vec();
    weights.extend_from_slice(header.as_bytes());
    weights.extend_from_slice(&f.data);
    let papers = format!(
        "name = \"tiny\"\nversion = \"0\"\nsha256 = \"{}\"\nvocabulary_sha256 = \"{}\"\n[network]\nwindow = {WINDOW}\n\
         cue_bias = 0.0\nnested_bias = 0.0\nclear_nested = 0.0\nclear_outermost = 0.0\nname_least = 0.5\nlayers = 1\nlink_layers = 1\n\
         cue_tags = [\"O\", \"B-cue\", \"I-cue\", \"B-nested\", \"I-nested\"]\nlink_tags = [\"O\", \"source\", \"content\"]\n\
         source_kinds = [\"person\", \"office\", \"organisation\", \"group\", \"outlet\", \"document\", \"anonymous\", \"author\"]\n\
         name_tags = [\"O\", \"B-PER\", \"I-PER\", \"B-ORG\", \"I-ORG\", \"B-LOC\", \"I-LOC\"]\n\
         mention_tags = [\"O\", \"B\", \"I\", \"person\", \"organisation\", \"place\", \"thing\", \"name\", \"nominal\", \"pronoun\"]\n",
        sha256(&weights),
        sha256(vocabulary.as_bytes())
    );
    Tiny { weights, papers, vocabulary }
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}
