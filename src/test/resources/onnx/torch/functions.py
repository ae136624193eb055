"""Networks that stand for functions, densities, policies, energies; and single operations with a linear layer before them."""

import math

import torch
from torch import nn
from torch.nn import functional as F

EPS = 2.0**-17


class Encoded(nn.Module):
    """The mean path of a variational autoencoder, with the divergence of its code from a standard normal."""

    def __init__(self):
        super().__init__()
        self.body = nn.Linear(6, 8)
        self.mean = nn.Linear(8, 2)
        self.log_variance = nn.Linear(8, 2)
        self.decode = nn.Sequential(nn.Linear(2, 8), nn.ELU(), nn.Linear(8, 6), nn.Sigmoid())

    def forward(self, x):
        h = torch.tanh(self.body(x))
        m, v = self.mean(h), self.log_variance(h)
        divergence = (m.pow(2) + v.exp() - 1 - v).sum(1, keepdim=True) / 2
        return torch.cat([self.decode(m), divergence], 1)


class Flow(nn.Module):
    """Affine couplings, and the logarithm of the density up to a constant."""

    def __init__(self):
        super().__init__()
        self.nets = nn.ModuleList([nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 4)) for _ in range(4)])

    def forward(self, x):
        volume = torch.zeros(x.shape[0], dtype=x.dtype)
        for net in self.nets:
            a, b = x.chunk(2, 1)
            scale, shift = net(a).chunk(2, 1)
            scale = torch.tanh(scale)
            x = torch.cat([b * scale.exp() + shift, a], 1)
            volume = volume + scale.sum(1)
        density = -x.pow(2).sum(1) / 2 + volume
        return torch.cat([x, density.unsqueeze(1)], 1)


class Spline(nn.Module):
    """A flow of monotone linear pieces, its bin found by comparing."""

    def __init__(self):
        super().__init__()
        self.widths = nn.Parameter(torch.randn(3, 6))

    def forward(self, x):
        edges = F.pad(torch.cumsum(self.widths.softmax(1), 1), (1, 0))
        u = torch.sigmoid(x)
        bin = (u.unsqueeze(-1) >= torch.arange(1, 6) / 6).sum(-1)
        low = edges.expand(x.shape[0], -1, -1).gather(2, bin.unsqueeze(-1)).squeeze(-1)
        high = edges.expand(x.shape[0], -1, -1).gather(2, bin.unsqueeze(-1) + 1).squeeze(-1)
        y = low + (high - low) * (u * 6 - bin)
        return torch.cat([y, (torch.log(high - low) + F.logsigmoid(x) + F.logsigmoid(-x)).sum(1, keepdim=True)], 1)


class Dynamics(nn.Module):
    """A neural differential equation by Runge and Kutta's method, unrolled."""

    def __init__(self):
        super().__init__()
        self.rate = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))

    def forward(self, x):
        step = 0.25
        for i in range(4):
            t = torch.full((x.shape[0], 1), i * step, dtype=x.dtype)
            at = lambda y, t: self.rate(torch.cat([y, t], 1))
            k1 = at(x, t)
            k2 = at(x + step / 2 * k1, t + step / 2)
            k3 = at(x + step / 2 * k2, t + step / 2)
            k4 = at(x + step * k3, t + step)
            x = x + (step * (k1 + 2 * k2 + 2 * k3 + k4)) / 6
        return x


class Einsum(nn.Module):
    """Contractions by subscripts."""

    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(3, 4, 2))
        self.b = nn.Parameter(torch.randn(4, 4))

    def forward(self, x):
        y = torch.einsum("bi,ijk,bj->bk", x[:, :3], self.a, x[:, 3:])
        z = torch.einsum("bi,ij,bj->b", x[:, 3:], self.b, x[:, 3:])
        w = torch.einsum("bi,bj->bij", x[:, :3], x[:, :3])
        return torch.cat([y, z.unsqueeze(1), torch.einsum("bii->bi", w)], 1)


