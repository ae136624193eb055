package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.io.PointSource;

/**
 * Numbers in columns of Parquet files, in the order of the files' names. Commands take arrays: when they are opened, which is
 * on the driver, the columns are written as arrays into a folder of the run, where executors read them.
 *
 * @param name what the user called them
 * @param parquet what that means
 * @param folder of the run
 * @param within where in it the arrays go
 */
record ParquetRows(SparkSession spark, String name, ParquetName parquet, ShardFolder folder, String within)
        implements RowFile {
    @Override
    public PointSource open() {
        List<String> files = files().addresses();
        JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
        Broadcast<SerializableConfiguration> hadoop = context.broadcast(new SerializableConfiguration(configuration()));
        context.setJobDescription("curvature: arrays of " + name);
        try {
            Dataset<Row> all = spark.read().parquet(parquet.file());
            List<String> names = parquet.columns().isEmpty() ? List.of(all.columns()) : parquet.columns();
            Columns.of(all.schema(), name, names.size(), names); // refuses names that aren't there
            Dataset<Row> wanted = Columns.select(all, names.stream());
            Columns columns = Columns.of(wanted.schema(), name, length(wanted), names);
            JavaRDD<Row> rows = together(
                    context,
                    files.stream()
                            .map(file -> Columns.select(one(all.schema(), file), names.stream())
                                    .javaRDD())
                            .toList());
            Attempts.outcomes(
                    rows.mapPartitionsWithIndex(new ParquetTask(columns, folder.address(), within, hadoop), false));
        } catch (Exception e) { // Spark throws checked ones that it doesn't declare
            throw Failures.of(e);
        } finally {
            context.setJobDescription(null);
            hadoop.destroy();
        }
        return new HadoopRows(name, folder.address() + "/" + within, configuration()).open();
    }

    /** Numbers in a row; those of an array, as the first row has them. */
    private long length(Dataset<Row> rows) {
        List<Row> first = rows.takeAsList(1);
        Arguments.refuseIf(first.isEmpty(), name, "rows", "none");
        boolean array = rows.schema().size() == 1 && rows.schema().fields()[0].dataType() instanceof ArrayType;
        return array && !first.get(0).isNullAt(0)
                ? first.get(0).getList(0).size()
                : rows.schema().size();
    }

    @SuppressWarnings("unchecked") // an array of a generic type
    private static JavaRDD<Row> together(JavaSparkContext context, List<JavaRDD<Row>> parts) {
        return context.union(parts.toArray(JavaRDD[]::new));
    }

    /** The files one by one: of several Spark would read the largest first. */
    private Dataset<Row> one(StructType schema, String file) {
        return spark.read().schema(schema).option("basePath", parquet.file()).parquet(file);
    }

    private HadoopFiles files() {
        return HadoopFiles.at(name, parquet.file(), configuration(), true);
    }

    private Configuration configuration() {
        return spark.sparkContext().hadoopConfiguration();
    }

    @Override
    public String fingerprint() {
        List<String> parts = new ArrayList<>();
        parts.add(files().fingerprint());
        parts.addAll(parquet.columns());
        return String.join(", ", parts);
    }

    @Override
    public String toString() {
        return name;
    }
}
