package org.curvature4j.fuzz;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A derivative against central differences with three steps, extrapolated twice (Romberg): the change by the second
 * extrapolation bounds its error. Where this bound isn't small, or second differences don't shrink with the step as
 * those of a smooth function do (a kink or a jump is near), or the differences along the axes don't add up to those
 * across, nothing is judged.
 */
final class Differences {
    private static final double STEP = 1.0 / 64;
    private static final double UNIT = 0x1p-52;
    /** Beyond it the steps are lost in the point's own spacing. */
    private static final double FAR = 1e3;

    private final UnaryOperator<double[]> function;
    private final double[] point;
    private boolean inside = true;
    private int judged;

    Differences(UnaryOperator<double[]> function, double[] point) {
        this.function = function;
        this.point = point;
    }

    /** How many elements of the derivative were held to differences. */
    int judged() {
        return judged;
    }

    /** A difference quotient and what its error is at most; NaN and infinite where there is none. */
    private record Slope(double value, double bound) {
        static final Slope NONE = new Slope(Double.NaN, Double.POSITIVE_INFINITY);

        boolean isKnown() {
            return bound <= 1e-4 * (1 + Math.abs(value));
        }
    }

    /**
     * What of a derivative contradicts the differences.
     *
     * @param derivative the function's shape followed by the point's
     * @param nanAllowed whether NaN contradicts nothing. At an edge of the domain it never does: what is infinite there comes
     *     through products with 0, as in JAX
     */
    Optional<String> contradiction(double[] derivative, boolean nanAllowed) {
        int n = point.length;
        Slope[][] axes = new Slope[n][];
        double[] across = new double[n];
        for (int i = 0; i < n; i++) {
            double[] unit = new double[n];
            unit[i] = 1;
            axes[i] = slopes(unit);
            // No two are of one size, so that no symmetry hides a kink.
            across[i] = (i % 2 == 0 ? 1 : -1) / (1 + 0.3 * i);
        }
        Slope[] diagonal = slopes(across);
        for (int k = 0; k < diagonal.length; k++) {
            for (int i = 0; i < n && isDifferentiable(axes, across, diagonal[k], k); i++) {
                double actual = derivative[k * n + i];
                Slope slope = axes[i][k];
                boolean passes = ((nanAllowed || !inside) && Double.isNaN(actual))
                        || Math.abs(actual - slope.value()) <= 2 * slope.bound() + 1e-7 * (1 + Math.abs(slope.value()));
                judged++;
                if (!passes) {
                    return Optional.of("d[" + k + "]/dx[" + i + "]: expected " + slope.value() + " within "
                            + slope.bound() + " at " + Arrays.toString(point) + ", got " + actual);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isDifferentiable(Slope[][] axes, double[] across, Slope diagonal, int k) {
        double sum = 0;
        double size = 1;
        boolean known = diagonal.isKnown();
        for (int i = 0; i < axes.length; i++) {
            known &= axes[i][k].isKnown();
            sum += across[i] * axes[i][k].value();
            size += Math.abs(axes[i][k].value());
        }
        return known && Math.abs(sum - diagonal.value()) <= 1e-4 * size;
    }

    /** For each element of the function. */
    private Slope[] slopes(double[] direction) {
        double[] here = function.apply(point);
        double[][] above = new double[3][];
        double[][] below = new double[3][];
        for (int j = 0; j < 3; j++) {
            above[j] = function.apply(moved(direction, step(j)));
            below[j] = function.apply(moved(direction, -step(j)));
        }
        inside &= Stream.concat(Arrays.stream(above), Arrays.stream(below))
                .flatMapToDouble(Arrays::stream)
                .allMatch(Double::isFinite);
        Slope[] slopes = new Slope[here.length];
        for (int k = 0; k < here.length; k++) {
            slopes[k] =
                    Arrays.stream(point).anyMatch(x -> Math.abs(x) > FAR) ? Slope.NONE : slope(here, above, below, k);
        }
        return slopes;
    }

    private static double step(int j) {
        return STEP / (1 << j);
    }

    private double[] moved(double[] direction, double step) {
        double[] at = point.clone();
        Arrays.setAll(at, i -> point[i] + step * direction[i]);
        return at;
    }

    private static Slope slope(double[] here, double[][] above, double[][] below, int k) {
        double[] first = new double[3];
        double[] second = new double[3];
        double size = Math.abs(here[k]);
        for (int j = 0; j < 3; j++) {
            first[j] = (above[j][k] - below[j][k]) / (2 * step(j));
            second[j] = Math.abs(above[j][k] - 2 * here[k] + below[j][k]) / step(j);
            size = Math.max(size, Math.max(Math.abs(above[j][k]), Math.abs(below[j][k])));
        }
        double fine = (4 * first[1] - first[0]) / 3;
        double finer = (4 * first[2] - first[1]) / 3;
        double finest = (16 * finer - fine) / 15;
        double rounding = 64 * size * UNIT / STEP;
        boolean smooth = second[1] <= 0.6 * second[0] + rounding && second[2] <= 0.6 * second[1] + rounding;
        return smooth ? new Slope(finest, 16 * Math.abs(finest - finer) + rounding) : Slope.NONE;
    }
}
