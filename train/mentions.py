"""Mentions and who they are: windows and labels of GUM, the features of a pair, the loss, the scores. Must not know of
other tasks. `onrecord-read/src/entities/` computes the same features in Rust."""
import random
import numpy as np, torch, torch.nn.functional as F
import features, gum, net as network
from attributions import batches, collate
from tagging import word_groups

IGNORE = -100
FORMS = ("name", "nominal", "pronoun")
FAR = 200          # antecedents are looked for among so many earlier mentions
CLASSES = ("i me my mine myself", "we us our ours ourselves", "you your yours yourself yourselves", "he him his himself",
           "she her hers herself", "it its itself", "they them their theirs themselves", "who whom whose which",
           "this that these those")
CLASS = {w: i + 1 for i, ws in enumerate(CLASSES) for w in ws.split()}
SMALL = {"the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your", "'s", "’s"}


def windows(tok, doc, window=features.WINDOW):
    """Windows with mention labels and, for each mention of `doc` whose base lies in one window, where it is."""
    ws = features.windows(tok, doc["text"], doc["pars"], window)
    for k, w in enumerate(ws):
        n = len(w["ids"])
        tag, kind, form = np.full(n, IGNORE), np.full(n, IGNORE), np.full(n, IGNORE)
        at = {}
        for i, (a, b) in enumerate(w["spans"]):
            if a >= 0:
                tag[i] = 0
                at.setdefault(a, i)
        real = [i for i, (a, _) in enumerate(w["spans"]) if a >= 0]
        if not real:
            continue
        lo, hi = w["spans"][real[0]][0], w["spans"][real[-1]][1]
        for m in doc["mentions"]:
            a, b = m["base"]
            if a < lo or b > hi:
                continue
            inside = [i for i in real if w["spans"][i][0] < b and w["spans"][i][1] > a]
            if not inside:
                continue
            tag[inside] = 2
            tag[inside[0]] = 1
            kind[inside] = gum.KINDS.index(m["kind"])
            form[inside] = FORMS.index(m["form"])
            m["where"] = (k, inside[0], inside[-1])
            m["quoted"] = w["quote"][inside[0]]
        w["tag"], w["kind"], w["form"] = tag, kind, form
    return ws


def bucket(d, edges):
    return int(np.searchsorted(edges, d, side="right"))


def describe(text, ms):
    """What a pair's features need of each mention: words, class of pronoun, numbers."""
    seen = set()
    out = []
    for m in ms:
        words = text[m["base"][0]:m["base"][1]].lower().replace("’", "'").split()
        words = [w[:-2] if w.endswith("'s") else w for w in words]
        plain = [w for w in words if w not in SMALL and w]
        first = m["sent"] not in seen
        seen.add(m["sent"])
        cls = CLASS.get(words[0], 0) if len(words) == 1 else 0
        out.append((cls, tuple(plain), set(plain), FORMS.index(m["form"]), gum.KINDS.index(m["kind"]), int(m["quoted"]), m["sent"], int(first)))
    return out


def pair_features(text, ms):
    """(mentions, mentions, 8) rows of the feature table; only entries below the diagonal mean anything."""
    d = describe(text, ms)
    n = len(d)
    cls, form, kind, quoted, sent, first = (np.array([x[k] for x in d]) for k in (0, 3, 4, 5, 6, 7))
    i, j = np.arange(n)[:, None], np.arange(n)[None]
    match = np.zeros((n, n), dtype=np.int64)
    for a in range(n):
        if d[a][3] == 2 or not d[a][1]:
            continue
        for b in range(max(0, a - FAR), a):
            if d[b][3] != 2 and d[b][1]:
                match[a, b] = 3 if d[a][1] == d[b][1] else 2 if d[a][1][-1] == d[b][1][-1] else 1 if d[a][2] & d[b][2] else 0
    f = [np.searchsorted([2, 3, 4, 5, 8, 16, 32, 64], i - j, side="right"),
         np.searchsorted([1, 2, 3, 4, 8], sent[:, None] - sent[None], side="right"),
         form[None] * 3 + form[:, None], cls[None] * 10 + cls[:, None], kind[None] * 4 + kind[:, None], match,
         quoted[None] * 2 + quoted[:, None], np.broadcast_to(first[None], (n, n))]
    base = np.cumsum((0,) + network.FEATURES[:-1])
    return torch.from_numpy(np.stack([np.where(i > j, x, 0) + o for x, o in zip(f, base)], -1))


