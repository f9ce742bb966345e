"""Averages the weights of runs that began alike (Wortsman et al., "Model soups", ICML 2022).

    python average.py --out FILE.pt SHARE:FILE.pt …        shares must add up to 1
"""
import argparse
import torch

ap = argparse.ArgumentParser()
ap.add_argument("--out", required=True)
ap.add_argument("parts", nargs="+", metavar="SHARE:FILE.pt")


def main():
    a = ap.parse_args()
    parts = [(float(share), torch.load(path, weights_only=True)) for share, _, path in (p.partition(":") for p in a.parts)]
    total = sum(share for share, _ in parts)
    if abs(total - 1) > 1e-6:
        raise SystemExit(f"the shares add up to {total:g}, not to 1")
    first = parts[0][1]
    mean = lambda k: sum(share * w[k] for share, w in parts)
    torch.save({k: mean(k) if v.is_floating_point() else v for k, v in first.items()}, a.out)


if __name__ == "__main__":
    main()
