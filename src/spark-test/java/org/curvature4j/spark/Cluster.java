package org.curvature4j.spark;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * Spark with executors in processes of their own on this machine, which get the application's jar as those of a cluster do.
 * One at a time in a JVM, started when it is asked for.
 */
final class Cluster {
    private static SparkSession running;
    private static String kind = "";

    private Cluster() {}

    /** Two executors with a core each. */
    static SparkSession get() {
        return of(2, 1);
    }

    static synchronized SparkSession of(int executors, int cores) {
        String master = "local-cluster[" + executors + "," + cores + ",1024]";
        if (!kind.equals(master)) {
            if (running != null) {
                running.stop();
            }
            kind = master;
            running = SparkSession.builder()
                    .master(master)
                    .appName("tests")
                    .config("spark.jars", System.getProperty("application.jar") + "," + System.getProperty("tests.jar"))
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
                    .config("spark.sql.shuffle.partitions", 4)
                    .getOrCreate();
        }
        return running;
    }

    static JavaSparkContext context(SparkSession spark) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext());
    }

    /** Processes of the executors that ran these tasks, in order. */
    static List<Long> processes(SparkSession spark, int tasks) {
        return context(spark)
                .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                .map(task -> {
                    // Long enough that no executor gets all tasks.
                    Thread.sleep(200);
                    return SparkEnv.get().executorId().equals("driver")
                            ? -1
                            : ProcessHandle.current().pid();
                })
                .collect()
                .stream()
                .distinct()
                .sorted()
                .toList();
    }
}
