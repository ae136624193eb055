package org.curvature4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.internal.transform.Flatten;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What an engine takes row by row, of the inputs of a function, and what is the same for all rows: each row is a point with
 * the data that go with it, or the data alone, at one point.
 */
final class RowLayout {
    private final TensorFunction function;
    private final boolean atOnePoint;
    /** Of the parts of a row: the inputs of the function, and how many numbers each has. */
    private final List<Integer> positions;

    private final int[] lengths;
    private final int length;

    private RowLayout(TensorFunction function, boolean atOnePoint) {
        this.function = function;
        this.atOnePoint = atOnePoint;
        this.positions = IntStream.rangeClosed(
                        atOnePoint ? 1 : 0, function.dataNames().size())
                .boxed()
                .toList();
        this.lengths = positions.stream()
                .mapToInt(i -> Math.toIntExact(type(i).size()))
                .toArray();
        this.length = IntStream.of(lengths).sum();
    }

    /** Rows of points, each with its data. */
    static RowLayout ofPoints(TensorFunction function) {
        return new RowLayout(function, false);
    }

    /**
     * Rows of data, the point given with each call.
     *
     * @throws IllegalArgumentException if no data go with a point
     */
    static RowLayout ofData(TensorFunction function) {
        if (function.dataNames().isEmpty()) {
            throw new IllegalArgumentException(
                    function.name() + ": expected data that make up an example, got none (name them with perPoint)");
        }
        return new RowLayout(function, true);
    }

    TensorFunction function() {
        return function;
    }

    /** Numbers in a row. */
    int length() {
        return length;
    }

    /** A graph of the function's inputs and perhaps more, as one of a row, then of what is the same for all. */
    Graph rows(Graph graph) {
        return isPointAlone() ? graph : Simplifier.simplify(Flatten.rows(graph, positions));
    }

    /** Values of what is the same for all rows; null where they are given with each call. */
    @Nullable
    List<INDArray> feeds() {
        return atOnePoint ? null : function.feedValues();
    }

    /** The values for calls at one point, whose copy is the first; close it. */
    List<INDArray> feeds(INDArray point) {
        TensorType type = function.pointType();
        requireSize("point", type.size(), point);
        List<INDArray> feeds = new ArrayList<>();
        feeds.add(HostArray.copyOf(
                HostArray.numbers("point", point),
                NativeArrays.dataType(type.dtype()),
                type.shape().toArray()));
        feeds.addAll(function.feedValues());
        return feeds;
    }

