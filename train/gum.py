"""GUM as plain records: text, mentions cut to their base (what stands before the head, and the head), kinds, chains.

Mentions nest ("[the ambassador of [France]]", "[[France] 's ambassador]"); their bases do not: a word belongs to the
innermost mention whose head it precedes.
"""
import collections, glob, os, re

KINDS = ("person", "organization", "place", "thing")     # the four kinds a base mention is told apart by
PRIVATE = ("fiction", "essay", "podcast", "whow", "reddit")  # texts whose licence shuts out weights that are shipped
PRONOUNS = {"PRON", "DET"}


def columns(path):
    """[(paragraph starts here, text, rows)] of a CoNLL-U file; ranges and empty words left out, spacing kept."""
    out, fresh, rows = [], False, []
    for line in open(path, encoding="utf8"):
        line = line.rstrip("\n")
        if line.startswith("# newpar"):
            fresh = True
        elif line.startswith("# text = "):
            text = line[9:]
        elif not line:
            if rows:
                out.append((fresh, text, rows))
            fresh, rows = False, []
        elif not line.startswith("#"):
            c = line.split("\t")
            if "." not in c[0]:
                rows.append(c)
    if rows:
        out.append((fresh, text, rows))
    return out


def words(text, rows):
    """Offsets of the words in their sentence: [(row, start, end)]; parts of a joined token share it by letters."""
    out, at, joined = [], 0, 0
    for r in rows:
        if "-" in r[0]:
            joined = int(r[0].split("-")[1])
            k = text.find(r[1], at)
            at, end_of = (k if k >= 0 else at), None
            continue
        k = text.find(r[1], at)
        if k < 0 or k > at + 2:
            k, e = at, min(len(text), at + len(r[1]))
        else:
            e = k + len(r[1])
        out.append((r, k, e))
        at = e
        while at < len(text) and text[at] == " ":
            at += 1
    return out


def read(path):
    """-> {"name", "genre", "text", "pars": [(start, end)], "sents", "mentions": [...]}; a mention has
    span (whole), base, head (start, end of its head word), kind, form (name, nominal, pronoun), chain, link."""
    name = os.path.basename(path)[:-7]
    text, pars, sents, toks = "", [], [], []
    first = {}
    for fresh, s, rows in columns(path):
        if text:
            text += "\n" if fresh else " "
        if fresh or not pars:
            pars.append([len(text), 0])
        at = len(text)
        text += s
        sents.append((at, len(text)))
        pars[-1][1] = len(text)
        base = len(toks)
        for r, a, b in words(s, rows):
            toks.append({"span": (at + a, at + b), "pos": r[3], "dep": r[7], "head": base + int(r[6]) - 1 if r[6] != "0" else -1,
                         "misc": r[9], "form": r[1], "sent": len(sents) - 1})
    # the brackets
    open_, mentions = collections.defaultdict(list), []
    for i, t in enumerate(toks):
        m = re.search(r"(?:^|\|)Entity=([^|]*)", t["misc"])
        if not m:
            continue
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", m[1]):
            if part[0] == "(":
                f = part.strip("()").split("-")
                e = {"chain": f[0], "kind": f[1], "info": f[2], "first": i, "min": f[5] if len(f) > 5 else "", "type": f[6] if len(f) > 6 else "",
                     "link": "-".join(f[7:]) if len(f) > 7 else None}
                if part.endswith(")"):
                    mentions.append({**e, "last": i})
                else:
                    open_[f[0]].append(e)
            else:
                e = open_[part.rstrip(")")]
                if e:
                    mentions.append({**e.pop(), "last": i})
    for m in mentions:
        inside = range(m["first"], m["last"] + 1)
        want = [m["first"] + int(x) - 1 for x in m["min"].split(",") if x.isdigit()]
        pool = [i for i in want if i <= m["last"]] or list(inside)
        head = next((i for i in pool if toks[i]["head"] not in inside), pool[0])
        m["at"] = head
    owner = {}
    for m in sorted(mentions, key=lambda m: (m["last"] - m["first"], -m["first"])):
        h = m["at"]
        end = h
        while end + 1 <= m["last"] and toks[end + 1]["dep"] in ("flat", "flat:foreign", "goeswith", "fixed") and toks[end + 1]["head"] >= m["first"]:
            end += 1
        start = h
        while start - 1 >= m["first"] and owner.get(start - 1) is None and toks[start - 1]["pos"] != "PUNCT":
            start -= 1
        # a genitive mark belongs to the owner
        while start < h and toks[start]["form"] in ("'s", "’s", "'", "’"):
            start += 1
        if any(owner.get(i) is not None for i in range(start, end + 1)):
            m["base"] = None
            continue
        m["base"] = (start, end)
        for i in range(start, end + 1):
            owner[i] = m
    out = []
    for m in mentions:
        if not m["base"]:
            continue
        a, b = m["base"]
        pos = toks[m["at"]]["pos"]
        out.append({"span": (toks[m["first"]]["span"][0], toks[m["last"]]["span"][1]),
                    "base": (toks[a]["span"][0], toks[b]["span"][1]), "head": toks[m["at"]]["span"],
                    "kind": m["kind"] if m["kind"] in KINDS[:3] else "thing", "etype": m["kind"], "chain": m["chain"],
                    "form": "pronoun" if pos in PRONOUNS and a == b else "name" if pos == "PROPN" else "nominal",
                    "sent": toks[m["at"]]["sent"], "link": m["link"], "subject": toks[m["at"]]["dep"].startswith("nsubj")})
    out.sort(key=lambda m: m["base"])
    return {"name": name, "genre": name.split("_")[1], "text": text, "pars": [tuple(p) for p in pars], "sents": sents,
            "toks": [t["span"] for t in toks], "pos": [t["pos"] for t in toks], "names": names(toks, mentions), "mentions": out}


