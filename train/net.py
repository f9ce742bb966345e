"""The network: MiniLM-L6 with the word's case and quotation state added to its embeddings; a head for cues
(outermost and nested); for each cue, two narrow transformer layers over the cue's paragraph that know where the cue
is, read by a three-state conditional random field (outside, source, content); a head for names; one for mentions;
and one that scores, for each mention, every earlier one as its antecedent (Lee et al., EMNLP 2017, on mentions cut
to their base).
"""
import torch, torch.nn as nn, torch.nn.functional as F

H, HEADS, FFN, LAYERS = 384, 12, 1536, 6
LINK, LINK_HEADS, LINK_FFN, LINK_LAYERS = 192, 6, 512, 2
NEAR = 16          # relative positions up to 16 apart have a bucket each, further ones share
BUCKETS = 64
CUE = 5            # O, B, I of outermost cues; then B, I of nested ones
EMIT = 7           # O, source, content; start and end of source; start and end of content
NAME = 7           # O; B and I of person, organisation, place
KIND = 8           # of the source: polnear.KINDS
MENTION = 10       # O, B, I; person, organisation, place, thing; name, nominal, pronoun
WHO, ASK, PAIR = 128, 64, 32     # widths: a mention, what it is compared by, a pair
FEATURES = (9, 6, 9, 100, 16, 4, 4, 2)   # of a pair; mentions.py says which


_pool = None


