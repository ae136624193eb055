package org.curvature4j.internal.engine;

import java.util.List;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function that another computes than was asked for, and why.
 *
 * @param function closed with this
 */
record ExplainedFunction(BatchFunction function, String why) implements BatchFunction {
    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        function.evaluate(source, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        function.evaluate(source, feeds, sink, progress);
    }

    @Override
    public void evaluate(double[] point, double[] result) {
        function.evaluate(point, result);
    }

    @Override
    public String describe() {
        return function.describe() + ", " + why;
    }

    @Override
    public String describeOne() {
        return function.describeOne() + ", " + why;
    }

    @Override
    public void close() {
        function.close();
    }
}
