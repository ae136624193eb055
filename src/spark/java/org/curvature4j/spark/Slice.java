package org.curvature4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.curvature4j.operator.Vectors;

/** What a partition adds to a sum, all of it or a stretch. */
final class Slice implements Serializable {
    private static final long serialVersionUID = 1;

    private final int partition;
    private final double[] numbers;

    Slice(int partition, double[] numbers) {
        this.partition = partition;
        this.numbers = numbers;
    }

    int partition() {
        return partition;
    }

    double[] numbers() {
        return numbers;
    }

    /** One of so many stretches, which differ in length by one at most. */
    Slice stretch(int index, int count) {
        int from = Math.toIntExact((long) numbers.length * index / count);
        int to = Math.toIntExact((long) numbers.length * (index + 1) / count);
        return new Slice(partition, Arrays.copyOfRange(numbers, from, to));
    }

    /**
     * The sum, added in pairs in the order of the partitions: the same bits in whatever order the slices come.
     *
     * @param slices of the same length, one of each partition at most; the first one's numbers become the sum
     */
    static double[] sum(Iterable<Slice> slices) {
        List<Slice> ordered = new ArrayList<>();
        slices.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(Slice::partition));
        for (int step = 1; step < ordered.size(); step *= 2) {
            for (int i = 0; i + step < ordered.size(); i += 2 * step) {
                Vectors.add(1, ordered.get(i + step).numbers, ordered.get(i).numbers);
            }
        }
        return ordered.get(0).numbers;
    }
}
