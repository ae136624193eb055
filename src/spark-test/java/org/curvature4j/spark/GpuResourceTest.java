package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The GPU that Spark gives to tasks is the one that they compute on: asked for as far as it goes without one. */
class GpuResourceTest {
    @TempDir
    private static Path folder;

    /** A worker that says of itself that it has a GPU, the fourth. */
    private static SparkSession spark() throws IOException {
        Path script = folder.resolve("gpus");
        Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"3\"]}'\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Cluster.withGpu(script);
    }

    @Test
    void tasksComputeOnTheGpuThatTheyWereGiven() throws IOException {
        SparkSession spark = spark();
        List<String> devices = Cluster.context(spark)
                .parallelize(List.of(1), 1)
                .map(any -> {
                    Executors.prepare();
                    return System.getProperty("curvature4j.device");
                })
                .collect();
        assertThat(devices).containsExactly("gpu:3");
        Commands.Ended ended = Commands.onCluster(
                spark, "hessian --model rosenbrock --random 5", "--out", folder.resolve("run"), "--shards=1");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("gpu:3").doesNotContain("\tat ");
    }
}
