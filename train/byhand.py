"""Names marked by hand, as `gum.documents` gives them: in articles that stand elsewhere (a file of JSON lines holds for each
its names by kind, as they stand in the text) and in texts of our own (marked in line). Must not know of windows or the
network.
"""
import glob, json, os, re

KINDS = ("PER", "ORG", "LOC")
MARK = re.compile(r"\[([POL]) ([^\[\]]+)\]")


def spans(text, row):
    """[(start, end, kind)]: every whole-word occurrence of the listed names, the longest first; an occurrence listed under
    `mixed` has the kind given there, or none ("O")."""
    taken, out = set(), []
    kind = {s: k for k in KINDS for s in row.get(k, []) if s}
    other = {(s, int(n)): k for s, n, k in row.get("mixed", [])}
    for s in sorted(kind, key=len, reverse=True):
        seen = 0
        for m in re.finditer(r"(?<!\w)" + re.escape(s) + r"(?!\w)", text):
            seen += 1
            if not taken.isdisjoint(range(*m.span())):
                continue
            k = other.get((s, seen), kind[s])
            taken.update(range(*m.span()))
            if k in KINDS:
                out.append((*m.span(), k))
    return sorted(out)


def lines(text):
    out, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((at, at + len(line)))
        at += len(line) + 1
    return out


def document(text, names):
    return {"text": text, "pars": lines(text), "names": names, "toks": [], "pos": []}


def articles(path):
    """{id: text}: of JSON lines with `id`, `title`, `text`, or of a folder of text files."""
    if os.path.isdir(path):
        files = glob.glob(os.path.join(path, "*.txt"))
        return {os.path.basename(f)[:-4]: open(f, encoding="utf8", newline="").read() for f in files}
    rows = map(json.loads, filter(str.strip, open(path, encoding="utf8")))
    return {a["id"]: a["title"] + "\n" + a["text"] for a in rows}


def standoff(texts, names):
    """The articles of `texts` (a path) that `names`, a file of JSON lines, has."""
    of = articles(texts)
    for row in map(json.loads, filter(str.strip, open(names, encoding="utf8"))):
        if row["id"] in of:
            yield document(of[row["id"]], spans(of[row["id"]], row))


def inline(path):
    """Texts with their names marked `[P …]`, `[O …]`, `[L …]`, each under a line that begins with `########`."""
    for block in re.split(r"^########.*\n", open(path, encoding="utf8").read(), flags=re.M)[1:]:
        text, names, at = "", [], 0
        for m in MARK.finditer(block):
            text += block[at:m.start()]
            names.append((len(text), len(text) + len(m[2]), KINDS["POL".index(m[1])]))
            text += m[2]
            at = m.end()
        yield document((text + block[at:]).rstrip(), names)
