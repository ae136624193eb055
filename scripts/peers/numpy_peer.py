"""NumPy: derivatives worked out by hand, what an expert would write for one function and no other."""
import os
import time

import numpy as np

import functions as f
import numpy_losses as losses
from numpy_losses import THREADS

# Points of the 2-2-1 net at a time: small enough for a core's cache.
BLOCK = 1024


def version():
    return "NumPy " + np.__version__


def gemm(n):
    a, out = np.ones((n, n)), np.empty((n, n))
    best = 1e9
    for _ in range(10):
        start = time.perf_counter()
        np.matmul(a, a, out=out)
        best = min(best, time.perf_counter() - start)
    return 2 * n**3 / best / 1e9


def _hessian_221_block(theta, out):
    """One block [k, 11] to [k, 11, 11]. With a unit's sum z, gradient q of z, h = tanh z, s = 1 - h^2 and weight v:
    H = v h'' qq' + v s d2z + s (eq' + qe'), h'' = -2 h s, e the unit vector of v."""
    t = np.ascontiguousarray(theta.T)
    hessian = np.zeros((11, 11, len(theta)), dtype=theta.dtype)
    for unit in (0, 1):
        places = (2 * unit, 2 * unit + 1, 4 + unit, 9, 10)
        q = (t[9], t[10], 1.0, t[2 * unit], t[2 * unit + 1])
        h = np.tanh(q[3] * t[9] + q[4] * t[10] + t[4 + unit])
        s = 1 - h * h
        vs = t[6 + unit] * s
        bend = -2 * h * vs
        for i, place in enumerate(places):
            hessian[place, 6 + unit] = hessian[6 + unit, place] = s * q[i]
            scaled = bend * q[i]
            for j in range(i, 5):
                hessian[place, places[j]] += scaled * q[j]
        hessian[places[0], 9] += vs
        hessian[places[1], 10] += vs
    for i in range(11):
        for j in range(i):
            hessian[i, j] = hessian[j, i]
    out[:] = hessian.transpose(2, 0, 1)


def _hessians_221(theta):
    out = np.empty((len(theta), 11, 11), dtype=theta.dtype)
    blocks = [slice(start, start + BLOCK) for start in range(0, len(theta), BLOCK)]
    if len(blocks) == 1:
        _hessian_221_block(theta, out)
    else:
        list(THREADS.map(lambda block: _hessian_221_block(theta[block], out[block]), blocks))
    return out


def _in_threads(solve, matrices):
    parts = list(THREADS.map(solve, np.array_split(matrices, os.cpu_count())))
    return tuple(map(np.concatenate, zip(*parts))) if isinstance(parts[0], tuple) else np.concatenate(parts)


def _jacobian(arrays):
    x, weights, bias = arrays["x"], arrays["W"], arrays["b"]

    def run():
        slopes = 1 - np.tanh(x @ weights.T + bias) ** 2
        return slopes[:, :, None] * weights

    return run


def _net_of_input(arrays):
    x, w1, b1, w2, b2, w3 = (arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3"))

    def block(points, out):
        h1 = np.tanh(points @ w1.T + b1)
        s1 = 1 - h1 * h1
        h2 = np.tanh(h1 @ w2.T + b2)
        g2 = w3 * (1 - h2 * h2)
        # dz2/dx, a row for each unit of the second layer
        inner = (w2 * s1[:, None, :]) @ w1
        first = (g2 @ w2) * (-2 * h1 * s1)
        np.matmul(inner.transpose(0, 2, 1), (-2 * h2 * g2)[:, :, None] * inner, out=out)
        out += w1.T @ (first[:, :, None] * w1)

    def run():
        out = np.empty((len(x), 8, 8))
        for start in range(0, len(x), 512):
            block(x[start : start + 512], out[start : start + 512])
        return out

    return run


def _laplacian(arrays):
    """Value, slopes and Laplacian of each unit from those of the units before: (f(z))'' = f'' |z'|^2 + f' z''."""
    x, w1, b1, w2, b2, w3 = (arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3"))
    squares = (w1 * w1).sum(1)

    def block(points):
        h1 = np.tanh(points @ w1.T + b1)
        s1 = 1 - h1 * h1
        second = (-2 * squares) * h1 * s1 @ w2.T
        h2 = np.tanh(h1 @ w2.T + b2)
        slopes = sum((s1 * direction @ w2.T) ** 2 for direction in w1.T)
        return (1 - h2 * h2) * (second - 2 * h2 * slopes) @ w3

    def run():
        parts = [x[start : start + 500] for start in range(0, len(x), 500)]
        return np.concatenate(list(THREADS.map(block, parts)))

    return run


def _saddle(arrays):
    points = arrays["p"]

    def run():
        x, y = 6 * points[:, 0], 6 * points[:, 1]
        hessians = np.empty((len(points), 2, 2))
        hessians[:, 0, 0], hessians[:, 1, 1] = x, -x
        hessians[:, 0, 1] = hessians[:, 1, 0] = -y
        radius = np.sqrt(x * x + y * y)
        values = np.empty((len(points), 2))
        values[:, 0], values[:, 1] = -radius, radius
        return hessians, values

    return run


def _single(arrays):
    theta = arrays["theta"].reshape(1, 11)
    return lambda: _hessians_221(theta)[0]


def _first_hessian(arrays):
    """First and second derivatives along the chain; the Hessian is diagonal."""

    def run():
        y, slope, second = arrays["x"], 1.0, 0.0
        for _ in range(f.SINES):
            s, c = np.sin(y), np.cos(y)
            y, slope, second = s, c * slope, c * second - s * slope * slope
        return np.diag(second)

    return run


def variants(workload, arrays):
    """One variant, none of it natural."""
    if workload.startswith("eigenvalues"):
        return {}, {"eigvalsh, threads": lambda: lambda: _in_threads(np.linalg.eigvalsh, arrays["A"])}
    if workload.startswith("jacobian-tanh"):
        run = _jacobian(arrays)
    elif workload.startswith("hessian-mlp-params"):
        run = losses.parameters(arrays)
    elif workload.startswith("spectrum"):
        solve = (lambda part: tuple(np.linalg.eigh(part))) if "vec" in workload else np.linalg.eigvalsh
        run = lambda: _in_threads(solve, _hessians_221(arrays["theta"]))
    elif workload == "hessian-221":
        run = lambda: _hessians_221(arrays["theta"])
    else:
        made = {
            "single-point": _single,
            "hessian-mlp-input": _net_of_input,
            "hessian-per-example": losses.per_example,
            "laplacian-mlp-input": _laplacian,
            "hvp-large": losses.product,
            "hvp-fixed-point": losses.fixed_product,
            "lanczos-large": losses.lanczos,
            "density-digits": losses.density,
            "monkey-saddle": _saddle,
            "prepare-sines-800": _first_hessian,
        }
        run = made[workload](arrays)
    return {}, {"by hand": lambda: run}
