package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The data of a loss: minibatches that come in the same order each time, and arrays that all of them share. */
final class Batches {
    private final Iterable<? extends Map<String, INDArray>> source;
    private final Map<String, INDArray> shared;
    private final long place;
    private final int count;
    private final long examples;

    /**
     * Goes through all batches once, to count them and to check them.
     *
     * @param place of the first example, where these are a part of more
     */
    Batches(Iterable<? extends Map<String, INDArray>> source, Map<String, INDArray> shared, long place) {
        this.source = source;
        this.place = place;
        this.shared = new TreeMap<>(shared);
        int batches = 0;
        long rows = 0;
        for (Map<String, INDArray> arrays : source) {
            rows += examples(batches++, arrays);
        }
        Arguments.refuseIf(rows == 0, "data", "at least one example", "none");
        this.count = batches;
        this.examples = rows;
    }

    private static long examples(int index, Map<String, INDArray> arrays) {
        long examples = -1;
        for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
            INDArray array = entry.getValue();
            long rows = array.rank() == 0 ? 1 : array.size(0);
            if (examples >= 0 && rows != examples) {
                throw new IllegalArgumentException("data of '" + entry.getKey() + "': expected " + examples
                        + " examples in batch " + index + " as in " + arrays.keySet() + ", got " + rows);
            }
            examples = rows;
        }
        // A loss of the parameters alone, such as a test function, counts as one example.
        return arrays.isEmpty() ? 1 : examples;
    }

    /** How many batches. */
    int count() {
        return count;
    }

    /** How many examples in all of them. */
    long examples() {
        return examples;
    }

    Batch first() {
        return batch(0, 0, source.iterator().next());
    }

    /**
     * Goes through the batches.
     *
     * @throws IllegalStateException if there are more or fewer than the first time
     */
    void forEach(Consumer<Batch> consumer) {
        int index = 0;
        long first = 0;
        for (Map<String, INDArray> arrays : source) {
            Batch batch = batch(index++, first, arrays);
            first += batch.examples();
            consumer.accept(batch);
        }
        if (index != count || first != examples) {
            throw new IllegalStateException("data: expected the same batches each time, " + count + " of " + examples
                    + " examples together, got " + index + " of " + first);
        }
    }

    private Batch batch(int index, long first, Map<String, INDArray> arrays) {
        Map<String, INDArray> all = new LinkedHashMap<>(new TreeMap<>(arrays));
        all.putAll(shared);
        return new Batch(index, first, place + first, examples(index, arrays), all, shared.keySet());
    }
}
