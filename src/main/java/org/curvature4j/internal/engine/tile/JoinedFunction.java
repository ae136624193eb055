package org.curvature4j.internal.engine.tile;

import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Several functions of the same rows, of which each computes a part of the result: for few large ones. */
public final class JoinedFunction implements BatchFunction {
    private final List<BatchFunction> parts;
    private final int input;
    private final List<Integer> outputs;

    /**
     * @param parts in the order of their results; closed with this
     * @param input numbers of a row
     * @param outputs numbers of each part's result
     */
    public JoinedFunction(List<BatchFunction> parts, int input, List<Integer> outputs) {
        this.parts = parts;
        this.input = input;
        this.outputs = outputs;
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        evaluate(source, sink, progress, (part, row, result) -> part.evaluate(row, result, Progress.NONE));
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        evaluate(source, sink, progress, (part, row, result) -> part.evaluate(row, feeds, result, Progress.NONE));
    }

    private interface Evaluation {
        void of(BatchFunction part, RowSource row, RowSink result);
    }

    private void evaluate(RowSource source, RowSink sink, Progress progress, Evaluation evaluation) {
        double[] point = new double[input];
        double[] result = new double[outputs.stream().mapToInt(size -> size).reduce(0, Math::addExact)];
        for (long row = 0; row < source.rows(); row++) {
            source.read(row, 1, point);
            int offset = 0;
            for (int i = 0; i < parts.size(); i++) {
                double[] part = new double[outputs.get(i)];
                evaluation.of(parts.get(i), ArrayRows.source(point, input), ArrayRows.sink(part, part.length));
                System.arraycopy(part, 0, result, offset, part.length);
                offset += part.length;
            }
            sink.write(row, 1, result);
            progress.advance(1);
        }
    }

    @Override
    public String describe() {
        return parts.stream().map(BatchFunction::describe).collect(Collectors.joining("; with "));
    }

    @Override
    public void close() {
        Resources.of(parts).close();
    }
}
