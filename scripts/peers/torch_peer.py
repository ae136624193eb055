"""PyTorch: natural is vmap(hessian(f)) and its like, tuned is whatever runs faster, torch.compile included."""
import os
import time
from concurrent.futures import ThreadPoolExecutor

import torch
from torch.func import grad, hessian, jacfwd, jacrev, jvp, linearize, vmap

import functions as f

torch.set_num_threads(os.cpu_count())
COMPILED = "compiled: "
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def version():
    name = "the CPU" if DEVICE.type == "cpu" else torch.cuda.get_device_name(DEVICE)
    return f"PyTorch {torch.__version__} on {name}"


def _tensor(array):
    return torch.from_numpy(array).to(DEVICE)


def _synchronize():
    """Kernels are only queued when a function returns."""
    if DEVICE.type != "cpu":
        torch.cuda.synchronize()


def gemm(n):
    a, out = (torch.ones(n, n, dtype=torch.float64, device=DEVICE) for _ in range(2))
    best = 1e9
    for _ in range(10):
        _synchronize()
        start = time.perf_counter()
        torch.mm(a, a, out=out)
        _synchronize()
        best = min(best, time.perf_counter() - start)
    return 2 * n**3 / best / 1e9


def on_host(result):
    """As NumPy has it: waits for the device, and copies what is there."""
    return result.detach().cpu().numpy() if isinstance(result, torch.Tensor) else result


def _host(result):
    return tuple(map(on_host, result)) if isinstance(result, tuple) else on_host(result)


def _eager(function, *arrays):
    def make():
        given = [_tensor(array) for array in arrays]
        return lambda: _host(function(*given))

    return make


def _kept(function, *arrays):
    """The results stay where they were computed."""

    def make():
        given = [_tensor(array) for array in arrays]

        def run():
            result = function(*given).detach()
            _synchronize()
            return result

        return run

    return make


def _compiled(function, *arrays):
    def make():
        torch._dynamo.reset()
        return _eager(torch.compile(function, dynamic=False), *arrays)()

    return make


def _chunked(function, size):
    """The same over chunks of the first argument's rows, into one result."""

    def run(points, *rest):
        whole = None
        for start in range(0, len(points), size):
            part = function(points[start : start + size], *rest)
            if whole is None:
                whole = torch.empty(len(points), *part.shape[1:], dtype=part.dtype, device=part.device)
            whole[start : start + size] = part
        return whole

    return run


def _compiled_chunked(function, size, *arrays):
    def make():
        torch._dynamo.reset()
        return _eager(_chunked(torch.compile(function, dynamic=False), size), *arrays)()

    return make


def _double_backward(function, n):
    """function: rows of points to their results. One more backward through the gradient for all unit vectors at once."""

    def run(points):
        points = points.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(function(points).sum(), points, create_graph=True)
        seeds = torch.eye(n, dtype=points.dtype, device=points.device)[:, None, :].expand(n, *points.shape)
        (rows,) = torch.autograd.grad(slopes, points, seeds, is_grads_batched=True)
        return rows.transpose(0, 1).contiguous()

    return run


def _directions(function, n, loop):
    """Forward derivatives of the batch's gradient along each unit vector, in a loop or by vmap."""

    def run(points, *rest):
        slopes = grad(lambda p: function(p, *rest).sum())
        along = lambda e: jvp(slopes, (points,), (e.expand_as(points),))[1]
        units = torch.eye(n, dtype=points.dtype, device=points.device)
        return torch.stack([along(e) for e in units], 1) if loop else vmap(along, out_dims=1)(units)

    return run


def _net_rows(theta):
    return f.two_two_one_unpacked(torch, *theta.unbind(1))


def _hessians_221():
    """The loop is faster, but can't be compiled for a part of an array."""
    double = _double_backward(_net_rows, 11)
    return double, _directions(_net_rows, 11, True), _directions(_net_rows, 11, False)


def _hessian_221(arrays):
    theta = arrays["theta"]
    double, loop, mapped = _hessians_221()
    natural = {"vmap(hessian)": _eager(vmap(hessian(lambda t: f.two_two_one(torch, t))), theta)}
    tuned = {"double backward": _eager(double, theta)}
    if len(theta) > 10_000:
        tuned["double backward, chunks of 10000"] = _eager(_chunked(double, 10_000), theta)
        tuned[COMPILED + "jvp of grad, chunks of 10000"] = _compiled_chunked(mapped, 10_000, theta)
    tuned[COMPILED + "jvp of grad"] = _compiled(loop, theta)
    return natural, tuned


