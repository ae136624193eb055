"""JAX: natural is jit(vmap(hessian(f))) and its like, tuned is whatever runs faster."""
import time

import jax
import jax.numpy as jnp
import numpy
from jax import grad, hessian, jacfwd, jacrev, jvp, lax, vmap

import functions as f

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


def _host(result):
    return tuple(map(numpy.asarray, result)) if isinstance(result, tuple) else numpy.asarray(result)


def _jitted(function, *arrays):
    """A variant: made when it is asked for, arrays on the device before."""

    def make():
        compiled, given = jax.jit(function), [jnp.asarray(array) for array in arrays]
        return lambda: _host(compiled(*given))

    return make


def _kept(function, *arrays):
    """The results stay where they were computed."""

    def make():
        compiled, given = jax.jit(function), [jnp.asarray(array) for array in arrays]
        return lambda: jax.block_until_ready(compiled(*given))

    return make


def _chunked(function, size):
    """The same over chunks of the first argument's rows, one after the other."""

    def run(points, *rest):
        chunks = points.reshape(-1, size, *points.shape[1:])
        results = lax.map(lambda chunk: function(chunk, *rest), chunks)
        return jax.tree.map(lambda part: part.reshape(-1, *part.shape[2:]), results)

    return run


def _chunks(name, function, arrays, *sizes):
    rows = len(arrays[0])
    return {
        f"{name}, chunks of {size}": _jitted(_chunked(function, size), *arrays)
        for size in sizes
        if size < rows and rows % size == 0
    }


def _unpacked_hessian(theta):
    """Each coordinate a vector over the batch, one derivative of the gradient for each: only elementwise work."""
    coordinates = [theta[:, i] for i in range(11)]
    slopes = grad(lambda *c: f.two_two_one_unpacked(jnp, *c).sum(), tuple(range(11)))
    columns = []
    for i, own in enumerate(coordinates):
        moved = lambda value: slopes(*coordinates[:i], value, *coordinates[i + 1 :])
        columns.append(jnp.stack(jvp(moved, (own,), (jnp.ones_like(own),))[1], -1))
    return jnp.stack(columns, -1)


def _hessian_221(arrays):
    net = lambda theta: f.two_two_one(jnp, theta)
    theta = arrays["theta"]
    natural = {"jit(vmap(hessian))": _jitted(vmap(hessian(net)), theta)}
    tuned = {
        "reverse over reverse": _jitted(vmap(jacrev(jacrev(net))), theta),
        "unpacked": _jitted(_unpacked_hessian, theta),
        **_chunks("unpacked", _unpacked_hessian, [theta], 2000, 5000),
    }
    return natural, tuned


def _spectrum_221(arrays, vectors):
    theta = arrays["theta"]
    net = lambda point: f.two_two_one(jnp, point)

    def solve(matrices):
        values_last = lax.linalg.eigh(matrices, symmetrize_input=False)
        return tuple(values_last[::-1]) if vectors else values_last[1]

    def apart(hessians):
        def make():
            first, second, points = jax.jit(hessians), jax.jit(solve), jnp.asarray(theta)
            return lambda: _host(second(first(points)))

        return make

    natural = {"jit(eigh(vmap(hessian)))": _jitted(lambda points: solve(vmap(hessian(net))(points)), theta)}
    tuned = {"two jits": apart(vmap(jacrev(jacrev(net)))), "unpacked, two jits": apart(_unpacked_hessian)}
    return natural, tuned


def _hessian_221_kept(arrays):
    theta = arrays["theta"]
    net = lambda point: f.two_two_one(jnp, point)
    natural = {"jit(vmap(hessian))": _kept(vmap(hessian(net)), theta)}
    return natural, {
        "reverse over reverse": _kept(vmap(jacrev(jacrev(net))), theta),
        "unpacked": _kept(_unpacked_hessian, theta),
    }


def _spectrum_221_kept(arrays):
    """The extremes of all eigenvalues."""
    theta = arrays["theta"]
    net = lambda point: f.two_two_one(jnp, point)

    def extremes(matrices):
        values = lax.linalg.eigh(matrices, symmetrize_input=False)[1]
        return jnp.stack([values[:, 0].min(), values[:, -1].max()])[None]

    def apart(hessians):
        def make():
            first, second, points = jax.jit(hessians), jax.jit(extremes), jnp.asarray(theta)
            return lambda: jax.block_until_ready(second(first(points)))

        return make

    def by(size):
        def run(points):
            parts = lax.map(lambda chunk: extremes(_unpacked_hessian(chunk))[0], points.reshape(-1, size, 11))
            return jnp.stack([parts[:, 0].min(), parts[:, 1].max()])[None]

        return _kept(run, theta)

    natural = {"jit(eigh(vmap(hessian)))": _kept(lambda points: extremes(vmap(hessian(net))(points)), theta)}
    tuned = {"two jits": apart(vmap(jacrev(jacrev(net)))), "unpacked, two jits": apart(_unpacked_hessian)}
    sizes = [size for size in (5000, 100_000, 1_000_000) if size < len(theta) and len(theta) % size == 0]
    return natural, {**tuned, **{f"unpacked, chunks of {size}": by(size) for size in sizes}}


