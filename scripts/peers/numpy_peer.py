"""NumPy: derivatives worked out by hand, what an expert would write for one function and no other."""
import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import functions as f

# Points of the 2-2-1 net at a time: small enough for a core's cache.
BLOCK = 1024
THREADS = ThreadPoolExecutor(os.cpu_count())


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
    hessian = np.zeros((11, 11, len(theta)))
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
    out = np.empty((len(theta), 11, 11))
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


def _parameters(arrays):
    theta, x, y = arrays["theta"], arrays["X"], arrays["Y"]
    rows, width = x.shape
    hidden = (len(theta) - 1) // (width + 2)
    end = hidden * width
    ones = np.column_stack([x, np.ones(rows)])

    def run():
        v = theta[end + hidden : -1]
        h = np.tanh(x @ theta[:end].reshape(hidden, width).T + theta[end : end + hidden])
        s = 1 - h * h
        error = h @ v + theta[-1] - y
        jacobian = np.empty((rows, len(theta)))
        jacobian[:, :end].reshape(rows, hidden, width)[:] = (v * s)[:, :, None] * x[:, None, :]
        jacobian[:, end : end + hidden] = v * s
        jacobian[:, end + hidden : -1] = h
        jacobian[:, -1] = 1
        hessian = jacobian.T @ jacobian
        # What the error times the net's own second derivatives adds: within a unit, and between it and its weight v.
        weighted = error[:, None] * s
        bends = (-2 * weighted * h * v).T[:, None, :] * ones.T @ ones
        crosses = weighted.T @ ones
        for k in range(hidden):
            own = np.append(np.arange(k * width, (k + 1) * width), end + k)
            hessian[np.ix_(own, own)] += bends[k]
            hessian[own, end + hidden + k] += crosses[k]
            hessian[end + hidden + k, own] += crosses[k]
        hessian *= 2 / rows
        return hessian

    return run


def _products_at(theta, x, y):
    """Pearlmutter's R-operator: the derivative of every value of the backward pass along v, at one point."""
    (w1, b1), (w2, b2), (w3, b3) = f.layers(theta)
    h1 = np.tanh(x @ w1.T + b1)
    h2 = np.tanh(h1 @ w2.T + b2)
    logits = h2 @ w3.T + b3
    share = np.exp(logits - logits.max(1, keepdims=True))
    share /= share.sum(1, keepdims=True)
    g3 = (share - y) / len(x)
    s1, s2 = 1 - h1 * h1, 1 - h2 * h2
    back2 = g3 @ w3
    g2 = back2 * s2
    back1 = g2 @ w2

    def product(v):
        (v1, c1), (v2, c2), (v3, c3) = f.layers(v)
        out = np.empty_like(v)
        (o1, p1), (o2, p2), (o3, p3) = f.layers(out)
        r1 = s1 * (x @ v1.T + c1)
        r2 = s2 * (r1 @ w2.T + h1 @ v2.T + c2)
        r3 = r2 @ w3.T + h2 @ v3.T + c3
        rg3 = share * (r3 - (share * r3).sum(1, keepdims=True)) / len(x)
        rg2 = (rg3 @ w3 + g3 @ v3) * s2 - 2 * back2 * h2 * r2
        rg1 = (rg2 @ w2 + g2 @ v2) * s1 - 2 * back1 * h1 * r1
        o3[:] = rg3.T @ h2 + g3.T @ r2
        o2[:] = rg2.T @ h1 + g2.T @ r1
        np.matmul(rg1.T, x, out=o1)
        p3[:], p2[:], p1[:] = rg3.sum(0), rg2.sum(0), rg1.sum(0)
        return out

    return product


def _product(arrays):
    theta, v, x, y = (arrays[name] for name in ("theta", "v", "X", "Y"))
    return lambda: _products_at(theta, x, y)(v)


def _fixed_product(arrays):
    product = _products_at(arrays["theta"], arrays["X"], arrays["Y"])
    return lambda: product(arrays["v"])


def _lanczos(arrays):
    theta, start, x, y = (arrays[name] for name in ("theta", "v", "X", "Y"))

    def run():
        product, beside = _products_at(theta, x, y), 0
        basis = np.empty((f.STEPS + 1, len(theta)))
        matrix = np.zeros((f.STEPS, f.STEPS))
        basis[0] = start / np.linalg.norm(start)
        for j in range(f.STEPS):
            w = product(basis[j])
            along = basis[j] @ w
            w -= along * basis[j] + (beside * basis[j - 1] if j else 0)
            w -= (basis[: j + 1] @ w) @ basis[: j + 1]
            beside = np.linalg.norm(w)
            basis[j + 1] = w / beside
            matrix[j, j] = along
            if j + 1 < f.STEPS:
                matrix[j, j + 1] = matrix[j + 1, j] = beside
        return np.linalg.eigvalsh(matrix)[-f.VALUES :]

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


def variants(workload, arrays):
    """One variant, none of it natural."""
    if workload.startswith("jacobian-tanh"):
        run = _jacobian(arrays)
    elif workload.startswith("hessian-mlp-params"):
        run = _parameters(arrays)
    elif workload.startswith("spectrum"):
        solve = np.linalg.eigvalsh if workload == "spectrum-221" else lambda part: tuple(np.linalg.eigh(part))
        run = lambda: _in_threads(solve, _hessians_221(arrays["theta"]))
    elif workload == "hessian-221":
        run = lambda: _hessians_221(arrays["theta"])
    else:
        made = {
            "single-point": _single,
            "hessian-mlp-input": _net_of_input,
            "hvp-large": _product,
            "hvp-fixed-point": _fixed_product,
            "lanczos-large": _lanczos,
            "monkey-saddle": _saddle,
        }
        run = made[workload](arrays)
    return {}, {"by hand": lambda: run}