def dropout(x, p, training):
    """Dropout with masks cut at random from one pool: drawing them afresh costs a tenth of a step on a CPU."""
    global _pool
    if not training or p == 0:
        return x
    n = x.numel()
    if _pool is None or len(_pool) < 2 * n:
        _pool = ((torch.rand(max(1 << 22, 3 * n)) >= p) / (1 - p)).to(torch.bfloat16)
    at = int(torch.randint(len(_pool) - n, ()))
    return x * _pool[at:at + n].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    def __init__(self, h, heads, ffn, drop):
        super().__init__()
        self.heads, self.p = heads, drop
        self.qkv, self.out = nn.Linear(h, 3 * h), nn.Linear(h, h)
        self.ln1, self.ln2 = nn.LayerNorm(h, eps=1e-12), nn.LayerNorm(h, eps=1e-12)
        self.up, self.down = nn.Linear(h, ffn), nn.Linear(ffn, h)

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, h // self.heads).permute(2, 0, 3, 1, 4)
        # spelt out, and without dropout on the weights: on a CPU in bf16 this is twice as fast as the fused kernel
        w = torch.softmax((q * (h // self.heads) ** -0.5).contiguous() @ k.contiguous().transpose(-1, -2) + mask, -1).to(v.dtype)
        a = w @ v.contiguous()
        x = self.ln1(x + dropout(self.out(a.transpose(1, 2).reshape(b, t, h)), self.p, self.training))
        return self.ln2(x + dropout(self.down(F.gelu(self.up(x))), self.p, self.training))


class Encoder(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.word, self.pos = nn.Embedding(30522, H), nn.Embedding(512, H)
        self.typ = nn.Embedding(2, H)
        self.case, self.quote = nn.Embedding(6, H), nn.Embedding(2, H)
        nn.init.zeros_(self.case.weight)
        nn.init.zeros_(self.quote.weight)
        self.ln, self.p = nn.LayerNorm(H, eps=1e-12), drop
        self.layers = nn.ModuleList(Layer(H, HEADS, FFN, drop) for _ in range(LAYERS))

    def load_base(self, path):
        from safetensors.torch import load_file
        s = load_file(path)
        e = "embeddings."
        self.word.weight.data = s[e + "word_embeddings.weight"].clone()
        self.pos.weight.data = s[e + "position_embeddings.weight"].clone()
        self.typ.weight.data = s[e + "token_type_embeddings.weight"].clone()
        self.ln.weight.data, self.ln.bias.data = s[e + "LayerNorm.weight"].clone(), s[e + "LayerNorm.bias"].clone()
        for i, l in enumerate(self.layers):
            p = f"encoder.layer.{i}."
            for w in ("weight", "bias"):
                getattr(l.qkv, w).data = torch.cat([s[p + f"attention.self.{x}.{w}"] for x in ("query", "key", "value")])
                getattr(l.out, w).data = s[p + f"attention.output.dense.{w}"].clone()
                getattr(l.ln1, w).data = s[p + f"attention.output.LayerNorm.{w}"].clone()
                getattr(l.up, w).data = s[p + f"intermediate.dense.{w}"].clone()
                getattr(l.down, w).data = s[p + f"output.dense.{w}"].clone()
                getattr(l.ln2, w).data = s[p + f"output.LayerNorm.{w}"].clone()
        self.word.weight.requires_grad_(False)   # frozen: half of the network's weights, and they hold the base's lexicon

    def forward(self, ids, case, quote, keep):
        t = ids.shape[1]
        x = self.word(ids) + self.pos.weight[:t] + self.typ.weight[0] + self.case(case) + self.quote(quote)
        x = dropout(self.ln(x), self.p, self.training)
        mask = torch.zeros(keep.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled('cpu') else x.dtype).masked_fill_(~keep, -1e4)[:, None, None, :]
        for l in self.layers:
            x = l(x, mask)
        return x


def bucket(d):
    """Signed distance in pieces to its bucket: 0…15 near, then by logarithm to 31; 32 more where positive."""
    a = d.abs()
    far = (NEAR - 1 + torch.log2(a.clamp(min=NEAR).float() / NEAR) * 4).long().clamp(max=31)
    return torch.where(a < NEAR, a, far) + (d > 0).long() * 32


class Net(nn.Module):
    def __init__(self, drop=0.1):
        super().__init__()
        self.enc = Encoder(drop)
        self.cue = nn.Linear(H, CUE)
        self.down, self.query = nn.Linear(H, LINK), nn.Linear(H, LINK)
        self.rel, self.mark = nn.Embedding(BUCKETS, LINK), nn.Embedding(2, LINK)
        self.link_ln = nn.LayerNorm(LINK, eps=1e-12)
        self.link = nn.ModuleList(Layer(LINK, LINK_HEADS, LINK_FFN, drop) for _ in range(LINK_LAYERS))
        self.emit = nn.Linear(LINK, EMIT)
        self.kind = nn.Linear(LINK + H, KIND)
        self.name, self.mention = nn.Linear(H, NAME), nn.Linear(H, MENTION)
        self.pos = nn.Linear(H, 17)       # parts of speech: taught, not exported
        self.who = nn.Linear(2 * H, WHO)
        self.ask, self.answer = nn.Linear(WHO, ASK), nn.Linear(WHO, ASK)
        self.later, self.earlier = nn.Linear(WHO, PAIR), nn.Linear(WHO, PAIR)
        self.feature = nn.Embedding(sum(FEATURES), PAIR)
        self.pair, self.fresh = nn.Linear(PAIR, 1), nn.Linear(WHO, 1)
        nn.init.normal_(self.feature.weight, std=0.1)
        self.p = drop

    def encode(self, ids, case, quote, keep):
        return self.enc(ids, case, quote, keep)

    def linked(self, h, at, keep, cue):
        """h: (pieces, H) of the batch, flat; at: (cues, block) rows of h; keep: which are real; cue: which are
        the cue's. Returns the blocks' rows, (cues, block, H), and what the cue's layers make of them, (cues, block, LINK)."""
        x = h[at]
        c = mean(x, cue)
        idx = torch.arange(at.shape[1])[None]
        first = torch.where(cue, idx, 10**6).min(1).values[:, None]
        last = torch.where(cue, idx, -1).max(1).values[:, None]
        d = torch.where(idx < first, idx - first, torch.where(idx > last, idx - last, 0))
        z = self.down(x) + self.query(c)[:, None] + self.rel(bucket(d)) + self.mark(cue.long())
        z = dropout(self.link_ln(z), self.p, self.training)
        mask = torch.zeros(keep.shape, dtype=torch.bfloat16 if torch.is_autocast_enabled('cpu') else z.dtype).masked_fill_(~keep, -1e4)[:, None, None, :]
        for l in self.link:
            z = l(z, mask)
        return x, z

    def kinds(self, x, z, words):
        """Scores of the kinds of source, (cues, KIND), of what `linked` gives; words: (cues, block), which are the
        source's, or the cue's where there is none."""
        both = torch.cat([mean(z, words), mean(x, words)], -1)
        return self.kind(dropout(both, self.p, self.training))

    def antecedents(self, first, last, features):
        """first, last: (mentions, H), the states of the first and the last piece of each mention's base; features:
        (mentions, mentions, 8), rows of `feature`. -> (mentions, mentions + 1): the score of each earlier mention as
        antecedent, then that of there being none; -1e4 where the mention is not earlier."""
        m = F.gelu(self.who(dropout(torch.cat([first, last], -1), self.p, self.training)))
        n = len(m)
        near = self.ask(m) @ self.answer(m).T / ASK ** 0.5
        both = self.later(m)[:, None] + self.earlier(m)[None] + self.feature(features).sum(2)
        s = near + self.pair(F.relu(both))[..., 0]
        s = s.float().masked_fill(~torch.ones(n, n, dtype=torch.bool).tril(-1), -1e4)
        return torch.cat([s, self.fresh(m).float()], 1)


def mean(x, mask):
    """(n, t, width), (n, t) -> (n, width): the mean of the rows that the mask takes."""
    m = mask.to(x.dtype)[..., None]
    return (x * m).sum(1) / m.sum(1).clamp(min=1)


def transitions(e):
    """(cues, block, EMIT) -> (cues, block, 3, 3): the score of going from a state to a state at each piece,
    its emission included. Starting and ending a span carry their own scores."""
    o, s, c, ss, es, sc, ec = e.unbind(-1)
    prev = lambda x: F.pad(x[:, :-1], (1, 0))
    es, ec = prev(es), prev(ec)      # the end's score is paid on leaving the span, one piece later
    rows = [torch.stack([o, s + ss, c + sc], -1),
            torch.stack([o + es, s, c + es + sc], -1),
            torch.stack([o + ec, s + ec + ss, c], -1)]
    return torch.stack(rows, -2)


def crf_loss(e, keep, gold):
    """Negative log-likelihood, mean over cues. gold: (cues, block) of 0, 1, 2. A block starts and ends outside."""
    e = e.float()
    n, t, _ = e.shape
    tr = transitions(e)
    eye = torch.full((3, 3), -1e4)
    eye.fill_diagonal_(0.0)
    tr = torch.where(keep[..., None, None], tr, eye)
    prev = F.pad(gold[:, :-1], (1, 0))
    path = tr.view(n, t, 9).gather(2, (prev * 3 + gold)[..., None])[..., 0]
    path = (path * keep).sum(1)
    last = keep.sum(1) - 1
    g = gold.gather(1, last[:, None])[:, 0]
    ends = e[torch.arange(n), last]
    leave = torch.stack([torch.zeros(n), ends[:, 4], ends[:, 6]], -1)
    path = path + leave.gather(1, g[:, None])[:, 0]
    while tr.shape[1] > 1:           # the product of all transition matrices, halved each time
        if tr.shape[1] % 2:
            tr = torch.cat([tr, eye.expand(n, 1, 3, 3)], 1)
        a, b = tr[:, 0::2], tr[:, 1::2]
        tr = torch.logsumexp(a[..., :, :, None] + b[..., None, :, :], -2)
    z = torch.logsumexp(tr[:, 0, 0] + leave, -1)
    return (z - path).mean()


def decode(e):
    """Best path of one cue's emissions (numpy (block, EMIT)); a source is one span at most. -> labels."""
    import numpy as np
    t = len(e)
    # states: outside, source, content before the source is used up; outside, content after it
    lab = [0, 1, 2, 0, 2]
    allowed = {0: (0, 2), 1: (0, 1, 2), 2: (0, 2), 3: (3, 4, 1), 4: (3, 4, 1)}
    score = np.array([0, -1e9, -1e9, -1e9, -1e9])
    back = np.zeros((t, 5), dtype=np.int64)
    for i in range(t):
        o, s, c = e[i, :3]
        es, ec = (e[i - 1, 4], e[i - 1, 6]) if i else (0.0, 0.0)
        new = np.full(5, -1e9)
        for j in range(5):
            y = lab[j]
            for k in allowed[j]:
                x = lab[k]
                v = score[k] + (o, s, c)[y]
                if x != y:
                    v += (0, es, ec)[x] + (0, e[i, 3], e[i, 5])[y]
                if v > new[j]:
                    new[j], back[i, j] = v, k
        score = new
    final = score + np.array([0, e[-1, 4], e[-1, 6], 0, e[-1, 6]])
    j = int(final.argmax())
    out = np.zeros(t, dtype=np.int64)
    for i in range(t - 1, -1, -1):
        out[i] = lab[j]
        j = back[i, j]
    return out
