package org.curvature4j.internal.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.engine.tile.Batched;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vmap;

/**
 * One of the ways to compute a function: its graph.
 *
 * @param single at one point, the first input
 * @param batched the same over a batch
 */
public record Form(Graph single, Batched batched) {

    /** A simplified graph of the point and of what is the same at all points. */
    public static Form of(Graph graph) {
        return new Form(graph, batched(graph));
    }

    /** A graph over batches of its first input, simplified. */
    public static Batched batched(Graph graph) {
        List<Boolean> flags = new ArrayList<>(Collections.nCopies(graph.inputs().size(), false));
        flags.set(0, true);
        return batch -> Simplifier.simplify(Vmap.of(graph, flags, batch));
    }
}
