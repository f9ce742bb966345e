"""Time expressions of TimeBank's documents as other libraries find them, for `onrecord eval times --predictions`.

    python times.py dateparser TIMEBANK > dateparser.jsonl
    python times.py parsedatetime TIMEBANK > parsedatetime.jsonl

Both take the day of the document's creation as now. They give points of time with no grain or type: the value is the
day, with the hour where the words name one.
"""

import datetime
import html
import json
import pathlib
import re
import sys


def documents(folder):
    """Name, day of creation and plain text of each file, in order."""
    for path in sorted(pathlib.Path(folder).glob("*.tml")):
        xml = path.read_text(encoding="utf-8")
        created = next(t for t in re.findall(r"<TIMEX3 [^>]*>", xml) if "CREATION_TIME" in t)
        day = re.search(r'value="([^"]*)"', created).group(1)[:10]
        body = xml[xml.index("<TEXT>") + 6 : xml.index("</TEXT>")]
        yield path.name, datetime.date.fromisoformat(day), html.unescape(re.sub(r"<[^>]*>", "", body))


def dateparser(text, day):
    from dateparser.search import search_dates

    now = datetime.datetime.combine(day, datetime.time())
    at = 0
    # a line at a time: it looks at each sentence alone anyway, and words repeated later are told apart
    for line in text.splitlines(keepends=True):
        seek = at
        for words, value in search_dates(line, languages=["en"], settings={"RELATIVE_BASE": now}) or []:
            start = text.find(words, seek, at + len(line))
            if start >= 0:
                seek = start + len(words)
                yield start, seek, value, bool(value.hour or value.minute)
        at += len(line)


def parsedatetime(text, day):
    import parsedatetime as p

    calendar = p.Calendar(version=p.VERSION_CONTEXT_STYLE)
    now = datetime.datetime.combine(day, datetime.time())
    for value, context, start, end, _ in calendar.nlp(text, sourceTime=now.timetuple()) or []:
        yield start, end, value, bool(getattr(context, "hasTime", False))


def main(name, folder):
    find = {"dateparser": dateparser, "parsedatetime": parsedatetime}[name]
    for file, day, text in documents(folder):
        times = []
        for start, end, value, hours in find(text, day):
            words = text[start:end]
            start += len(words) - len(words.lstrip())
            end = start + len(words.strip())
            if start < end:
                kind, form = ("TIME", "%Y-%m-%dT%H:%M") if hours else ("DATE", "%Y-%m-%d")
                times.append({"start": start, "end": end, "type": kind, "value": value.strftime(form)})
        print(json.dumps({"name": file, "times": times}))


if __name__ == "__main__":
    main(*sys.argv[1:])
