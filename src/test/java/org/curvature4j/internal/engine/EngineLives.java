package org.curvature4j.internal.engine;

import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.backend.Engine;
import org.curvature4j.internal.engine.backend.Settings;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.samediff.SameDiffExport;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A function prepared by an engine of one's choice, which the public way leaves to the settings. */
public final class EngineLives {
    private EngineLives() {}

    /** By this engine, with the feed of its second input. */
    public static BatchFunction prepared(Engine engine, Graph graph, Batched batched, INDArray feed) {
        return EngineChoice.prepare(
                List.of(new Form(graph, batched)),
                List.of(feed),
                0,
                "function",
                (exported, output) -> SameDiffExport.export(exported, List.of(output)),
                new Settings("cpu", 2, 1L << 30, 0, engine, DeviceChoice.CPU));
    }
}