def tag_loss(net, h, ws, b, t):
    gold = {k: torch.full((len(b), t), IGNORE) for k in ("tag", "kind", "form")}
    for r, i in enumerate(b):
        for k in gold:
            gold[k][r, : len(ws[i][k])] = torch.from_numpy(ws[i][k])
    y = net.mention(network.dropout(h, net.p, net.training)).float().flatten(0, 1)
    return sum(F.cross_entropy(x, gold[k].flatten(), ignore_index=IGNORE)
               for x, k in ((y[:, :3], "tag"), (y[:, 3:7], "kind"), (y[:, 7:], "form")))


def prepare(tok, doc, window):
    doc = {**doc, "mentions": [dict(m) for m in doc["mentions"]]}
    ws = windows(tok, doc, window)
    ms = [m for m in doc["mentions"] if "where" in m]
    last, gold = {}, np.zeros((len(ms), len(ms) + 1), dtype=bool)
    for i, m in enumerate(ms):
        for j in last.get(m["chain"], []):
            gold[i, j] = i - j <= FAR
        gold[i, -1] = not gold[i].any()
        last.setdefault(m["chain"], []).append(i)
    return ws, ms, pair_features(doc["text"], ms), torch.from_numpy(gold)


def states(net, ws):
    """The encoder's states of all windows: (windows, longest, H)."""
    b = list(range(len(ws)))
    ids, case, quote, keep, t = collate(ws, b)
    return net.encode(ids, case, quote, keep), b, t


def ends(h, ms):
    k, a, z = (torch.tensor([m["where"][x] for m in ms]) for x in range(3))
    return h[k, a], h[k, z]


def step_loss(net, tok, doc, rng, most=2600):
    ws, ms, feats, gold = prepare(tok, doc, rng.choice((192, 256)))
    keep, size = [], 0
    start = rng.randrange(len(ws)) if sum(len(w["ids"]) for w in ws) > most else 0
    for k in range(start, len(ws)):       # a long document: a stretch of it
        size += len(ws[k]["ids"])
        if size > most:
            break
        keep.append(k)
    use = [i for i, m in enumerate(ms) if m["where"][0] in keep]
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h, b, t = states(net, [ws[k] for k in keep])
        loss = tag_loss(net, h, [ws[k] for k in keep], b, t)
        if len(use) > 1:
            sub = [{**ms[i], "where": (ms[i]["where"][0] - start,) + ms[i]["where"][1:]} for i in use]
            s = net.antecedents(*ends(h, sub), feats[use][:, use])
            g = gold[use][:, use + [len(ms)]].clone()
            g[:, -1] |= ~g.any(1)
            n = len(use)
            lp = torch.log_softmax(s, 1)
            loss = loss - torch.logsumexp(lp.masked_fill(~g, -1e4), 1).mean()
    return loss


