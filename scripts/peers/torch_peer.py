"""PyTorch: natural is vmap(hessian(f)) and its like, tuned is whatever runs faster, torch.compile included."""
import os
from concurrent.futures import ThreadPoolExecutor

import torch
from torch.func import hessian, jacfwd, jacrev, jvp, vmap

import functions as f
import torch_losses as losses
from torch_ways import (
    COMPILED,
    DEVICE,
    anew,
    chunked,
    compiled,
    compiled_chunked,
    directions,
    double_backward,
    eager,
    gemm,
    kept,
    on_host,
    tensor,
    version,
)


def _net_rows(theta):
    return f.two_two_one_unpacked(torch, *theta.unbind(1))


def _hessians_221():
    """The loop is faster, but can't be compiled for a part of an array."""
    double = double_backward(_net_rows, 11)
    return double, directions(_net_rows, 11, True), directions(_net_rows, 11, False)


def _hessian_221(arrays):
    theta = arrays["theta"]
    double, loop, mapped = _hessians_221()
    natural = {"vmap(hessian)": eager(vmap(hessian(lambda t: f.two_two_one(torch, t))), theta)}
    tuned = {"double backward": eager(double, theta)}
    if len(theta) > 10_000:
        tuned["double backward, chunks of 10000"] = eager(chunked(double, 10_000), theta)
        tuned[COMPILED + "jvp of grad, chunks of 10000"] = compiled_chunked(mapped, 10_000, theta)
    tuned[COMPILED + "jvp of grad"] = compiled(loop, theta)
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

    def parallel():
        torch._dynamo.reset()
        return eager(in_threads(torch.compile(loop, dynamic=False)), theta)()

    natural = {
        "eigh(vmap(hessian))": eager(lambda t: solve(vmap(hessian(lambda p: f.two_two_one(torch, p)))(t)), theta)
    }
    return natural, {"double backward, threads": eager(in_threads(double), theta), COMPILED + "threads": parallel}


def _hessian_221_kept(arrays):
    theta = arrays["theta"]
    double, loop, _ = _hessians_221()
    natural = {"vmap(hessian)": kept(vmap(hessian(lambda t: f.two_two_one(torch, t))), theta)}
    return natural, {
        "double backward": kept(double, theta),
        COMPILED + "jvp of grad": lambda: kept(anew(loop), theta)(),
    }


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
    tuned = {"double backward": kept(extremes(double, whole), theta)}
    if whole > some:
        tuned["double backward, chunks of 1000000"] = kept(extremes(double, some), theta)
    tuned[COMPILED + "jvp of grad"] = lambda: kept(extremes(anew(loop), whole), theta)()
    return {"eigvalsh(vmap(hessian))": kept(extremes(natural, whole), theta)}, tuned


def _jacobian(arrays):
    layer = lambda x, weights, bias: f.tanh_layer(torch, x, weights, bias)
    given = [arrays["x"], arrays["W"], arrays["b"]]
    forward, reverse = (vmap(of(layer), (0, None, None)) for of in (jacfwd, jacrev))
    natural = {"vmap(jacfwd)": eager(forward, *given)}
    return natural, {"vmap(jacrev)": eager(reverse, *given), COMPILED + "vmap(jacfwd)": compiled(forward, *given)}


