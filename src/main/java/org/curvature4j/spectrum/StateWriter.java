package org.curvature4j.spectrum;

import java.util.Arrays;

/** Whole numbers, one after the other, that something is kept as. */
final class StateWriter {
    private long[] numbers = new long[64];
    private int length;

    void add(long number) {
        if (length == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * length);
        }
        numbers[length++] = number;
    }

    void add(double number) {
        add(Double.doubleToRawLongBits(number));
    }

    void addAll(double... some) {
        for (double number : some) {
            add(number);
        }
    }

    long[] state() {
        return Arrays.copyOf(numbers, length);
    }
}
