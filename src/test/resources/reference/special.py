"""Writes special.csv: functions at numbers of the whole range, by mpmath with sixty digits."""
import random
from mpmath import besseli, binomial, erf, exp, mp, mpf, pi, sqrt

mp.dps = 80
random.seed(1)


def inverse(x):
    x = mpf(x)
    y = -sqrt(-mp.log1p(-abs(x))) if x < 0 else sqrt(-mp.log1p(-x))
    for _ in range(60):
        step = (erf(y) - x) / (2 / sqrt(pi) * exp(-y * y))
        y -= step / (1 + y * step)
    return y


def derivative_of_i(n, order, x):
    return sum(binomial(order, i) * besseli(abs(n - order + 2 * i), x) for i in range(order + 1)) / mpf(2) ** order


def scaled(n, order, x):
    size = abs(mpf(x))
    terms = (binomial(order, j) * (-1) ** (order - j) * derivative_of_i(n, j, size) for j in range(order + 1))
    return exp(-size) * sum(terms) * (1 if x > 0 else (-1) ** (n + order))


def row(name, x, value):
    print(name, repr(x), mp.nstr(value, 40, strip_zeros=False), sep=",")


units = [random.uniform(-1, 1) for _ in range(40)] + [1 - 2.0 ** -random.uniform(1, 53) for _ in range(30)]
units += [2.0 ** -random.uniform(0, 1000) for _ in range(15)] + [1 - 2.0**-53, 0.5, -0.5]
for x in units:
    row("ERFINV", x, inverse(x))
sizes = [random.uniform(-40, 40) for _ in range(30)] + [10 ** random.uniform(-200, 200) for _ in range(15)]
sizes += [random.uniform(18, 32) for _ in range(15)]
for n in (0, 1):
    for order in range(4):
        for x in sizes:
            if order == 0 or abs(x) < 1e60:
                mp.dps = 80 if abs(x) < 100 else 400
                row(f"I{n}E" + (f" {order}" if order else ""), x, scaled(n, order, x))
mp.dps = 80
for n in range(5):
    for x in [random.uniform(-45, 45) for _ in range(30)] + [10 ** random.uniform(-60, 2.85) for _ in range(15)]:
        row(f"I{n}", x, besseli(n, mpf(x)))
