"""PyTorch: derivatives of losses in parameters."""
import torch
from torch.func import grad, hessian, jacrev, jvp, linearize, vmap

import functions as f
from torch_ways import COMPILED, DEVICE, anew, compiled, eager, host, tensor


def parameters(arrays):
    loss = lambda theta, x, y: f.squared_error(torch, theta, x, y)
    given = [arrays[name] for name in ("theta", "X", "Y")]

    def products(size):
        def run(theta, x, y):
            one = lambda v: jvp(grad(lambda t: loss(t, x, y)), (theta,), (v,))[1]
            return vmap(one, chunk_size=size)(torch.eye(len(theta), dtype=theta.dtype, device=theta.device))

        return run

    tuned = {f"products, {size} at a time": eager(products(size), *given) for size in (64, 256)}
    if len(arrays["theta"]) < 1000:
        tuned[COMPILED + "products, 256 at a time"] = compiled(products(256), *given)
    return {"hessian": eager(hessian(loss), *given)}, tuned


def product(arrays):
    loss = lambda theta, x, y: f.cross_entropy(torch, lambda z: torch.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]
    forward = lambda theta, v, x, y: jvp(grad(lambda t: loss(t, x, y)), (theta,), (v,))[1]
    reverse = lambda theta, v, x, y: grad(lambda t: (grad(lambda u: loss(u, x, y))(t) * v).sum())(theta)

    def double(theta, v, x, y):
        theta = theta.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(loss(theta, x, y), theta, create_graph=True)
        return torch.autograd.grad(slopes, theta, v)[0]

    tuned = {"double backward": eager(double, *given), COMPILED + "grad of grad . v": compiled(reverse, *given)}
    return {"jvp(grad)": eager(forward, *given)}, tuned


def _products_at(arrays):
    """Ways to keep what depends on the point alone, by name: each gives the product of a vector."""
    theta, x, y = (tensor(arrays[name]) for name in ("theta", "X", "Y"))
    loss = lambda t: f.cross_entropy(torch, lambda z: torch.logsumexp(z, -1), t, x, y)

    def kept_graph():
        point = theta.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(loss(point), point, create_graph=True)
        return lambda v: torch.autograd.grad(slopes, point, v, retain_graph=True)[0]

    return {"linearize(grad)": lambda: linearize(grad(loss), theta)[1], "kept graph": kept_graph}


def fixed_product(arrays):
    v = tensor(arrays["v"])
    ways = {name: lambda way=way: _call(way(), v) for name, way in _products_at(arrays).items()}
    return {"linearize(grad)": ways.pop("linearize(grad)")}, ways


def _call(product, v):
    return lambda: host(product(v))


def _tridiagonal(product, start, steps):
    """Of Lanczos steps, reorthogonalised against all before."""
    beside = 0.0
    basis = torch.empty(steps + 1, len(start), dtype=start.dtype, device=DEVICE)
    matrix = torch.zeros(steps, steps, dtype=start.dtype, device=DEVICE)
    basis[0] = start / start.norm()
    for j in range(steps):
        w = product(basis[j])
        along = torch.dot(basis[j], w)
        w = w - along * basis[j] - (beside * basis[j - 1] if j else 0)
        w = torch.addmv(w, basis[: j + 1].T, basis[: j + 1] @ w, alpha=-1)
        beside = w.norm()
        basis[j + 1] = w / beside
        matrix[j, j] = along
        if j + 1 < steps:
            matrix[j, j + 1] = matrix[j + 1, j] = beside
    return matrix


def _tridiagonals(products, starts, steps):
    """The same from many starts at once: products of rows."""
    beside = torch.zeros(len(starts), 1, dtype=starts.dtype, device=DEVICE)
    basis = torch.empty(len(starts), steps + 1, starts.shape[1], dtype=starts.dtype, device=DEVICE)
    matrices = torch.zeros(len(starts), steps, steps, dtype=starts.dtype, device=DEVICE)
    basis[:, 0] = starts / starts.norm(dim=1, keepdim=True)
    for j in range(steps):
        w = products(basis[:, j])
        along = (basis[:, j] * w).sum(1, keepdim=True)
        w = w - along * basis[:, j] - beside * basis[:, max(j - 1, 0)]
        known = basis[:, : j + 1]
        w = torch.baddbmm(w[:, None], (known @ w[:, :, None]).mT, known, alpha=-1)[:, 0]
        beside = w.norm(dim=1, keepdim=True)
        basis[:, j + 1] = w / beside
        matrices[:, j, j] = along[:, 0]
        if j + 1 < steps:
            matrices[:, j, j + 1] = matrices[:, j + 1, j] = beside[:, 0]
    return matrices


def density(arrays):
    """By one probe after the other, or all at once."""
    theta, starts, x, y = (tensor(arrays[name]) for name in ("theta", "V", "X", "Y"))
    logsumexp = lambda z: torch.logsumexp(z, -1)
    loss = lambda t: f.cross_entropy(torch, logsumexp, t, x, y, f.DIGITS_WIDTHS)

    def kept_graph():
        point = theta.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(loss(point), point, create_graph=True)
        return lambda v: torch.autograd.grad(slopes, point, v, retain_graph=True)[0]

    def one_by_one(product):
        return torch.stack([_tridiagonal(product, start, f.DENSITY_STEPS) for start in starts])

    def by(matrices):
        def run():
            nodes, vectors = torch.linalg.eigh(matrices())
            places = torch.tensor(f.DENSITY_PLACES, dtype=theta.dtype, device=DEVICE)
            return host(f.broadened(torch, nodes, vectors[:, 0] ** 2, places))

        return lambda: run

    linear = lambda: linearize(grad(loss), theta)[1]
    return {"linearize(grad)": by(lambda: one_by_one(linear()))}, {
        "kept graph": by(lambda: one_by_one(kept_graph())),
        "all probes at once": by(lambda: _tridiagonals(vmap(linear()), starts, f.DENSITY_STEPS)),
    }


def per_example(arrays):
    loss = lambda theta, x, y: f.error_of_one(torch, theta, x, y)
    rows = lambda of: lambda theta, x, y: vmap(of(loss), (None, 0, 0))(theta, x, y)
    given = [arrays[name] for name in ("theta", "X", "Y")]
    reverse = rows(lambda function: jacrev(jacrev(function)))

    def in_chunks(function, size):
        def run(theta, x, y):
            return torch.cat([function(theta, *some) for some in zip(x.split(size), y.split(size))])

        return run

    def compiled_chunks():
        return eager(in_chunks(anew(rows(hessian)), 50), *given)()

    return {"vmap(hessian)": eager(rows(hessian), *given)}, {
        "reverse over reverse": eager(reverse, *given),
        "vmap(hessian), chunks of 50": eager(in_chunks(rows(hessian), 50), *given),
        COMPILED + "vmap(hessian), chunks of 50": compiled_chunks,
    }


def lanczos(arrays):
    start = tensor(arrays["v"])

    def run(way):
        return host(torch.linalg.eigvalsh(_tridiagonal(way(), start, f.STEPS))[-f.VALUES :])

    ways = {name: lambda way=way: (lambda: run(way)) for name, way in _products_at(arrays).items()}
    return {"linearize(grad)": ways.pop("linearize(grad)")}, ways
