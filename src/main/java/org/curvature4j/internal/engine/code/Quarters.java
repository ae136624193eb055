package org.curvature4j.internal.engine.code;

import static java.lang.Math.fma;

import java.util.Arrays;

/**
 * Functions by a polynomial around the middle of each quarter of an octave (1 to 1.25, 1.25 to 1.5, ..., 2 to 2.5, ...): a
 * table of a row for each, of {@link #TERMS} coefficients from the constant on and of what rounding the constant left.
 */
final class Quarters {
    static final int TERMS = 14;
    private static final int ROW = TERMS + 1;

    private Quarters() {}

    /** The table of a text's numbers. */
    static double[] table(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    /** The number of a positive number's quarter of an octave. */
    static long number(double x) {
        return Double.doubleToRawLongBits(x) >>> 50;
    }

    /** Where a table's row for a quarter begins. */
    static int row(long number, long first) {
        return ROW * (int) (number - first);
    }

    /** The distance from a quarter's middle, which is exact. */
    static double distance(double x, long number) {
        return x - Double.longBitsToDouble(number << 50 | 1L << 49);
    }

    /** What the terms behind the constant come to, divided by the distance. */
    static double slope(double[] table, int row, double distance) {
        double square = distance * distance;
        double odd = table[row + TERMS - 1];
        double even = table[row + TERMS - 2];
        for (int i = TERMS - 3; i > 1; i -= 2) {
            odd = fma(odd, square, table[row + i]);
            even = fma(even, square, table[row + i - 1]);
        }
        return fma(even, distance, fma(odd, square, table[row + 1]));
    }

    /** What is left when {@code value} is the sum. */
    static double rest(double[] table, int row, double distance, double slope, double value) {
        return fma(slope, distance, table[row] - value) + table[row + TERMS];
    }
}
