package org.curvature4j.spectrum;

import java.util.List;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.spectrum.SingularSummary.Spread;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * What a range of Jacobians comes to, in fixed memory: where their singular values lie, and how strongly each input moves the
 * outputs. Ranges that follow each other join exactly: the same bits wherever the batch was cut, on any number of machines,
 * and when a run was interrupted and went on from {@link #state()}. Used by one thread at a time.
 */
public final class JacobianSummary {
    /** "J4C" and the number of the layout. */
    private static final long FORMAT = 0x4a_34_43_01L;

    private final int rows;
    private final int columns;
    private final Precision precision;
    private final long first;
    private final SquareSums entries;
    private final List<Quantiles> quantiles;
    private long end;
    private double worstCondition = -1;
    private long worst = -1;
    private long deficient;
    private long positive;
    private long negative;
    private long singular;

    /**
     * An empty one.
     *
     * @param rows of each Jacobian, m
     * @param columns of each Jacobian, n
     * @param dataType float64 or float32: what the Jacobians are
     * @param first index of the first that it will hold
     */
    public JacobianSummary(int rows, int columns, DataType dataType, long first) {
        this(
                rows,
                columns,
                Precision.of(dataType),
                first,
                new SquareSums(rows * columns),
                List.of(new Quantiles(), new Quantiles(), new Quantiles(), new Quantiles()));
    }

    private JacobianSummary(
            int rows, int columns, Precision precision, long first, SquareSums entries, List<Quantiles> quantiles) {
        SingularBatch.requireSize(rows, columns);
        this.rows = rows;
        this.columns = columns;
        this.precision = precision;
        this.first = first;
        this.end = first;
        this.entries = entries;
        this.quantiles = quantiles;
    }

    /**
     * The summary that had this state.
     *
     * @param dataType what the Jacobians are
     * @param state as {@link #state()} gave it
     * @throws IllegalArgumentException if it is no such state, or one of a version that this library doesn't read
     */
    public static JacobianSummary of(DataType dataType, long... state) {
        StateReader reader = new StateReader("a summary of Jacobians", state);
        reader.require(reader.next() == FORMAT);
        int rows = (int) reader.next(0, Integer.MAX_VALUE);
        int columns = (int) reader.next(0, Integer.MAX_VALUE);
        reader.require((long) rows * columns <= Integer.MAX_VALUE);
        long first = reader.next(0, Long.MAX_VALUE);
        long end = reader.next(first, Long.MAX_VALUE);
        double worstCondition = reader.nextDouble();
        long worst = reader.next(-1, end);
        long[] counts = new long[4];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = reader.next(0, end - first);
        }
        List<Quantiles> quantiles =
                List.of(Quantiles.read(reader), Quantiles.read(reader), Quantiles.read(reader), Quantiles.read(reader));
        SquareSums entries = SquareSums.read(reader, rows * columns, first, end - first);
        reader.require(reader.isAtEnd());
        JacobianSummary summary = new JacobianSummary(rows, columns, Precision.of(dataType), first, entries, quantiles);
        summary.end = end;
        summary.worstCondition = worstCondition;
        summary.worst = worst;
        summary.deficient = counts[0];
        summary.positive = counts[1];
        summary.negative = counts[2];
        summary.singular = counts[3];
        return summary;
    }

    /** All that this summary knows, to be kept in a file and given to {@link #of}; equal summaries have equal states. */
    public long[] state() {
        StateWriter state = new StateWriter();
        state.add(FORMAT);
        state.add(rows);
        state.add(columns);
        state.add(first);
        state.add(end);
        state.add(worstCondition);
        state.add(worst);
        state.add(deficient);
        state.add(positive);
        state.add(negative);
        state.add(singular);
        quantiles.forEach(each -> each.writeTo(state));
        entries.writeTo(state);
        return state.state();
    }

    void add(JacobianSink.Part part) {
        int numbers = rows * columns;
        int count = Math.min(rows, columns);
        for (int i = 0; i < part.size; i++) {
            entries.add(end, part.jacobians, i * numbers);
            double most = part.values[i * count];
            double least = part.values[(i + 1) * count - 1];
            double ratio = SingularSpectra.condition(most, least);
            quantiles.get(0).add(least);
            quantiles.get(1).add(most);
            quantiles.get(2).add(ratio);
            if (ratio > worstCondition) {
                worstCondition = ratio;
                worst = end;
            }
            deficient += least > SingularSpectra.tolerance(most, rows, columns, precision) ? 0 : 1;
            if (isSquare()) {
                quantiles.get(3).add(part.logarithms[i]);
                positive += part.signs[i] > 0 ? 1 : 0;
                negative += part.signs[i] < 0 ? 1 : 0;
                singular += part.signs[i] == 0 ? 1 : 0;
            }
            end++;
        }
    }

    /**
     * Adds the range that follows this one.
     *
     * @throws IllegalArgumentException if that begins elsewhere, or is of Jacobians of another shape
     */
    public void append(JacobianSummary following) {
        Arguments.refuseIf(
                following.first != end || following.rows != rows || following.columns != columns,
                "Jacobians",
                "those from " + end + " on, " + rows + " by " + columns,
                "those from " + following.first + " on, " + following.rows + " by " + following.columns);
        entries.append(following.entries);
        for (int i = 0; i < quantiles.size(); i++) {
            quantiles.get(i).merge(following.quantiles.get(i));
        }
        if (following.worstCondition > worstCondition) {
            worstCondition = following.worstCondition;
            worst = following.worst;
        }
        deficient += following.deficient;
        positive += following.positive;
        negative += following.negative;
        singular += following.singular;
        end = following.end;
    }

    private boolean isSquare() {
        return rows == columns;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    Precision precision() {
        return precision;
    }

    /** Index of the first Jacobian. */
    public long first() {
        return first;
    }

    /** Index behind the last Jacobian until now. */
    public long end() {
        return end;
    }

    /** What the singular values come to. */
    public SingularSummary singularValues() {
        return new SingularSummary(
                end - first,
                Spread.of(quantiles.get(0)),
                Spread.of(quantiles.get(1)),
                Spread.of(quantiles.get(2)),
                worst,
                deficient,
                isSquare(),
                Spread.of(quantiles.get(3)),
                positive,
                negative,
                singular);
    }

    /**
     * How strongly each input moves the outputs.
     *
     * @throws IllegalStateException if there was no Jacobian
     */
    public Sensitivity sensitivity() {
        if (end == first) {
            throw new IllegalStateException("sensitivity: expected at least one Jacobian, got none");
        }
        return new Sensitivity(rows, columns, end - first, entries.roots(end - first));
    }

    @Override
    public String toString() {
        return "Jacobians " + first + " to " + (end - 1) + ", " + rows + " by " + columns;
    }
}
