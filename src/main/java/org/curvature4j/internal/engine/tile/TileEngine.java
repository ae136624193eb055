package org.curvature4j.internal.engine.tile;

import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.fused.ScalarAlgebra;
import org.curvature4j.internal.engine.loops.LoopPlan;
import org.curvature4j.internal.engine.loops.LoopRecorder;
import org.curvature4j.internal.engine.nd4j.NativeTile;
import org.curvature4j.internal.engine.nd4j.TensorPlan;
import org.curvature4j.internal.engine.program.TensorProgram;

/** What computes tiles: how a graph becomes a program, and a program a plan with memory. */
public enum TileEngine {
    /** ND4J operations: anything. Tiles large enough to pay for calls; measured on 2 cores with 32 MiB of cache. */
    NATIVE("ND4J operations, which any function can be made of", 4096, 32L << 20) {
        @Override
        public TensorProgram program(Graph graph) {
            return TensorProgram.of(graph);
        }

        @Override
        TilePlan plan(TensorProgram program) {
            return new NativeTile(new TensorPlan(program));
        }

        @Override
        long bytes(TensorProgram program) {
            return program.bytes();
        }
    },
    /**
     * Loops over Java arrays: float64 operations that have code. From 64 points on rows are long enough for vector code,
     * and calls cost next to nothing: measured, 64 to 256 points are alike while a tile stays near the second cache.
     */
    LOOPS("loops over Java arrays, for functions too large for fused code", 256, 4L << 20) {
        @Override
        public TensorProgram program(Graph graph) {
            return TensorProgram.of(graph, new LoopRecorder());
        }

        @Override
        TilePlan plan(TensorProgram program) {
            return new LoopPlan(program);
        }

        @Override
        long bytes(TensorProgram program) {
            return LoopPlan.bytes(program);
        }
    };

    private final String words;
    private final int points;
    private final long bytes;

    TileEngine(String words, int points, long bytes) {
        this.words = words;
        this.points = points;
        this.bytes = bytes;
    }

    /** The tile beyond which nothing is gained. */
    TileSize.Comfort comfort() {
        return new TileSize.Comfort(points, bytes);
    }

    /** What it is, and what for. */
    String words() {
        return words;
    }

    /**
     * @throws ScalarAlgebra.Unsuitable if an operation isn't one for this
     */
    public abstract TensorProgram program(Graph graph);

    abstract TilePlan plan(TensorProgram program);

    /** Memory of a plan. */
    abstract long bytes(TensorProgram program);
}
