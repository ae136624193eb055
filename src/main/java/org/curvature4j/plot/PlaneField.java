package org.curvature4j.plot;

import org.curvature4j.internal.text.Arguments;

/**
 * A number at every point of a rectangular grid in the plane.
 *
 * @param name what it is, the heading of its map
 * @param quantity what the colour bar measures
 * @param x ascending, evenly spaced, at least 2
 * @param y ascending, evenly spaced, at least 2
 * @param values {@code y.length * x.length} finite numbers, along x, then along y; that is shape [y, x] in C order
 * @param signed whether zero is what matters: colours then part there, orange for negative and purple for positive, on a
 *     scale that is as long on both sides; otherwise they go from the smallest value to the largest
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in, and nobody compares fields
public record PlaneField(String name, String quantity, double[] x, double[] y, double[] values, boolean signed) {

    /** @throws IllegalArgumentException if the grid isn't ascending and even, or the numbers don't fit it */
    public PlaneField {
        Arguments.requireGiven("name", name);
        Arguments.requireGiven("quantity", quantity);
        x = EigenvalueGrid.even("x", x);
        y = EigenvalueGrid.even("y", y);
        values = Checks.finite("values", values);
        if (values.length != x.length * y.length) {
            throw new IllegalArgumentException("values: expected one at each of the " + y.length + " * " + x.length
                    + " points, got " + values.length);
        }
    }

    /** The same on a grid of about so many points a side, if that is finer: bilinear between these points. */
    PlaneField finer(int side) {
        int across = Math.max(1, side / x.length);
        int up = Math.max(1, side / y.length);
        double[] fineX = between(x, across);
        double[] fineY = between(y, up);
        double[] fine = new double[fineX.length * fineY.length];
        for (int row = 0; row < fineY.length; row++) {
            int below = Math.min(row / up, y.length - 2);
            double v = (double) (row - below * up) / up;
            for (int column = 0; column < fineX.length; column++) {
                int left = Math.min(column / across, x.length - 2);
                double u = (double) (column - left * across) / across;
                int corner = below * x.length + left;
                fine[row * fineX.length + column] = (1 - v) * ((1 - u) * values[corner] + u * values[corner + 1])
                        + v * ((1 - u) * values[corner + x.length] + u * values[corner + x.length + 1]);
            }
        }
        return new PlaneField(name, quantity, fineX, fineY, fine, signed);
    }

    private static double[] between(double[] points, int parts) {
        double[] finer = new double[(points.length - 1) * parts + 1];
        double first = points[0];
        double last = points[points.length - 1];
        for (int i = 0; i < finer.length; i++) {
            finer[i] = (first * (finer.length - 1 - i) + last * i) / (finer.length - 1);
        }
        return finer;
    }

    double smallest() {
        double smallest = values[0];
        for (double value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    double largest() {
        double largest = values[0];
        for (double value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    @Override
    public String toString() {
        return name + ": " + quantity + " at " + y.length + " * " + x.length + " points";
    }
}
