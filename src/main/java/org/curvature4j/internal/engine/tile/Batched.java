package org.curvature4j.internal.engine.tile;

import org.curvature4j.graph.Graph;

/** A function over batches of any size: its graph for a batch, the first input and the output with the batch last. */
@FunctionalInterface
public interface Batched {
    Graph over(long batch);
}
