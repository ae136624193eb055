package org.curvature4j.spark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;

/**
 * Spark with executors in processes of their own on this machine, which get the application's jar as those of a cluster do.
 * One at a time in a JVM, started when it is asked for.
 */
final class Cluster {
    private static SparkSession running;
    private static List<Object> kind = List.of();

    private Cluster() {}

    /** Two executors with a core each. */
    static SparkSession get() {
        return of(2, 1);
    }

    static SparkSession of(int executors, int cores) {
        return of("local-cluster[" + executors + "," + cores + ",1024]", Map.of());
    }

    /** Two executors with a core each, Kryo with a small buffer, 7 MB for data, and all of their heap from the start. */
    static SparkSession strained() {
        return of(
                "local-cluster[2,1,1024]",
                Map.of(
                        "spark.serializer", KryoSerializer.class.getName(),
                        "spark.kryoserializer.buffer.max", "1m",
                        "spark.memory.fraction", "0.01",
                        "spark.executor.extraJavaOptions", "-Xms1g -XX:+AlwaysPreTouch"));
    }

    /** One executor with a core, and a GPU that a script tells of, for each task. */
    static SparkSession withGpu(Path script) {
        return of(
                "local-cluster[1,1,1024]",
                Map.of(
                        "spark.worker.resource.gpu.amount", "1",
                        "spark.worker.resource.gpu.discoveryScript", script.toString(),
                        "spark.executor.resource.gpu.amount", "1",
                        "spark.task.resource.gpu.amount", "1"));
    }

    /** Two executors with a core each, on a host of its own each, as Spark sees it. */
    static SparkSession onTwoHosts(Map<String, String> settings) {
        return of(TwoHosts.address(), settings);
    }

    private static synchronized SparkSession of(String master, Map<String, String> settings) {
        List<Object> wanted = List.of(master, settings);
        if (!kind.equals(wanted)) {
            if (running != null) {
                running.stop();
            }
            kind = wanted;
            SparkSession.Builder builder = SparkSession.builder()
                    .master(master)
                    .appName("tests")
                    .config("spark.jars", System.getProperty("application.jar") + "," + System.getProperty("tests.jar"))
                    .config("spark.ui.enabled", false)
                    .config("spark.driver.host", "127.0.0.1")
                    .config("spark.driver.bindAddress", "127.0.0.1")
                    .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
                    .config("spark.sql.shuffle.partitions", 4);
            settings.forEach(builder::config);
            running = builder.getOrCreate();
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
