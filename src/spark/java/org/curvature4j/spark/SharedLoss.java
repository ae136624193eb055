package org.curvature4j.spark;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.DataLossBuilder;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.host.Kept;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.spark.PartitionData.Part;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What executors have to know of a loss.
 *
 * @param id by which they know it again
 * @param graph its bytes
 * @param loss the variable
 * @param definition what more there is to say
 * @param reduction how examples are put together
 * @param minibatch examples in one
 * @param parts of the data, by partition
 * @param firsts the first example of each partition, counted through all
 * @param examples of all partitions
 */
record SharedLoss(
        String id,
        Broadcast<byte[]> graph,
        String loss,
        LossDefinition definition,
        Reduction reduction,
        int minibatch,
        Map<Integer, Part> parts,
        Map<Integer, Long> firsts,
        long examples)
        implements Serializable {
    private static final Kept<String, OpenGraph> GRAPHS = new Kept<>(1);

    private record OpenGraph(SameDiff graph) implements AutoCloseable {
        @Override
        public void close() {}
    }

    /** The loss over a partition, prepared anew. */
    PartitionLoss open(PartitionData data) {
        int partition = data.part().partition();
        Part first = parts.get(partition);
        if (first == null) {
            throw new IllegalStateException(
                    "data, partition " + partition + ": expected no rows as at first, got some");
        }
        data.part().requireSame(first);
        var held = GRAPHS.lease(id, () -> new OpenGraph(SavedGraph.load(graph.value())));
        Resources made = Resources.of(held);
        try {
            List<Map<String, INDArray>> batches = data.minibatches(minibatch);
            batches.forEach(batch -> batch.values().forEach(made::add));
            SameDiff loaded = held.value().graph();
            synchronized (loaded) {
                DataLoss over = builder(loaded, loss, definition, batches)
                        .firstExample(firsts.getOrDefault(partition, 0L))
                        .reduction(reduction)
                        .build();
                return new PartitionLoss(over, batches, held);
            }
        } catch (RuntimeException | Error e) {
            made.closeAfter(e);
            throw e;
        }
    }

    /** What a loss over some minibatches is made by, here as on the driver. */
    static DataLossBuilder builder(
            SameDiff graph, String loss, LossDefinition definition, List<Map<String, INDArray>> batches) {
        DataLossBuilder builder = DataLoss.builder(graph, loss);
        definition.define(builder);
        return builder.minibatches(batches);
    }

    /** A partition's weight in the mean over examples. */
    double share(PartitionData data) {
        return (double) data.part().examples() / examples;
    }
}
