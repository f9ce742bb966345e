#!/usr/bin/env python3
"""The rival that newsrooms trained: spaCy's named-entity recogniser with the labels Source, Cue and Content.

usage: spacy_ner.py POLNEAR_DIR OUT.jsonl [--minutes 25] [--articles N] [--check-linking] [--model DIR]

POLNEAR_DIR holds train/ and dev/. Trains on train (blank English, spaCy's default network and optimiser, one CPU
thread) for at most --minutes, keeps the state that does best on 40 articles held out of train, reads dev and
writes wire v1. A recogniser finds spans, not relations: `link` joins them by nearness. --check-linking scores
that step alone, on gold spans of the held-out articles. --articles N takes the first N of each part (smoke test).
"""
import os

for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import argparse  # noqa: E402
import random  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402

import spacy  # noqa: E402
from spacy.training import Example  # noqa: E402
from spacy.util import compounding, filter_spans, fix_random_seed  # noqa: E402

from polnear_wire import articles, paragraphs, reading, trimmed, write  # noqa: E402

PARTS = ("source", "cue", "content")
HELD_OUT = 40
WORDS = 1000  # in a batch, as spaCy's default schedule ends


def pieces(text, attributions, nlp, dropped):
    """One gold Doc for each paragraph, spans cut at its ends; of overlapping spans the longest stays."""
    for begin, end in paragraphs(text):
        doc = nlp.make_doc(text[begin:end])
        spans = set()
        for a in attributions:
            for part in PARTS:
                for b, e in a[part]:
                    b, e = max(b, begin), min(e, end)
                    if b < e:
                        span = doc.char_span(b - begin, e - begin, label=part.capitalize(), alignment_mode="expand")
                        if span is not None:
                            spans.add((span.start, span.end, span.label_))
        spans = [spacy.tokens.Span(doc, b, e, label=label) for b, e, label in sorted(spans)]
        kept = filter_spans(spans)
        dropped[0] += len(spans) - len(kept)
        dropped[1] += len(spans)
        doc.ents = kept
        yield doc


def train(nlp, docs, held, minutes):
    """Trains until the time is up; leaves the best state in `nlp`."""
    examples = [Example(nlp.make_doc(d.text), d) for d in docs if len(d)]
    test = [Example(nlp.make_doc(d.text), d) for d in held if len(d)]
    start, best, best_state, step = time.time(), -1.0, None, 0
    optimizer = nlp.initialize(lambda: examples)
    sizes = compounding(100, WORDS, 1.001)
    epoch, losses = 0, {}
    while time.time() - start < 60 * minutes:
        random.shuffle(examples)
        epoch += 1
        for batch in by_words(examples, sizes):
            nlp.update(batch, sgd=optimizer, drop=0.1, losses=losses)
            step += 1
            late = time.time() - start >= 60 * minutes
            if step % 500 == 0 or late:
                f = nlp.evaluate(test)["ents_f"] or 0.0
                if f > best:
                    best, best_state = f, nlp.to_bytes()
                print(f"{time.time() - start:6.0f} s  epoch {epoch}  step {step}  loss {losses.get('ner', 0):9.0f}  "
                      f"held-out spans F1 {100 * f:.1f}  best {100 * best:.1f}", flush=True)
                losses = {}
            if late:
                break
    if best_state:
        nlp.from_bytes(best_state)
    return f"{epoch} epochs, {step} steps"


def by_words(examples, sizes):
    """Batches of about next(sizes) words."""
    batch, words, most = [], 0, next(sizes)
    for example in examples:
        batch.append(example)
        words += len(example.reference)
        if words >= most:
            yield batch
            batch, words, most = [], 0, next(sizes)
    if batch:
        yield batch


def gap(a, b):
    """Code points between two spans; 0 where they touch or overlap."""
    return max(0, b[0] - a[1], a[0] - b[1])


