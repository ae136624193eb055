package org.curvature4j.internal.engine.gpu.tiles;

import java.util.Arrays;
import org.curvature4j.op.Indices;

/**
 * Which slices are added to each slice of a result: their numbers, those of one result side by side and ascending.
 *
 * @param starts where the numbers of each result begin, and where the last's end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Slices(double[] starts, double[] numbers) {

    static Slices of(Indices indices, int results) {
        int[] next = new int[results + 1];
        for (int i = 0; i < indices.count(); i++) {
            next[indices.get(i) + 1]++;
        }
        for (int result = 0; result < results; result++) {
            next[result + 1] += next[result];
        }
        double[] starts = Arrays.stream(next).asDoubleStream().toArray();
        double[] numbers = new double[indices.count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[next[indices.get(i)]++] = i;
        }
        return new Slices(starts, numbers);
    }
}
