package org.curvature4j.spark;

import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.internal.cli.options.RowFile;
import org.jspecify.annotations.Nullable;

/**
 * The rows that the options of a run name: of files that all machines see, at addresses, or in columns of Parquet files, which
 * the driver turns into arrays of the run's folder while it lasts.
 */
final class RunRows implements Serializable {
    private static final long serialVersionUID = 1;

    /** The folder of the arrays. */
    static final String ARRAYS = "_arrays";

    /** Where the arrays of columns are, by the names of these. */
    private final HashMap<String, String> arrays = new HashMap<>();

    Map<String, String> arrays() {
        return Map.copyOf(arrays);
    }

    /** What names mean on the driver. */
    Function<String, RowFile> onDriver(SparkSession spark, String out) {
        Configuration configuration = spark.sparkContext().hadoopConfiguration();
        return name -> ParquetName.of(name)
                .<RowFile>map(parquet -> {
                    ShardFolder folder = new ShardFolder(out, configuration);
                    String within = ARRAYS + "/" + arrays.size();
                    arrays.put(name, folder.address() + "/" + within);
                    return new ParquetRows(spark, name, parquet, folder, within);
                })
                .orElseGet(() -> elsewhere(name, configuration));
    }

    /** What they mean where tasks run, once the driver opened them. */
    Function<String, RowFile> onExecutor(Configuration configuration) {
        return name -> {
            @Nullable String folder = arrays.get(name);
            return folder == null ? elsewhere(name, configuration) : new HadoopRows(name, folder, configuration);
        };
    }

    private static RowFile elsewhere(String name, Configuration configuration) {
        return HadoopFiles.isAddress(name) ? new HadoopRows(name, name, configuration) : RowFile.of(Path.of(name));
    }

    /** Removes what the driver made. */
    void delete(SparkSession spark, String out) {
        if (!arrays.isEmpty()) {
            new ShardFolder(out, spark.sparkContext().hadoopConfiguration()).delete(ARRAYS);
        }
    }
}
