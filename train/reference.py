"""Writes the numbers that Rust must match: word-pieces and every head's scores of an invented text, computed in f32
by PyTorch with the exported (int8, unpacked) weights.

    python reference.py --run DIR/ema.pt --out ../crates/onrecord-read/tests/reference.json
"""
import argparse, json
import torch
import export, features, net as network

TEXT = """Three ships turned back, harbour master Ada Quill said on Monday. “We found cracks in two bolts,” she told reporters.
As the Ellerby Courier notes, according to an engineer who asked not to be named, the cracks "may be several years old".
Zażółć gęślą jaźń — naïve café; 中文 and ünïcödé: İstanbul, ﬁne, ½, x²! U.S.-led F-16s cost $1.2bn (10,000-strong).
I have asked for a second report and I expect it before the weekend."""


def unpacked(net):
    """The network as the Rust engine has it, but for its rounding of activations."""
    for name, m in net.named_modules():
        if isinstance(m, torch.nn.Linear) and name not in ("cue", "emit", "kind", "name", "mention", "ask", "answer", "later", "earlier", "fresh", "pair"):
            q, s = export.quantise(m.weight.data.float())
            m.weight.data = q.float() * s[:, None]
    e = net.enc
    q, s = export.quantise(e.word.weight.data.float())
    e.word.weight.data = q.float() * s[:, None]
    e.pos.weight.data = (e.pos.weight.data + e.typ.weight.data[0]).to(torch.bfloat16).float()
    e.typ.weight.data.zero_()
    return net.eval()


@torch.no_grad()
def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", required=True)
    ap.add_argument("--out", required=True)
    a = ap.parse_args()
    net = unpacked(export.load(a.run))
    tok = features.tokenizer()
    out = []
    byte = [0]
    for c in TEXT:
        byte.append(byte[-1] + len(c.encode()))
    for w in features.windows(tok, TEXT):
        t = lambda k: torch.tensor([w[k]])
        h = net.encode(t("ids"), t("case"), t("quote"), torch.ones(1, len(w["ids"]), dtype=torch.bool))
        x, y = w["blocks"][0]
        cue = torch.zeros(1, y - x, dtype=torch.bool)
        cue[0, :2] = True
        rows, z = net.linked(h[0], torch.arange(x, y)[None], torch.ones(1, y - x, dtype=torch.bool), cue)
        # the mentions at pieces 1 to 2 and 4 to 5, every feature of the pair its first
        rows_of = torch.tensor([sum(network.FEATURES[:i]) for i in range(len(network.FEATURES))]).expand(2, 2, -1)
        pair = net.antecedents(h[0][[1, 4]], h[0][[2, 5]], rows_of)[1, [0, 2]]
        r = lambda z: [round(float(v), 4) for v in z.flatten()]
        out.append({"ids": w["ids"], "case": w["case"], "quote": w["quote"],
                    "at": [[byte[s], byte[e2]] for s, e2 in w["spans"] if s >= 0],
                    "cue": r(net.cue(h)[0]), "link": r(net.emit(z)[0]), "kind": r(net.kinds(rows, z, cue)[0].softmax(0)),
                    "name": r(net.name(h)[0]), "mention": r(net.mention(h)[0]), "pair": r(pair)})
    json.dump({"text": TEXT, "windows": out}, open(a.out, "w"), ensure_ascii=False)


if __name__ == "__main__":
    main()
