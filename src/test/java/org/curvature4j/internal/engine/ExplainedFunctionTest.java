package org.curvature4j.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class ExplainedFunctionTest {
    private final List<String> calls = new ArrayList<>();

    private final BatchFunction noting = new BatchFunction() {
        @Override
        public void evaluate(RowSource source, RowSink sink, Progress progress) {
            calls.add("batch of " + source.rows());
        }

        @Override
        public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
            calls.add("batch of " + source.rows() + " with values");
        }

        @Override
        public void evaluate(double[] point, double[] result) {
            calls.add("point of " + point.length);
        }

        @Override
        public String describe() {
            return "noting";
        }

        @Override
        public void close() {
            calls.add("close");
        }
    };

    @Test
    void leavesAllToTheOtherAndAddsTheReason() {
        RowSource three = ArrayRows.source(new double[6], 2);
        RowSink nowhere = (first, count, rows) -> {};
        try (BatchFunction explained = new ExplainedFunction(noting, "on the CPU since it rains")) {
            explained.evaluate(three, nowhere, Progress.NONE);
            explained.evaluate(three, List.of(), nowhere, Progress.NONE);
            explained.evaluate(new double[2], new double[1]);
            assertThat(explained.describe()).isEqualTo("noting, on the CPU since it rains");
        }
        assertThat(calls).containsExactly("batch of 3", "batch of 3 with values", "point of 2", "close");
    }
}
