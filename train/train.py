"""Trains all heads together, measures on the dev parts after each epoch, resumes from its last checkpoint.

    python train.py --polnear DIR [--uner DIR] [--gum DIR] --out DIR [--epochs N] [--seed N] [--threads N]

An epoch is one pass over PolNeAR, `--name-passes` over Universal NER and `--gum-passes` over GUM, in one shuffled order
of steps. Seeds are fixed for each epoch, so a run that was interrupted goes on as it would have gone.
"""
import argparse, glob, json, os, random, time
import torch
import attributions, byhand, compose, features, gum, mentions, net as network, polnear, tagging

ap = argparse.ArgumentParser()
ap.add_argument("--polnear", required=True)
ap.add_argument("--uner", help="folder of the IOB2 files; without it names are not taught")
ap.add_argument("--ud", help="folder of EWT in CoNLL-U: its parts of speech are taught with the names")
ap.add_argument("--named", nargs=2, action="append", default=[], metavar=("TEXTS", "NAMES"), help="articles and their names by hand: byhand.py")
ap.add_argument("--written", nargs="*", default=[], help="texts with their names marked in line: byhand.py")
ap.add_argument("--gum", help="folder with train and dev; without it mentions are not taught")
ap.add_argument("--out", required=True)
ap.add_argument("--epochs", type=int, default=10)
ap.add_argument("--seed", type=int, default=1)
ap.add_argument("--threads", type=int, default=2)
ap.add_argument("--pieces", type=int, default=2048, help="word-pieces a step")
ap.add_argument("--lr", type=float, default=1.2e-4)
ap.add_argument("--head-lr", type=float, default=6e-4)
ap.add_argument("--drop", type=float, default=0.1)
ap.add_argument("--compose", type=float, default=0.12, help="share of contents replaced by another sentence")
ap.add_argument("--polnear-share", type=float, default=1.0, help="share of PolNeAR's articles that an epoch takes")
ap.add_argument("--name-passes", type=int, default=1)
ap.add_argument("--gum-passes", type=int, default=1)
ap.add_argument("--kinds", help="kinds of the sources of some of the articles, by hand: kinds/")
ap.add_argument("--silver", help="what silver.py found in the contents")
ap.add_argument("--start", help="weights to begin with instead of the base model's; heads that it lacks begin afresh")
ap.add_argument("--thaw", action="store_true", help="train the word embeddings, too")
ap.add_argument("--ema", type=float, default=0.998)
ap.add_argument("--limit", type=int, default=0, help="articles, for a trial")
ap.add_argument("--steps", type=int, default=0, help="stop after so many steps, for a trial")
OLD = ("cue", "down", "query", "rel", "mark", "link_ln", "link", "emit")    # heads that a start already has


def some(arts, share, rng):
    """A share of the articles: first those whose kinds of source are known."""
    known, others = [], []
    for v in arts:
        told = any(x.get(k) for _, attrs, _ in v for x in attrs for k in polnear.KINDS)
        (known if told else others).append(v)
    rng.shuffle(others)
    return (known + others)[: int(len(arts) * share)]


