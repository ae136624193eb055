"""Networks over sequences, sets and graphs.

Heads of attention have 16 numbers: the exporters write the square root of 1 / sqrt(16), which float32 holds exactly.
"""

import torch
from torch import nn
from torch.nn import functional as F

EPS = 2.0**-17


class Encoder(nn.Module):
    """A transformer's encoder layer, its mean over the sequence."""

    def __init__(self):
        super().__init__()
        self.lift = nn.Linear(8, 32)
        self.layer = nn.TransformerEncoderLayer(32, 2, 16, 0.0, F.relu, EPS, True)
        self.head = nn.Linear(32, 4)

    def forward(self, x):
        return self.head(self.layer(self.lift(x)).mean(1))


class Decoder(nn.Module):
    """A transformer's decoder layer with a causal mask over a memory of its own."""

    def __init__(self):
        super().__init__()
        self.lift = nn.Linear(8, 32)
        self.layer = nn.TransformerDecoderLayer(32, 2, 16, 0.0, torch.tanh, EPS, True, True)
        self.memory = nn.Parameter(torch.randn(1, 5, 32))
        self.register_buffer("mask", torch.full((3, 3), float("-inf")).triu(1))

    def forward(self, x):
        memory = self.memory.expand(x.shape[0], -1, -1)
        return self.layer(self.lift(x), memory, tgt_mask=self.mask)[:, :, :3]


class Tokens(nn.Module):
    """Token ids, embedded, behind continuous vectors; causal attention; the last token's logits."""

    def __init__(self):
        super().__init__()
        self.lift = nn.Linear(8, 32)
        self.tokens = nn.Embedding(11, 32)
        self.places = nn.Embedding(6, 32)
        self.attention = nn.MultiheadAttention(32, 2, batch_first=True)
        self.norm = nn.LayerNorm(32, EPS)
        self.head = nn.Linear(32, 11, bias=False)

    def forward(self, x, ids):
        h = torch.cat([self.lift(x), self.tokens(ids)], 1)
        h = h + self.places(torch.arange(h.shape[1]))
        mask = torch.ones(h.shape[1], h.shape[1], dtype=torch.bool).triu(1)
        a = self.norm(h)
        h = h + self.attention(a, a, a, attn_mask=mask, need_weights=False)[0]
        return self.head(self.norm(h[:, -1]))


class Recurrent(nn.Module):
    """A recurrent net: its last output and its final state."""

    def __init__(self, net, width):
        super().__init__()
        self.net = net
        self.head = nn.Linear(width, 4)

    def forward(self, x):
        y, state = self.net(x)
        last = state[0] if isinstance(state, tuple) else state
        return torch.cat([self.head(y[:, -1]), last[0]], 1)


class Cells(nn.Module):
    """A cell applied step by step, as in a loop of one's own."""

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTMCell(3, 4)
        self.gru = nn.GRUCell(4, 3)

    def forward(self, x):
        h = torch.zeros(x.shape[0], 4, dtype=x.dtype)
        c = torch.zeros(x.shape[0], 4, dtype=x.dtype)
        g = torch.zeros(x.shape[0], 3, dtype=x.dtype)
        for step in range(x.shape[1]):
            h, c = self.lstm(x[:, step], (h, c))
            g = self.gru(h, g)
        return torch.cat([g, c], 1)


class Llama(nn.Module):
    """A block as in Llama: root mean square norms, rotary positions, grouped queries, SwiGLU."""

    def __init__(self):
        super().__init__()
        self.lift = nn.Linear(8, 32, bias=False)
        self.first = nn.RMSNorm(32, EPS)
        self.second = nn.RMSNorm(32, EPS)
        self.q = nn.Linear(32, 32, bias=False)
        self.k = nn.Linear(32, 16, bias=False)
        self.v = nn.Linear(32, 16, bias=False)
        self.o = nn.Linear(32, 32, bias=False)
        self.gate = nn.Linear(32, 12, bias=False)
        self.up = nn.Linear(32, 12, bias=False)
        self.down = nn.Linear(12, 8, bias=False)
        angles = torch.outer(torch.arange(3.0), torch.tensor([2.0**-i for i in range(8)])).repeat(1, 2)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def rotate(self, x):
        low, high = x.chunk(2, -1)
        return x * self.cos + torch.cat([-high, low], -1) * self.sin

    def forward(self, x):
        b, s, _ = x.shape
        h = self.lift(x)
        a = self.first(h)
        q = self.rotate(self.q(a).view(b, s, 2, 16).transpose(1, 2))
        k = self.rotate(self.k(a).view(b, s, 1, 16).transpose(1, 2))
        v = self.v(a).view(b, s, 1, 16).transpose(1, 2)
        k = k.expand(b, 2, s, 16)
        v = v.expand(b, 2, s, 16)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        h = h + self.o(y.transpose(1, 2).reshape(b, s, 32))
        a = self.second(h)
        return (x + self.down(F.silu(self.gate(a)) * self.up(a)))[:, -1]


