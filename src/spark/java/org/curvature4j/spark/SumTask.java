package org.curvature4j.spark;

import java.util.Set;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.curvature4j.internal.host.Kept;
import org.curvature4j.operator.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What a partition adds to sums, one for each of several vectors.
 *
 * @param loss over all partitions
 * @param term the number of the term, by which executors know it again
 * @param maker of the term
 * @param point where it is taken, if it isn't a function of that
 * @param vectors one after the other
 * @param length numbers of one
 * @param results numbers of its sum
 * @param mean whether a partition counts by its share of all examples
 * @param losses those that the driver has open: of others nothing is kept
 * @param terms likewise, of this loss
 */
record SumTask(
        SharedLoss loss,
        long term,
        Term.Maker maker,
        @Nullable Broadcast<double[]> point,
        Broadcast<double[]> vectors,
        int length,
        int results,
        boolean mean,
        Set<String> losses,
        Set<Long> terms)
        implements Function<PartitionData, Slice> {
    private static final Kept<Key, PartitionLoss> OPEN = new Kept<>(Integer.MAX_VALUE);

    private record Key(String loss, int partition) {}

    @Override
    public Slice call(PartitionData data) {
        Executors.prepare();
        OPEN.retain(key -> losses.contains(key.loss()));
        int partition = data.part().partition();
        try (var open = OPEN.lease(new Key(loss.id(), partition), () -> loss.open(data))) {
            PartitionLoss here = open.value();
            here.terms().retain(terms::contains);
            double[] at = point == null ? new double[0] : point.value();
            try (var made = here.terms().lease(term, () -> maker.make(here, at))) {
                double[] sums = sums(made.value());
                if (mean) {
                    Vectors.scale(loss.share(data), sums);
                }
                return new Slice(partition, sums);
            }
        }
    }

    private double[] sums(Term prepared) {
        double[] all = vectors.value();
        if (all.length == length) {
            double[] sum = new double[results];
            prepared.apply(all, sum);
            return sum;
        }
        int count = all.length / length;
        double[] sums = new double[count * results];
        double[] vector = new double[length];
        double[] sum = new double[results];
        for (int k = 0; k < count; k++) {
            System.arraycopy(all, k * length, vector, 0, length);
            prepared.apply(vector, sum);
            System.arraycopy(sum, 0, sums, k * results, results);
        }
        return sums;
    }
}
