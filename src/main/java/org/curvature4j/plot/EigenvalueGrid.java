package org.curvature4j.plot;

/**
 * The eigenvalues of a function's Hessian at the points of a rectangular grid in the plane.
 *
 * @param x ascending, evenly spaced, at least 2
 * @param y ascending, evenly spaced, at least 2
 * @param eigenvalues {@code y.length * x.length * k} finite numbers for k eigenvalues a point: those of one point next
 *     to each other in any order, then along x, then along y; that is shape [y, x, k] in C order
 * @param tolerance magnitude up to which an eigenvalue counts as zero
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares grids
public record EigenvalueGrid(double[] x, double[] y, double[] eigenvalues, double tolerance) {

    private static final double UNEVENNESS = 1e-6;

    /** What the signs of the eigenvalues at a point say about the function there. */
    public enum Shape {
        /** All positive. */
        CONVEX,
        /** All negative. */
        CONCAVE,
        /** Both signs. */
        SADDLE,
        /** All near zero. */
        FLAT,
        /** Positive and near-zero ones, no negative one. */
        VALLEY,
        /** Negative and near-zero ones, no positive one. */
        RIDGE
    }

    /** @throws IllegalArgumentException if the grid isn't ascending and even, or the numbers don't fit it */
    public EigenvalueGrid {
        x = even("x", x);
        y = even("y", y);
        eigenvalues = Checks.finite("eigenvalues", eigenvalues);
        Checks.tolerance(tolerance);
        if (eigenvalues.length % (x.length * y.length) != 0) {
            throw new IllegalArgumentException("eigenvalues: expected a multiple of the " + y.length + " * " + x.length
                    + " points, got " + eigenvalues.length + " (the same number of eigenvalues at every point)");
        }
    }

    /** Eigenvalues at each point. */
    public int count() {
        return eigenvalues.length / (x.length * y.length);
    }

    /** The shape at a point of the grid. */
    public Shape shape(int column, int row) {
        boolean positive = false;
        boolean negative = false;
        boolean zero = false;
        int first = (row * x.length + column) * count();
        for (int i = first; i < first + count(); i++) {
            zero |= Math.abs(eigenvalues[i]) <= tolerance;
            positive |= eigenvalues[i] > tolerance;
            negative |= eigenvalues[i] < -tolerance;
        }
        if (positive && negative) {
            return Shape.SADDLE;
        }
        if (positive) {
            return zero ? Shape.VALLEY : Shape.CONVEX;
        }
        if (negative) {
            return zero ? Shape.RIDGE : Shape.CONCAVE;
        }
        return Shape.FLAT;
    }

    /** The largest magnitude of an eigenvalue at a point of the grid. */
    public double magnitude(int column, int row) {
        int first = (row * x.length + column) * count();
        double largest = 0;
        for (int i = first; i < first + count(); i++) {
            largest = Math.max(largest, Math.abs(eigenvalues[i]));
        }
        return largest;
    }

    /** A copy of the values, if they ascend in even steps. */
    static double[] even(String name, double[] values) {
        double[] copy = Checks.ascending(name, values);
        double step = (copy[copy.length - 1] - copy[0]) / (copy.length - 1);
        for (int i = 1; i < copy.length; i++) {
            if (Math.abs(copy[i] - copy[i - 1] - step) > UNEVENNESS * step) {
                throw new IllegalArgumentException(name + ": expected even steps of " + step + ", got "
                        + (copy[i] - copy[i - 1]) + " before index " + i);
            }
        }
        return copy;
    }

    @Override
    public String toString() {
        return count() + " eigenvalues at each of " + y.length + " * " + x.length + " points";
    }
}
