package org.curvature4j.internal.engine.gpu.tiles;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.gpu.DeviceCode;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.TileSize;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of points as kernels over arrays whose last axis is the tile. Tiles are large, so that every multiprocessor has
 * threads to do in each kernel. What depends on the inputs after the first alone is computed when these change.
 */
final class ArrayCode implements DeviceCode {
    private static final TileSize.Comfort COMFORT = new TileSize.Comfort(1 << 16, 1L << 30);

    private final Batched graph;
    private final int symmetric;
    private final Map<Integer, TermCode> codes = new ConcurrentHashMap<>();
    private final int inputs;
    private final int outputs;

    /**
     * Prepares a function.
     *
     * @param graph one output; the first input and the output batched
     * @param symmetric the size of the square matrix with which each result begins and that is to be symmetric, or 0
     * @throws org.curvature4j.internal.engine.code.Unsuitable if it isn't one for a device
     */
    ArrayCode(Batched graph, int symmetric) {
        this.graph = graph;
        this.symmetric = symmetric;
        this.inputs = each(slots().get(0));
        this.outputs = each(code(unit()).code().program().outputs().get(0));
    }

    private int each(Slot slot) {
        return Math.toIntExact(slot.type().size() / unit());
    }

    private List<Slot> slots() {
        return code(unit()).code().program().inputs();
    }

    private TermCode code(int size) {
        return codes.computeIfAbsent(size, batch -> TermCode.ofTile(graph.over(batch)));
    }

    /** The types of the inputs after the first. */
    List<TensorType> types() {
        return slots().stream().skip(1).map(Slot::type).toList();
    }

    @Override
    public int inputs() {
        return inputs;
    }

    @Override
    public int outputs() {
        return outputs;
    }

    /** As on the processor, for a point's bits must not depend on those beside it. */
    @Override
    public int unit() {
        return TileSize.SMALLEST;
    }

    @Override
    public int least() {
        return TileSize.SMALLEST;
    }

    @Override
    public TileSize.Comfort comfort() {
        return COMFORT;
    }

    @Override
    public long bytes(int size) {
        return code(size).code().bytes();
    }

    @Override
    public Computation open(Queue queue, int size, Buffer points, Buffer results) {
        TermCode code = code(size);
        PlaneKernels planes = new PlaneKernels(queue, size);
        Lane lane = new Lane(queue, code.uploads());
        try {
            return new Tile(planes, lane, new SumTerm(lane, code, 0, points, results), points, results);
        } catch (RuntimeException | Error e) {
            Resources.of(lane).closeAfter(e);
            throw e;
        }
    }

    /** A tile's memory. */
    private final class Tile implements Computation {
        private final PlaneKernels planes;
        private final Lane lane;
        private final SumTerm term;
        private final Buffer points;
        private final Buffer results;

        Tile(PlaneKernels planes, Lane lane, SumTerm term, Buffer points, Buffer results) {
            this.planes = planes;
            this.lane = lane;
            this.term = term;
            this.points = points;
            this.results = results;
        }

        @Override
        public void feed(List<INDArray> feeds) {
            term.feed(feeds);
        }

        @Override
        public void run(int count) {
            planes.fill(points, count, inputs);
            term.store();
            planes.symmetrize(results, count, symmetric);
        }

        @Override
        public void check() {
            term.check();
        }

        @Override
        public void close() {
            lane.close();
        }
    }
}
