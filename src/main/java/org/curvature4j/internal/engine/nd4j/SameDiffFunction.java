package org.curvature4j.internal.engine.nd4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.Feeds;
import org.curvature4j.internal.engine.tile.Transposer;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.Lifetime;
import org.curvature4j.internal.host.NativeArrays;
import org.curvature4j.internal.host.Workers;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The exported graph, run by SameDiff itself: the same operations as anybody has who loads the export without this library.
 * Slow, on one thread, for comparison with the engines that are made to be fast.
 */
public final class SameDiffFunction implements BatchFunction {
    private static final int TILE = 64;
    private static final String RESULT = "result of the function";

    private final Graph graph;
    private final SameDiff exported;
    private final List<INDArray> feeds;
    private final int symmetric;
    private final int inputLength;
    private final int outputLength;
    private final Lifetime lifetime = new Lifetime("function", this::free);

    /**
     * @param batched one output; the first input and the output batched
     * @param feeds values of the inputs after the first, copied; null if they are given with each call
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     */
    public SameDiffFunction(GraphExport export, Batched batched, @Nullable List<INDArray> feeds, int symmetric) {
        this.graph = batched.over(TILE);
        this.exported = export.export(graph, RESULT);
        this.feeds = feeds == null
                ? List.of()
                : Feeds.copies(graph.inputs().stream().skip(1).map(Node::type).toList(), feeds);
        this.symmetric = symmetric;
        this.inputLength = Math.toIntExact(graph.inputs().get(0).type().size() / TILE);
        this.outputLength = Math.toIntExact(graph.outputs().get(0).type().size() / TILE);
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        evaluate(source, feeds, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> others, RowSink sink, Progress progress) {
        lifetime.use(() -> compute(source, others, sink, progress));
    }

    private void compute(RowSource source, List<INDArray> others, RowSink sink, Progress progress) {
        Workers.run(source.rows(), TILE, 1, () -> (first, count) -> {
            sink.write(first, count, tile(source, first, count, others));
            progress.advance(count);
        });
    }

    private double[] tile(RowSource source, long first, int count, List<INDArray> others) {
        double[] rows = new double[TILE * inputLength];
        source.read(first, count, rows);
        for (int i = count; i < TILE; i++) {
            System.arraycopy(rows, 0, rows, i * inputLength, inputLength);
        }
        double[] columns = new double[rows.length];
        Transposer.transpose(rows, 0, TILE, inputLength, columns);
        double[] resultColumns = output(columns, others);
        double[] results = new double[resultColumns.length];
        Transposer.transpose(resultColumns, 0, outputLength, TILE, results);
        if (symmetric > 0) {
            Transposer.symmetrize(results, count, outputLength, symmetric);
        }
        return results;
    }

    private double[] output(double[] columns, List<INDArray> others) {
        double[] numbers = new double[TILE * outputLength];
        Node input = graph.inputs().get(0);
        try (INDArray point = HostArray.copyOf(
                columns, NativeArrays.dataType(input.dtype()), input.shape().toArray())) {
            Map<String, INDArray> values = new HashMap<>();
            values.put(graph.inputName(0), point);
            for (int i = 0; i < others.size(); i++) {
                values.put(graph.inputName(i + 1), others.get(i));
            }
            synchronized (exported) {
                INDArray result = Objects.requireNonNull(
                        exported.output(values, List.of(RESULT)).get(RESULT));
                try (HostArray source = HostArray.reading("result", result)) {
                    source.read(0, numbers, numbers.length);
                }
            }
        }
        return numbers;
    }

    @Override
    public String describe() {
        return "plain SameDiff on the exported graph, for comparison: " + exported.ops().length
                + " operations a tile of " + TILE + " points, threads: 1";
    }

    private void free() {
        Feeds.free(feeds);
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
