"""JAX: derivatives of losses in parameters."""
import jax
import jax.numpy as jnp
import numpy
from jax import grad, hessian, jacfwd, jacrev, jvp, lax, vmap

import functions as f
from jax_ways import chunks, host, jitted


def parameters(arrays):
    loss = lambda theta, x, y: f.squared_error(jnp, theta, x, y)
    given = [arrays[name] for name in ("theta", "X", "Y")]

    def products(size):
        def run(theta, x, y):
            one = lambda v: jvp(lambda t: grad(loss)(t, x, y), (theta,), (v,))[1]
            return lax.map(one, jnp.eye(theta.size), batch_size=size)

        return run

    natural = {"jit(hessian)": jitted(hessian(loss), *given)}
    tuned = {f"products, {size} at a time": jitted(products(size), *given) for size in (32, 128)}
    return natural, tuned


def product(arrays):
    loss = lambda theta, x, y: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]
    forward = lambda theta, v, x, y: jvp(lambda t: grad(loss)(t, x, y), (theta,), (v,))[1]
    reverse = lambda theta, v, x, y: grad(lambda t: jnp.vdot(grad(loss)(t, x, y), v))(theta)
    return {"jit(jvp(grad))": jitted(forward, *given)}, {"jit(grad(grad . v))": jitted(reverse, *given)}


def fixed_product(arrays):
    """At one point: what depends on it alone is computed when a variant is made."""
    theta, v, x, y = (jnp.asarray(arrays[name]) for name in ("theta", "v", "X", "Y"))
    slopes = grad(lambda t: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), t, x, y))

    def linearized(function):
        def make():
            product = jax.jit(jax.linearize(function, theta)[1])
            return lambda: host(product(v))

        return make

    again = lambda t, u: jvp(slopes, (t,), (u,))[1]
    return {"jit(linearize(grad))": linearized(slopes)}, {
        "jit(linearize(jit(grad)))": linearized(jax.jit(slopes)),
        "jit(jvp(grad)), nothing kept": jitted(again, theta, v),
    }


def _tridiagonal(product, start, steps, block):
    """Of Lanczos steps, reorthogonalised against all before, in growing blocks of rows, since shapes are static."""
    zeros = jnp.zeros(steps)
    basis = jnp.zeros((steps + 1, start.size)).at[0].set(start / jnp.linalg.norm(start))
    state = basis, zeros, zeros
    for first in range(0, steps, block):

        def step(j, state, filled=first + block):
            q, diagonal, beside = state
            w = product(q[j])
            along = jnp.vdot(q[j], w)
            w = w - along * q[j] - jnp.where(j > 0, beside[j - 1], 0) * q[jnp.maximum(j - 1, 0)]
            w = w - q[:filled].T @ (q[:filled] @ w)
            rest = jnp.linalg.norm(w)
            return q.at[j + 1].set(w / rest), diagonal.at[j].set(along), beside.at[j].set(rest)

        state = lax.fori_loop(first, first + block, step, state)
    _, diagonal, beside = state
    return jnp.diag(diagonal) + jnp.diag(beside[:-1], 1) + jnp.diag(beside[:-1], -1)


def lanczos(arrays):
    loss = lambda theta, x, y: f.cross_entropy(jnp, lambda z: jax.nn.logsumexp(z, -1), theta, x, y)
    given = [arrays[name] for name in ("theta", "v", "X", "Y")]

    def by(block, linear):
        def run(theta, v, x, y):
            slopes = lambda t: grad(loss)(t, x, y)
            kept = jax.linearize(slopes, theta)[1] if linear else lambda u: jvp(slopes, (theta,), (u,))[1]
            return jnp.linalg.eigvalsh(_tridiagonal(kept, v, f.STEPS, block))[-f.VALUES :]

        return jitted(run, *given)

    return {"jit, linearize": by(f.STEPS, True)}, {
        "jit, linearize, blocks of 10 rows": by(10, True),
        "jit, jvp, blocks of 10 rows": by(10, False),
    }


def density(arrays):
    """By one probe after the other, or all at once."""
    logsumexp = lambda z: jax.nn.logsumexp(z, -1)
    given = [arrays[name] for name in ("theta", "V", "X", "Y")]

    def by(each, block):
        def run(theta, starts, x, y):
            slopes = grad(lambda t: f.cross_entropy(jnp, logsumexp, t, x, y, f.DIGITS_WIDTHS))
            product = jax.linearize(slopes, theta)[1]
            matrices = each(lambda start: _tridiagonal(product, start, f.DENSITY_STEPS, block), starts)
            nodes, vectors = jnp.linalg.eigh(matrices)
            return f.broadened(jnp, nodes, vectors[:, 0] ** 2, jnp.array(f.DENSITY_PLACES))

        return jitted(run, *given)

    at_once = lambda one, starts: vmap(one)(starts)
    return {"jit(map(lanczos))": by(lax.map, f.DENSITY_STEPS)}, {
        "jit(vmap(lanczos))": by(at_once, f.DENSITY_STEPS),
        "jit(vmap(lanczos)), blocks of 10 rows": by(at_once, 10),
    }


def per_example(arrays):
    loss = lambda theta, x, y: f.error_of_one(jnp, theta, x, y)
    rows = lambda of: lambda x, y, theta: vmap(of(loss), (None, 0, 0))(theta, x, y)
    given = [arrays[name] for name in ("X", "Y", "theta")]
    natural = {"jit(vmap(hessian))": jitted(rows(hessian), *given)}
    reverse = lambda function: jacrev(jacrev(function))
    tuned = {
        "reverse over reverse": jitted(rows(reverse), *given),
        "forward over forward": jitted(rows(lambda function: jacfwd(jacfwd(function))), *given),
        **_pairs("jit(vmap(hessian))", rows(hessian), given),
        **_pairs("reverse over reverse", rows(reverse), given),
    }
    return natural, tuned


def _pairs(name, function, arrays):
    """In chunks of examples, which are rows of two arrays."""
    x, y, theta = arrays
    both = numpy.column_stack([x, y])
    return chunks(name, lambda rows, theta: function(rows[:, :-1], rows[:, -1], theta), [both, theta], 10, 50)
