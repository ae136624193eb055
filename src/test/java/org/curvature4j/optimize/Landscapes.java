package org.curvature4j.optimize;

import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.MatrixOperator;

/** Functions with known minima, their derivatives by hand. */
final class Landscapes {
    private Landscapes() {}

    record Closed(
            int size,
            ToDoubleFunction<double[]> f,
            Function<double[], double[]> slope,
            Function<double[], double[]> matrix)
            implements Objective {
        @Override
        public double value(double[] point) {
            return f.applyAsDouble(point);
        }

        @Override
        public double[] gradient(double[] point) {
            return slope.apply(point);
        }

        @Override
        public LinearOperator hessian(double[] point) {
            return MatrixOperator.of(matrix.apply(point), size, size);
        }
    }

    /** Sum of 100 (x[i+1] - x[i]^2)^2 + (1 - x[i])^2; minimum 0 at ones. */
    static Closed rosenbrock(int n) {
        return new Closed(
                n,
                x -> {
                    double sum = 0;
                    for (int i = 0; i + 1 < n; i++) {
                        sum += 100 * Math.pow(x[i + 1] - x[i] * x[i], 2) + Math.pow(1 - x[i], 2);
                    }
                    return sum;
                },
                x -> {
                    double[] g = new double[n];
                    for (int i = 0; i + 1 < n; i++) {
                        double u = x[i + 1] - x[i] * x[i];
                        g[i] += -400 * x[i] * u - 2 * (1 - x[i]);
                        g[i + 1] += 200 * u;
                    }
                    return g;
                },
                x -> {
                    double[] h = new double[n * n];
                    for (int i = 0; i + 1 < n; i++) {
                        h[i * n + i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
                        h[i * n + i + 1] -= 400 * x[i];
                        h[(i + 1) * n + i] -= 400 * x[i];
                        h[(i + 1) * n + i + 1] += 200;
                    }
                    return h;
                });
    }

    /** Sum of w[i] (x[i] - i)^2 / 2. */
    static Closed quadratic(double... weights) {
        int n = weights.length;
        return new Closed(
                n,
                x -> {
                    double sum = 0;
                    for (int i = 0; i < n; i++) {
                        sum += weights[i] * (x[i] - i) * (x[i] - i) / 2;
                    }
                    return sum;
                },
                x -> {
                    double[] g = new double[n];
                    for (int i = 0; i < n; i++) {
                        g[i] = weights[i] * (x[i] - i);
                    }
                    return g;
                },
                x -> {
                    double[] h = new double[n * n];
                    for (int i = 0; i < n; i++) {
                        h[i * n + i] = weights[i];
                    }
                    return h;
                });
    }

    /** (x^2 + y - 11)^2 + (x + y^2 - 7)^2: four minima with value 0. */
    static Closed himmelblau() {
        return plane(
                (x, y) -> Math.pow(x * x + y - 11, 2) + Math.pow(x + y * y - 7, 2),
                (x, y) -> new double[] {
                    4 * x * (x * x + y - 11) + 2 * (x + y * y - 7), 2 * (x * x + y - 11) + 4 * y * (x + y * y - 7)
                },
                (x, y) ->
                        new double[] {12 * x * x + 4 * y - 42, 4 * x + 4 * y, 4 * x + 4 * y, 4 * x + 12 * y * y - 26});
    }

    /** Beale's function: sum of (c[i] - x (1 - y^i))^2; minimum 0 at (3, 0.5). */
    static Closed beale() {
        double[] c = {1.5, 2.25, 2.625};
        return plane(
                (x, y) -> {
                    double sum = 0;
                    for (int i = 1; i <= 3; i++) {
                        sum += Math.pow(c[i - 1] - x * (1 - Math.pow(y, i)), 2);
                    }
                    return sum;
                },
                (x, y) -> {
                    double[] g = new double[2];
                    for (int i = 1; i <= 3; i++) {
                        double r = c[i - 1] - x * (1 - Math.pow(y, i));
                        g[0] += -2 * r * (1 - Math.pow(y, i));
                        g[1] += 2 * r * x * i * Math.pow(y, i - 1);
                    }
                    return g;
                },
                (x, y) -> {
                    double[] h = new double[4];
                    for (int i = 1; i <= 3; i++) {
                        double r = c[i - 1] - x * (1 - Math.pow(y, i));
                        double rx = -(1 - Math.pow(y, i));
                        double ry = x * i * Math.pow(y, i - 1);
                        double rxy = i * Math.pow(y, i - 1);
                        double ryy = i == 1 ? 0 : x * i * (i - 1) * Math.pow(y, i - 2);
                        h[0] += 2 * rx * rx;
                        h[1] += 2 * (rx * ry + r * rxy);
                        h[3] += 2 * (ry * ry + r * ryy);
                    }
                    h[2] = h[1];
                    return h;
                });
    }

    /** x^3 - 3 x y^2. */
    static Closed monkeySaddle() {
        return plane(
                (x, y) -> x * x * x - 3 * x * y * y,
                (x, y) -> new double[] {3 * x * x - 3 * y * y, -6 * x * y},
                (x, y) -> new double[] {6 * x, -6 * y, -6 * y, -6 * x});
    }

    /** x^2 - y^2 + y^4: a saddle at 0, minima of -1/4 at (0, +-1/sqrt 2). */
    static Closed twoValleys() {
        return plane(
                (x, y) -> x * x - y * y + y * y * y * y,
                (x, y) -> new double[] {2 * x, -2 * y + 4 * y * y * y},
                (x, y) -> new double[] {2, 0, 0, -2 + 12 * y * y});
    }

    /** x - log x, without a value for x at or below 0; minimum 1 at 1. */
    static Closed barrier() {
        return new Closed(
                1, x -> x[0] - Math.log(x[0]), x -> new double[] {1 - 1 / x[0]}, x -> new double[] {1 / (x[0] * x[0])});
    }

    @FunctionalInterface
    interface Plane {
        double at(double x, double y);
    }

    @FunctionalInterface
    interface PlaneArray {
        double[] at(double x, double y);
    }

    private static Closed plane(Plane f, PlaneArray slope, PlaneArray matrix) {
        return new Closed(2, p -> f.at(p[0], p[1]), p -> slope.at(p[0], p[1]), p -> matrix.at(p[0], p[1]));
    }
}