class Experts(nn.Module):
    """Experts, all of them, mixed by a softmax."""

    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(4, 3)
        self.w = nn.Parameter(torch.randn(3, 4, 5) / 2)
        self.v = nn.Parameter(torch.randn(3, 5, 2) / 2)

    def forward(self, x):
        h = F.gelu(torch.einsum("bi,eij->bej", x, self.w), approximate="tanh")
        return (self.gate(x).softmax(1).unsqueeze(-1) * torch.einsum("bej,ejk->bek", h, self.v)).sum(1)


class Routed(nn.Module):
    """The two best experts of four, their weights by a softmax of their own."""

    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(4, 4)
        self.w = nn.Parameter(torch.randn(4, 4, 3))

    def forward(self, x):
        score, chosen = self.gate(x).topk(2, 1)
        y = torch.tanh(torch.einsum("bi,eij->bej", x, self.w))
        best = y.gather(1, chosen.unsqueeze(-1).expand(-1, -1, 3))
        return (score.softmax(1).unsqueeze(-1) * best).sum(1)


class Fourier(nn.Module):
    """Random Fourier features."""

    def __init__(self):
        super().__init__()
        self.register_buffer("b", 2 * math.pi * torch.randn(3, 6))
        self.head = nn.Linear(12, 3)

    def forward(self, x):
        z = x @ self.b
        return self.head(torch.cat([z.sin(), z.cos()], 1))


class Siren(nn.Module):
    """Sines of growing frequency."""

    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(3, 8), nn.Linear(8, 8), nn.Linear(8, 2)

    def forward(self, x):
        return self.c(torch.sin(4 * self.b(torch.sin(4 * self.a(x)))))


class Informed(nn.Module):
    """A solution of a differential equation with its boundary values built in."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 8), nn.Tanh(), nn.Linear(8, 1))

    def forward(self, x):
        u = self.net(x)
        s, t = x[:, :1], x[:, 1:]
        return s * (1 - s) * t * u + torch.exp(-t) * torch.sin(3 * s)


class Operator(nn.Module):
    """A map from functions to functions: a branch for the function's values, a trunk for the place."""

    def __init__(self):
        super().__init__()
        self.branch = nn.Sequential(nn.Linear(5, 8), nn.Tanh(), nn.Linear(8, 6))
        self.trunk = nn.Sequential(nn.Linear(2, 8), nn.SiLU(), nn.Linear(8, 6))
        self.bias = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return (self.branch(x[:, :5]) * self.trunk(x[:, 5:])).sum(1, keepdim=True) + self.bias


class Splines(nn.Module):
    """Cubic splines on each edge, as in Kolmogorov-Arnold networks."""

    def __init__(self):
        super().__init__()
        self.register_buffer("knots", torch.arange(-5, 6) / 2)
        self.w = nn.Parameter(torch.randn(3, 7, 2))
        self.base = nn.Linear(3, 2)

    def forward(self, x):
        u = x.unsqueeze(-1)
        k = self.knots
        b = ((u >= k[:-1]) & (u < k[1:])).to(x.dtype)
        for d in range(1, 4):
            left = (u - k[: -d - 1]) / (k[d:-1] - k[: -d - 1]) * b[..., :-1]
            right = (k[d + 1 :] - u) / (k[d + 1 :] - k[1:-d]) * b[..., 1:]
            b = left + right
        return self.base(F.silu(x)) + torch.einsum("bik,iko->bo", b, self.w)


class Memory(nn.Module):
    """A modern Hopfield net: its energy, and the pattern that is recalled."""

    def __init__(self):
        super().__init__()
        self.patterns = nn.Parameter(torch.randn(5, 4))

    def forward(self, x):
        energy = -torch.logsumexp(2 * x @ self.patterns.t(), 1) / 2 + x.pow(2).sum(1) / 2
        for _ in range(2):
            x = (2 * x @ self.patterns.t()).softmax(1) @ self.patterns
        return torch.cat([energy.unsqueeze(1), x], 1)


