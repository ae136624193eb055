package org.curvature4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.adapter.MultiDataSetIteratorAdapter;
import org.nd4j.linalg.factory.Nd4j;

class MinibatchesTest {
    private static final INDArray X = Nd4j.arange(14).castTo(DataType.DOUBLE).reshape('c', 7, 2);
    private static final INDArray Y = Nd4j.arange(7).castTo(DataType.DOUBLE).reshape('c', 7, 1);

    private static Map<String, INDArray> arrays() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("x", X);
        arrays.put("y", Y);
        return arrays;
    }

    private static List<Long> sizes(Minibatches batches) {
        List<Long> sizes = new ArrayList<>();
        batches.forEach(batch -> sizes.add(Minibatches.rows(batch)));
        return sizes;
    }

    private static INDArray joined(Minibatches batches, String name) {
        List<INDArray> parts = new ArrayList<>();
        batches.forEach(batch -> parts.add(batch.get(name)));
        return Nd4j.concat(0, parts.toArray(new INDArray[0]));
    }

    @Test
    void theLastBatchMayBeSmaller() {
        Minibatches batches = Minibatches.of(arrays(), 3);

        assertThat(sizes(batches)).containsExactly(3L, 3L, 1L);
        assertThat(joined(batches, "x")).isEqualTo(X);
        assertThat(joined(batches, "y")).isEqualTo(Y);
        assertThat(joined(batches, "x")).as("again").isEqualTo(X);
    }

    @Test
    void wholeArraysStayThemselves() {
        for (int size : new int[] {0, 7, 100}) {
            Map<String, INDArray> batch =
                    Minibatches.of(arrays(), size).iterator().next();
            assertThat(batch.get("x")).isSameAs(X);
            assertThat(sizes(Minibatches.of(arrays(), size))).containsExactly(7L);
        }
        assertThat(sizes(Minibatches.of(arrays()))).containsExactly(7L);
    }

    @Test
    void twoPassesAtOnceDoNotDisturbEachOther() {
        Minibatches batches = Minibatches.of(arrays(), 4);
        Iterator<Map<String, INDArray>> first = batches.iterator();
        first.next();
        assertThat(sizes(batches)).containsExactly(4L, 3L);
        assertThat(Minibatches.rows(first.next())).isEqualTo(3);
        assertThat(first.hasNext()).isFalse();
    }

    @Test
    void takesIteratorsOfTheCaller() {
        Minibatches batches = Minibatches.of(() -> List.of(arrays(), arrays()).iterator());
        assertThat(sizes(batches)).containsExactly(7L, 7L);
        assertThat(sizes(batches)).containsExactly(7L, 7L);
    }

    @Test
    void takesNd4jsIterators() {
        ViewIterator iterator = new ViewIterator(new DataSet(X, Y), 3);
        Minibatches batches = Minibatches.of(iterator, "in", "out");
        assertThat(batches.iterator().next()).containsOnlyKeys("in", "out");
        assertThat(joined(batches, "in")).isEqualTo(X);
        assertThat(joined(batches, "out")).as("reset before each pass").isEqualTo(Y);

        Minibatches several = Minibatches.of(new MultiDataSetIteratorAdapter(iterator), List.of("in"), List.of("out"));
        assertThat(joined(several, "in")).isEqualTo(X);
        assertThat(joined(several, "in")).isEqualTo(X);
    }

    @Test
    void refusesBatchesThatDisagree() {
        Map<String, INDArray> wrong = arrays();
        wrong.put("y", Nd4j.ones(DataType.DOUBLE, 6, 1));
        String message = "batch: expected 7 rows in 'y' as in 'x', got shape [6, 1]";
        assertThatThrownBy(() -> Minibatches.of(wrong, 2)).hasMessage(message);
        Iterator<Map<String, INDArray>> later =
                Minibatches.of(() -> List.of(arrays(), wrong).iterator()).iterator();
        later.next();
        assertThatThrownBy(later::next).hasMessage(message);
    }

    @Test
    void refusesWhatHasNoRows() {
        assertThatThrownBy(() -> Minibatches.of(Map.of(), 1)).hasMessageContaining("got none");
        assertThatThrownBy(() -> Minibatches.of(Map.of("x", Nd4j.scalar(1.0)), 1))
                .hasMessageContaining("expected rows in 'x', got shape []");
        assertThatThrownBy(() -> Minibatches.of(arrays(), -1)).hasMessageContaining("got -1");
        Minibatches none = Minibatches.of(() -> List.<Map<String, INDArray>>of().iterator());
        assertThatThrownBy(none::iterator).hasMessage("minibatches: expected at least one batch, got none");
    }

    @Test
    void refusesMasksAndMissingLabels() {
        DataSet masked = new DataSet(X, Y, null, Nd4j.ones(DataType.DOUBLE, 7, 1));
        Minibatches batches = Minibatches.of(
                new MultiDataSetIteratorAdapter(new ViewIterator(new DataSet(X, Y), 7)),
                List.of("in", "more"),
                List.of("out"));
        assertThatThrownBy(() -> batches.iterator().next())
                .hasMessageContaining("arrays of features for the placeholders [in, more], got 1");
        assertThatThrownBy(() -> Minibatches.of(
                                new org.nd4j.linalg.dataset.adapter.SingletonDataSetIterator(masked), "in", "out")
                        .iterator()
                        .next())
                .hasMessageContaining("expected data without masks");
    }
}
