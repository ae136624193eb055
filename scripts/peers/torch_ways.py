"""PyTorch: ways to compile and call a function, and the library itself."""
import os
import time

import torch
from torch.func import grad, jvp, vmap

torch.set_num_threads(os.cpu_count())
COMPILED = "compiled: "
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def version():
    name = "the CPU" if DEVICE.type == "cpu" else torch.cuda.get_device_name(DEVICE)
    return f"PyTorch {torch.__version__} on {name}"


def tensor(array):
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


def host(result):
    return tuple(map(on_host, result)) if isinstance(result, tuple) else on_host(result)


def eager(function, *arrays):
    def make():
        given = [tensor(array) for array in arrays]
        return lambda: host(function(*given))

    return make


def kept(function, *arrays):
    """The results stay where they were computed."""

    def make():
        given = [tensor(array) for array in arrays]

        def run():
            result = function(*given).detach()
            _synchronize()
            return result

        return run

    return make


def compiled(function, *arrays):
    def make():
        torch._dynamo.reset()
        return eager(torch.compile(function, dynamic=False), *arrays)()

    return make


def chunked(function, size):
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


def compiled_chunked(function, size, *arrays):
    def make():
        torch._dynamo.reset()
        return eager(chunked(torch.compile(function, dynamic=False), size), *arrays)()

    return make


def double_backward(function, n):
    """function: rows of points to their results. One more backward through the gradient for all unit vectors at once."""

    def run(points):
        points = points.detach().requires_grad_(True)
        (slopes,) = torch.autograd.grad(function(points).sum(), points, create_graph=True)
        seeds = torch.eye(n, dtype=points.dtype, device=points.device)[:, None, :].expand(n, *points.shape)
        (rows,) = torch.autograd.grad(slopes, points, seeds, is_grads_batched=True)
        return rows.transpose(0, 1).contiguous()

    return run


def directions(function, n, loop):
    """Forward derivatives of the batch's gradient along each unit vector, in a loop or by vmap."""

    def run(points, *rest):
        slopes = grad(lambda p: function(p, *rest).sum())
        along = lambda e: jvp(slopes, (points,), (e.expand_as(points),))[1]
        units = torch.eye(n, dtype=points.dtype, device=points.device)
        return torch.stack([along(e) for e in units], 1) if loop else vmap(along, out_dims=1)(units)

    return run


def anew(function):
    torch._dynamo.reset()
    return torch.compile(function, dynamic=False)