def _net_of_input(arrays):
    net = lambda x, *parameters: f.net_of_input(torch, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    parameters = [tensor(array) for array in given[1:]]
    double = double_backward(lambda x: net(x, *parameters), 8)
    natural = {"vmap(hessian)": eager(vmap(hessian(net), (0,) + (None,) * 5), *given)}
    tuned = {
        "double backward, chunks of 1000": eager(chunked(double, 1000), given[0]),
        COMPILED + "jvp of grad, chunks of 1000": compiled_chunked(directions(net, 8, False), 1000, *given),
    }
    return natural, tuned


def _laplacian(arrays):
    net = lambda x, *parameters: f.net_of_input(torch, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    traced = vmap(lambda *point: hessian(net)(*point).trace(), (0,) + (None,) * 5)

    def twice(x, *parameters):
        """Summed over the directions, each the same for all rows."""
        total = 0
        for unit in torch.eye(x.shape[1], dtype=x.dtype, device=x.device):
            unit = unit.expand_as(x)
            along = lambda points: jvp(lambda p: net(p, *parameters), (points,), (unit,))[1]
            total = total + jvp(along, (x,), (unit,))[1]
        return total

    return {"vmap(trace(hessian))": eager(traced, *given)}, {
        "jvp of jvp": eager(twice, *given),
        "jvp of jvp, chunks of 1000": eager(chunked(twice, 1000), *given),
        COMPILED + "jvp of jvp, chunks of 1000": compiled_chunked(twice, 1000, *given),
    }


def _eigenvalues(arrays):
    threads = ThreadPoolExecutor(os.cpu_count())
    parallel = lambda matrices: torch.cat(list(threads.map(torch.linalg.eigvalsh, matrices.chunk(os.cpu_count()))))
    natural = {"eigvalsh": eager(torch.linalg.eigvalsh, arrays["A"])}
    return natural, {} if DEVICE.type != "cpu" else {"eigvalsh, threads": eager(parallel, arrays["A"])}


def _first_hessian(arrays):
    """Nothing is kept from call to call."""
    sines = lambda x: f.sines(torch, x)

    def double(x):
        x = x.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(sines(x), x, create_graph=True)
        return torch.stack([torch.autograd.grad(slope, x, retain_graph=True)[0] for slope in slopes])

    return {"hessian": eager(hessian(sines), arrays["x"])}, {"double backward": eager(double, arrays["x"])}


def _saddle(arrays):
    def with_values(hessians, values):
        def run(points):
            matrices = hessians(points)
            return matrices, values(matrices)

        return run

    closed = lambda matrices: f.eigenvalues_2x2(torch, matrices)
    double = double_backward(lambda points: f.monkey_saddle(points.T), 2)
    reverse = vmap(jacrev(jacrev(f.monkey_saddle)))
    natural = with_values(vmap(hessian(f.monkey_saddle)), torch.linalg.eigvalsh)
    return {"vmap(hessian), eigvalsh": eager(natural, arrays["p"])}, {
        "double backward, closed form": eager(with_values(double, closed), arrays["p"]),
        COMPILED + "closed form": compiled(with_values(reverse, closed), arrays["p"]),
    }


def _single(arrays):
    theta = arrays["theta"].ravel()

    def of(function):
        return lambda: on_host(function(tensor(theta)))

    def alone():
        torch._dynamo.reset()
        unpacked = lambda t: f.two_two_one_unpacked(torch, *[t[i] for i in range(11)])
        return of(torch.compile(jacrev(jacrev(unpacked)), dynamic=False))

    natural = {"hessian": lambda: of(hessian(lambda t: f.two_two_one(torch, t)))}
    return natural, {COMPILED + "reverse over reverse": alone}


def variants(workload, arrays):
    """Natural and tuned ones, each a function that prepares it."""
    if workload.startswith("jacobian-tanh"):
        return _jacobian(arrays)
    if workload.startswith("eigenvalues"):
        return _eigenvalues(arrays)
    if workload.startswith("hessian-mlp-params"):
        return losses.parameters(arrays)
    return {
        "hessian-221": _hessian_221,
        "hessian-221-kept": _hessian_221_kept,
        "spectrum-221-kept": _spectrum_221_kept,
        "single-point": _single,
        "spectrum-221": lambda given: _spectrum_221(given, False),
        "spectrum-221-float32": lambda given: _spectrum_221(given, False),
        "spectrum-vec-221": lambda given: _spectrum_221(given, True),
        "hessian-mlp-input": _net_of_input,
        "hessian-per-example": losses.per_example,
        "laplacian-mlp-input": _laplacian,
        "hvp-large": losses.product,
        "hvp-fixed-point": losses.fixed_product,
        "lanczos-large": losses.lanczos,
        "density-digits": losses.density,
        "monkey-saddle": _saddle,
        "prepare-sines-800": _first_hessian,
    }[workload](arrays)