TITLES = set("mr mrs ms miss dr prof professor president sen senator rep gov governor gen general judge justice king queen prince princess "
             "pope sir lord lady captain capt col colonel lt major sgt minister secretary chancellor ambassador father sister brother saint st".split())
JOINING = {"of", "and", "&", "for", "the", "de", "la", "del", "van", "von", "du", "al", "in", "on", "to", "-", ".", "'s"}


def names(toks, mentions):
    """Names of people, organisations and places in the manner of Universal NER: no article, no title, the longest one:
    [(start, end, PER | ORG | LOC)]."""
    out, taken = [], set()
    for m in sorted(mentions, key=lambda m: m["first"] - m["last"]):
        kind = {"person": "PER", "organization": "ORG", "place": "LOC"}.get(m["kind"])
        h = m["at"]
        if not kind or toks[h]["pos"] != "PROPN":
            continue
        proper = lambda i: toks[i]["pos"] == "PROPN"
        a = z = h
        while True:          # outwards while words are proper, or join what is proper
            b = a - 1
            while b > m["first"] and b > a - 4 and not proper(b) and toks[b]["form"].lower() in JOINING:
                b -= 1
            if b < m["first"] or not proper(b) or kind == "PER" and b < a - 1:
                break
            a = b
        while True:
            b = z + 1
            while b < m["last"] and b < z + 4 and not proper(b) and toks[b]["form"].lower() in JOINING:
                b += 1
            if b > m["last"] or not proper(b) or kind == "PER" and b > z + 1:
                break
            z = b
        while kind == "PER" and a < z and toks[a]["form"].lower().rstrip(".") in TITLES:
            a += 1
        if taken.isdisjoint(range(a, z + 1)):
            taken.update(range(a, z + 1))
            out.append((toks[a]["span"][0], toks[z]["span"][1], kind))
    return sorted(out)


def documents(folder, private=False):
    """Every document of a part; those of `PRIVATE` genres only if asked for."""
    for p in sorted(glob.glob(os.path.join(folder, "*.conllu"))):
        d = read(p)
        if private or d["genre"] not in PRIVATE:
            yield d