def _spectrum_221(arrays, vectors):
    theta = arrays["theta"]
    double, loop, _ = _hessians_221()
    threads = ThreadPoolExecutor(os.cpu_count())
    solve = (lambda h: tuple(torch.linalg.eigh(h))) if vectors else (lambda h: (torch.linalg.eigvalsh(h),))

    def in_threads(hessians):
        """The processor's solver takes one matrix after the other: parts of the batch on threads."""

        def run(points):
            if DEVICE.type != "cpu":
                return solve(hessians(points))
            parts = threads.map(solve, hessians(points).chunk(os.cpu_count()))
            return tuple(map(torch.cat, zip(*parts)))

        return run

    def compiled():
        torch._dynamo.reset()
        return _eager(in_threads(torch.compile(loop, dynamic=False)), theta)()

    natural = {
        "eigh(vmap(hessian))": _eager(lambda t: solve(vmap(hessian(lambda p: f.two_two_one(torch, p)))(t)), theta)
    }
    return natural, {"double backward, threads": _eager(in_threads(double), theta), COMPILED + "threads": compiled}


def _hessian_221_kept(arrays):
    theta = arrays["theta"]
    double, loop, _ = _hessians_221()
    natural = {"vmap(hessian)": _kept(vmap(hessian(lambda t: f.two_two_one(torch, t))), theta)}
    return natural, {
        "double backward": _kept(double, theta),
        COMPILED + "jvp of grad": lambda: _kept(_anew(loop), theta)(),
    }


def _anew(function):
    torch._dynamo.reset()
    return torch.compile(function, dynamic=False)


def _spectrum_221_kept(arrays):
    """The extremes of all eigenvalues."""
    theta = arrays["theta"]
    double, loop, _ = _hessians_221()

    def extremes(hessians, size):
        def run(points):
            parts = [torch.linalg.eigvalsh(hessians(part)) for part in points.split(size)]
            return torch.stack(
                [torch.stack([part[:, 0].min() for part in parts]).min(), torch.stack([part[:, -1].max() for part in parts]).max()]
            )[None]

        return run

    whole, some = len(theta), 1_000_000
    natural = vmap(hessian(lambda t: f.two_two_one(torch, t)))
    tuned = {"double backward": _kept(extremes(double, whole), theta)}
    if whole > some:
        tuned["double backward, chunks of 1000000"] = _kept(extremes(double, some), theta)
    tuned[COMPILED + "jvp of grad"] = lambda: _kept(extremes(_anew(loop), whole), theta)()
    return {"eigvalsh(vmap(hessian))": _kept(extremes(natural, whole), theta)}, tuned


def _jacobian(arrays):
    layer = lambda x, weights, bias: f.tanh_layer(torch, x, weights, bias)
    given = [arrays["x"], arrays["W"], arrays["b"]]
    forward, reverse = (vmap(of(layer), (0, None, None)) for of in (jacfwd, jacrev))
    natural = {"vmap(jacfwd)": _eager(forward, *given)}
    return natural, {"vmap(jacrev)": _eager(reverse, *given), COMPILED + "vmap(jacfwd)": _compiled(forward, *given)}


