"""PolNeAR's measures for the training loop: the rules of `onrecord eval attribution`, which gives the figures
that count. Words are \\w+ runs; predicted and gold attributions are matched greedily by shared cue words."""
import collections, re


def score(items):
    """items: (text, gold attributions, predicted attributions), each {"source", "cue", "content"} of spans."""
    C = collections.Counter()
    for text, gold, pred in items:
        words = [m.span() for m in re.finditer(r"\w+", text)]
        at = {}
        for i, (b, e) in enumerate(words):
            for x in range(b, e):
                at[x] = i
        ws = lambda spans: {at[x] for b, e in spans for x in range(b, e) if x in at}
        G = [{k: ws(v) for k, v in a.items()} for a in gold]
        P = [{k: ws(v) for k, v in a.items()} for a in pred]
        G = [g for g in G if g["cue"] or g["content"]]
        C["cue_p"] += sum(bool(p["cue"]) for p in P)
        C["cue_g"] += sum(bool(g["cue"]) for g in G)
        C["P"] += len(P)
        C["G"] += len(G)
        for k in ("source", "content"):
            C[k + "_p"] += sum(len(p[k]) for p in P)
            C[k + "_g"] += sum(len(g[k]) for g in G)
            C[k + "_ps"] += sum(bool(p[k]) for p in P)
            C[k + "_gs"] += sum(bool(g[k]) for g in G)
        pairs = sorted(((len(p["cue"] & g["cue"]) * 1000 + len(p["content"] & g["content"]), i, j)
                        for i, p in enumerate(P) for j, g in enumerate(G)
                        if p["cue"] & g["cue"] or (not p["cue"] and p["content"] & g["content"])), reverse=True)
        up, ug = set(), set()
        for _, i, j in pairs:
            if i in up or j in ug:
                continue
            up.add(i)
            ug.add(j)
            p, g = P[i], G[j]
            if p["cue"] & g["cue"]:
                C["cue_ov"] += 1
                C["cue_ex"] += p["cue"] == g["cue"]
            for k in ("source", "content"):
                C[k + "_t"] += len(p[k] & g[k])
                C[k + "_x"] += bool(g[k]) and p[k] == g[k]
            C["all"] += bool(p["content"] & g["content"]) and (bool(p["source"] & g["source"]) or (not g["source"] and not p["source"]))

    def f(t, p, g):
        a, b = C[t] / max(1, C[p]), C[t] / max(1, C[g])
        return round(2 * a * b / max(1e-9, a + b), 4)
    return {"cue exact": f("cue_ex", "cue_p", "cue_g"), "cue overlap": f("cue_ov", "cue_p", "cue_g"),
            "cue P": round(C["cue_ov"] / max(1, C["cue_p"]), 4), "cue R": round(C["cue_ov"] / max(1, C["cue_g"]), 4),
            "source word": f("source_t", "source_p", "source_g"), "source exact": f("source_x", "source_ps", "source_gs"),
            "content word": f("content_t", "content_p", "content_g"), "content exact": f("content_x", "content_ps", "content_gs"),
            "attribution": f("all", "P", "G")}
