package org.curvature4j.engine;

import org.curvature4j.graph.Graph;

/** What computes tiles: how a graph becomes a program, and a program a plan with memory. */
enum TileEngine {
    /** ND4J operations: anything. */
    NATIVE("ND4J operations, which any function can be made of") {
        @Override
        TensorProgram program(Graph graph) {
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
    /** Loops over Java arrays: float64 operations that have code. */
    LOOPS("loops over Java arrays, for functions too large for fused code") {
        @Override
        TensorProgram program(Graph graph) {
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

    TileEngine(String words) {
        this.words = words;
    }

    /** What it is, and what for. */
    String words() {
        return words;
    }

    /**
     * @throws ScalarAlgebra.Unsuitable if an operation isn't one for this
     */
    abstract TensorProgram program(Graph graph);

    abstract TilePlan plan(TensorProgram program);

    /** Memory of a plan. */
    abstract long bytes(TensorProgram program);
}
