#!/usr/bin/env python3
"""Words a second of the spaCy rival (bench/rivals/spacy_ner.py) on one thread, articles in, attributions out.

usage: spacy_speed.py POLNEAR_DIR [--model DIR] [--rounds 5] [--articles N]

Its network does the same work whatever it has learned: without --model (as written by spacy_ner.py --model DIR) a
pipeline trained for a minute does. Compare with `cargo bench -p onrecord --bench reader`, in one sitting.
Needs: pip install spacy==3.8.*
"""

import argparse
import os
import statistics
import subprocess
import sys
import time

for name in ("OMP_NUM_THREADS", "BLIS_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

RIVALS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "rivals")
sys.path.insert(0, RIVALS)

import spacy  # noqa: E402
from polnear_wire import articles  # noqa: E402
from spacy_ner import read  # noqa: E402


def main():
    p = argparse.ArgumentParser()
    p.add_argument("polnear")
    p.add_argument("--model", default="/tmp/onrecord-spacy-speed")
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--articles", type=int)
    o = p.parse_args()
    if not os.path.isdir(o.model):
        script = os.path.join(RIVALS, "spacy_ner.py")
        subprocess.run([sys.executable, script, o.polnear, os.devnull, "--minutes", "1", "--articles", "60", "--model", o.model],
                       check=True, stdout=subprocess.DEVNULL)
    nlp = spacy.load(o.model)
    texts = [text for _, text, _ in list(articles(os.path.join(o.polnear, "dev")))[: o.articles]]
    words = sum(len(t.split()) for t in texts)
    rounds = []
    for _ in range(o.rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        for t in texts:
            read(nlp, t)
        rounds.append((words / (time.perf_counter() - wall), words / (time.process_time() - cpu)))
    wall, cpu = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    print(f"spaCy {spacy.__version__}, one thread: {len(texts)} articles, {words} words; medians of {o.rounds}: "
          f"{wall:.0f} words/s, {wall * len(texts) / words:.1f} articles/s (wall time), {cpu:.0f} words/s of processor time")


if __name__ == "__main__":
    main()
