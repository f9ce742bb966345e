#!/usr/bin/env python3
"""The rival that needs no training: quotation marks, a list of reporting verbs, "according to".

usage: regex_baseline.py GOLD_DIR OUT.jsonl       GOLD_DIR holds text/ (PolNeAR's layout); only texts are read

What a careful afternoon with regular expressions gives. The verbs are a list from general knowledge of English
news, not learned from PolNeAR. Sources are names, pronouns and short noun phrases beside the verb.
"""
import glob
import os
import re
import sys

from polnear_wire import paragraphs, reading, trimmed, write

REGULAR = """accept accuse acknowledge add admit advise agree allege announce answer appeal argue ask assert assure
boast call caution charge cite claim clarify comment complain concede conclude confess confirm contend continue
criticize criticise decide declare decline demand denounce deny describe detail disclose dismiss dispute echo
emphasize emphasise estimate explain exclaim express find guess hint hope imply indicate inform insist instruct joke lament
list mention muse note observe offer opine order plead pledge point praise predict proclaim promise propose protest
question quip reason recall recommend recount refuse reiterate relate remark remind repeat reply report request
respond reveal rule shout shrug state stress suggest suspect testify threaten tweet urge voice vow want warn
whisper wish wonder worry""".split()
IRREGULAR = """say says said saying; tell tells told telling; write writes wrote writing written; think thinks thought
thinking; believe believes believed believing; know knows knew knowing; feel feels felt; hold holds held;
find finds found; show shows showed showing shown; swear swears swore; forecast forecasts; read reads;
foresee foresees foresaw; maintain maintains maintained maintaining; learn learns learned""".replace(";", " ").split()
# verbs that take a clause without "that"
CLAUSE = set("""say says said saying think thinks thought believe believes believed claim claims claimed insist insists
insisted suggest suggests suggested argue argues argued know knows knew feel feels felt admit admits admitted hope
hopes hoped predict predicts predicted announce announces announced deny denies denied show shows showed allege
alleges alleged warn warns warned estimate estimates estimated acknowledge acknowledges acknowledged concede conceded
add adds added note notes noted""".split())


def forms(verb):
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return [verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"]
    if verb.endswith("e"):
        return [verb, verb + "s", verb + "d", verb[:-1] + "ing"]
    if verb in ("admit", "quip", "shrug"):
        return [verb, verb + "s", verb + verb[-1] + "ed", verb + verb[-1] + "ing"]
    s = "es" if verb.endswith(("s", "sh", "ch", "x")) else "s"
    return [verb, verb + s, verb + "ed", verb + "ing"]


VERBS = sorted({f for v in REGULAR for f in forms(v)} | set(IRREGULAR), key=len, reverse=True)
ADVERB = r"(?:also|later|then|once|recently|repeatedly|often|reportedly|now|still|even|just|has|have|had|is|was|were|are|\w+ly)"
CUE = re.compile(rf"\b(?:(?:{ADVERB} ){{0,3}})(?P<verb>{'|'.join(VERBS)})\b(?: (?:in a statement|in an interview|on \w+day))?", re.I)
WORD = r"[A-Z][\w.’'\-]*"
NAME = rf"{WORD}(?:,? (?:{WORD}|of|for|the|and|de|von|van|bin|al)(?=[ ,.]|$))*"
PRONOUN = r"\b(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Yy]ou|[Ww]ho)"
PHRASE = (r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Oo]ne|[Oo]ther|[Aa]nother|[Tt]wo|[Tt]hree|[Tt]hose|[Tt]hese)"
          r"(?: [\w’'\-]+){1,7}?")
BARE = r"\b(?:[Oo]fficials|[Cc]ritics|[Aa]nalysts|[Ee]xperts|[Ss]ources|[Pp]olice|[Pp]rosecutors|[Aa]uthorities|[Ss]upporters|[Rr]esearchers|[Aa]ides|[Rr]epublicans|[Dd]emocrats|[Pp]eople|[Vv]oters)"
SOURCE = rf"(?:{PRONOUN}|{PHRASE}|{NAME}|{BARE})"
LEFT = re.compile(rf"(?P<source>{SOURCE}(?:, (?:[^,“”\"]){{2,100}},)?) $")
RIGHT = re.compile(rf" (?P<source>{SOURCE})(?=[,.:;]|$| (?:in|on|at|during|to|after|before)\b)")
ACCORDING = re.compile(rf"\b(?P<cue>[Aa]ccording to) (?P<source>(?:[^,.“”\"]|(?<=[A-Z])\.)+)")
MARKS = "“”\"'‘’"


