#!/usr/bin/env python3
"""Holds `onrecord eval attribution --format json` against the figures of an independent scorer.

usage: agrees.py SCORES.txt REPORT.json     SCORES.txt: lines "measure  P x  R y  F1 z", in percent, of all predictions
"""
import json, re, sys

LINE = re.compile(r"(.+?)\s+P\s+([\d.]+)\s+R\s+([\d.]+)\s+F1\s+([\d.]+)$")

want = {m[1]: [float(x) for x in m.groups()[1:]] for m in map(LINE.match, open(sys.argv[1])) if m}
tables = json.load(open(sys.argv[2]))["systems"][0]["tables"]
rows = {r["measure"]: r for t in tables if t["view"] == "all" for r in t["rows"]}
apart = 0
for measure, figures in want.items():
    ours = [100 * rows[measure][k]["value"] for k in ("precision", "recall", "f1")]
    # both are rounded: one to a tenth of a percent, the other to a hundredth
    if any(abs(a - b) > 0.0551 for a, b in zip(ours, figures)):
        print(measure, "is", figures, "there and", ours, "here")
        apart += 1
print(f"{len(want)} measures, {apart} differ")
sys.exit(apart > 0 or len(want) < 7)
