package org.curvature4j.internal.engine.tile;

import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.program.TensorProgram;

/** What computes tiles: how a graph becomes a program, and a program a plan with memory. */
public interface TileEngine {

    /**
     * The graph's operations in order.
     *
     * @throws org.curvature4j.internal.engine.code.Unsuitable if one isn't for this engine
     */
    TensorProgram program(Graph graph);

    /** A program with memory, for one thread; to be closed by the caller. */
    TilePlan plan(TensorProgram program);

    /** Memory of a plan. */
    long bytes(TensorProgram program);

    /** The tile beyond which nothing is gained. */
    TileSize.Comfort comfort();

    /** What it is, and what for. */
    String words();
}
