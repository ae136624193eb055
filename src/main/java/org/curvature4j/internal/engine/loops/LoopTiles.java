package org.curvature4j.internal.engine.loops;

import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.TileSize;

/**
 * Tiles by loops over Java arrays: float64 functions. From 64 points on rows are long enough for vector code, and calls
 * cost next to nothing: measured, 64 to 256 points are alike while a tile stays near the second cache.
 */
public enum LoopTiles implements TileEngine {
    ENGINE;

    @Override
    public TensorProgram program(Graph graph) {
        return TensorProgram.of(graph, new LoopRecorder());
    }

    @Override
    public TilePlan plan(TensorProgram program) {
        return new LoopPlan(program);
    }

    @Override
    public long bytes(TensorProgram program) {
        return LoopPlan.bytes(program);
    }

    @Override
    public TileSize.Comfort comfort() {
        return new TileSize.Comfort(256, 4L << 20);
    }

    @Override
    public String words() {
        return "loops over Java arrays, for functions too large for fused code";
    }
}
