package org.curvature4j.spark;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.curvature4j.internal.host.Lifetime;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/** The data of a loss on the cluster, and sums over their partitions. Safe for several threads; closing frees the data. */
final class LossData implements AutoCloseable {
    /** Numbers of all partitions that the driver adds by itself: what a second stage spares is less than what it costs. */
    private static final long FEW = 1 << 18;

    /** Numbers for which a task that adds is worth its start. */
    private static final int STRETCH = 1 << 14;

    private static final String DESCRIPTION = "spark.job.description";
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    private final JavaSparkContext spark;
    private final JavaRDD<PartitionData> data;
    private final SharedLoss loss;
    private final Set<Long> terms = ConcurrentHashMap.newKeySet();
    private final AtomicLong lastTerm = new AtomicLong();
    private final Lifetime lifetime = new Lifetime("loss", this::free);

    LossData(JavaSparkContext spark, JavaRDD<PartitionData> data, SharedLoss loss) {
        this.spark = spark;
        this.data = data;
        this.loss = loss;
        OPEN.add(loss.id());
    }

    SharedLoss loss() {
        return loss;
    }

    /** A term that executors are to keep until it is dropped; its number. */
    long newTerm() {
        long number = lastTerm.incrementAndGet();
        terms.add(number);
        return number;
    }

    void drop(long term) {
        terms.remove(term);
    }

    Broadcast<double[]> broadcast(double[] numbers) {
        return spark.broadcast(numbers);
    }

    /**
     * The weighted sums over all partitions, one after the other. Always the same bits.
     *
     * @param what is computed, for Spark's pages
     * @param vectors one after the other, not modified
     * @param length numbers of one
     * @param results numbers of its sum
     */
    double[] sums(
            String what,
            long term,
            Term.Maker maker,
            @Nullable Broadcast<double[]> point,
            boolean mean,
            double[] vectors,
            int length,
            int results) {
        lifetime.enter();
        String before = spark.getLocalProperty(DESCRIPTION);
        Broadcast<double[]> sent = spark.broadcast(vectors);
        try {
            spark.setLocalProperty(DESCRIPTION, what);
            SumTask task = new SumTask(
                    loss, term, maker, point, sent, length, results, mean, Set.copyOf(OPEN), Set.copyOf(terms));
            int numbers = Math.multiplyExact(vectors.length / length, results);
            JavaRDD<Slice> slices = data.map(task);
            return (long) numbers * loss.parts().size() <= FEW
                    ? Slice.sum(slices.collect())
                    : scattered(slices, numbers);
        } catch (Exception e) {
            throw Failures.of(e);
        } finally {
            spark.setLocalProperty(DESCRIPTION, before);
            sent.destroy();
            lifetime.exit();
        }
    }

    /** Each stretch of the sum is added where its slices meet, so that nobody holds all of what all partitions add. */
    private double[] scattered(JavaRDD<Slice> slices, int numbers) {
        int count = Math.max(1, Math.min(spark.defaultParallelism(), numbers / STRETCH));
        JavaPairRDD<Integer, double[]> stretches = slices.flatMapToPair(slice -> IntStream.range(0, count)
                        .mapToObj(i -> new Tuple2<>(i, slice.stretch(i, count)))
                        .iterator())
                .groupByKey(count)
                .mapValues(Slice::sum);
        try {
            List<double[]> ordered = stretches.collect().stream()
                    .sorted(Comparator.comparing(stretch -> stretch._1()))
                    .map(stretch -> stretch._2())
                    .toList();
            double[] all = new double[numbers];
            int at = 0;
            for (double[] stretch : ordered) {
                System.arraycopy(stretch, 0, all, at, stretch.length);
                at += stretch.length;
            }
            return all;
        } finally {
            // Spark would keep the files until the driver happens to collect garbage: gigabytes after many products.
            stretches.rdd().cleanShuffleDependencies(false);
        }
    }

    @Override
    public void close() {
        lifetime.close();
    }

    private void free() {
        OPEN.remove(loss.id());
        data.unpersist(false);
        loss.graph().destroy();
    }

    @Override
    public String toString() {
        return loss.examples() + " examples in partitions "
                + Arrays.toString(loss.parts().keySet().stream().sorted().toArray());
    }
}
