package org.curvature4j.spectrum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.IntStream;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.stream.Progress;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How strongly each input moves the outputs, over a batch of Jacobians J [B, m, n]: root mean squares of their entries and
 * of the norms of their columns. Immutable.
 *
 * <p>An input's sensitivity is sqrt(mean over the batch of |J e_j|^2): how far the outputs move, in root mean square, for
 * each unit that the input moves. Inputs of different units are to be scaled before they are compared.
 */
public final class Sensitivity {
    private final int outputs;
    private final int inputs;
    private final long points;
    private final double[] entries;

    /**
     * An input, or a named block of them.
     *
     * @param name of the block, or the input's index
     * @param from its first input, counted from 0
     * @param size how many inputs it has
     * @param norm root mean square over the points of the norm of its columns together
     */
    public record Rank(String name, int from, int size, double norm) {}

    /** Takes over the root mean squares, [m, n]. */
    Sensitivity(int outputs, int inputs, long points, double[] entries) {
        this.outputs = outputs;
        this.inputs = inputs;
        this.points = points;
        this.entries = entries;
    }

    /**
     * Of a batch of Jacobians.
     *
     * @param jacobians [B, m, n] of at least one; not modified
     * @throws IllegalArgumentException naming the first that isn't finite
     */
    public static Sensitivity of(INDArray jacobians) {
        if (jacobians.rank() != 3 || jacobians.isEmpty()) {
            throw new IllegalArgumentException(
                    "Jacobians: expected at least one, [B, m, n], got " + Arrays.toString(jacobians.shape()));
        }
        int rows = Math.toIntExact(jacobians.size(1));
        int columns = Math.toIntExact(jacobians.size(2));
        DataType type = Precision.of(jacobians.dataType()).dataType();
        try (HostArray source = HostArray.reading("Jacobians", jacobians);
                JacobianSink sink = new JacobianSink(rows, columns, type, (first, count, values) -> {})) {
            int length = Math.multiplyExact(rows, columns);
            Workers.copy(ArrayRows.source(source, jacobians.size(0), length), sink, length, 1, 1, Progress.NONE);
            return sink.sensitivity();
        }
    }

    /** How many Jacobians there were. */
    public long points() {
        return points;
    }

    /** Rows of each Jacobian, m. */
    public int outputs() {
        return outputs;
    }

    /** Columns of each Jacobian, n. */
    public int inputs() {
        return inputs;
    }

    /** The sensitivity of every input, n numbers; a new array. */
    public double[] norms() {
        return IntStream.range(0, inputs).mapToDouble(input -> norm(input, 1)).toArray();
    }

    /**
     * The sensitivity of one output to every input, the root mean square of J_ij over the batch: n numbers, a new array.
     *
     * @param output i, counted from 0
     */
    public double[] norms(int output) {
        Arguments.requireIndex("output", output, outputs);
        return IntStream.range(0, inputs)
                .mapToDouble(input -> entries[output * inputs + input])
                .toArray();
    }

    /** All inputs by falling sensitivity; of a tie the first comes first. */
    public List<Rank> ranking() {
        return sorted(IntStream.range(0, inputs)
                .mapToObj(input -> new Rank(Integer.toString(input), input, 1, norm(input, 1)))
                .toList());
    }

    /**
     * Named blocks of inputs by falling sensitivity.
     *
     * @param names of the blocks, in the order of their inputs
     * @param sizes of the blocks, which add up to n
     */
    public List<Rank> ranking(List<String> names, int... sizes) {
        int total = IntStream.of(sizes).sum();
        Arguments.refuseIf(
                names.size() != sizes.length
                        || total != inputs
                        || IntStream.of(sizes).anyMatch(size -> size < 1),
                "blocks",
                "a name and a positive size each, which add up to " + inputs,
                names + " and sizes that add up to " + total);
        List<Rank> blocks = new ArrayList<>();
        int from = 0;
        for (int block = 0; block < sizes.length; block++) {
            blocks.add(new Rank(names.get(block), from, sizes[block], norm(from, sizes[block])));
            from += sizes[block];
        }
        return sorted(blocks);
    }

    private static List<Rank> sorted(List<Rank> ranks) {
        return ranks.stream()
                .sorted(Comparator.comparingDouble(Rank::norm).reversed())
                .toList();
    }

    private double norm(int from, int size) {
        SquareSums sums = new SquareSums(1);
        long index = 0;
        for (int output = 0; output < outputs; output++) {
            for (int input = from; input < from + size; input++) {
                sums.add(index++, entries, output * inputs + input);
            }
        }
        return sums.roots(1)[0];
    }

    /** The first inputs of the ranking, a line each. */
    public String report() {
        StringJoiner lines = new StringJoiner("\n");
        for (Rank rank : ranking().subList(0, Math.min(inputs, 10))) {
            lines.add(String.format(Locale.ROOT, "input %s: %s", rank.name(), Numbers.brief(rank.norm())));
        }
        return lines.toString();
    }

    @Override
    public String toString() {
        return "sensitivity of " + outputs + " outputs to " + inputs + " inputs over " + points + " points";
    }
}
