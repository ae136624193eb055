package org.curvature4j.data;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.dataset.api.iterator.MultiDataSetIterator;

/**
 * Data for a graph's placeholders, one minibatch after the other, each a map from placeholder names to arrays whose first
 * axis counts examples. Going through it again gives the same batches again.
 *
 * <p>Whoever takes batches neither modifies nor closes their arrays: they are views of what was given, or belong to the
 * iterator that made them. A batch is to be used before the next is asked for.
 */
public final class Minibatches implements Iterable<Map<String, INDArray>> {
    private final Supplier<? extends Iterator<Map<String, INDArray>>> source;
    private final String description;

    private Minibatches(Supplier<? extends Iterator<Map<String, INDArray>>> source, String description) {
        this.source = source;
        this.description = description;
    }

    /** All rows of these arrays as one batch: the arrays themselves. */
    public static Minibatches of(Map<String, INDArray> arrays) {
        return of(arrays, 0);
    }

    /**
     * Rows of these arrays in their order, as views.
     *
     * @param arrays each [N, ...]; kept, not copied, to stay unmodified and open meanwhile
     * @param size rows of a batch, of which the last may have fewer; 0, or N and more: one batch of all
     * @throws IllegalArgumentException if the arrays differ in N, there are none, or the size is negative
     */
    public static Minibatches of(Map<String, INDArray> arrays, int size) {
        Map<String, INDArray> kept = new LinkedHashMap<>(arrays);
        long rows = rows(kept);
        Arguments.refuseIf(size < 0, "minibatches", "a size of 0 (all rows) or more", size);
        long each = size == 0 ? rows : Math.min(size, rows);
        return new Minibatches(
                () -> new Slices(kept, rows, each),
                rows + " rows in " + (rows + each - 1) / each + " of up to " + each);
    }

    /**
     * Batches of the caller's.
     *
     * @param source a new iterator each time, always over the same batches in the same order
     */
    public static Minibatches of(Supplier<? extends Iterator<Map<String, INDArray>>> source) {
        return new Minibatches(source, "from a supplier");
    }

    /**
     * Batches of ND4J's iterator, which is reset before each pass; one pass at a time.
     *
     * @param iterator resettable, always giving the same batches (no shuffling), without masks
     * @param features the placeholder for the features
     * @param labels the placeholder for the labels
     * @throws IllegalArgumentException if the iterator can't be reset
     */
    public static Minibatches of(DataSetIterator iterator, String features, String labels) {
        requireReset(iterator.resetSupported());
        return of(() -> Adapters.of(iterator, features, labels));
    }

    /**
     * Batches of ND4J's iterator over several arrays, which is reset before each pass; one pass at a time.
     *
     * @param iterator resettable, always giving the same batches (no shuffling), without masks
     * @param features the placeholders for the features, in the order of the arrays
     * @param labels the placeholders for the labels, likewise
     * @throws IllegalArgumentException if the iterator can't be reset
     */
    public static Minibatches of(MultiDataSetIterator iterator, List<String> features, List<String> labels) {
        requireReset(iterator.resetSupported());
        List<String> inputs = List.copyOf(features);
        List<String> outputs = List.copyOf(labels);
        return of(() -> Adapters.of(iterator, inputs, outputs));
    }

    private static void requireReset(boolean supported) {
        if (!supported) {
            throw new IllegalArgumentException("minibatches: expected an iterator that can be reset, got one that can't"
                    + " (curvature needs the data more than once)");
        }
    }

    /**
     * How many examples a batch has.
     *
     * @throws IllegalArgumentException if its arrays disagree, it has none, or one has no rows
     */
    public static long rows(Map<String, INDArray> batch) {
        @Nullable String first = null;
        long rows = 0;
        for (Map.Entry<String, INDArray> entry : batch.entrySet()) {
            INDArray array = entry.getValue();
            HostArray.requireNumbers("batch: '" + entry.getKey() + "'", array);
            if (array.rank() < 1 || array.isEmpty()) {
                throw new IllegalArgumentException(
                        "batch: expected rows in '" + entry.getKey() + "', got shape " + Examples.shape(array));
            }
            if (first == null) {
                first = entry.getKey();
                rows = array.size(0);
            } else if (array.size(0) != rows) {
                throw new IllegalArgumentException("batch: expected " + rows + " rows in '" + entry.getKey()
                        + "' as in '" + first + "', got shape " + Examples.shape(array));
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("batch: expected arrays for placeholders, got none");
        }
        return rows;
    }

    /**
     * The batches from the first on; each is checked as {@link #rows} does when it is taken.
     *
     * @throws IllegalArgumentException if there are none
     */
    @Override
    public Iterator<Map<String, INDArray>> iterator() {
        Iterator<Map<String, INDArray>> batches = source.get();
        Arguments.refuseIf(!batches.hasNext(), "minibatches", "at least one batch", "none");
        return new Checked(batches);
    }

    /** Batches and rows in words. */
    @Override
    public String toString() {
        return "minibatches: " + description;
    }

    /** Another's batches, each checked. */
    private record Checked(Iterator<Map<String, INDArray>> batches) implements Iterator<Map<String, INDArray>> {
        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public Map<String, INDArray> next() {
            Map<String, INDArray> batch = batches.next();
            rows(batch);
            return batch;
        }
    }

    /** Views of rows. */
    private static final class Slices implements Iterator<Map<String, INDArray>> {
        private final Map<String, INDArray> arrays;
        private final long rows;
        private final long size;
        private long from;

        Slices(Map<String, INDArray> arrays, long rows, long size) {
            this.arrays = arrays;
            this.rows = rows;
            this.size = size;
        }

        @Override
        public boolean hasNext() {
            return from < rows;
        }

        @Override
        public Map<String, INDArray> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            long count = Math.min(size, rows - from);
            Map<String, INDArray> batch = new LinkedHashMap<>();
            arrays.forEach((name, array) -> batch.put(name, Examples.view(array, from, count)));
            from += count;
            return batch;
        }
    }
}