def found(net, tok, ws, h):
    """Mentions that the head finds: [(window, first piece, last piece, kind, form)]."""
    y = net.mention(h).float()
    tag, kind, form = (torch.log_softmax(x, -1).numpy() for x in (y[..., :3], y[..., 3:7], y[..., 7:]))
    out = []
    for k, w in enumerate(ws):
        g = word_groups(tok, w)
        if not g:
            continue
        e = np.stack([tag[k, x[0]] for x in g])
        s, back = e[0] + np.array([0, 0, -1e4]), []
        step = np.array([[0, 0, -1e4], [0, 0, 0], [0, 0, 0]])
        for x in e[1:]:
            m = s[:, None] + step
            back.append(m.argmax(0))
            s = m.max(0) + x
        tags = [int(s.argmax())]
        for b in back[::-1]:
            tags.append(int(b[tags[-1]]))
        tags = tags[::-1]
        i = 0
        while i < len(tags):
            if tags[i]:
                j = i
                while j + 1 < len(tags) and tags[j + 1] == 2:
                    j += 1
                pieces = [p for x in g[i:j + 1] for p in x]
                out.append((k, pieces[0], pieces[-1], int(kind[k, pieces].sum(0).argmax()), int(form[k, pieces].sum(0).argmax())))
                i = j + 1
            else:
                i += 1
    return out


def b_cubed(gold, pred):
    """gold, pred: {mention: chain}; chains of one are left out, as in CorefUD. -> F1"""
    def sides(a, b):
        groups = {}
        for m, c in a.items():
            groups.setdefault(c, set()).add(m)
        other = {}
        for m, c in b.items():
            other.setdefault(c, set()).add(m)
        many = {c: g for c, g in groups.items() if len(g) > 1}
        n = sum(map(len, many.values()))
        hit = sum(len(g & other.get(b.get(m), set())) / len(g) for g in many.values() for m in g)
        return hit, n
    return sides(gold, pred), sides(pred, gold)


@torch.no_grad()
def evaluate(net, tok, docs):
    """Mention F1 (base, exact), kinds right, B3 on found mentions, and, on given mentions, pronouns and nominals whose
    antecedent is of their chain."""
    net.eval()
    hit = n_found = n_gold = kinds = 0
    right, all_, b3 = {}, {}, np.zeros(4)
    for doc in docs:
        ws, ms, feats, gold = prepare(tok, doc, features.WINDOW)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            h, _, _ = states(net, ws)
            f = found(net, tok, ws, h)
            best = net.antecedents(*ends(h, ms), feats).argmax(1).tolist()
        for i, m in enumerate(ms):
            if m["form"] != "name" and not gold[i, -1]:
                all_[m["form"]] = all_.get(m["form"], 0) + 1
                right[m["form"]] = right.get(m["form"], 0) + bool(gold[i, best[i]])
        at = {m["where"]: m for m in ms}
        n_found, n_gold = n_found + len(f), n_gold + len(ms)
        hit += sum(x[:3] in at for x in f)
        kinds += sum(x[:3] in at and gum.KINDS.index(at[x[:3]]["kind"]) == x[3] for x in f)
        mine = []
        for k, a, z, kind, form in f:
            sp = ws[k]["spans"]
            base = (sp[a][0], sp[z][1])
            sent = next((i for i, s in enumerate(doc["sents"]) if s[1] > base[0]), 0)
            mine.append({"base": base, "kind": gum.KINDS[kind], "form": FORMS[form], "quoted": ws[k]["quote"][a], "sent": sent, "where": (k, a, z)})
        chain = {}
        if mine:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                best = net.antecedents(*ends(h, mine), pair_features(doc["text"], mine)).argmax(1).tolist()
            ids = []
            for i, x in enumerate(best):
                ids.append(ids[x] if x < len(mine) else i)
            chain = {m["where"]: c for m, c in zip(mine, ids)}
        (a, b), (c, d) = b_cubed({m["where"]: m["chain"] for m in ms}, chain)
        b3 += (a, b, c, d)
    f1 = lambda p, r: round(2 * p * r / max(1e-9, p + r), 4)
    return {"mentions": round(2 * hit / max(1, n_found + n_gold), 4), "kinds": round(kinds / max(1, hit), 4),
            "b3": f1(b3[2] / max(1, b3[3]), b3[0] / max(1, b3[1])), **{k: round(right[k] / all_[k], 4) for k in sorted(all_)}}