def quotations(text, begin, end):
    """(begin, end) of each quotation in double marks, marks included; one left open runs to the end."""
    start, out, i = None, [], begin
    while i < end:
        two = text[i:i + 2] in ("''", "``")
        width = 2 if two else 1
        if two or text[i] in "“”\"":
            if start is None and text[i] != "”" and i + width < end and not text[i + width].isspace():
                start = i
            elif start is not None and text[i] != "“":
                out.append((start, i + width))
                start = None
            i += width
        else:
            i += 1
    return out + ([(start, end)] if start is not None else [])


def sentences(text, begin, end, quoted):
    """Split after . ! ? before a capital or mark, never within a quotation unless it ends the sentence."""
    cuts = [begin]
    for m in re.finditer(r"[.!?][”\"’']{0,2}\s+(?=[“\"'‘A-Z])", text[begin:end]):
        at, after = begin + m.start(), begin + m.end()
        inside = any(b <= at and after < e for b, e in quoted)
        abbreviation = re.search(r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|U\.S|No|[A-Z])\.$", text[cuts[-1]:at + 1])
        if not inside and not abbreviation:
            cuts.append(after)
    return list(zip(cuts, cuts[1:] + [end]))


def in_quotes(span, quoted):
    return any(b <= span[0] and span[1] <= e for b, e in quoted)


def one_sentence(text, begin, end, quoted):
    """The attributions of one sentence."""
    found, used = [], []
    for m in ACCORDING.finditer(text, begin, end):
        if in_quotes(m.span(), quoted):
            continue
        parts = [trimmed(text, s, ",. ") for s in ((begin, m.start()), (m.end(), end))]
        found.append({"source": trimmed(text, m.span("source")), "cue": m.span("cue"), "content": [p for p in parts if p]})
        used.append((begin, end))
    if used:
        return found
    for m in CUE.finditer(text, begin, end):
        if in_quotes(m.span("verb"), quoted) or any(b <= m.start() < e for b, e in used):
            continue
        before, after, verb = text[begin:m.start()], text[m.end():end], m["verb"].lower()
        left = LEFT.search(before)
        source, content = None, []
        tail, head = m.end(), m.start()
        if left:
            source = (begin + left.start("source"), begin + left.end("source"))
            head = source[0]
        elif before.rstrip().endswith((",", "”", '"', "''")):
            right = RIGHT.match(after)
            if right:
                source = (m.end() + right.start("source"), m.end() + right.end("source"))
                tail = source[1]
        if source is None:
            continue
        # what stands before source and verb, when it is closed by a comma or a mark
        lead = text[begin:min(head, m.start())]
        if lead.rstrip().endswith((",", ",”", ',"', "”", '"', "''", ",''")):
            part = trimmed(text, (begin, begin + len(lead)), ", ")
            if part:
                content.append(part)
        # what stands after
        rest = text[tail:end]
        opener = re.match(r"[\s,:]*(?:[^“\"]{0,60}[,:] )?(?=[“\"]|'')", rest)
        if opener and not (content and not rest.lstrip(" ,:").startswith(("“", '"', "''"))):
            content.append((tail + opener.end(), end))
        elif re.match(r"(?: \w+){0,4}? that\b", rest):
            content.append((tail + rest.index("that"), end))
        elif not content and (verb in CLAUSE or re.search(r"[“\"]|''", rest)) and re.match(r" [\w“\"']", rest):
            content.append((tail, end))
        content = [t for s in content if (t := trimmed(text, s, ",. "))]
        if content:
            found.append({"source": trimmed(text, source, ", "), "cue": m.span(), "content": content})
            used.append((begin, end))
    return found


def attributions(text):
    out = []
    for begin, end in paragraphs(text):
        quoted, last = quotations(text, begin, end), None
        for b, e in sentences(text, begin, end, quoted):
            found = one_sentence(text, b, e, quoted)
            whole = trimmed(text, (b, e), " .")
            if found:
                last = found[-1] if any(in_quotes(trimmed(text, c, ",.") or c, quoted) for c in found[-1]["content"]) else None
                out += found
            elif last and whole and any(q[0] <= whole[0] and whole[1] <= q[1] + 1 for q in quoted):
                last["content"].append(whole)  # the speaker goes on
            else:
                last = None
    return out


def main():
    gold, out = sys.argv[1:3]
    command = "bench/rivals/regex_baseline.py DIR/dev OUT.jsonl"
    rows = []
    for path in sorted(glob.glob(os.path.join(gold, "text", "*.txt"))):
        text = open(path, encoding="utf8", newline="").read()
        rows.append(reading(os.path.basename(path)[:-4], text, attributions(text), "regular expressions", "1", command))
    write(out, rows)
    print(f"{len(rows)} articles, {sum(len(r['attributions']) for r in rows)} attributions -> {out}")


if __name__ == "__main__":
    main()
