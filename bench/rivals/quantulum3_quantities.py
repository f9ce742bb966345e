"""quantulum3 (pip install quantulum3==0.10.0) on the sentences of eval/quantities/gold.jsonl, for
`onrecord eval quantities --predictions FILE`. Its units are mapped generously: what it calls by another name counts as
ours. Counted nouns it does not tell: a quantity without dimension has no unit.
Without its optional classifier, whose stored weights do not load with scikit-learn of today.

    python bench/rivals/quantulum3_quantities.py eval/quantities/gold.jsonl OUT/quantulum3.jsonl
"""

import json
import sys

from quantulum3 import parser

UNITS = {
    "percentage": "%", "per cent": "%", "percent": "%", "kilometre": "km", "kilometer": "km", "metre": "m", "meter": "m",
    "centimetre": "cm", "centimeter": "cm", "millimetre": "mm", "millimeter": "mm", "mile": "mi", "foot": "ft", "inch": "in",
    "yard": "yd", "nautical mile": "nmi", "light-year": "ly", "kilogram": "kg", "gram": "g", "tonne": "t", "ton": "ton",
    "short ton": "ton", "long ton": "ton", "pound-mass": "lb", "pound": "lb", "ounce": "oz", "litre": "L", "liter": "L",
    "hectare": "ha", "acre": "acre", "square kilometre": "km2", "square mile": "mi2", "square metre": "m2",
    "square foot": "ft2", "cubic metre": "m3", "kilometre per hour": "km/h", "mile per hour": "mph",
    "metre per second": "m/s", "knot": "kn", "gram per second": "g/s", "second": "s", "minute": "min", "hour": "h",
    "day": "day", "week": "week", "month": "month", "year": "year", "decade": "decade", "century": "century",
    "degree celsius": "°C", "degree fahrenheit": "°F", "degree angle": "°", "kelvin": "K", "watt": "W", "kilowatt": "kW",
    "megawatt": "MW", "gigawatt": "GW", "megahertz": "MHz", "gigahertz": "GHz", "parts per million": "ppm",
    "parts per billion": "ppb", "part per million": "ppm", "part per billion": "ppb", "basis point": "bp",
}
MONEY = {
    "dollar": "USD", "united states dollar": "USD", "american dollar": "USD", "us dollar": "USD", "euro": "EUR",
    "pound sterling": "GBP", "british pound": "GBP", "yen": "JPY", "japanese yen": "JPY", "australian dollar": "AUD",
    "canadian dollar": "CAD", "new zealand dollar": "NZD", "hong kong dollar": "HKD", "singapore dollar": "SGD",
    "indian rupee": "INR", "rupee": "INR", "brazilian real": "BRL", "russian ruble": "RUB", "swiss franc": "CHF",
    "chinese yuan": "CNY", "renminbi": "CNY",
}


def unit(quantity):
    """Our symbol; a rate of money is the money; unknown names stay as they are."""
    name = quantity.unit.name.lower()
    if name in ("", "dimensionless"):
        return None
    if name in UNITS or name in MONEY:
        return UNITS.get(name) or MONEY[name]
    first = name.split(" per ")[0]
    if first in MONEY:
        return MONEY[first]
    entity = quantity.unit.entity.name
    return (UNITS.get(first) or first) if entity == "time" else name


def rows(text):
    """Quantities as the gold writes them. Two values of one span are its range."""
    spans = {}
    for q in parser.parse(text):
        spans.setdefault(tuple(q.span), []).append(q)
    out = []
    for (start, end), found in sorted(spans.items()):
        values = sorted(q.value for q in found)
        row = {"chars": [start, end], "value": None, "low": None, "high": None, "unit": unit(found[0]), "of": None}
        q = found[0]
        if len(values) > 1:
            row["low"], row["high"] = values[0], values[-1]
        elif "-" in q.surface.strip("-") and q.uncertainty and str(int(q.value + q.uncertainty)) in q.surface:
            row["low"], row["high"] = q.value - q.uncertainty, q.value + q.uncertainty
        else:
            row["value"] = values[0]
        row["approximate"] = False
        out.append(row)
    return out


def main(gold, out):
    with open(gold, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as to:
        for line in lines:
            row = json.loads(line)
            try:
                found = rows(row["text"])
            except Exception as e:  # it fails on some sentences: nothing found there
                print(f"{row['id']}: {e!r}", file=sys.stderr)
                found = []
            print(json.dumps({"id": row["id"], "quantities": found}, ensure_ascii=False), file=to)


if __name__ == "__main__":
    main(*sys.argv[1:])