def _net_of_input(arrays):
    net = lambda x, *parameters: f.net_of_input(torch, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    parameters = [_tensor(array) for array in given[1:]]
    double = _double_backward(lambda x: net(x, *parameters), 8)
    natural = {"vmap(hessian)": _eager(vmap(hessian(net), (0,) + (None,) * 5), *given)}
    tuned = {
        "double backward, chunks of 1000": _eager(_chunked(double, 1000), given[0]),
        COMPILED + "jvp of grad, chunks of 1000": _compiled_chunked(_directions(net, 8, False), 1000, *given),
    }
    return natural, tuned


def _parameters(arrays):
    loss = lambda theta, x, y: f.squared_error(torch, theta, x, y)
    given = [arrays[name] for name in ("theta", "X", "Y")]

    def products(size):
        def run(theta, x, y):
            one = lambda v: jvp(grad(lambda t: loss(t, x, y)), (theta,), (v,))[1]
            return vmap(one, chunk_size=size)(torch.eye(len(theta), dtype=theta.dtype, device=theta.device))

        return run

    tuned = {f"products, {size} at a time": _eager(products(size), *given) for size in (64, 256)}
    if len(arrays["theta"]) < 1000:
        tuned[COMPILED + "products, 256 at a time"] = _compiled(products(256), *given)
    return {"hessian": _eager(hessian(loss), *given)}, tuned


def _product(arrays):
    loss = lambda theta, x, y: f.cross_entropy(torch, lambda z: torch.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]
    forward = lambda theta, v, x, y: jvp(grad(lambda t: loss(t, x, y)), (theta,), (v,))[1]
    reverse = lambda theta, v, x, y: grad(lambda t: (grad(lambda u: loss(u, x, y))(t) * v).sum())(theta)

    def double(theta, v, x, y):
        theta = theta.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(loss(theta, x, y), theta, create_graph=True)
        return torch.autograd.grad(slopes, theta, v)[0]

    tuned = {"double backward": _eager(double, *given), COMPILED + "grad of grad . v": _compiled(reverse, *given)}
    return {"jvp(grad)": _eager(forward, *given)}, tuned


def _products_at(arrays):
    """Ways to keep what depends on the point alone, by name: each gives the product of a vector."""
    theta, x, y = (_tensor(arrays[name]) for name in ("theta", "X", "Y"))
    loss = lambda t: f.cross_entropy(torch, lambda z: torch.logsumexp(z, -1), t, x, y)

    def kept_graph():
        point = theta.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(loss(point), point, create_graph=True)
        return lambda v: torch.autograd.grad(slopes, point, v, retain_graph=True)[0]

    return {"linearize(grad)": lambda: linearize(grad(loss), theta)[1], "kept graph": kept_graph}


def _fixed_product(arrays):
    v = _tensor(arrays["v"])
    ways = {name: lambda way=way: _call(way(), v) for name, way in _products_at(arrays).items()}
    return {"linearize(grad)": ways.pop("linearize(grad)")}, ways


def _call(product, v):
    return lambda: _host(product(v))


def _lanczos(arrays):
    start = _tensor(arrays["v"])

    def run(way):
        product, beside = way(), 0.0
        basis = torch.empty(f.STEPS + 1, len(start), dtype=start.dtype, device=DEVICE)
        matrix = torch.zeros(f.STEPS, f.STEPS, dtype=start.dtype, device=DEVICE)
        basis[0] = start / start.norm()
        for j in range(f.STEPS):
            w = product(basis[j])
            along = torch.dot(basis[j], w)
            w = w - along * basis[j] - (beside * basis[j - 1] if j else 0)
            w = torch.addmv(w, basis[: j + 1].T, basis[: j + 1] @ w, alpha=-1)
            beside = w.norm()
            basis[j + 1] = w / beside
            matrix[j, j] = along
            if j + 1 < f.STEPS:
                matrix[j, j + 1] = matrix[j + 1, j] = beside
        return _host(torch.linalg.eigvalsh(matrix)[-f.VALUES :])

    ways = {name: lambda way=way: (lambda: run(way)) for name, way in _products_at(arrays).items()}
    return {"linearize(grad)": ways.pop("linearize(grad)")}, ways


def _saddle(arrays):
    def with_values(hessians, values):
        def run(points):
            matrices = hessians(points)
            return matrices, values(matrices)

        return run

    closed = lambda matrices: f.eigenvalues_2x2(torch, matrices)
    double = _double_backward(lambda points: f.monkey_saddle(points.T), 2)
    reverse = vmap(jacrev(jacrev(f.monkey_saddle)))
    natural = with_values(vmap(hessian(f.monkey_saddle)), torch.linalg.eigvalsh)
    return {"vmap(hessian), eigvalsh": _eager(natural, arrays["p"])}, {
        "double backward, closed form": _eager(with_values(double, closed), arrays["p"]),
        COMPILED + "closed form": _compiled(with_values(reverse, closed), arrays["p"]),
    }


def _single(arrays):
    theta = arrays["theta"].ravel()

    def of(function):
        return lambda: on_host(function(_tensor(theta)))

    def compiled():
        torch._dynamo.reset()
        unpacked = lambda t: f.two_two_one_unpacked(torch, *[t[i] for i in range(11)])
        return of(torch.compile(jacrev(jacrev(unpacked)), dynamic=False))

    natural = {"hessian": lambda: of(hessian(lambda t: f.two_two_one(torch, t)))}
    return natural, {COMPILED + "reverse over reverse": compiled}


def variants(workload, arrays):
    """Natural and tuned ones, each a function that prepares it."""
    if workload.startswith("jacobian-tanh"):
        return _jacobian(arrays)
    if workload.startswith("hessian-mlp-params"):
        return _parameters(arrays)
    return {
        "hessian-221": _hessian_221,
        "hessian-221-kept": _hessian_221_kept,
        "spectrum-221-kept": _spectrum_221_kept,
        "single-point": _single,
        "spectrum-221": lambda given: _spectrum_221(given, False),
        "spectrum-vec-221": lambda given: _spectrum_221(given, True),
        "hessian-mlp-input": _net_of_input,
        "hvp-large": _product,
        "hvp-fixed-point": _fixed_product,
        "lanczos-large": _lanczos,
        "monkey-saddle": _saddle,
    }[workload](arrays)
