"""The workloads' functions, written once for jax.numpy and torch: `xp` is either."""

from math import pi, sqrt

WIDTHS = (784, 512, 512, 10)

# Of lanczos-large: steps, and Ritz values from the top that are compared.
STEPS = 60
VALUES = 20

# Of density-digits: the net, Lanczos steps of each probe, and the Gaussians' width and the places of the density.
DIGITS_WIDTHS = (64, 32, 10)
DENSITY_STEPS = 30
DENSITY_WIDTH = 0.05
DENSITY_PLACES = tuple(-1 + 0.025 * i for i in range(200))

SINES = 800


def tanh_layer(xp, x, weights, bias):
    return xp.tanh(weights @ x + bias)


def two_two_one(xp, theta):
    """The 2-2-1 net of its parameters and input: W1 row-major (4), b1 (2), W2 (2), b2 (1), x (2)."""
    hidden = xp.tanh(theta[0:4].reshape(2, 2) @ theta[9:11] + theta[4:6])
    return theta[6:8] @ hidden + theta[8]


def two_two_one_unpacked(xp, w00, w01, w10, w11, b0, b1, v0, v1, c, x0, x1):
    """The same of eleven numbers, or of eleven vectors with a number for each point."""
    return v0 * xp.tanh(w00 * x0 + w01 * x1 + b0) + v1 * xp.tanh(w10 * x0 + w11 * x1 + b1) + c


def net_of_input(xp, x, weights1, bias1, weights2, bias2, weights3):
    """Works for one point [8] and for rows of points."""
    hidden = xp.tanh(x @ weights1.T + bias1)
    return xp.tanh(hidden @ weights2.T + bias2) @ weights3


def squared_error(xp, theta, x, y):
    """Of a net with one hidden tanh layer; theta is W1 row-major, b1, v, c."""
    width = x.shape[1]
    hidden = (theta.shape[0] - 1) // (width + 2)
    end = hidden * width
    weights, bias, v = theta[:end].reshape(hidden, width), theta[end : end + hidden], theta[end + hidden : -1]
    error = xp.tanh(x @ weights.T + bias) @ v + theta[-1] - y
    return (error**2).mean()


def error_of_one(xp, theta, x, y):
    """The same of one row alone."""
    return squared_error(xp, theta, x[None], y[None])


def layers(theta, widths=WIDTHS):
    """Weights [out, in] and bias of each layer of a classifier, as views of theta; theta may be rows of parameters."""
    parts, at = [], 0
    for before, after in zip(widths, widths[1:]):
        weights = theta[..., at : at + after * before].reshape(*theta.shape[:-1], after, before)
        at += after * before
        parts.append((weights, theta[..., at : at + after]))
        at += after
    return parts


def cross_entropy(xp, logsumexp, theta, x, y, widths=WIDTHS):
    """Of the classifier over all rows; y is one-hot."""
    h = x
    *inner, (weights, bias) = layers(theta, widths)
    for inner_weights, inner_bias in inner:
        h = xp.tanh(h @ inner_weights.T + inner_bias)
    logits = h @ weights.T + bias
    return (logsumexp(logits) - (logits * y).sum(-1)).mean()


def broadened(xp, nodes, weights, places):
    """The spectral density of each probe's Ritz values and weights, [probes, steps]: the mean of their Gaussians."""
    distances = (places[:, None, None] - nodes) / DENSITY_WIDTH
    peak = 1 / (DENSITY_WIDTH * sqrt(2 * pi) * nodes.shape[0])
    return (weights * xp.exp(-0.5 * distances * distances)).sum((-2, -1)) * peak


def sines(xp, x):
    for _ in range(SINES):
        x = xp.sin(x)
    return x.sum()


def monkey_saddle(point):
    x, y = point[0], point[1]
    return x**3 - 3 * x * y**2


def eigenvalues_2x2(xp, matrices):
    """Ascending, by the quadratic formula."""
    a, b, d = matrices[..., 0, 0], matrices[..., 0, 1], matrices[..., 1, 1]
    centre = (a + d) / 2
    radius = xp.sqrt(((a - d) / 2) ** 2 + b * b)
    return xp.stack([centre - radius, centre + radius], -1)
