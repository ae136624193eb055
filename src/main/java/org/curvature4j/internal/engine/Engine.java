package org.curvature4j.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.fused.ScalarAlgebra;
import org.curvature4j.internal.engine.nd4j.GraphExport;
import org.curvature4j.internal.engine.nd4j.SameDiffFunction;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes a function of single points. All agree to rounding. */
public enum Engine {
    /** On the CPU {@link #FUSED} where it can, else {@link #LOOPS} where it can; else {@link #PLAN}. */
    AUTO,
    /** Code generated for the function, on the CPU: small functions of floating numbers. */
    FUSED,
    /** Loops over Java arrays on tiles of the batch, on the CPU: float64 functions whose operations have code. */
    LOOPS,
    /** ND4J operations on tiles of the batch: anything, on CPU and CUDA. */
    PLAN,
    /** The exported graph, run by SameDiff: slow, never chosen by itself, for comparison. */
    SAMEDIFF;

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
     * @param export what makes SameDiff graphs
     * @throws IllegalArgumentException if an engine is forced that can't compute it, saying why
     */
    public static BatchFunction prepared(
            Graph single, Batched batched, List<INDArray> feeds, int symmetric, String what, GraphExport export) {
        Settings settings = Backend.get().settings();
        return settings.engine() == SAMEDIFF
                ? new SameDiffFunction(export, batched, feeds, symmetric)
                : settings.engine().prepare(single, batched, feeds, symmetric, what, settings);
    }

    /** As the engine of this name asks, other than {@link #SAMEDIFF}. */
    public BatchFunction prepare(
            Graph single, Batched batched, List<INDArray> feeds, int symmetric, String what, Settings settings) {
        List<String> reasons = new ArrayList<>();
        boolean automatic = this == AUTO && settings.backend().equals("cpu");
        if (this == FUSED || automatic) {
            try {
                return FusedFunction.of(single, feeds, symmetric, settings);
            } catch (ScalarAlgebra.Unsuitable e) {
                refuseIf(this == FUSED, "a function that can be fused", what, e);
                reasons.add("fused code is no way: " + e.getMessage());
            }
        }
        if (this == LOOPS || automatic) {
            try {
                return new TiledFunction(TileEngine.LOOPS, batched, feeds, symmetric, what, settings)
                        .because(String.join("; ", reasons));
            } catch (ScalarAlgebra.Unsuitable e) {
                refuseIf(this == LOOPS, "a function that loops can compute", what, e);
                reasons.add("loops are none: " + e.getMessage());
            }
        }
        return new TiledFunction(TileEngine.NATIVE, batched, feeds, symmetric, what, settings)
                .because(String.join("; ", reasons));
    }

    private static void refuseIf(boolean forced, String expected, String what, ScalarAlgebra.Unsuitable reason) {
        if (forced) {
            throw new IllegalArgumentException(
                    "engine: expected " + expected + ", got " + what + ": " + reason.getMessage()
                            + " (use auto or plan)",
                    reason);
        }
    }
}
