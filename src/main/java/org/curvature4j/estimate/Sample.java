package org.curvature4j.estimate;

import java.util.Arrays;

/** Numbers whose mean estimates something, and how far that mean may be off. */
final class Sample {
    private double[] numbers = new double[16];
    private int size;

    void add(double number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        numbers[size++] = number;
    }

    int size() {
        return size;
    }

    double mean() {
        double scale = largest();
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += numbers[i] / scale;
        }
        return sum / size * scale;
    }

    /** The standard deviation by the square root of the size; deviations are scaled, as squares of tiny ones vanish. */
    double standardError() {
        double scale = largest();
        double mean = mean() / scale;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double deviation = numbers[i] / scale - mean;
            sum += deviation * deviation;
        }
        return Math.sqrt(sum / (size - 1) / size) * scale;
    }

    /** The largest magnitude as a power of two, by which division is exact; 1 if all are 0. */
    private double largest() {
        double largest = 0;
        for (int i = 0; i < size; i++) {
            largest = Math.max(largest, Math.abs(numbers[i]));
        }
        int exponent = Math.max(-1022, Math.min(1022, Math.getExponent(largest)));
        return largest == 0 ? 1 : Math.scalb(1.0, exponent);
    }
}