def link(spans, sentence):
    """Joins one paragraph's spans. spans: [(part, (begin, end))]; sentence(offset) -> which sentence it is in.

    A cue takes the nearest source, one in its own sentence first; sources may serve several cues ("he said ...,
    adding ..."). A content goes to the nearest cue, one in a sentence that it touches first; a cue may have several. Contents of
    a paragraph without a cue are left out, as PolNeAR has no attribution without one.
    """
    of = {part: [s for p, s in spans if p == part] for part in PARTS}

    def near(span, others):
        mine = {sentence(span[0]), sentence(span[1] - 1)}
        return min(others, key=lambda o: (not mine & {sentence(o[0]), sentence(o[1] - 1)}, gap(span, o), o), default=None)

    out = {cue: {"cue": cue, "source": near(cue, of["source"]), "content": []} for cue in of["cue"]}
    for content in of["content"]:
        cue = near(content, of["cue"])
        if cue:
            out[cue]["content"].append(content)
    return [out[cue] for cue in sorted(out)]


def sentences_of(doc, begin):
    starts = [begin + s.start_char for s in doc.sents]
    return lambda at: sum(s <= at for s in starts)


def read(nlp, text):
    out = []
    lines = list(paragraphs(text))
    for (begin, end), doc in zip(lines, nlp.pipe([text[b:e] for b, e in lines], batch_size=64)):
        spans = [(e.label_.lower(), trimmed(text, (begin + e.start_char, begin + e.end_char))) for e in doc.ents]
        out += link([s for s in spans if s[1]], sentences_of(doc, begin))
    return out


def check_linking(nlp, held):
    """How many attributions of the held-out articles come out whole when the linker is given their gold spans."""
    right = total = made = 0
    for _, text, gold in held:
        wanted = {(tuple(a["source"][:1]), tuple(a["cue"]), tuple(a["content"])) for a in gold if a["cue"] and a["content"]}
        got = set()
        for begin, end in paragraphs(text):
            spans = {(p, s) for a in gold for p in PARTS for s in a[p] if begin <= s[0] and s[1] <= end}
            doc = nlp.get_pipe("sentencizer")(nlp.make_doc(text[begin:end]))
            for a in link(sorted(spans), sentences_of(doc, begin)):
                got.add(((a["source"],) if a["source"] else (), (a["cue"],), tuple(sorted(a["content"]))))
        right, total, made = right + len(wanted & got), total + len(wanted), made + len(got)
    p, r = right / max(1, made), right / max(1, total)
    print(f"linking gold spans of {len(held)} held-out articles: whole attributions P {100 * p:.1f} R {100 * r:.1f}")


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("polnear")
    ap.add_argument("out")
    ap.add_argument("--minutes", type=float, default=25)
    ap.add_argument("--articles", type=int)
    ap.add_argument("--check-linking", action="store_true")
    ap.add_argument("--model", help="where to keep the trained pipeline")
    o = ap.parse_args()
    fix_random_seed(1)
    every = list(articles(os.path.join(o.polnear, "train")))[: o.articles]
    random.Random(1).shuffle(every)
    cut = min(HELD_OUT, len(every) // 4)
    held, fit = every[:cut], every[cut:]

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    if o.check_linking:
        check_linking(nlp, held)
        return
    nlp.remove_pipe("sentencizer")
    nlp.add_pipe("ner")
    dropped = [0, 0]
    docs = [d for _, text, gold in fit for d in pieces(text, gold, nlp, dropped)]
    tests = [d for _, text, gold in held for d in pieces(text, gold, nlp, dropped)]
    print(f"{len(fit)} articles, {sum(map(len, docs))} tokens; {dropped[0]} of {dropped[1]} spans overlap another and are left out")
    done = train(nlp, docs, tests, o.minutes)
    nlp.add_pipe("sentencizer", first=True)
    if o.model:
        nlp.to_disk(o.model)
    command = f"bench/rivals/spacy_ner.py DIR OUT.jsonl --minutes {o.minutes:g}  # {done}, best by 40 articles held out of train"
    start, rows = time.time(), []
    for name, text, _ in list(articles(os.path.join(o.polnear, "dev")))[: o.articles]:
        rows.append(reading(name, text, read(nlp, text), "spaCy NER", spacy.__version__, command))
    write(o.out, rows)
    print(f"{len(rows)} articles, {sum(len(r['attributions']) for r in rows)} attributions in {time.time() - start:.1f} s -> {o.out}")


if __name__ == "__main__":
    sys.exit(main())
