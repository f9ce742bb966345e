"""PolNeAR 1.0 (Newell et al., LREC 2018) as plain records.

Reads a folder with text/*.txt and attributions/*.ann; offsets are code points of the text.
Must not know of tokens, windows or the network.
"""
import collections, glob, os, re

PARTS = ("source", "cue", "content")
KINDS = ("person", "office", "organisation", "group", "outlet", "document", "anonymous", "author")


def read_ann(path):
    """One annotation file: a list of {"source", "cue", "content"} -> sorted [(start, end)]."""
    spans, events = {}, []
    for line in open(path, encoding="utf8"):
        p = line.rstrip("\n").split("\t")
        if len(p) < 2:
            continue
        if p[0].startswith("T"):
            spans[p[0]] = [tuple(map(int, x.split())) for x in p[1].partition(" ")[2].split(";")]
        elif p[0].startswith("E"):
            d = collections.defaultdict(list)
            for a in p[1].split():
                k, v = a.split(":")
                d[re.sub(r"\d+$", "", k).lower()].append(v)
            events.append(d)
    return [{k: sorted(s for v in e.get(k, []) if v in spans for s in spans[v]) for k in PARTS} for e in events]


def articles(folder, every_annotator=False):
    """(name, text, attributions); the first annotator in sorted order, or one record for each."""
    anns = collections.defaultdict(list)
    for f in sorted(glob.glob(os.path.join(folder, "attributions", "*.ann"))):
        anns[os.path.basename(f).rsplit("_", 1)[0]].append(f)
    for f in sorted(glob.glob(os.path.join(folder, "text", "*.txt"))):
        name = os.path.basename(f)[:-4]
        text = open(f, encoding="utf8", newline="").read()
        for a in anns[name][: None if every_annotator else 1]:
            yield name, text, read_ann(a)


def kinds(path):
    """Kinds of source by hand, `kinds/polnear-train.tsv`: {(article, start, end): kind}, by
    the source's outer ends, or the cue's where there is no source."""
    out = {}
    for line in open(path, encoding="utf8"):
        c = line.rstrip("\n").split("\t")
        if line[0] != "#" and c[0] != "article":
            a, b = (c[1], c[2]) if c[1] else (c[3], c[4])
            out[c[0], int(a), int(b)] = c[5]
    return out


def with_kinds(name, attrs, kinds):
    """The attributions, each with one part more where its source's kind is known: the kind's name, holding the words that
    were judged."""
    out = []
    for a in attrs:
        words = a["source"] or a["cue"]
        kind = kinds.get((name, words[0][0], words[-1][1])) if words else None
        out.append({**a, kind: words} if kind in KINDS else a)
    return out
