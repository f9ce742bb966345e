#!/usr/bin/env python3
"""Makes the seed corpora of the repository's own articles and of odd inputs: fuzz/corpus/{extract,read}/."""
import glob
import gzip
import hashlib
import html
import json
import os

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)


def put(data):
    for target in ("extract", "read"):
        folder = os.path.join(HERE, "corpus", target)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, "seed-" + hashlib.sha256(data).hexdigest()[:16]), "wb") as f:
            f.write(data)


def page(text):
    first, *rest = [html.escape(line) for line in text.split("\n") if line.strip()] or [""]
    last = rest.pop() if rest else ""
    return (
        f"<!DOCTYPE html><html lang=en><head><title>{first}</title><meta property=og:site_name content=Gazette></head>"
        f"<body><article><h1>{first}</h1>{''.join(f'<p>{line}</p>' for line in rest)}"
        f"<blockquote>{last}</blockquote></article></body></html>"
    )


ARTICLES = ("examples/*.txt", "eval/open/text/*.txt", "crates/onrecord/tests/golden/articles/*.txt")
for path in sorted(p for pattern in ARTICLES for p in glob.glob(os.path.join(ROOT, pattern))):
    with open(path, encoding="utf8", newline="") as f:
        text = f.read()[:600]
    put(text.encode())
    put(json.dumps({"id": 7, "title": text.split("\n")[0], "lang": "en", "text": text[:400]}).encode())
    put(page(text[:400]).encode())

for odd in (
    "\ufeff“One, “two, ‘three,” he said.\r\n\r\n“Four\r\n“Five,” she added. \"Six\r\n".encode(),
    "By Jane Doe\n\nLONDON (AP) — She said: \"No.\n> I told them.\n- one\n1. two\nWhat next\n".encode(),
    b'{"text": "a\\ud800b \\u201cno\\u201d he said", "title": null}\n{"text": "Th\n[1]\n{"maintext": "He denied it."}\n',
    b'[{"text": "One said two."}, {"text": "Three said four."}]',
    "He said no.".encode("utf-16"),
    "He said “no”.".encode("utf-32"),
    "café déjà vu, “no” he said".encode("cp1252"),
    "The man 👩‍👩‍👧 said \u202e no مرحبا e\u0301 \0 x\n".encode(),
    b"He said no. \xed\xa0\x80 \xff",
    gzip.compress(b"He said no.", mtime=0),
    b"",
):
    put(odd)
print(len(os.listdir(os.path.join(HERE, "corpus", "read"))), "seeds in each of fuzz/corpus/{extract,read}")
