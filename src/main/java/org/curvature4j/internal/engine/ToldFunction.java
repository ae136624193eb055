package org.curvature4j.internal.engine;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.curvature4j.internal.blas.Warning;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function with decompositions of matrices. Where a result has NaN since a matrix has no decomposition, or that one no
 * derivative, a line on the standard error stream says of which operation and where, once for each; the results are left as
 * they are. What results are told of this line doesn't depend on the engine.
 */
public final class ToldFunction implements BatchFunction {
    /** So often a reason is sought: NaN may have come in, or be a logarithm's. */
    private static final int MOST_SOUGHT = 10;

    private final BatchFunction function;
    private final int width;
    private final int length;
    private final String name;
    private final Reasons reasons;
    private final AtomicInteger sought = new AtomicInteger();

    /** Why a row's result isn't a number. */
    @FunctionalInterface
    public interface Reasons {
        /**
         * Operations and what is true of their matrices, in words.
         *
         * @param feeds as {@link BatchFunction#evaluate(RowSource, List, RowSink, Progress)} has them, or null
         */
        List<String> of(double[] row, @Nullable List<INDArray> feeds);
    }

    /**
     * A function.
     *
     * @param function closed with this
     * @param width numbers of a row
     * @param length numbers of a result
     */
    public ToldFunction(BatchFunction function, int width, int length, String name, Reasons reasons) {
        this.function = function;
        this.width = width;
        this.length = length;
        this.name = name;
        this.reasons = reasons;
    }

    @Override
    public void evaluate(double[] point, double[] result) {
        function.evaluate(point, result);
        if (isLooking() && hasNaN(result, 0, length)) {
            tell("at the point given", point, null);
        }
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        if (isLooking()) {
            Search search = new Search(sink);
            function.evaluate(source, search, progress);
            search.tell(source, null);
        } else {
            function.evaluate(source, sink, progress);
        }
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        if (isLooking()) {
            Search search = new Search(sink);
            function.evaluate(source, feeds, search, progress);
            search.tell(source, feeds);
        } else {
            function.evaluate(source, feeds, sink, progress);
        }
    }

    private boolean isLooking() {
        return sought.get() < MOST_SOUGHT;
    }

    private static boolean hasNaN(double[] numbers, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Double.isNaN(numbers[i])) {
                return true;
            }
        }
        return false;
    }

    private void tell(String where, double[] row, @Nullable List<INDArray> feeds) {
        if (sought.getAndIncrement() < MOST_SOUGHT) {
            List<String> found = reasons.of(row, feeds);
            if (!found.isEmpty()) {
                String why = String.join("; ", found);
                Warning.say(name + why, name + ": NaN " + where + ": " + why + " (see docs/matrices.md)");
            }
        }
    }

    /** Passes results on and looks for the first with NaN; what takes them on a device gets them there, unseen. */
    private final class Search implements RowSink {
        private final RowSink sink;
        private long count;
        private long firstRow = Long.MAX_VALUE;

        Search(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void write(long first, int some, double[] rows) {
            long bad = 0;
            long firstBad = Long.MAX_VALUE;
            for (int row = 0; row < some; row++) {
                if (hasNaN(rows, row * length, (row + 1) * length)) {
                    bad++;
                    firstBad = Math.min(firstBad, first + row);
                }
            }
            if (bad > 0) {
                add(bad, firstBad);
            }
            sink.write(first, some, rows);
        }

        private synchronized void add(long bad, long firstBad) {
            count += bad;
            firstRow = Math.min(firstRow, firstBad);
        }

        @Override
        public RowSink origin() {
            return sink.origin();
        }

        synchronized void tell(RowSource source, @Nullable List<INDArray> feeds) {
            if (count > 0) {
                double[] row = new double[width];
                source.read(firstRow, 1, row);
                String where = String.format(
                        Locale.ROOT, "in %,d of %,d results, the first in row %d", count, source.rows(), firstRow);
                ToldFunction.this.tell(where, row, feeds);
            }
        }
    }

    @Override
    public String describe() {
        return function.describe();
    }

    @Override
    public String describeOne() {
        return function.describeOne();
    }

    @Override
    public void close() {
        function.close();
    }
}
