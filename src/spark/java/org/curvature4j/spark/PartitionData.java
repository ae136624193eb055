package org.curvature4j.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The examples of a partition. */
final class PartitionData implements Serializable {
    private static final long serialVersionUID = 1;

    private final Part part;
    private final List<Tensor> tensors;

    /** @param tensors of all placeholders, with as many examples each */
    PartitionData(int partition, int examples, List<Tensor> tensors) {
        long checksum = tensors.stream().mapToLong(Tensor::checksum).reduce(examples, (sum, one) -> 31 * sum + one);
        this.part = new Part(partition, examples, checksum);
        this.tensors = new ArrayList<>(tensors);
    }

    /** What the driver knows of them. */
    Part part() {
        return part;
    }

    /** The first examples alone. */
    PartitionData head(int most) {
        int some = Math.min(most, part.examples());
        return new PartitionData(
                part.partition(),
                some,
                tensors.stream().map(tensor -> tensor.head(some)).toList());
    }

    /** Minibatches of so many examples, the last one perhaps smaller; arrays owned by the caller. */
    List<Map<String, INDArray>> minibatches(int size) {
        List<Map<String, INDArray>> batches = new ArrayList<>();
        for (int from = 0; from < part.examples(); from += size) {
            Map<String, INDArray> batch = new LinkedHashMap<>();
            for (Tensor tensor : tensors) {
                batch.put(tensor.name(), tensor.rows(from, Math.min(size, part.examples() - from)));
            }
            batches.add(batch);
        }
        return batches;
    }

    /** Which examples a partition has. */
    static final class Part implements Serializable {
        private static final long serialVersionUID = 1;

        private final int partition;
        private final int examples;
        private final long checksum;

        Part(int partition, int examples, long checksum) {
            this.partition = partition;
            this.examples = examples;
            this.checksum = checksum;
        }

        int partition() {
            return partition;
        }

        int examples() {
            return examples;
        }

        /** @throws IllegalStateException if these examples aren't those that were there at first */
        void requireSame(Part first) {
            if (examples != first.examples || checksum != first.checksum) {
                throw new IllegalStateException("data, partition " + partition
                        + ": expected the same rows in the same order as at first, got others (what a shuffle made"
                        + " may come in another order when it is made anew: write the data to files before)");
            }
        }
    }

    /** Numbers of an argument that grow row by row. */
    static final class Growing {
        private double[] numbers = new double[1 << 10];
        private int count;

        /** Makes room for so many more. */
        double[] room(String name, int more) {
            if (numbers.length - count < more) {
                long wanted = Math.max((long) count + more, Math.min(2L * numbers.length, Integer.MAX_VALUE - 8));
                if (wanted > Integer.MAX_VALUE - 8) {
                    throw new IllegalArgumentException("data '" + name + "': expected at most "
                            + (Integer.MAX_VALUE - 8) + " numbers in a partition, got more (use more partitions)");
                }
                numbers = Arrays.copyOf(numbers, (int) wanted);
            }
            return numbers;
        }

        int count() {
            return count;
        }

        void add(int more) {
            count += more;
        }

        Tensor tensor(Placeholder placeholder) {
            return new Tensor(placeholder, numbers, count);
        }
    }
}
