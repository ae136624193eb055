"""JAX: ways to compile and call a function, and the library itself."""
import time

import jax
import jax.numpy as jnp
import numpy
from jax import lax

jax.config.update("jax_enable_x64", True)


def version():
    device = jax.devices()[0]
    return f"JAX {jax.__version__} on {'the CPU' if device.platform == 'cpu' else device.device_kind}"


def gemm(n):
    product = jax.jit(lambda a, b: a @ b)
    a = jnp.ones((n, n))
    product(a, a).block_until_ready()
    best = min(_timed(lambda: product(a, a).block_until_ready()) for _ in range(10))
    return 2 * n**3 / best / 1e9


def _timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def host(result):
    return tuple(map(numpy.asarray, result)) if isinstance(result, tuple) else numpy.asarray(result)


def jitted(function, *arrays):
    """A variant: made when it is asked for, arrays on the device before."""

    def make():
        compiled, given = jax.jit(function), [jnp.asarray(array) for array in arrays]
        return lambda: host(compiled(*given))

    return make


def kept(function, *arrays):
    """The results stay where they were computed."""

    def make():
        compiled, given = jax.jit(function), [jnp.asarray(array) for array in arrays]
        return lambda: jax.block_until_ready(compiled(*given))

    return make


def chunked(function, size):
    """The same over chunks of the first argument's rows, one after the other."""

    def run(points, *rest):
        chunks = points.reshape(-1, size, *points.shape[1:])
        results = lax.map(lambda chunk: function(chunk, *rest), chunks)
        return jax.tree.map(lambda part: part.reshape(-1, *part.shape[2:]), results)

    return run


def chunks(name, function, arrays, *sizes):
    rows = len(arrays[0])
    return {
        f"{name}, chunks of {size}": jitted(chunked(function, size), *arrays)
        for size in sizes
        if size < rows and rows % size == 0
    }
