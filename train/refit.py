"""Fits the head for kinds of source anew over a network that is otherwise finished: minutes instead of hours when there is
more annotation by hand.

    python refit.py --run RUN.pt --polnear DIR --kinds kinds/polnear-train.tsv --out OUT.pt

One article in seven is kept back to print what the head does there, then the head is fitted on all of them.
"""
import argparse, os, random
import torch, torch.nn.functional as F
import attributions, features, net as network, polnear

ap = argparse.ArgumentParser()
ap.add_argument("--run", required=True)
ap.add_argument("--polnear", required=True)
ap.add_argument("--kinds", required=True)
ap.add_argument("--out", required=True)
ap.add_argument("--epochs", type=int, default=40)
ap.add_argument("--threads", type=int, default=2)


@torch.no_grad()
def rows(net, tok, articles):
    """What the head reads of each source, and its kind."""
    xs, ys = [], []
    ws = [w for text, attrs in articles for w in attributions.labelled(tok, text, attrs, [], [], [], features.WINDOW)]
    for b in attributions.batches(ws, 4096, random.Random(0)):
        ids, case, quote, keep, t = attributions.collate(ws, b)
        links = [(r, *link) for r, i in enumerate(b) for link in ws[i]["links"] if link[3] != attributions.IGNORE]
        if not links:
            continue
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h = net.encode(ids, case, quote, keep)
            at, lk, cue, lab = attributions.link_batch(links, t)
            x, z = net.linked(h.reshape(-1, network.H), at, lk, cue)
        words = attributions.judged(lab, cue)
        xs.append(torch.cat([network.mean(z, words), network.mean(x, words)], -1).float())
        ys.append(torch.tensor([link[4] for link in links]))
    return torch.cat(xs), torch.cat(ys)


def fit(x, y, epochs):
    torch.manual_seed(0)
    head = torch.nn.Linear(x.shape[1], network.KIND)
    opt = torch.optim.AdamW(head.parameters(), lr=3e-3, weight_decay=0.05)
    for _ in range(epochs):
        for j in torch.randperm(len(x)).split(128):
            loss = F.cross_entropy(head(x[j]), y[j], label_smoothing=0.05)
            opt.zero_grad()
            loss.backward()
            opt.step()
    return head


def main():
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    tok = features.tokenizer()
    net = network.Net()
    net.load_state_dict(torch.load(a.run, weights_only=True))
    net.eval()
    kinds = polnear.kinds(a.kinds)
    known = {k[0] for k in kinds}
    arts = [(text, polnear.with_kinds(name, attrs, kinds)) for name, text, attrs in polnear.articles(os.path.join(a.polnear, "train")) if name in known]
    random.Random(0).shuffle(arts)
    n = len(arts) // 7
    (x, y), (tx, ty) = rows(net, tok, arts[n:]), rows(net, tok, arts[:n])
    found = fit(x, y, a.epochs)(tx).argmax(-1)
    for k, name in enumerate(polnear.KINDS):
        hit = int(((found == k) & (ty == k)).sum())
        print(f"{name}: F1 {2 * hit / max(1, int((found == k).sum() + (ty == k).sum())):.3f} of {int((ty == k).sum())}", flush=True)
    head = fit(torch.cat([x, tx]), torch.cat([y, ty]), a.epochs)
    net.kind.load_state_dict(head.state_dict())
    torch.save(net.state_dict(), a.out)


if __name__ == "__main__":
    main()
