"""Nested attributions by composition. PolNeAR marks the outermost attribution only ("No nested
attributions", guidelines p. 23), so what lies within is made from its own parts: the content of one
attribution is replaced by another article's sentence with that sentence's own attributions.
"""
import random, re

END = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[“\"A-Z])|(?<=[.!?][”\"])\s+(?=[“\"A-Z])")


def sentences(text, start, end):
    at = start
    for m in END.finditer(text, start, end):
        yield at, m.start() if not text[m.start():m.end()].strip() else m.start() + 1
        at = m.end()
    yield at, end


def pool(articles):
    """Sentences of 5 to 40 words that hold their attributions whole: (sentence, attributions, lower-case start?)."""
    out, lower = [], set()
    for _, text, _ in articles:
        lower.update(re.findall(r"(?<=[a-z,] )[a-z]+\b", text))
    for _, text, attrs in articles:
        pos = 0
        for line in text.split("\n"):
            for s, e in sentences(text, pos, pos + len(line)) if line.strip() else ():
                t = text[s:e]
                if not 5 <= len(t.split()) <= 40 or not t[-1] in ".!?”\"":
                    continue
                inside, whole = [], True
                for a in attrs:
                    sp = [x for v in a.values() for x in v]
                    hit = [x for x in sp if x[0] < e and x[1] > s]
                    if hit and (len(hit) < len(sp) or any(x[0] < s or x[1] > e for x in hit)):
                        whole = False
                    elif hit:
                        inside.append({k: [(x - s, y - s) for x, y in v] for k, v in a.items()})
                if whole:
                    first = t.split()[0]
                    out.append((t, inside, first.lower() in lower and first[:1].isupper() and first != "I"))
            pos += len(line) + 1
    with_a, without = [x for x in out if x[1]], [x for x in out if not x[1]]
    return with_a, without


def shift(attrs, d, cut=None):
    return [{k: [(a + d, min(b, cut) + d if cut else b + d) for a, b in v if not cut or a < cut] for k, v in x.items()} for x in attrs]


def compose(par, attrs, pools, rng, p, inner=(), known=(), unsure=()):
    """A paragraph (text, attributions with offsets in it) with some contents replaced.

    `inner`, `known`, `unsure`: what silver.py found in it. Returns text, outer attributions, inner attributions, the
    spans whose inner cues are known, and the spans about which nothing is.
    """
    inner, known, unsure = list(inner), list(known), list(unsure)
    order = sorted((i for i, a in enumerate(attrs) if len(a["content"]) == 1 and a["cue"]), key=lambda i: -attrs[i]["content"][0][0])
    done_from = len(par) + 1
    for i in order:
        s, e = attrs[i]["content"][0]
        old = par[s:e]
        if rng.random() >= p or e > done_from or len(old.split()) < 4:
            continue
        # no other span may cross the content's borders
        if any(x < e and y > s for j, a in enumerate(attrs) for k, v in a.items() for x, y in v if (j, k) != (i, "content")):
            continue
        new, sub, low = rng.choice(pools[0] if rng.random() < 0.8 else pools[1])
        quoted = old[0] in "“\"" and old[-1] in "”\""
        if quoted:
            new = new.translate({0x201C: "‘", 0x201D: "’", 0x22: "'"})
            if old[-2:-1] in ",":
                new = new.rstrip(".") + ","
            head, tail = old[0], old[-1]
        else:
            if new[-1] in "”\"" or new[-1] in "!?":
                if new.count("“") + new.count('"') > 2:
                    continue
            new = new.rstrip(".") if par[e:e + 1] in ".,;" and par[e:e + 1] else new
            head, tail = ("that ", "") if old.startswith("that ") else ("", "")
            if low and not old[:1].isupper():
                new = new[0].lower() + new[1:]
        ins = head + new + tail
        d = len(ins) - (e - s)

        def move(x):
            return x + d if x >= e else x

        inside = lambda x: x[0] < e and x[1] > s
        inner = [x for x in inner if not any(inside(y) for v in x.values() for y in v)]
        known, unsure = ([x for x in z if not inside(x)] for z in (known, unsure))
        attrs = [{k: [(move(a), move(b)) for a, b in v] for k, v in x.items()} for x in attrs]
        inner = [{k: [(move(a), move(b)) for a, b in v] for k, v in x.items()} for x in inner]
        known, unsure = ([(move(a), move(b)) for a, b in z] for z in (known, unsure))
        par = par[:s] + ins + par[e:]
        attrs[i]["content"] = [(s, s + len(ins))]
        inner += [x for x in shift(sub, s + len(head), len(new)) if x["cue"]]
        known.append((s, s + len(ins)))
        done_from = s
    return par, attrs, inner, known, unsure