class Attention(nn.Module):
    """Scaled dot products with a mask that is added."""

    def __init__(self):
        super().__init__()
        self.project = nn.Linear(4, 48)
        self.register_buffer("bias", torch.randn(4, 4))

    def forward(self, x):
        q, k, v = self.project(x).unsqueeze(1).chunk(3, -1)
        return F.scaled_dot_product_attention(q, k, v, attn_mask=self.bias)[..., :4].sum((1, 2))


class Pooling(nn.Module):
    """A weighted mean of a sequence with masked places, weights by a softmax."""

    def __init__(self):
        super().__init__()
        self.score = nn.Linear(4, 1)
        self.value = nn.Linear(4, 3)
        self.register_buffer("valid", torch.tensor([True, True, False, True, True]))

    def forward(self, x):
        s = self.score(x).squeeze(-1).masked_fill(~self.valid, float("-inf"))
        return torch.einsum("bs,bsd->bd", s.softmax(1), torch.sigmoid(self.value(x)))


class Messages(nn.Module):
    """A graph net: messages along fixed edges, gathered from nodes and added to nodes."""

    def __init__(self):
        super().__init__()
        self.register_buffer("source", torch.tensor([0, 1, 2, 3, 4, 0, 2]))
        self.register_buffer("target", torch.tensor([1, 2, 3, 4, 0, 3, 1]))
        self.message = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 3))
        self.update = nn.GRUCell(3, 3)

    def forward(self, x):
        for _ in range(2):
            ends = torch.cat([x[:, self.source], x[:, self.target]], -1)
            m = self.message(ends)
            where = self.target.view(1, -1, 1).expand_as(m)
            gathered = torch.zeros_like(x).scatter_add(1, where, m)
            x = self.update(gathered.reshape(-1, 3), x.reshape(-1, 3)).view(x.shape)
        return x.mean(1)


class GraphAttention(nn.Module):
    """Attention between neighbours of a dense graph, by leaky scores."""

    def __init__(self):
        super().__init__()
        self.project = nn.Linear(3, 4, bias=False)
        self.a = nn.Linear(4, 1)
        self.b = nn.Linear(4, 1)
        self.register_buffer("edges", torch.rand(5, 5) + torch.eye(5) > 0.5)

    def forward(self, x):
        h = self.project(x)
        e = F.leaky_relu(self.a(h) + self.b(h).transpose(1, 2), 0.25)
        w = torch.where(self.edges, e, torch.full_like(e, -1e9)).softmax(-1)
        return F.elu(w @ h).amax(1)


class Convolved(nn.Module):
    """Causal dilated convolutions over time with residuals."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Conv1d(2 if d == 1 else 4, 4, 2, dilation=d) for d in (1, 2, 4)])
        self.skip = nn.Conv1d(2, 4, 1)

    def forward(self, x):
        y = x
        for layer in self.layers:
            d = layer.dilation[0]
            z = torch.tanh(layer(F.pad(y, (d, 0))))
            y = z + (self.skip(y) if y.shape[1] != 4 else y)
        return y[:, :, -1]


class StateSpace(nn.Module):
    """A selective state space model, its steps one after the other."""

    def __init__(self):
        super().__init__()
        self.delta = nn.Linear(3, 3)
        self.b = nn.Linear(3, 2)
        self.c = nn.Linear(3, 2)
        self.a = nn.Parameter(torch.rand(3, 2))

    def forward(self, x):
        h = torch.zeros(x.shape[0], 3, 2, dtype=x.dtype)
        outputs = []
        for t in range(x.shape[1]):
            u = x[:, t]
            d = F.softplus(self.delta(u)).unsqueeze(-1)
            h = h * torch.exp(-d * torch.exp(self.a)) + d * self.b(u).unsqueeze(1) * u.unsqueeze(-1)
            outputs.append((h * self.c(u).unsqueeze(1)).sum(-1))
        return torch.stack(outputs, 1).flatten(1)


MODELS = {
    "encoder": (Encoder, (3, 8)),
    "decoder": (Decoder, (3, 8)),
    "tokens": (Tokens, (2, 8)),
    "gru": (lambda: Recurrent(nn.GRU(3, 4, batch_first=True), 4), (4, 3)),
    "gru_deep": (lambda: Recurrent(nn.GRU(3, 4, 2, batch_first=True, bidirectional=True), 8), (4, 3)),
    "lstm": (lambda: Recurrent(nn.LSTM(3, 4, 2, batch_first=True, bidirectional=True), 8), (4, 3)),
    "lstm_single": (lambda: Recurrent(nn.LSTM(3, 4, batch_first=True), 4), (5, 3)),
    "rnn": (lambda: Recurrent(nn.RNN(3, 4, 2, batch_first=True), 4), (4, 3)),
    "cells": (Cells, (3, 3)),
    "llama": (Llama, (3, 8)),
    "attention": (Attention, (4, 4)),
    "pooling": (Pooling, (5, 4)),
    "messages": (Messages, (5, 3)),
    "graph_attention": (GraphAttention, (5, 3)),
    "convolved": (Convolved, (2, 8)),
    "state_space": (StateSpace, (4, 3), "double"),
}
