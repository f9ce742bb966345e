"""Labels what lies within contents, which PolNeAR leaves unmarked ("No nested attributions", guidelines p. 23): the
words of a content stand in a paragraph of their own, where a network trained on outermost attributions reads them as
such; what it finds there is nested in the article. `train.py --silver FILE` trains one pass to see it in place.

    python silver.py --run DIR/ema.pt --polnear DIR/train --out FILE.json [--sure P] [--maybe P]

Cues of a probability of at least `--sure` become labels; between `--maybe` and that nothing is taught. The source's
own "I" and "we", and those it speaks to, make no new link of a chain, so they are taught as no cue.
"""
import argparse, json, re
import torch
import attributions, export, features, polnear

LEAD = re.compile(r"(?:that|whether|if)\s+", re.I)
MARKS = "“”„«»\"'‘’ "
OWN = {"i", "we", "me", "us", "my", "our", "myself", "ourselves", "you", "your"}


def passages(text, attrs):
    """Contents of at least five words as paragraphs of their own: (paragraph, offset of its first code point)."""
    out = set()
    for a in attrs:
        for s, e in a["content"]:
            while s < e and text[s] in MARKS:
                s += 1
            while e > s and text[e - 1] in MARKS + ",":
                e -= 1
            m = LEAD.match(text, s, e)
            s = m.end() if m else s
            part = text[s:e]
            if len(part.split()) >= 5 and "\n" not in part:
                out.add((part + ("" if part[-1:] in ".!?" else "."), s))
    return sorted(out, key=lambda x: x[1])


@torch.no_grad()
def read(net, tok, parts, sure, maybe):
    """For each paragraph: attributions that are sure, spans of the cues that are not."""
    ws, owner = [], []
    for i, (par, _) in enumerate(parts):
        for w in features.windows(tok, par):
            ws.append(w)
            owner.append(i)
    out = [([], []) for _ in parts]
    for i, found in zip(owner, attributions.predict(net, ws, cue_bias=0.8)):
        for x in found:
            if x["score"] >= sure and x["content"]:
                out[i][0].append(x)
            elif x["score"] >= maybe:
                out[i][1].append(x["cue"][0])
    return out


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--run", required=True)
    ap.add_argument("--polnear", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--sure", type=float, default=0.65)
    ap.add_argument("--maybe", type=float, default=0.35)
    ap.add_argument("--threads", type=int, default=2)
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    net, tok = export.load(a.run), features.tokenizer()
    out, n, unsure = {}, 0, 0
    for name, text, attrs in polnear.articles(a.polnear, every_annotator=True):
        parts = passages(text, attrs)
        inner, known, open_ = [], [], []
        for (par, s), (found, unclear) in zip(parts, read(net, tok, parts, a.sure, a.maybe)):
            last = len(par) if text[s:s + len(par)] == par else len(par) - 1
            known.append((s, s + last))
            for x in found:
                src = [par[p:q].lower() for p, q in x["source"]]
                if not any(w in OWN for w in src):
                    inner.append({k: [(p + s, min(q, last) + s) for p, q in x[k] if p < last] for k in polnear.PARTS})
            open_ += [(p + s, q + s) for p, q in unclear]
        out.setdefault(name, []).append({"inner": inner, "known": known, "unsure": open_})
        n, unsure = n + len(inner), unsure + len(open_)
    json.dump(out, open(a.out, "w"))
    print("nested", n, "unsure", unsure, "articles", len(out))


if __name__ == "__main__":
    main()
