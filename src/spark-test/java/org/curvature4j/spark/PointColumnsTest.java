package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.spectrum.SingularSpectra;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Columns computed by executors against one machine's, bit by bit. */
class PointColumnsTest {
    private static final int COUNT = 500;

    @TempDir
    private Path folder;

    private static double[] column(Dataset<Row> frame, String name) {
        return frame.orderBy("id").select(name).collectAsList().stream()
                .flatMapToDouble(row -> row.<Double>getList(0).stream().mapToDouble(Double::doubleValue))
                .toArray();
    }

    private static double[] numbers(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').reshape(array.length()).toDoubleVector();
    }

    @ParameterizedTest
    @CsvSource({"1, DOUBLE", "3, DOUBLE", "7, DOUBLE", "3, FLOAT"})
    void columnsAreTheSameBitsAsOneMachines(int partitions, DataType type) {
        SameDiff sd = Functions.net(type);
        INDArray points = Functions.points(COUNT).castTo(type);
        SparkFunction energy = SparkFunction.of(sd, "energy", "x");
        SparkFunction outputs = SparkFunction.of(sd, "outputs", "x");
        Dataset<Row> rows = Functions.frame(Cluster.get(), points, partitions);
        Dataset<Row> second = CurvatureSpark.columns(energy)
                .points("x")
                .gradient("gradient")
                .hessian("hessian")
                .eigenvalues("spectrum")
                .appendTo(rows);
        Dataset<Row> both = CurvatureSpark.columns(outputs)
                .points("x")
                .values("values")
                .jacobian("jacobian")
                .singularValues("singular")
                .appendTo(second)
                .cache();
        TensorFunction one = TensorFunction.of(sd, "energy", "x");
        try (Hessian hessian = Hessian.of(one);
                Jacobian jacobian = Jacobian.of(sd, "outputs", "x")) {
            INDArray hessians = hessian.batch(points);
            INDArray jacobians = jacobian.batch(points);
            assertThat(column(both, "hessian")).isEqualTo(numbers(hessians));
            assertThat(column(both, "spectrum"))
                    .isEqualTo(numbers(Spectrum.batch(hessians).values()));
            assertThat(column(both, "jacobian")).isEqualTo(numbers(jacobians));
            assertThat(column(both, "singular"))
                    .isEqualTo(numbers(SingularSpectra.of(jacobians).values()));
        }
        assertThat(column(both, "gradient")).isEqualTo(numbers(one.gradient().values(points)));
        assertThat(column(both, "values"))
                .isEqualTo(numbers(TensorFunction.of(sd, "outputs", "x").values(points)));
        both.unpersist();
    }

    @Test
    void executorsComputeWithTheCoresOfATask() {
        SparkSession spark = Cluster.get();
        Functions.frame(spark, Functions.points(4), 4);
        CurvatureSpark.columns(SparkFunction.of(Functions.net(DataType.DOUBLE), "energy", "x"))
                .points("x")
                .hessian("hessian")
                .appendTo(Functions.frame(spark, Functions.points(40), 4))
                .count();
        List<String> threads = Cluster.context(spark)
                .parallelize(List.of(1, 2, 3, 4), 4)
                .map(task -> String.valueOf(System.getProperty("curvature4j.threads")))
                .collect();
        assertThat(threads).contains("1").doesNotContain("2");
    }

    @Test
    void filesOfColumnsHoldTheSameNumbers() {
        SparkSession spark = Cluster.get();
        Dataset<Row> rows = Functions.frame(spark, Functions.points(COUNT), 3)
                .select(
                        functions.col("id"),
                        functions.col("x").getItem(0).as("a"),
                        functions.col("x").getItem(1).as("b"),
                        functions.col("x").getItem(2).as("c"));
        rows.write().mode(SaveMode.Overwrite).parquet(folder + "/points");
        PointColumns columns = CurvatureSpark.columns(SparkFunction.of(Functions.net(DataType.DOUBLE), "energy", "x"))
                .points("a", "b", "c")
                .hessian("hessian");
        columns.appendTo(spark.read().parquet(folder + "/points")).write().parquet(folder + "/hessians");
        try (Hessian hessian = Hessian.of(Functions.net(DataType.DOUBLE), "energy", "x")) {
            assertThat(column(spark.read().parquet(folder + "/hessians"), "hessian"))
                    .isEqualTo(numbers(hessian.batch(Functions.points(COUNT))));
        }
    }

