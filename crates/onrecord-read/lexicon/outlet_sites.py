"""Makes outlet_sites.tsv of the list of news sites that the PyPI package newspaper4k carries (MIT licence):

    pip download --no-deps newspaper4k==0.9.6 && unzip newspaper4k-*.whl 'newspaper/resources/misc/*'
    python outlet_sites.py newspaper/resources/misc > outlet_sites.tsv

Kept: the name of the site without its ending, letters and digits only. Left out: bodies' own sites (.gov, .edu, .org, …),
which the list has, too, and of the long list names of fewer than five letters.
"""
import os, re, sys

ENDINGS = re.compile(r"\.(com|net|tv|fm|co\.uk|ie|ca|com\.au|co\.nz|co\.za|in|co\.in|com\.pk|com\.ng|co\.ke)$")
SUB = re.compile(r"^(www\d*|news|edition|blogs?|online|m|english|en|in|uk|us)\.")


def names(path, least):
    for line in open(path, encoding="utf8", errors="ignore"):
        host = re.sub(r"^https?://", "", line.strip().lower()).split("/")[0]
        host, n = ENDINGS.subn("", SUB.sub("", host))
        name = re.sub(r"[^a-z0-9]", "", host.split(".")[-1])
        if n and len(name) >= least:
            yield name


folder = sys.argv[1]
all_names = set(names(os.path.join(folder, "popular_sources.txt"), 3)) | set(names(os.path.join(folder, "google_sources.txt"), 5))
print("# Names of news sites, letters and digits only: a hint that a name is an outlet's, no more.")
print("# source: newspaper4k 0.9.6 (PyPI), by outlet_sites.py; licence: MIT, copyright Lucas Ou-Yang and the newspaper4k authors; date: 2026-11-23")
print("site")
print("\n".join(sorted(all_names)))
