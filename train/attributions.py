"""The task of attributions: windows with labels, the loss, what the network finds, its scores. Must not know of other
tasks or of the loop that trains."""
import random
import numpy as np, torch, torch.nn.functional as F
import compose, features, net as network, polnear, score

IGNORE = -100
LINK_WEIGHT = 0.4    # of the link head's loss, beside the cue head's
KIND_WEIGHT = 0.5    # of that of the sources' kinds


def labelled(tok, text, outer, inner, known, unsure, window):
    """Windows of a text with cue labels (…, -1 where only outermost cues are known) and links by block."""
    out = []
    contents = [x for a in outer for x in a["content"]]
    for w in features.windows(tok, text, window=window):
        spans = w["spans"]
        n = len(spans)
        starts = np.array([s for s, _ in spans])
        ends = np.array([e for _, e in spans])

        def mask(sp):
            m = np.zeros(n, dtype=bool)
            for b, e in sp:
                m |= (starts < e) & (ends > b) & (starts >= 0)
            return m

        cue = np.zeros(n, dtype=np.int64)
        cue[mask(contents) & ~mask(known) | mask(unsure)] = -1
        links = []
        for nested, attrs in ((0, outer), (1, inner)):
            for a in attrs:
                m = mask(a["cue"])
                if not m.any():
                    continue
                i = int(m.argmax())
                block = next(((x, y) for x, y in w["blocks"] if x <= i < y), None)
                if block is None:
                    continue
                m[: block[0]] = False
                m[block[1]:] = False
                cue[m] = 2 + 2 * nested
                cue[int(m.argmax())] = 1 + 2 * nested
                lab = np.zeros(n, dtype=np.int64)
                lab[mask(a["content"])] = 2
                lab[mask(a["source"])] = 1
                lab[m] = 0
                kind = next((i for i, k in enumerate(polnear.KINDS) if a.get(k)), IGNORE)
                links.append((block, m, lab, kind))
        w["cue"], w["links"] = cue, links
        out.append(w)
    return out


def within(spans, b, e):
    return [(x - b, y - b) for x, y in spans if x >= b and y <= e]


def epoch_windows(tok, arts, pools, rng, p):
    out = []
    for versions in arts:
        text, attrs, silver = rng.choice(versions)
        parts, outer, inner, known, unsure, pos = [], [], [], [], [], 0
        for b, e in features.paragraphs(text):
            inside = [a for a in attrs if a["cue"] and b <= a["cue"][0][0] < e]
            local = [{k: within(v, b, e) for k, v in a.items()} for a in inside]
            found = [{k: within(v, b, e) for k, v in a.items()} for a in silver["inner"] if b <= a["cue"][0][0] < e]
            sure, open_ = (within(silver[k], b, e) for k in ("known", "unsure"))
            par, o, i, kn, un = compose.compose(text[b:e], local, pools, rng, p, found, sure, open_)
            outer += compose.shift(o, pos)
            inner += compose.shift(i, pos)
            known += [(x + pos, y + pos) for x, y in kn]
            unsure += [(x + pos, y + pos) for x, y in un]
            parts.append(par)
            pos += len(par) + 1
        out += labelled(tok, "\n".join(parts), outer, inner, known, unsure, rng.choice((96, 128, 192, 256)))
    return out


def batches(ws, most, rng):
    order = sorted(range(len(ws)), key=lambda i: len(ws[i]["ids"]) + rng.random() * 16)
    out, cur, longest = [], [], 0
    for i in order:
        n = len(ws[i]["ids"])
        if cur and max(longest, n) * (len(cur) + 1) > most:
            out.append(cur)
            cur, longest = [], 0
        cur.append(i)
        longest = max(longest, n)
    if cur:
        out.append(cur)
    rng.shuffle(out)
    return out


def collate(ws, b):
    t = max(len(ws[i]["ids"]) for i in b)
    x = {k: torch.zeros(len(b), t, dtype=torch.long) for k in ("ids", "case", "quote")}
    keep = torch.zeros(len(b), t, dtype=torch.bool)
    for r, i in enumerate(b):
        n = len(ws[i]["ids"])
        for k in x:
            x[k][r, :n] = torch.tensor(ws[i][k])
        keep[r, :n] = True
    return x["ids"], x["case"], x["quote"], keep, t


def link_batch(links, t):
    """links: (row, block, cue mask, labels or None) -> at, keep, cue, gold"""
    m = max(b[1] - b[0] for _, b, *_ in links)
    n = len(links)
    at = torch.zeros(n, m, dtype=torch.long)
    keep = torch.zeros(n, m, dtype=torch.bool)
    cue = torch.zeros(n, m, dtype=torch.bool)
    gold = torch.zeros(n, m, dtype=torch.long)
    for j, (r, (x, y), c, lab, *_) in enumerate(links):
        at[j, : y - x] = torch.arange(r * t + x, r * t + y)
        keep[j, : y - x] = True
        cue[j, : y - x] = torch.from_numpy(c[x:y])
        if lab is not None:
            gold[j, : y - x] = torch.from_numpy(lab[x:y])
    return at, keep, cue, gold


