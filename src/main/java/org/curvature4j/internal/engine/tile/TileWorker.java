package org.curvature4j.internal.engine.tile;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One thread's plan for a tile, and the Java arrays through which rows pass between the user's layout, batch first, and
 * the plan's, batch last.
 */
public final class TileWorker implements AutoCloseable {
    private final TilePlan plan;
    private final int tile;
    private final int inputLength;
    private final int outputLength;
    private final int symmetric;
    private final int threads;
    private final int piece;
    private final List<@Nullable INDArray> fed = new ArrayList<>();
    private final double[] rows;
    private final double[] resultRows;

    /**
     * @param plan closed with this
     * @param symmetric the size of the square matrix with which each result begins, to be made symmetric, or 0
     * @param threads that make a large one symmetric
     */
    public TileWorker(TilePlan plan, int tile, int symmetric, int threads) {
        this.plan = plan;
        this.tile = tile;
        this.threads = threads;
        this.symmetric = symmetric;
        this.inputLength = plan.inputSize() / tile;
        this.outputLength = plan.outputSize() / tile;
        this.piece = plan.piece(tile);
        this.rows = new double[tile * inputLength];
        this.resultRows = new double[Math.multiplyExact(piece, outputLength)];
    }

    /** Sets the inputs after the first, constant over the batch; those that are the same arrays as before stay. */
    void feed(List<INDArray> feeds) {
        for (int i = 0; i < feeds.size(); i++) {
            if (fed.size() <= i) {
                fed.add(null);
            }
            if (fed.get(i) != feeds.get(i)) {
                plan.feed(i + 1, feeds.get(i));
                fed.set(i, feeds.get(i));
            }
        }
    }

    /** Computes {@code count} rows, at most a tile, from {@code first} on. */
    void run(RowSource source, RowSink sink, long first, int count) {
        source.read(first, count, rows);
        // The rest of a tile repeats a row: whatever stood there before might be slow or raise flags, and is nobody's.
        for (int i = count; i < tile; i++) {
            System.arraycopy(rows, 0, rows, i * inputLength, inputLength);
        }
        plan.points(rows, tile);
        plan.run();
        for (int from = 0; from < count; from += piece) {
            int some = Math.min(piece, count - from);
            plan.results(from, some, resultRows);
            if (symmetric > 0) {
                Transposer.symmetrize(resultRows, some, outputLength, symmetric, threads);
            }
            sink.write(first + from, some, resultRows);
        }
    }

    /** Java and native memory that a worker for this program takes, in bytes. */
    public static long bytes(TileEngine engine, TensorProgram program) {
        List<Slot> ends = new ArrayList<>(
                List.of(program.inputs().get(0), program.outputs().get(0)));
        return engine.bytes(program)
                + ends.stream()
                        .mapToLong(slot -> 2 * Double.BYTES * slot.type().size())
                        .sum();
    }

    @Override
    public void close() {
        plan.close();
    }
}
