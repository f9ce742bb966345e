"""PolNeAR in, wire v1 out: what every rival here shares.

Offsets are code points. Must not know how a rival finds anything.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "train"))
import polnear  # noqa: E402  (train/polnear.py: the one reader of the format in Python)

articles = polnear.articles


def paragraphs(text):
    """(begin, end) of each line that is not blank."""
    begin = 0
    for line in text.split("\n"):
        if line.strip():
            yield begin, begin + len(line)
        begin += len(line) + 1


def quote(text, span):
    begin, end = span
    return {"exact": text[begin:end],
            "bytes": [len(text[:begin].encode()), len(text[:end].encode())],
            "chars": [begin, end]}


def trimmed(text, span, also=""):
    """The span without white space, and the characters in `also`, at its ends; None where nothing is left."""
    begin, end = span
    while begin < end and (text[begin].isspace() or text[begin] in also):
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in also):
        end -= 1
    return (begin, end) if begin < end else None


def reading(name, text, attributions, model, version, command):
    """One line of wire v1. attributions: {"source": span or None, "cue": span or None, "content": [span]}."""
    rows = [{"id": f"a{i}",
             "source": a["source"] and quote(text, a["source"]),
             "cue": a["cue"] and quote(text, a["cue"]),
             "content": [quote(text, s) for s in sorted(a["content"])],
             "within": None}
            for i, a in enumerate(attributions)]
    return {"onrecord": "reading/1", "document": {"id": name, "text": text},
            "reader": {"version": version, "model": {"name": model, "version": version, "sha256": None}, "command": command},
            "attributions": rows}


def write(path, readings):
    """Writes readings; whole or not at all. What is no plain file (a pipe, the null device) is written to as it is:
    a rename would put a file in its place."""
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    whole = not os.path.exists(path) or os.path.isfile(path)
    part = path + ".part" if whole else path
    with open(part, "w", encoding="utf8") as f:
        for r in readings:
            f.write(json.dumps(r, ensure_ascii=False, sort_keys=True) + "\n")
    if whole:
        os.replace(part, path)