def main():
    a = ap.parse_args()
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    os.makedirs(a.out, exist_ok=True)
    tok = features.tokenizer()
    silver = json.load(open(a.silver)) if a.silver else None
    kinds = polnear.kinds(a.kinds) if a.kinds else {}
    by = {}
    for name, text, attrs in polnear.articles(os.path.join(a.polnear, "train"), every_annotator=True):
        versions = by.setdefault(name, [])
        nothing = {"inner": [], "known": [], "unsure": []}
        versions.append((text, polnear.with_kinds(name, attrs, kinds), silver[name][len(versions)] if silver else nothing))
    arts = list(by.values())[: a.limit or None]
    pools = compose.pool([(None, t, x) for v in arts for t, x, _ in v[:1]])
    dev = [(t, g, features.windows(tok, t)) for _, t, g in polnear.articles(os.path.join(a.polnear, "dev"))][: a.limit or None]
    pos = tagging.parts_of_speech(glob.glob(os.path.join(a.ud, "*train*"))[0]) if a.ud else None
    uner = {p: tagging.load(glob.glob(os.path.join(a.uner, f"*{p}*"))[0], pos)[: a.limit or None] for p in ("train", "dev")} if a.uner else None
    gums = {p: list(gum.documents(os.path.join(a.gum, p), p == "dev"))[: a.limit or None] for p in ("train", "dev")} if a.gum else None
    print("articles", len(arts), "sentences to compose with", len(pools[0]), len(pools[1]),
          "names in", len(uner["train"]) if uner else 0, "mentions in", len(gums["train"]) if gums else 0, flush=True)

    named = gums["train"][:] if gums else []
    named += [d for pair in a.named for d in byhand.standoff(*pair)] + [d for f in a.written for d in byhand.inline(f)]
    name_pools = tagging.name_pools(uner["train"], named) if uner else None

    net = network.Net(a.drop)
    net.enc.load_base(os.path.join(features.base_folder(), "model.safetensors"))
    if a.start:
        net.load_state_dict(torch.load(a.start, weights_only=True), strict=False)
    net.enc.word.weight.requires_grad_(a.thaw)
    params = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    enc = [p for n, p in params if n.startswith("enc.") or a.start and n.split(".")[0] in OLD]
    head = [p for n, p in params if not (n.startswith("enc.") or a.start and n.split(".")[0] in OLD)]
    opt = torch.optim.AdamW([{"params": enc, "lr": a.lr}, {"params": head, "lr": a.head_lr}], weight_decay=0.01, fused=True)
    base_lr = [g["lr"] for g in opt.param_groups]
    ema = {k: v.detach().clone() for k, v in params}
    first, step, total = 0, 0, None
    ck = os.path.join(a.out, "last.pt")
    if os.path.exists(ck):
        s = torch.load(ck, weights_only=False)
        net.load_state_dict(s["net"])
        opt.load_state_dict(s["opt"])
        ema, first, step, total = s["ema"], s["epoch"] + 1, s["step"], s["total"]
        print("goes on after epoch", s["epoch"], flush=True)
    t0 = time.time()
    for ep in range(first, a.epochs):
        rng = random.Random(a.seed * 1000 + ep)
        torch.manual_seed(a.seed * 1000 + ep)
        ws = attributions.epoch_windows(tok, some(arts, a.polnear_share, rng), pools, rng, a.compose)
        tasks = [("attributions", ws, b) for b in attributions.batches(ws, a.pieces, rng)]
        if uner:
            for _ in range(a.name_passes):
                ns = tagging.epoch_windows(tok, uner["train"], named, name_pools, rng)
                tasks += [("names", ns, b) for b in attributions.batches(ns, a.pieces, rng)]
        if gums:
            tasks += [("mentions", d, None) for _ in range(a.gum_passes) for d in gums["train"]]
        rng.shuffle(tasks)
        total = total or len(tasks) * a.epochs
        net.train()
        run = {}
        for task, data, b in tasks:
            f = min(1.0, (step + 1) / (0.05 * total)) * max(0.02, 1 - step / total)
            for g, lr in zip(opt.param_groups, base_lr):
                g["lr"] = lr * f
            if task == "attributions":
                loss = attributions.step_loss(net, data, b)
            elif task == "names":
                loss = tagging.step_loss(net, data, b)
            else:
                loss = mentions.step_loss(net, tok, data, rng)
            opt.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for _, p in params], 1.0)
            opt.step()
            step += 1
            d = min(a.ema, (1 + step) / (10 + step))
            with torch.no_grad():
                torch._foreach_lerp_([ema[n] for n, _ in params], [p.detach() for _, p in params], 1 - d)
            run.setdefault(task, []).append(float(loss.detach()))
            if step % 40 == 0:
                print(f"epoch {ep} step {step}/{total}", *(f"{k} {sum(v) / len(v):.4f}" for k, v in sorted(run.items())), f"{time.time() - t0:.0f}s", flush=True)
                run = {}
            if a.steps and step >= a.steps:
                return
        mine = {k: v.detach().clone() for k, v in net.state_dict().items()}
        net.load_state_dict({**mine, **ema})
        res = attributions.evaluate(net, dev)
        if uner:
            res |= tagging.evaluate(net, tok, uner["dev"])
        if gums:
            res |= mentions.evaluate(net, tok, gums["dev"])
        print("DEV", ep, json.dumps(res), f"{time.time() - t0:.0f}s", flush=True)
        with open(os.path.join(a.out, "dev.jsonl"), "a") as f:
            f.write(json.dumps({"epoch": ep, "step": step, **res}) + "\n")
        torch.save(net.state_dict(), os.path.join(a.out, "ema.pt"))
        net.load_state_dict(mine)
        torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "ema": ema, "epoch": ep, "step": step, "total": total, "args": vars(a)}, ck + ".tmp")
        os.replace(ck + ".tmp", ck)


if __name__ == "__main__":
    main()