    /** The parts of one row in new arrays of their inputs' types and shapes; close them. */
    List<INDArray> copies(INDArray... parts) {
        double[] row = row(parts);
        List<INDArray> copies = new ArrayList<>();
        int offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            TensorType type = type(positions.get(i));
            copies.add(HostArray.copyOf(
                    Arrays.copyOfRange(row, offset, offset + lengths[i]),
                    NativeArrays.dataType(type.dtype()),
                    type.shape().toArray()));
            offset += lengths[i];
        }
        return copies;
    }

    private TensorType type(int position) {
        return function.inputs().inputs().get(position).type();
    }

    /** What a part is called, of which there is a row for each. */
    private String name(int part) {
        return name(part, "points");
    }

    /** What a part is called where there is one of it, or a row for each. */
    private String name(int part, String point) {
        int position = positions.get(part);
        return position == 0 ? point : "data '" + function.inputs().inputName(position) + "'";
    }

    private void requireCount(int given) {
        if (given != lengths.length) {
            List<String> names = function.dataNames();
            throw new IllegalArgumentException("data: expected "
                    + (names.isEmpty()
                            ? "none (perPoint names what goes with each point; batchInto and atInto fill arrays of yours)"
                            : "one for each of " + names)
                    + ", got " + (given - lengths.length + names.size()));
        }
    }

    private static void requireSize(String name, long size, INDArray one) {
        if (HostArray.length(one) != size) {
            throw new IllegalArgumentException(
                    name + ": expected " + size + " numbers, got shape " + Shape.of(one.shape()));
        }
    }

    /** One row of its parts, each of any shape. */
    double[] row(INDArray... parts) {
        requireCount(parts.length);
        double[][] numbers = new double[parts.length][];
        for (int i = 0; i < parts.length; i++) {
            requireSize(name(i, "point"), lengths[i], Arguments.requireGiven(name(i, "point"), parts[i]));
            numbers[i] = HostArray.numbers(name(i, "point"), parts[i]);
        }
        return isPointAlone() ? point(numbers[0]) : row(numbers);
    }

    /** The row that is a point alone. */
    double[] point(double[] point) {
        requireCount(1);
        requireLength(0, point);
        return point;
    }

    private void requireLength(int part, double[] numbers) {
        Arguments.requireGiven(name(part, "point"), numbers);
        if (numbers.length != lengths[part]) {
            throw new IllegalArgumentException(
                    name(part, "point") + ": expected " + lengths[part] + " numbers, got " + numbers.length);
        }
    }

    /** One row of its parts' numbers. */
    double[] row(double[]... parts) {
        requireCount(parts.length);
        for (int i = 0; i < parts.length; i++) {
            requireLength(i, parts[i]);
        }
        double[] row = new double[length];
        place(1, parts, row);
        requireHeld(0, 1, row);
        return row;
    }

    private boolean isPointAlone() {
        return lengths.length == 1 && !atOnePoint;
    }

    /** How many rows arrays have; refuses arrays whose rows aren't parts of this, or of which one has others. */
    long count(INDArray... parts) {
        requireCount(parts.length);
        for (int i = 0; i < parts.length; i++) {
            Arguments.requireGiven(name(i), parts[i]);
            boolean fits = parts[i].rank() >= 1
                    && (parts[i].rank() == 1 ? lengths[i] == 1 : ArrayRows.rowLength(parts[i]) == lengths[i]);
            if (!fits) {
                throw new IllegalArgumentException(name(i) + ": expected [B, " + lengths[i] + "] or [B, ...] with "
                        + Numbers.count(lengths[i], "number", "numbers") + " a point, got "
                        + Shape.of(parts[i].shape()));
            }
            requireAlike(i, parts[i].size(0), parts[0].size(0));
        }
        return parts[0].size(0);
    }

    private void requireAlike(int part, long rows, long expected) {
        if (rows != expected) {
            throw new IllegalArgumentException(
                    name(part) + ": expected " + expected + " rows, as many as " + name(0) + " has, got " + rows);
        }
    }

    /** All that a row of points and data is made of. */
    static <T> T[] withData(T points, T[] data) {
        T[] all = Arrays.copyOf(data, data.length + 1);
        System.arraycopy(data, 0, all, 1, data.length);
        all[0] = points;
        return all;
    }

    /** What is computed of the rows of arrays, which are open for reading meanwhile. */
    <T> T reading(Function<RowSource, T> use, INDArray... parts) {
        long rows = count(parts);
        RowSource[] sources = new RowSource[lengths.length];
        List<HostArray> opened = new ArrayList<>();
        try {
            for (int i = 0; i < sources.length; i++) {
                opened.add(HostArray.reading(name(i), parts[i]));
                sources[i] = ArrayRows.source(opened.get(i), rows, lengths[i]);
            }
            return use.apply(source(sources));
        } finally {
            opened.forEach(HostArray::close);
        }
    }

    /** Rows of Java arrays. */
    RowSource source(double[]... parts) {
        requireCount(parts.length);
        RowSource[] sources = new RowSource[lengths.length];
        for (int i = 0; i < sources.length; i++) {
            if (lengths[i] == 0 || parts[i].length % lengths[i] != 0) {
                throw new IllegalArgumentException(
                        name(i) + ": expected a multiple of " + lengths[i] + " numbers, got " + parts[i].length);
            }
            sources[i] = ArrayRows.source(parts[i], lengths[i]);
        }
        return source(sources);
    }

    /** Rows of their parts, read from each source as they are needed. */
    RowSource source(RowSource... parts) {
        requireCount(parts.length);
        for (int i = 0; i < parts.length; i++) {
            requireAlike(i, parts[i].rows(), parts[0].rows());
        }
        if (isPointAlone()) {
            return parts[0];
        }
        return RowSource.of(parts[0].rows(), (first, count, into) -> {
            double[][] read = new double[parts.length][];
            for (int i = 0; i < parts.length; i++) {
                read[i] = new double[count * lengths[i]];
                parts[i].read(first, count, read[i]);
            }
            place(count, read, into);
        });
    }

    /** Puts the parts of rows side by side. */
    private void place(int count, double[][] parts, double[] into) {
        int offset = 0;
        for (int i = 0; i < parts.length; i++) {
            for (int row = 0; row < count; row++) {
                System.arraycopy(parts[i], row * lengths[i], into, row * length + offset, lengths[i]);
            }
            offset += lengths[i];
        }
    }

    /** The same rows, of which those with numbers that an element type doesn't hold are refused when they are read. */
    RowSource checked(RowSource rows) {
        boolean floating = positions.stream().allMatch(i -> type(i).dtype().isFloat());
        if (floating) {
            return rows;
        }
        return RowSource.of(rows.rows(), (first, count, into) -> {
            rows.read(first, count, into);
            requireHeld(first, count, into);
        });
    }

    /** An element type that isn't floating holds some numbers only: others would be changed without a word. */
    private void requireHeld(long first, int count, double[] rows) {
        int offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            DType type = type(positions.get(i)).dtype();
            for (int row = 0; row < count && !type.isFloat(); row++) {
                for (int at = row * length + offset; at < row * length + offset + lengths[i]; at++) {
                    if (type.round(rows[at]) != rows[at]) {
                        throw new IllegalArgumentException(name(i, "point") + ": expected numbers that "
                                + type.name().toLowerCase(Locale.ROOT) + " holds, got " + rows[at] + " in row "
                                + (first + row));
                    }
                }
            }
            offset += lengths[i];
        }
    }
}