def cue_loss(logits, gold):
    lp = torch.log_softmax(logits.float(), -1)
    known = gold >= 0
    exact = -(lp.gather(-1, gold.clamp(min=0)[..., None])[..., 0])
    notouter = -torch.logsumexp(lp[..., [0, 3, 4]], -1)
    loss = torch.where(known, exact, torch.where(gold == -1, notouter, torch.zeros_like(exact)))
    return loss.sum() / max(1, int((gold % 2 == 1).sum()))


def judged(lab, cue):
    """The words by which a source's kind is told: (cues, block), the source's, or the cue's where there is none."""
    source = lab == 1
    return torch.where(source.any(1, keepdim=True), source, cue)


def step_loss(net, ws, b):
    ids, case, quote, keep, t = collate(ws, b)
    gold = torch.full(ids.shape, IGNORE)
    links = []
    for r, i in enumerate(b):
        w = ws[i]
        gold[r, : len(w["ids"])] = torch.from_numpy(w["cue"])
        links += [(r, *link) for link in w["links"]]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = net.encode(ids, case, quote, keep)
        logits = net.cue(h)
        if links:
            at, lk, cue, lab = link_batch(links, t)
            x, z = net.linked(h.reshape(-1, network.H), at, lk, cue)
            e = net.emit(z)
            kinds = net.kinds(x, z, judged(lab, cue))
    loss = cue_loss(logits, gold)
    if links:
        loss = loss + LINK_WEIGHT * network.crf_loss(e, lk, lab)
        kind = torch.tensor([k for *_, k in links])
        if (kind != IGNORE).any():
            loss = loss + KIND_WEIGHT * F.cross_entropy(kinds.float(), kind, ignore_index=IGNORE, label_smoothing=0.05)
    return loss


def tag_spans(logits, cue_bias):
    """Rows of cue scores -> [(nested, from, to, probability)]: outside, beginning or inside, whichever is likelier;
    outermost or nested as most of it is. (The reader also keeps whole words together: decode.rs.)"""
    p = torch.softmax(logits - logits.new_tensor([cue_bias, 0, 0, 0, 0]), -1)
    lab = torch.stack([p[:, 0], p[:, 1] + p[:, 3], p[:, 2] + p[:, 4]], -1).argmax(-1).tolist()
    plain = 1 - torch.softmax(logits, -1)[:, 0]
    out, i, n = [], 0, len(lab)
    while i < n:
        if lab[i]:
            j = i + 1
            while j < n and lab[j] == 2:
                j += 1
            nested = bool(p[i:j, 3:].sum() > p[i:j, 1:3].sum())
            out.append((int(nested), i, j, float(plain[i:j].mean())))
            i = j
        else:
            i += 1
    return out


@torch.no_grad()
def predict(net, ws, cue_bias=0.0, nested=False, dtype=torch.bfloat16):
    """[{"source", "cue", "content", "nested", "score"}] for each window; outermost ones only unless `nested`."""
    net.eval()
    out = [None] * len(ws)
    for b in batches(ws, 4096, random.Random(0)):
        ids, case, quote, keep, t = collate(ws, b)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=dtype == torch.bfloat16):
            h = net.encode(ids, case, quote, keep)
            logits = net.cue(h).float()
        links = []
        for r, i in enumerate(b):
            w = ws[i]
            out[i] = []
            for kind, x, y, sure in tag_spans(logits[r, : len(w["ids"])], cue_bias):
                block = next(((p, q) for p, q in w["blocks"] if p <= x < q), None)
                if block is None or (kind and not nested):
                    continue
                m = np.zeros(t, dtype=bool)
                m[x:min(y, block[1])] = True
                links.append((r, block, m, None, i, kind, sure))
        if not links:
            continue
        at, lk, cue, _ = link_batch([x[:4] for x in links], t)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=dtype == torch.bfloat16):
            e = net.emit(net.linked(h.reshape(-1, network.H), at, lk, cue)[1]).float().numpy()
        for j, (r, (p, q), m, _, i, kind, sure) in enumerate(links):
            lab = network.decode(e[j, : q - p])
            lab[m[p:q]] = 0
            sp = ws[i]["spans"]

            def runs(y):
                res, k = [], 0
                while k < len(lab):
                    if lab[k] == y:
                        k2 = k
                        while k2 + 1 < len(lab) and lab[k2 + 1] == y:
                            k2 += 1
                        res.append((sp[p + k][0], sp[p + k2][1]))
                        k = k2 + 1
                    else:
                        k += 1
                return res
            c = np.nonzero(m)[0]
            out[i].append({"cue": [(sp[c[0]][0], sp[c[-1]][1])], "source": runs(1), "content": runs(2), "nested": kind, "score": sure})
    return out


def evaluate(net, dev, cue_bias=0.0):
    ws, owner = [], []
    for i, (_, _, w) in enumerate(dev):
        ws += w
        owner += [i] * len(w)
    pred = [[] for _ in dev]
    for i, p in zip(owner, predict(net, ws, cue_bias)):
        pred[i] += [{k: x[k] for k in polnear.PARTS} for x in p]
    return score.score([(t, g, p) for (t, g, _), p in zip(dev, pred)])