class Dueling(nn.Module):
    """Values of actions from the state's value and the actions' advantages."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, 8), nn.ReLU())
        self.value = nn.Linear(8, 1)
        self.advantage = nn.Linear(8, 4)

    def forward(self, x):
        h = self.body(x)
        a = self.advantage(h)
        q = self.value(h) + a - a.mean(1, keepdim=True)
        return torch.cat([q, q.max(1, keepdim=True).values], 1)


class Policy(nn.Module):
    """Probabilities of actions, their entropy, and a squashed normal's log-density at an action."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, 8), nn.Tanh())
        self.logits = nn.Linear(8, 3)
        self.mean = nn.Linear(8, 2)
        self.scale = nn.Parameter(torch.tensor([-0.5, 0.25]))

    def forward(self, x):
        h = self.body(x[:, :5])
        logs = F.log_softmax(self.logits(h), 1)
        entropy = -(logs.exp() * logs).sum(1, keepdim=True)
        scale = self.scale.clamp(-4, 1).exp()
        action = x[:, 5:]
        z = (action - self.mean(h)) / scale
        density = (-z * z / 2 - self.scale).sum(1, keepdim=True)
        density = density - torch.log(1 - torch.tanh(action).square()).sum(1, keepdim=True)
        return torch.cat([logs.exp(), entropy, density], 1)


class Autoencoder(nn.Module):
    """An autoencoder's code and its error of reconstruction."""

    def __init__(self):
        super().__init__()
        self.encode = nn.Sequential(nn.Linear(8, 6), nn.ELU(), nn.Linear(6, 2))
        self.decode = nn.Sequential(nn.Linear(2, 6), nn.ELU(), nn.Linear(6, 8))

    def forward(self, x):
        code = self.encode(x)
        error = F.mse_loss(self.decode(code), x, reduction="none").mean(1, keepdim=True)
        return torch.cat([code, error], 1)


class Normed(nn.Module):
    """Layers with a norm between them, weights normalised by their length."""

    def __init__(self):
        super().__init__()
        self.a = nn.utils.parametrizations.weight_norm(nn.Linear(5, 8))
        self.norm = nn.LayerNorm(8, EPS)
        self.b = nn.Linear(8, 3)

    def forward(self, x):
        return F.normalize(self.b(F.silu(self.norm(self.a(x)))), dim=1)


class Each(nn.Module):
    """Several functions of the same numbers, side by side."""

    def __init__(self, *functions):
        super().__init__()
        self.layer = nn.Linear(4, 4)
        self.functions = functions

    def forward(self, x):
        y = 2 * self.layer(x)
        return torch.stack([f(y) for f in self.functions], 1).flatten(1)


class Choices(nn.Module):
    """Conditions, limits, extremes."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 6)

    def forward(self, x):
        y = self.layer(x)
        z = torch.where(y > 0.125, y.pow(3), torch.sin(y))
        z = torch.where((y < -0.5) | ~(z <= 1), z.abs() + 1, z)
        z = z.clamp(-2, 2.5) * torch.maximum(y, y.flip(1)) + torch.minimum(y, torch.zeros_like(y))
        return z + torch.masked_fill(y * y, y < 0, 0.25) + F.hardtanh(y) * F.relu6(4 * y) + torch.fmod(y, 0.75)


class Sorted(nn.Module):
    """Sorting, the largest, running sums and products."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 6)

    def forward(self, x):
        y = self.layer(x)
        s = y.sort(1, descending=True).values
        t = y.topk(3, 1, largest=False).values
        low, high = y.min(1, keepdim=True).values, y.max(1, keepdim=True).values
        return torch.cat([s.exp(), t.pow(2), y.pow(2).cumsum(1), (high - low), y.std(1, keepdim=True)], 1)


class Losses(nn.Module):
    """Losses of each example."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 4)
        self.register_buffer("wanted", torch.tensor([0.25, 0.5, 0.125, 0.125]))

    def forward(self, x):
        z = self.layer(x)
        wanted = self.wanted.expand_as(z)
        return torch.stack([
            F.binary_cross_entropy_with_logits(z, wanted, reduction="none").mean(1),
            F.kl_div(z.log_softmax(1), wanted, reduction="none").sum(1),
            F.mse_loss(z, wanted, reduction="none").mean(1),
            z.logsumexp(1) - z[:, 2],
            (z.exp() - wanted * z).sum(1),
            torch.relu(1 - z * torch.sign(wanted - 0.25)).sum(1),
        ], 1)


class CrossEntropy(nn.Module):
    """The loss that most classifiers are trained with, of each example, for a label that is fixed."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(5, 4)
        self.register_buffer("label", torch.tensor([2]))

    def forward(self, x):
        return F.cross_entropy(self.layer(x), self.label.expand(x.shape[0]), reduction="none")


