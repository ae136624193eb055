package org.curvature4j.spectrum;

/**
 * Roots of sums of squares, right also where squares would overflow or vanish: large, middling and small numbers are added
 * up apart, the outer ones scaled (J. L. Blue: A portable Fortran program to find the Euclidean norm of a vector, ACM
 * Transactions on Mathematical Software 4, 1978).
 */
final class SquareSums {
    private static final double SMALL = 0x1p-500;
    private static final double LARGE = 0x1p450;
    private static final double SCALE = 0x1p600;

    private final double[] middle;
    private final double[] small;
    private final double[] large;

    SquareSums(int size) {
        middle = new double[size];
        small = new double[size];
        large = new double[size];
    }

    void add(int place, double number) {
        double magnitude = Math.abs(number);
        if (magnitude >= SMALL && magnitude <= LARGE) {
            middle[place] += magnitude * magnitude;
        } else if (magnitude < SMALL) {
            double scaled = magnitude * SCALE;
            small[place] += scaled * scaled;
        } else {
            double scaled = magnitude / SCALE;
            large[place] += scaled * scaled;
        }
    }

    /** The root of a sum divided by a count. */
    double root(int place, long count) {
        double some = Math.sqrt(middle[place] / count);
        if (small[place] == 0 && large[place] == 0) {
            return some;
        }
        double below = Math.sqrt(small[place] / count) / SCALE;
        double above = Math.sqrt(large[place] / count) * SCALE;
        return Math.hypot(Math.hypot(below, some), above);
    }
}
