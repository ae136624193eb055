package org.curvature4j.internal.engine.nd4j;

import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.program.TensorProgram;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TilePlan;
import org.curvature4j.internal.engine.tile.TileSize;

/** Tiles by ND4J operations: any function. Large enough to pay for calls; measured on 2 cores with 32 MiB of cache. */
public enum NativeTiles implements TileEngine {
    ENGINE;

    @Override
    public TensorProgram program(Graph graph) {
        return TensorProgram.of(graph);
    }

    @Override
    public TilePlan plan(TensorProgram program) {
        return NativeTile.ofBatch(new TensorPlan(program));
    }

    @Override
    public long bytes(TensorProgram program) {
        return program.bytes();
    }

    @Override
    public TileSize.Comfort comfort() {
        return new TileSize.Comfort(4096, 32L << 20);
    }

    @Override
    public String words() {
        return "ND4J operations, which any function can be made of";
    }
}
