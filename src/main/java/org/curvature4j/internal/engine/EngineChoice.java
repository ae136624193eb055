package org.curvature4j.internal.engine;

import static org.curvature4j.internal.engine.backend.Engine.AUTO;
import static org.curvature4j.internal.engine.backend.Engine.FUSED;
import static org.curvature4j.internal.engine.backend.Engine.LOOPS;
import static org.curvature4j.internal.engine.backend.Engine.SAMEDIFF;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.loops.LoopTiles;
import org.curvature4j.internal.engine.nd4j.GraphExport;
import org.curvature4j.internal.engine.nd4j.NativeTiles;
import org.curvature4j.internal.engine.nd4j.SameDiffFunction;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.engine.tile.TileEngine;
import org.curvature4j.internal.engine.tile.TiledFunction;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Prepares a function with the engine that is asked for, or with the first that can compute it. */
public final class EngineChoice {
    private final Graph single;
    private final Batched batched;
    private final List<INDArray> feeds;
    private final int symmetric;
    private final String what;
    private final Settings settings;
    private final List<String> reasons = new ArrayList<>();

    private EngineChoice(
            Graph single, Batched batched, List<INDArray> feeds, int symmetric, String what, Settings settings) {
        this.single = single;
        this.batched = batched;
        this.feeds = feeds;
        this.symmetric = symmetric;
        this.what = what;
        this.settings = settings;
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
    public static BatchFunction prepare(
            Graph single,
            Batched batched,
            List<INDArray> feeds,
            int symmetric,
            String what,
            GraphExport export,
            Settings settings) {
        return settings.engine() == SAMEDIFF
                ? new SameDiffFunction(export, batched, feeds, symmetric)
                : new EngineChoice(single, batched, feeds, symmetric, what, settings).choose(settings.engine());
    }

    private BatchFunction choose(Engine engine) {
        boolean automatic = engine == AUTO && settings.backend().equals("cpu");
        if (engine == FUSED || automatic) {
            try {
                return FusedFunction.of(single, feeds, symmetric, settings);
            } catch (Unsuitable e) {
                note(engine == FUSED, "a function that can be fused", "fused code can't compute it", e);
            }
        }
        if (engine == LOOPS || automatic) {
            try {
                return tiled(LoopTiles.ENGINE);
            } catch (Unsuitable e) {
                note(engine == LOOPS, "a function that loops can compute", "loops can't compute it", e);
            }
        }
        return tiled(NativeTiles.ENGINE);
    }

    private BatchFunction tiled(TileEngine engine) {
        return new TiledFunction(engine, batched, feeds, symmetric, what, settings).because(String.join("; ", reasons));
    }

    private void note(boolean forced, String expected, String failure, Unsuitable reason) {
        if (forced) {
            throw new IllegalArgumentException(
                    "engine: expected " + expected + ", got " + what + ": " + reason.getMessage()
                            + " (use auto or plan)",
                    reason);
        }
        reasons.add(failure + ": " + reason.getMessage());
    }
}
