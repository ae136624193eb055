package org.curvature4j.spark;

import java.util.List;
import java.util.Map;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.internal.host.Kept;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.optimize.Objective;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss over the examples of a partition, on the executor that computes it, with what it has prepared. */
final class PartitionLoss implements AutoCloseable {
    private final DataLoss loss;
    private final List<Map<String, INDArray>> batches;
    private final AutoCloseable graph;
    private final Kept<Long, Term> terms = new Kept<>(Integer.MAX_VALUE);
    private @Nullable Objective objective;

    /**
     * @param batches of the loss, closed with it
     * @param graph its hold on the graph, likewise
     */
    PartitionLoss(DataLoss loss, List<Map<String, INDArray>> batches, AutoCloseable graph) {
        this.loss = loss;
        this.batches = batches;
        this.graph = graph;
    }

    DataLoss loss() {
        return loss;
    }

    /** The loss at any point. */
    synchronized Objective objective() {
        Objective known = objective;
        if (known == null) {
            known = loss.objective();
            objective = known;
        }
        return known;
    }

    /** What was made of it for the driver's operators, by their numbers. */
    Kept<Long, Term> terms() {
        return terms;
    }

    @Override
    public synchronized void close() {
        Resources parts = new Resources();
        parts.add(() -> terms.retain(number -> false));
        if (objective != null) {
            parts.add(objective);
        }
        batches.forEach(batch -> batch.values().forEach(parts::add));
        parts.add(graph);
        parts.close();
    }
}
