"""JAX: natural is jit(vmap(hessian(f))) and its like, tuned is whatever runs faster."""
import jax
import jax.numpy as jnp
import numpy
from jax import grad, hessian, jacfwd, jacrev, jvp, lax, vmap

import functions as f
import jax_losses as losses
from jax_ways import chunks, gemm, host, jitted, kept, version


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
    natural = {"jit(vmap(hessian))": jitted(vmap(hessian(net)), theta)}
    tuned = {
        "reverse over reverse": jitted(vmap(jacrev(jacrev(net))), theta),
        "unpacked": jitted(_unpacked_hessian, theta),
        **chunks("unpacked", _unpacked_hessian, [theta], 2000, 5000),
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
            return lambda: host(second(first(points)))

        return make

    natural = {"jit(eigh(vmap(hessian)))": jitted(lambda points: solve(vmap(hessian(net))(points)), theta)}
    tuned = {"two jits": apart(vmap(jacrev(jacrev(net)))), "unpacked, two jits": apart(_unpacked_hessian)}
    return natural, tuned


def _hessian_221_kept(arrays):
    theta = arrays["theta"]
    net = lambda point: f.two_two_one(jnp, point)
    natural = {"jit(vmap(hessian))": kept(vmap(hessian(net)), theta)}
    return natural, {
        "reverse over reverse": kept(vmap(jacrev(jacrev(net))), theta),
        "unpacked": kept(_unpacked_hessian, theta),
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

        return kept(run, theta)

    natural = {"jit(eigh(vmap(hessian)))": kept(lambda points: extremes(vmap(hessian(net))(points)), theta)}
    tuned = {"two jits": apart(vmap(jacrev(jacrev(net)))), "unpacked, two jits": apart(_unpacked_hessian)}
    sizes = [size for size in (5000, 100_000, 1_000_000) if size < len(theta) and len(theta) % size == 0]
    return natural, {**tuned, **{f"unpacked, chunks of {size}": by(size) for size in sizes}}


def _jacobian(arrays):
    layer = lambda x, weights, bias: f.tanh_layer(jnp, x, weights, bias)
    given = [arrays["x"], arrays["W"], arrays["b"]]
    over = (0, None, None)
    forward = vmap(jacfwd(layer), over)
    natural = {"jit(vmap(jacfwd))": jitted(forward, *given)}
    tuned = {
        "jit(vmap(jacrev))": jitted(vmap(jacrev(layer), over), *given),
        **chunks("jit(vmap(jacfwd))", forward, given, 1000, 5000),
    }
    return natural, tuned


def _net_of_input(arrays):
    net = lambda x, *parameters: f.net_of_input(jnp, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    over = (0,) + (None,) * 5
    both = vmap(hessian(net), over)
    natural = {"jit(vmap(hessian))": jitted(both, *given)}
    tuned = {
        "forward over forward": jitted(vmap(jacfwd(jacfwd(net)), over), *given),
        **chunks("jit(vmap(hessian))", both, given, 1000, 2000),
    }
    return natural, tuned


def _laplacian(arrays):
    from jax.experimental import jet  # not for everybody: it takes its time

    net = lambda x, *parameters: f.net_of_input(jnp, x, *parameters)
    given = [arrays[name] for name in ("x", "W1", "b1", "W2", "b2", "w3")]
    over = (0,) + (None,) * 5
    traced = vmap(lambda *point: jnp.trace(hessian(net)(*point)), over)

    def summed(second):
        """Over the directions, each the same for all rows."""

        def run(x, *parameters):
            units = [jnp.broadcast_to(unit, x.shape) for unit in jnp.eye(x.shape[1])]
            return sum(second(lambda points: net(points, *parameters), x, unit) for unit in units)

        return run

    def twice(function, x, unit):
        along = lambda points: jvp(function, (points,), (unit,))[1]
        return jvp(along, (x,), (unit,))[1]

    def series(function, x, unit):
        return jet.jet(function, (x,), ((unit, jnp.zeros_like(x)),))[1][1]

    def of_slopes(function, x, unit):
        slopes = grad(lambda points: function(points).sum())
        return (jvp(slopes, (x,), (unit,))[1] * unit).sum(-1)

    tuned = {"jvp of jvp": twice, "jet": series, "jvp of grad": of_slopes}
    return {"jit(vmap(trace(hessian)))": jitted(traced, *given)}, {
        **{name: jitted(summed(second), *given) for name, second in tuned.items()},
        **chunks("jvp of jvp", summed(twice), given, 200, 1000),
        **chunks("jet", summed(series), given, 200, 1000),
    }


def _eigenvalues(arrays):
    solve = lambda matrices: lax.linalg.eigh(matrices, symmetrize_input=False)[1]
    return {"jit(eigvalsh)": jitted(jnp.linalg.eigvalsh, arrays["A"])}, {"jit(eigh)": jitted(solve, arrays["A"])}


def _first_hessian(arrays):
    """Nothing is kept from call to call, and nothing compiled as a whole: that takes minutes."""

    def by(derivative):
        return lambda: lambda: numpy.asarray(derivative(lambda x: f.sines(jnp, x))(arrays["x"]))

    return {"hessian": by(hessian)}, {"reverse over reverse": by(lambda function: jacrev(jacrev(function)))}


def _saddle(arrays):
    def with_values(hessians, values):
        def run(points):
            matrices = vmap(hessians)(points)
            return matrices, values(matrices)

        return jitted(run, arrays["p"])

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