def _jacobian(arrays):
    layer = lambda x, weights, bias: f.tanh_layer(jnp, x, weights, bias)
    given = [arrays["x"], arrays["W"], arrays["b"]]
    over = (0, None, None)
    forward = vmap(jacfwd(layer), over)
    natural = {"jit(vmap(jacfwd))": _jitted(forward, *given)}
    tuned = {
        "jit(vmap(jacrev))": _jitted(vmap(jacrev(layer), over), *given),
        **_chunks("jit(vmap(jacfwd))", forward, given, 1000, 5000),
    }
    return natural, tuned


def _net_of_input(arrays):
    net = lambda x, *parameters: f.net_of_input(jnp, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    over = (0,) + (None,) * 5
    both = vmap(hessian(net), over)
    natural = {"jit(vmap(hessian))": _jitted(both, *given)}
    tuned = {
        "forward over forward": _jitted(vmap(jacfwd(jacfwd(net)), over), *given),
        **_chunks("jit(vmap(hessian))", both, given, 1000, 2000),
    }
    return natural, tuned


def _parameters(arrays):
    loss = lambda theta, x, y: f.squared_error(jnp, theta, x, y)
    given = [arrays[name] for name in ("theta", "X", "Y")]

    def products(size):
        def run(theta, x, y):
            one = lambda v: jvp(lambda t: grad(loss)(t, x, y), (theta,), (v,))[1]
            return lax.map(one, jnp.eye(theta.size), batch_size=size)

        return run

    natural = {"jit(hessian)": _jitted(hessian(loss), *given)}
    tuned = {f"products, {size} at a time": _jitted(products(size), *given) for size in (32, 128)}
    return natural, tuned


def _product(arrays):
    loss = lambda theta, x, y: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]
    forward = lambda theta, v, x, y: jvp(lambda t: grad(loss)(t, x, y), (theta,), (v,))[1]
    reverse = lambda theta, v, x, y: grad(lambda t: jnp.vdot(grad(loss)(t, x, y), v))(theta)
    return {"jit(jvp(grad))": _jitted(forward, *given)}, {"jit(grad(grad . v))": _jitted(reverse, *given)}


def _fixed_product(arrays):
    """At one point: what depends on it alone is computed when a variant is made."""
    theta, v, x, y = (jnp.asarray(arrays[name]) for name in ("theta", "v", "X", "Y"))
    slopes = grad(lambda t: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), t, x, y))

    def linearized(function):
        def make():
            product = jax.jit(jax.linearize(function, theta)[1])
            return lambda: _host(product(v))

        return make

    again = lambda t, u: jvp(slopes, (t,), (u,))[1]
    return {"jit(linearize(grad))": linearized(slopes)}, {
        "jit(linearize(jit(grad)))": linearized(jax.jit(slopes)),
        "jit(jvp(grad)), nothing kept": _jitted(again, theta, v),
    }


def _lanczos(arrays):
    """Reorthogonalised against all before, in growing blocks of rows, since shapes are static."""
    loss = lambda theta, x, y: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]

    def by(block, linear):
        def run(theta, v, x, y):
            slopes = lambda t: grad(loss)(t, x, y)
            kept = jax.linearize(slopes, theta)[1] if linear else lambda u: jvp(slopes, (theta,), (u,))[1]
            zeros = jnp.zeros(f.STEPS)
            basis = jnp.zeros((f.STEPS + 1, theta.size)).at[0].set(v / jnp.linalg.norm(v))
            state = basis, zeros, zeros
            for first in range(0, f.STEPS, block):

                def step(j, state, filled=first + block):
                    q, diagonal, beside = state
                    w = kept(q[j])
                    along = jnp.vdot(q[j], w)
                    w = w - along * q[j] - jnp.where(j > 0, beside[j - 1], 0) * q[jnp.maximum(j - 1, 0)]
                    w = w - q[:filled].T @ (q[:filled] @ w)
                    rest = jnp.linalg.norm(w)
                    return q.at[j + 1].set(w / rest), diagonal.at[j].set(along), beside.at[j].set(rest)

                state = lax.fori_loop(first, first + block, step, state)
            _, diagonal, beside = state
            matrix = jnp.diag(diagonal) + jnp.diag(beside[:-1], 1) + jnp.diag(beside[:-1], -1)
            return jnp.linalg.eigvalsh(matrix)[-f.VALUES :]

        return _jitted(run, *given)

    return {"jit, linearize": by(f.STEPS, True)}, {
        "jit, linearize, blocks of 10 rows": by(10, True),
        "jit, jvp, blocks of 10 rows": by(10, False),
    }


def _saddle(arrays):
    def with_values(hessians, values):
        def run(points):
            matrices = vmap(hessians)(points)
            return matrices, values(matrices)

        return _jitted(run, arrays["p"])

    closed = lambda matrices: f.eigenvalues_2x2(jnp, matrices)
    natural = {"jit(vmap(hessian)), eigvalsh": with_values(hessian(f.monkey_saddle), jnp.linalg.eigvalsh)}
    tuned = {
        "closed form": with_values(hessian(f.monkey_saddle), closed),
        "reverse over reverse, closed form": with_values(jacrev(jacrev(f.monkey_saddle)), closed),
    }
    return natural, tuned


def _single(arrays):
    theta = arrays["theta"].ravel()

    def of(function):
        def make():
            compiled = jax.jit(hessian(function))
            return lambda: numpy.asarray(compiled(theta))

        return make

    unpacked = lambda point: f.two_two_one_unpacked(jnp, *[point[i] for i in range(11)])
    return {"jit(hessian)": of(lambda point: f.two_two_one(jnp, point))}, {"unpacked": of(unpacked)}


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