class Determinant(nn.Module):
    """A determinant and a trace of a matrix made of the input, and a Gaussian's log-density by it."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 9)

    def forward(self, x):
        a = self.layer(x).view(-1, 3, 3)
        m = a @ a.transpose(1, 2) + torch.eye(3, dtype=x.dtype)
        d = torch.linalg.det(m)
        return torch.stack([d.log(), d, m.diagonal(dim1=1, dim2=2).sum(1), a.tril().sum((1, 2))], 1)


class Kernels(nn.Module):
    """Radial functions, distances and similarities to fixed centres."""

    def __init__(self):
        super().__init__()
        self.centres = nn.Parameter(torch.randn(4, 3))
        self.bilinear = nn.Parameter(torch.randn(2, 3, 4))

    def forward(self, x):
        d = (x.unsqueeze(1) - self.centres).pow(2).sum(-1)
        r = torch.exp(-d / 2)
        distance = torch.linalg.vector_norm(x.unsqueeze(1) - self.centres, dim=-1)
        similar = F.cosine_similarity(x.unsqueeze(1), self.centres, dim=-1)
        return torch.cat([torch.einsum("bi,oij,bj->bo", x, self.bilinear, r), distance, similar, F.pairwise_distance(x, self.centres[0], eps=0.0, keepdim=True)], 1)


class Mixture(nn.Module):
    """A mixture density: weights, means and widths from the input, the logarithm of the density at a place."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 9))

    def forward(self, x):
        w, m, s = self.net(x[:, :3]).chunk(3, 1)
        s = F.softplus(s) + 0.125
        z = (x[:, 3:] - m) / s
        return torch.logsumexp(w.log_softmax(1) - z * z / 2 - s.log(), 1, keepdim=True)


class Particles(nn.Module):
    """An energy of particles in pairs: distances gathered by fixed indices."""

    def __init__(self):
        super().__init__()
        i, j = torch.triu_indices(4, 4, 1)
        self.register_buffer("i", i)
        self.register_buffer("j", j)

    def forward(self, x):
        r2 = (x[:, self.i] - x[:, self.j]).pow(2).sum(-1) + 1
        inverse = 1 / r2
        return (4 * (inverse**6 - inverse**3) + torch.exp(-r2.sqrt()) / r2.sqrt()).sum(1, keepdim=True)


class Options(nn.Module):
    """Black's and Scholes's price of a call, by the error function."""

    def __init__(self):
        super().__init__()
        self.shift = nn.Parameter(torch.tensor([1.0, 0.0, 0.5, 1.0]))
        self.register_buffer("root", torch.tensor(0.5**0.5))

    def forward(self, x):
        y = x / 8 + self.shift
        s, k, v, t = y[:, 0], y[:, 1].exp(), y[:, 2].abs(), y[:, 3].abs()
        root = v * t.sqrt()
        d = (torch.log(s.abs() / k) + v * v * t / 2) / root
        n = lambda z: (1 + torch.erf(z * self.root)) / 2
        return torch.stack([s * n(d) - k * n(d - root), n(d)], 1)


class Indexed(nn.Module):
    """Reading and writing at places, reversed, rolled, repeated, split unevenly."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 6)
        self.register_buffer("order", torch.tensor([3, 0, 5, 1]))

    def forward(self, x):
        y = self.layer(x)
        a, b, c = torch.split(y, [1, 2, 3], 1)
        z = torch.tanh(y.roll(2, 1)) * y.flip(1)
        z = z.index_select(1, self.order).repeat(1, 2)
        w = y.clone()
        w[:, 1:4] = b.sum(1, keepdim=True) * c
        w[:, self.order] = w[:, self.order] + 1
        s = torch.zeros_like(y).index_add(1, torch.tensor([0, 2, 3, 4, 5, 1]), y * y)
        return torch.cat([z, w[:, ::2] * a, s, torch.repeat_interleave(a * c, 2, 1), y[:, 1::3] ** 2], 1)


def gate(y):
    return F.glu(torch.cat([y, y * y], 1), 1)


def hard_sigmoid(y):
    """PyTorch's own has no second derivative."""
    if torch.onnx.is_in_onnx_export() or torch.compiler.is_exporting():
        return F.hardsigmoid(y)
    return F.relu6(y + 3) / 6


