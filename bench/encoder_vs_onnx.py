"""onrecord-nn against ONNX Runtime int8, interleaved in one run: read the ratios.

  CARGO_TARGET_DIR=... python bench/encoder_vs_onnx.py [--rounds 5] [--onnx-python /path/to/venv/bin/python]

Builds the Rust benchmark, starts it and bench/onnx_encoder.py as workers, and asks them in turn.
One thread is measured in processor time, two in wall time (on a busy machine the latter says little:
ONNX Runtime's threads wait for each other).
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))


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
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--onnx-python", default=sys.executable)
    a = p.parse_args()
    rust = Worker([binary(), "worker"])
    onnx = Worker([a.onnx_python, os.path.join(HERE, "onnx_encoder.py"), "--worker"])
    print(onnx.read())
    print(f"{'':26}{'onrecord-nn':>12}{'ONNX Runtime':>14}{'ratio':>8}{'least':>7}{'most':>7}   word-pieces/s, medians of {a.rounds}")
    for kind, name in [("sentences", "sentences of 10..60"), ("windows", "windows of 256")]:
        for threads in (1, 2):
            rows = []
            for _ in range(a.rounds):
                mine, _peak = rust.ask(f"{threads} {kind}")
                theirs = onnx.ask(f"{threads} {kind}")[0]
                rows.append((mine, theirs, mine / theirs))
            m = [statistics.median(r[i] for r in rows) for i in range(3)]
            ratios = [r[2] for r in rows]
            print(f"{name + ', ' + str(threads) + ' thr.':26}{m[0]:12.0f}{m[1]:14.0f}{m[2]:8.2f}{min(ratios):7.2f}{max(ratios):7.2f}")


if __name__ == "__main__":
    main()
