"""NumPy: derivatives of losses in parameters, worked out by hand."""
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np

import functions as f

THREADS = ThreadPoolExecutor(os.cpu_count())


def parameters(arrays):
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


def product(arrays):
    theta, v, x, y = (arrays[name] for name in ("theta", "v", "X", "Y"))
    return lambda: _products_at(theta, x, y)(v)


def fixed_product(arrays):
    product = _products_at(arrays["theta"], arrays["X"], arrays["Y"])
    return lambda: product(arrays["v"])


def lanczos(arrays):
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


def _products_at_digits(theta, x, y):
    """The R-operator of one hidden layer for rows of directions at once, as one large matrix product each."""
    (w1, b1), (w2, b2) = f.layers(theta, f.DIGITS_WIDTHS)
    h = np.tanh(x @ w1.T + b1)
    logits = h @ w2.T + b2
    share = np.exp(logits - logits.max(1, keepdims=True))
    share /= share.sum(1, keepdims=True)
    g2 = (share - y) / len(x)
    share_of_mean = share / len(x)
    s = 1 - h * h
    back = g2 @ w2
    bend = -2 * back * h

    def products(directions):
        (v1, c1), (v2, c2) = f.layers(directions, f.DIGITS_WIDTHS)
        out = np.empty_like(directions)
        (o1, p1), (o2, p2) = f.layers(out, f.DIGITS_WIDTHS)
        r1 = x @ v1.transpose(0, 2, 1) + c1[:, None]
        r1 *= s
        r2 = r1 @ w2.T + h @ v2.transpose(0, 2, 1) + c2[:, None]
        r2 -= (share * r2).sum(-1, keepdims=True)
        r2 *= share_of_mean
        np.matmul(r2.transpose(0, 2, 1), h, out=o2)
        o2 += g2.T @ r1
        back1 = r2 @ w2 + g2 @ v2
        back1 *= s
        r1 *= bend
        back1 += r1
        np.matmul(back1.transpose(0, 2, 1), x, out=o1)
        p2[:], p1[:] = r2.sum(1), back1.sum(1)
        return out

    return products


def density(arrays):
    theta, starts, x, y = (arrays[name] for name in ("theta", "V", "X", "Y"))
    steps, places = f.DENSITY_STEPS, np.array(f.DENSITY_PLACES)

    def run():
        products, beside = _products_at_digits(theta, x, y), 0
        basis = np.empty((len(starts), steps + 1, len(theta)))
        matrices = np.zeros((len(starts), steps, steps))
        basis[:, 0] = starts / np.linalg.norm(starts, axis=1, keepdims=True)
        for j in range(steps):
            w = products(basis[:, j])
            along = (basis[:, j] * w).sum(1, keepdims=True)
            w -= along * basis[:, j] + beside * basis[:, max(j - 1, 0)]
            known = basis[:, : j + 1]
            w -= ((known @ w[:, :, None]).transpose(0, 2, 1) @ known)[:, 0]
            beside = np.linalg.norm(w, axis=1, keepdims=True)
            basis[:, j + 1] = w / beside
            matrices[:, j, j] = along[:, 0]
            if j + 1 < steps:
                matrices[:, j, j + 1] = matrices[:, j + 1, j] = beside[:, 0]
        nodes, vectors = np.linalg.eigh(matrices)
        return f.broadened(np, nodes, vectors[:, 0] ** 2, places)

    return run


def per_example(arrays):
    """With the net's gradient g and error e: 2 (gg' + e d2), d2 within a unit, and between it and its weight v."""
    theta, x, y = arrays["theta"], arrays["X"], arrays["Y"]
    rows, width = x.shape
    hidden = (len(theta) - 1) // (width + 2)
    end = hidden * width
    ones = np.column_stack([x, np.ones(rows)])
    squares = ones[:, :, None] * ones[:, None, :]

    def block(some, out):
        x, y, count = xs[some], ys[some], len(out)
        v = theta[end + hidden : -1]
        h = np.tanh(x @ theta[:end].reshape(hidden, width).T + theta[end : end + hidden])
        s = 1 - h * h
        error = h @ v + theta[-1] - y
        gradients = np.empty((count, len(theta)))
        gradients[:, :end].reshape(count, hidden, width)[:] = (v * s)[:, :, None] * x[:, None, :]
        gradients[:, end : end + hidden] = v * s
        gradients[:, end + hidden : -1] = h
        gradients[:, -1] = 1
        np.multiply(2 * gradients[:, :, None], gradients[:, None, :], out=out)
        weighted = 2 * error[:, None] * s
        bends = -2 * weighted * h * v
        for k in range(hidden):
            own, weight = np.append(np.arange(k * width, (k + 1) * width), end + k), end + hidden + k
            out[:, own[:, None], own] += bends[:, k, None, None] * squares[some]
            crosses = weighted[:, k, None] * ones[some]
            out[:, own, weight] += crosses
            out[:, weight, own] += crosses

    xs, ys = x, y

    def run():
        out = np.empty((rows, len(theta), len(theta)))
        parts = [slice(first, first + 25) for first in range(0, rows, 25)]
        list(THREADS.map(lambda some: block(some, out[some]), parts))
        return out

    return run