MODELS = {
    "encoded": (Encoded, (6,)),
    "flow": (Flow, (4,)),
    "spline": (Spline, (3,), "double"),
    "dynamics": (Dynamics, (3,)),
    "einsum": (Einsum, (7,)),
    "experts": (Experts, (4,), "double"),
    "routed": (Routed, (4,)),
    "fourier": (Fourier, (3,)),
    "siren": (Siren, (3,)),
    "informed": (Informed, (2,)),
    "operator": (Operator, (7,)),
    "splines": (Splines, (3,)),
    "memory": (Memory, (4,)),
    "dueling": (Dueling, (5,)),
    "policy": (Policy, (7,), "double"),
    "autoencoder": (Autoencoder, (8,)),
    "normed": (Normed, (5,), "double"),
    "gelu_exact": (lambda: Each(F.gelu), (4,), "double"),
    "gelu_tanh": (lambda: Each(lambda y: F.gelu(y, approximate="tanh")), (4,), "double"),
    "gelu_single": (lambda: Each(F.gelu, lambda y: F.gelu(y, approximate="tanh")), (4,)),
    "smooth": (lambda: Each(F.mish, F.silu, F.softplus, F.softsign, F.logsigmoid, F.tanhshrink, gate,
                            lambda y: F.softplus(y, 2, 20)), (4,)),
    "kinked": (lambda: Each(F.elu, F.celu, F.hardswish, F.relu6,
                            lambda y: F.leaky_relu(y, 0.25), lambda y: F.prelu(y, torch.tensor([0.125], dtype=y.dtype)),
                            lambda y: F.hardshrink(y, 0.5), lambda y: F.softshrink(y, 0.5)), (4,), "double"),
    "rounded": (lambda: Each(F.selu, hard_sigmoid), (4,)),
    "elementary": (lambda: Each(torch.sin, torch.cos, torch.atan, torch.erf, torch.exp, lambda y: torch.tan(y / 8),
                                lambda y: torch.asin(torch.tanh(y) / 2), lambda y: torch.acos(torch.tanh(y) / 2),
                                lambda y: torch.log(y * y + 1), lambda y: torch.rsqrt(y * y + 1),
                                lambda y: torch.pow(y.abs() + 1, 1.5), lambda y: torch.atan2(y, y * y + 1),
                                lambda y: y.remainder(1.5), lambda y: torch.round(y) * y), (4,), "double"),
    "hyperbolic": (lambda: Each(torch.sinh, torch.cosh, torch.asinh, torch.expm1, torch.frac,
                                lambda y: torch.acosh(y * y + 1.5), lambda y: torch.atanh(torch.tanh(y) / 2),
                                lambda y: torch.logaddexp(y, 2 * y), lambda y: torch.xlogy(y * y + 1, y * y + 1),
                                lambda y: y.logcumsumexp(1)), (4,), "double"),
    "reduced": (lambda: Each(*[lambda y, f=f: f(y).expand(-1, 4) for f in (
        lambda y: y.prod(1, keepdim=True), lambda y: y.norm(dim=1, keepdim=True), lambda y: y.var(1, keepdim=True),
        lambda y: y.abs().sum(1, keepdim=True), lambda y: y.softmax(1), lambda y: y.log_softmax(1),
        lambda y: y.amin(1, keepdim=True), lambda y: torch.linalg.vector_norm(y, 4, 1, keepdim=True),
        lambda y: y.logsumexp(1, keepdim=True), lambda y: y.square().mean(1, keepdim=True))]), (4,)),
    "choices": (Choices, (4,)),
    "sorted": (Sorted, (5,)),
    "losses": (Losses, (5,)),
    "cross_entropy": (CrossEntropy, (5,)),
    "determinant": (Determinant, (4,)),
    "kernels": (Kernels, (3,), "double"),
    "mixture": (Mixture, (4,)),
    "particles": (Particles, (4, 3)),
    "options": (Options, (4,)),
    "indexed": (Indexed, (4,)),
}
