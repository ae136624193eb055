package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.curvature.Reduction;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.spark.PartitionData.Part;
import org.nd4j.autodiff.samediff.SameDiff;

/** Makes a {@link SparkLoss}: which columns hold which placeholder's numbers, in which minibatches. */
public final class SparkLossBuilder {
    /** Examples that show how a loss puts them together, and whether it can be differentiated. */
    private static final int FEW = 8;

    private final SameDiff graph;
    private final String loss;
    private final Dataset<Row> rows;
    private final Map<String, List<String>> columns = new LinkedHashMap<>();
    private int minibatch = Integer.MAX_VALUE;
    private StorageLevel storage = StorageLevel.MEMORY_AND_DISK();
    private LossDefinition definition = builder -> {};

    SparkLossBuilder(SameDiff graph, String loss, Dataset<Row> rows) {
        this.graph = graph;
        this.loss = loss;
        this.rows = rows;
    }

    /**
     * The columns with a placeholder's numbers: one of arrays, row-major, or one for each number. Its shape is the graph's,
     * open on the first axis, of examples, alone.
     */
    public SparkLossBuilder column(String placeholder, String... names) {
        columns.put(placeholder, List.of(names));
        return this;
    }

    /** The most examples that are computed at once; all of a partition unless called. */
    public SparkLossBuilder minibatch(int examples) {
        Arguments.refuseIf(examples < 1, "minibatch", "at least 1 example", examples);
        minibatch = examples;
        return this;
    }

    /**
     * What more there is to say: parameters, feeds, the reduction, import rules.
     *
     * @param more sees builders here and on executors
     */
    public SparkLossBuilder define(LossDefinition more) {
        definition = more;
        return this;
    }

    /** Where Spark keeps the data, as arrays; in memory, and on disk what doesn't fit, unless called. */
    public SparkLossBuilder storage(StorageLevel level) {
        storage = level;
        return this;
    }

    /**
     * Reads the data, keeps them on the executors and takes the loss over. Close it.
     *
     * @throws IllegalArgumentException where names, shapes, columns, data or operations don't allow it, saying why: a null, a
     *     NaN or an array of another length by its row
     */
    public SparkLoss build() {
        Arguments.refuseIf(columns.isEmpty(), "data", "columns for the placeholders (call column)", "none");
        byte[] bytes = SavedGraph.bytes(graph);
        SameDiff loaded = SavedGraph.load(bytes);
        List<Placeholder> placeholders = new ArrayList<>();
        List<Columns> read = new ArrayList<>();
        columns.forEach((name, names) -> {
            Placeholder placeholder = Placeholder.of(loaded, name);
            placeholders.add(placeholder);
            // Refuses what isn't there before Spark does.
            Columns.of(rows.schema(), "data '" + name + "'", placeholder.length(), names);
        });
        Dataset<Row> needed = Columns.select(
                rows, columns.values().stream().flatMap(List::stream).distinct());
        for (Placeholder placeholder : placeholders) {
            List<String> names = columns.getOrDefault(placeholder.name(), List.of());
            read.add(Columns.of(needed.schema(), "data '" + placeholder.name() + "'", placeholder.length(), names));
        }
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        JavaRDD<PartitionData> data = needed.javaRDD()
                .mapPartitionsWithIndex(new ReadPartition(placeholders, read), false)
                .persist(storage);
        try {
            return over(spark, data, bytes, loaded);
        } catch (Exception e) {
            data.unpersist(false);
            throw Failures.of(e);
        }
    }

    private SparkLoss over(JavaSparkContext spark, JavaRDD<PartitionData> data, byte[] bytes, SameDiff loaded) {
        Map<Integer, Part> parts = new TreeMap<>();
        data.map(PartitionData::part).collect().forEach(part -> parts.put(part.partition(), part));
        Arguments.refuseIf(parts.isEmpty(), "data", "at least one example", "none");
        Map<Integer, Long> firsts = new TreeMap<>();
        long examples = 0;
        for (Part part : parts.values()) {
            firsts.put(part.partition(), examples);
            examples += part.examples();
        }
        PartitionData head = data.map(part -> part.head(FEW)).first();
        DataLoss few = SharedLoss.builder(loaded, loss, definition, head.minibatches(FEW))
                .build();
        Reduction reduction = few.reduction();
        SharedLoss shared = new SharedLoss(
                UUID.randomUUID().toString(),
                spark.broadcast(bytes),
                loss,
                definition,
                reduction,
                minibatch,
                parts,
                firsts,
                examples);
        return new SparkLoss(new LossData(spark, data, shared), few);
    }
}