    @Test
    void dataGoWithPoints() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.INT32, -1);
        x.pow(3).sum(1).mul(label.castTo(DataType.DOUBLE)).rename("energy");
        SparkFunction function = SparkFunction.of(
                sd, builder -> builder.output("energy").withRespectTo("x").perPoint("label"));
        INDArray points = Functions.points(20);
        Dataset<Row> rows = Functions.frame(Cluster.get(), points, 3);
        double[] expected;
        try (Hessian hessian = Hessian.of(function.function())) {
            double[] ids = new double[20];
            Arrays.setAll(ids, i -> i);
            expected = new double[20 * 9];
            hessian.batchInto(expected, numbers(points), ids);
        }
        assertThat(column(
                        CurvatureSpark.columns(function)
                                .points("x")
                                .data("label", "id")
                                .hessian("hessian")
                                .appendTo(rows),
                        "hessian"))
                .isEqualTo(expected);
    }

    @Test
    void partitionsMayBeEmpty() {
        Dataset<Row> rows = Functions.frame(Cluster.get(), Functions.points(3), 6);
        PointColumns columns = CurvatureSpark.columns(SparkFunction.of(Functions.net(DataType.DOUBLE), "energy", "x"))
                .points("x")
                .eigenvalues("spectrum");
        assertThat(columns.appendTo(rows).count()).isEqualTo(3);
        assertThat(columns.appendTo(rows.filter("id > 100")).count()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | points, column 'x': expected arrays of 3 numbers, got null in row 1 of partition 0",
                "short | points, column 'x': expected arrays of 3 numbers, got 2 numbers in row 1 of partition 0",
                "nan | points, column 'x': expected numbers, got NaN in row 1 of partition 0",
                "element | points, column 'x': expected numbers, got null in row 1 of partition 0"
            })
    void rowsThatHoldNoPointAreNamed(String kind, String message) {
        Object bad =
                switch (kind) {
                    case "short" -> new Double[] {1.0, 2.0};
                    case "nan" -> new Double[] {1.0, Double.NaN, 3.0};
                    case "element" -> new Double[] {1.0, null, 3.0};
                    default -> null;
                };
        StructType schema = new StructType().add("x", DataTypes.createArrayType(DataTypes.DoubleType, true), true);
        Dataset<Row> rows = Cluster.get()
                .createDataFrame(
                        Cluster.context(Cluster.get())
                                .parallelize(
                                        List.of(
                                                RowFactory.create((Object) new Double[] {1.0, 2.0, 3.0}),
                                                RowFactory.create(bad)),
                                        1),
                        schema);
        Dataset<Row> result = CurvatureSpark.columns(SparkFunction.of(Functions.net(DataType.DOUBLE), "energy", "x"))
                .points("x")
                .hessian("hessian")
                .appendTo(rows);
        assertThatThrownBy(result::count).hasStackTraceContaining(message);
    }

    @Test
    void whatCantBeMeantIsRefusedOnTheDriver() {
        Dataset<Row> rows = Functions.frame(Cluster.get(), Functions.points(3), 1);
        SameDiff sd = Functions.net(DataType.DOUBLE);
        PointColumns columns =
                CurvatureSpark.columns(SparkFunction.of(sd, "energy", "x")).hessian("x");
        assertThatThrownBy(() -> columns.appendTo(rows))
                .hasMessage("points: expected columns with 3 numbers, or one with arrays of them, got none");
        assertThatThrownBy(() -> columns.points("y").appendTo(rows))
                .hasMessage("points: expected columns of [id, x], got 'y'");
        assertThatThrownBy(() -> columns.points("id").appendTo(rows))
                .hasMessage("points: expected 3 columns of a number each, or one of arrays, got [id]");
        assertThatThrownBy(() -> columns.points("x").appendTo(rows))
                .hasMessage("column: expected a name that the rows don't have yet, got 'x'");
        assertThatThrownBy(() -> CurvatureSpark.columns(SparkFunction.of(sd, "outputs", "x"))
                        .points("x")
                        .hessian("h")
                        .appendTo(rows))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
