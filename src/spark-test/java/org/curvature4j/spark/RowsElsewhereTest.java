package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Models and points at addresses, and columns of Parquet files, are the files of one machine. */
class RowsElsewhereTest {
    private static final int COUNT = 40;

    private static final String SPECTRUM = "spectrum --output energy";

    @TempDir
    private Path folder;

    private final SparkSession spark = Cluster.get();

    private Commands.Ended onCluster(Path run, Object model, Object points, Object... more) {
        Stream<Object> words = Stream.of("--model", model, "--points", points, "--out", run);
        return Commands.onCluster(
                spark, SPECTRUM, Stream.concat(words, Arrays.stream(more)).toArray());
    }

    /** Eigenvalues in a file. */
    private Path here(Path points) {
        Path file = folder.resolve("one.npy");
        assertThat(Commands.here(SPECTRUM, "--model", net(), "--points", points, "--out", file)
                        .err())
                .isEmpty();
        return file;
    }

    private void assertSame(Commands.Ended ended, Path run, Path one) {
        assertThat(ended.err()).isEmpty();
        assertThat(Commands.merged(run, "eigenvalues")).hasSameBinaryContentAs(one);
    }

    private Path net() {
        Path model = folder.resolve("a net.fb");
        Functions.net(DataType.DOUBLE).save(model.toFile(), true);
        return model;
    }

    /** One that only Hadoop knows; of folders Hadoop's raw files of this machine can list those alone that it calls by their own scheme. */
    private String address(Path file) {
        if (Files.isDirectory(file)) {
            return "file:" + file;
        }
        spark.sparkContext().hadoopConfiguration().set("fs.faulty.impl", FaultyFileSystem.class.getName());
        return FaultyFileSystem.SCHEME + "://none" + file;
    }

    @Test
    void whatIsAtAnAddress() throws IOException {
        Path points = Files.createDirectory(folder.resolve("points"));
        INDArray all = Functions.points(COUNT);
        Npy.write(folder.resolve("points.npy"), all);
        for (int part = 0; part < 4; part++) {
            INDArray rows = all.get(NDArrayIndex.interval(10 * part, 10 * part + 10));
            Npy.write(points.resolve("part-" + part + ".npy"), rows.dup('c'));
        }
        Files.writeString(points.resolve("_SUCCESS"), "not an array");
        Path one = here(points);
        for (Path file : List.of(points, folder.resolve("points.npy"))) {
            Path run = folder.resolve("run-" + file.getFileName());
            assertSame(onCluster(run, address(net()), address(file)), run, one);
        }
    }

    /** Files whose order by size isn't that by name; written in several row groups. */
    private Dataset<Row> parquet(Path target, int[] sizes) {
        List<Dataset<Row>> parts = new ArrayList<>();
        int from = 0;
        for (int part = 0; part < sizes.length; part++) {
            Dataset<Row> rows = spark.range(from, from + sizes[part])
                    .selectExpr("id", "array(sin(id), cos(id), id / 7) as x", "sin(id) as a", "cos(id) as b")
                    .selectExpr("*", "x[2] as c");
            Path file = folder.resolve("part");
            rows.coalesce(1).write().mode(SaveMode.Overwrite).parquet(file.toString());
            try (var files = Files.list(file)) {
                Path written = files.filter(each -> each.toString().endsWith(".parquet"))
                        .findFirst()
                        .orElseThrow();
                Files.createDirectories(target);
                Files.move(written, target.resolve("part " + part + ".parquet"));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            parts.add(rows);
            from += sizes[part];
        }
        return parts.stream().reduce(Dataset::union).orElseThrow();
    }

    private static double[][] numbers(Dataset<Row> rows) {
        return rows.orderBy("id").select("a", "b", "c").collectAsList().stream()
                .map(row -> new double[] {row.getDouble(0), row.getDouble(1), row.getDouble(2)})
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {":a,b,c", ":x"})
    void columnsOfParquetFilesInTheOrderOfTheirNames(String columns) {
        Path file = folder.resolve("points.parquet");
        double[][] numbers = numbers(parquet(file, new int[] {3, 30, 0, 7}));
        Npy.write(folder.resolve("points.npy"), Nd4j.createFromArray(numbers));
        Path one = here(folder.resolve("points.npy"));
        Path run = folder.resolve("run");
        assertSame(onCluster(run, net(), file + columns, "--shards=3"), run, one);
        assertThat(run.resolve(RunRows.ARRAYS)).doesNotExist();
        assertThat(onCluster(run, net(), file + columns, "--resume").out()).contains("complete already");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hdfs://nowhere:1/x.npy | can't be read",
                "file:/nowhere/x.npy | no such file",
                "file:/nowhere/x.parquet:a | no such file",
                "FOLDER/points.parquet:nobody | expected columns of [id, x, a, b, c], got 'nobody'",
                "FOLDER/points.parquet:a,b | points: expected [B, 3]",
                "FOLDER/points.parquet:x,a | expected numbers, got array<double>",
            })
    void whatIsNotThereIsToldInWords(String points, String words) {
        parquet(folder.resolve("points.parquet"), new int[] {3});
        Path run = folder.resolve("run");
        String name = points.replace("FOLDER", folder.toString());
        assertThat(onCluster(run, net(), name).err()).contains(words).doesNotContain("\tat ");
        assertThat(run.resolve("manifest.json")).doesNotExist();
        assertThat(run.resolve(RunRows.ARRAYS)).doesNotExist();
    }

    @Test
    void pointsThatChangedMeanwhileAreReadAnew() {
        Path points = folder.resolve("points.npy");
        for (int first = 0; first < 2; first++) {
            INDArray all = Functions.points(COUNT + first)
                    .get(NDArrayIndex.interval(first, COUNT + first))
                    .dup('c');
            Npy.write(points, all);
            Path run = folder.resolve("run" + first);
            assertSame(onCluster(run, net(), points), run, here(points));
        }
    }
}
