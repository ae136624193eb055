package org.curvature4j.engine;

import java.util.List;
import java.util.Locale;
import org.curvature4j.graph.Graph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a function of single points. All agree to rounding. */
public enum Engine {
    /** {@link #FUSED} where it can, else {@link #PLAN}. */
    AUTO,
    /** Code generated for the function, on the CPU: small functions of the point alone. */
    FUSED,
    /** ND4J operations on tiles of the batch: anything, on CPU and CUDA. */
    PLAN;

    /** The name in settings and on the command line. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Prepares a function as the settings ask.
     *
     * @param single the graph at one point
     * @param batched the same over a batch
     * @param feeds values of the inputs after the point; copied
     * @param symmetric the size of the square matrices that each result consists of and that are to be symmetric, or 0
     * @param what the function's name, for errors
     * @throws IllegalArgumentException if an engine is forced that can't compute it, saying why
     */
    public static BatchFunction prepared(
            Graph single, Batched batched, List<INDArray> feeds, int symmetric, String what) {
        Settings settings = Backend.get().settings();
        return settings.engine().prepare(single, batched, feeds, symmetric, what, settings);
    }

    BatchFunction prepare(
            Graph single, Batched batched, List<INDArray> feeds, int symmetric, String what, Settings settings) {
        boolean tried = this == FUSED || (this == AUTO && settings.backend().equals("cpu"));
        if (tried) {
            try {
                return FusedFunction.of(single, symmetric, settings);
            } catch (ScalarAlgebra.Unsuitable e) {
                if (this == FUSED) {
                    throw new IllegalArgumentException(
                            "engine: expected a function that can be fused, got " + what + ": " + e.getMessage()
                                    + " (use auto or plan)",
                            e);
                }
            }
        }
        return new TiledFunction(batched, feeds, symmetric, what, settings);
    }
}
