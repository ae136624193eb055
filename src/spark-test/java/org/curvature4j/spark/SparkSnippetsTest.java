package org.curvature4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.curvature4j.curvature.DataLoss;
import org.curvature4j.estimate.Budget;
import org.curvature4j.estimate.Estimate;
import org.curvature4j.estimate.Hutchinson;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.optimize.Method;
import org.curvature4j.optimize.Minimizer;
import org.curvature4j.optimize.MinimizerOptions;
import org.curvature4j.optimize.MinimizerResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The code that docs/spark.md shows, run; SnippetsTest, of the other build, compares the two. */
class SparkSnippetsTest {
    private static final Path PAGE = Path.of("docs/spark.md");

    @TempDir
    private Path folder;

    private final SparkSession spark = Cluster.get();

    @Test
    void columns() {
        SameDiff sd = Functions.net(DataType.DOUBLE);
        Functions.frame(spark, Functions.points(200), 2).write().parquet(folder + "/points");
        // snippet: spark-columns
        SparkFunction energy = SparkFunction.of(sd, "energy", "x"); // a graph, its output, what to differentiate by
        Dataset<Row> points = spark.read().parquet(folder + "/points"); // a column x of arrays of 3 numbers
        Dataset<Row> spectra = CurvatureSpark.columns(energy)
                .points("x") // or one column for each number: "a", "b", "c"
                .hessian("hessian") // 3 by 3, row-major
                .eigenvalues("spectrum") // ascending
                .appendTo(points);
        spectra.write().parquet(folder + "/spectra");
        long saddles = spectra.filter("spectrum[0] < 0 and spectrum[2] > 0").count();
        // end
        assertThat(spark.read().parquet(folder + "/spectra").count()).isEqualTo(200);
        assertThat(saddles).isBetween(1L, 200L);
    }

    @Test
    void dataBesidePoints() {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.DOUBLE, -1);
        sd.math().square(x.sum(1).sub(label)).rename("loss");
        Dataset<Row> rows = Functions.frame(spark, Functions.points(5), 2)
                .select(
                        functions.col("id").as("y"),
                        functions.col("x").getItem(0).as("a"),
                        functions.col("x").getItem(1).as("b"),
                        functions.col("x").getItem(2).as("c"));
        // snippet: spark-data
        SparkFunction loss = SparkFunction.of(
                sd, function -> function.output("loss").withRespectTo("x").perPoint("label"));
        Dataset<Row> jacobians = CurvatureSpark.columns(loss)
                .points("a", "b", "c")
                .data("label", "y")
                .gradient("gradient")
                .appendTo(rows);
        // end
        Row row = jacobians.filter("y = 3").first();
        double slope = 2 * (row.getDouble(1) + row.getDouble(2) + row.getDouble(3) - 3);
        assertThat(row.<Double>getList(4))
                .allSatisfy(number -> assertThat(number).isCloseTo(slope, within(1e-12)));
    }

    @Test
    void losses() {
        SameDiff sd = Losses.classifier(2);
        sd.getVariable("mean").rename("loss");
        Dataset<Row> rows = Losses.frame(spark, 50, 2);
        // snippet: spark-loss
        SparkLossBuilder builder = CurvatureSpark.loss(sd, "loss", rows) // an example each
                .column("x", "features") // placeholder, column of arrays
                .column("labels", "no", "yes") // placeholder, a column for each number
                .minibatch(1024); // examples computed at once within a partition
        try (SparkLoss loss = builder.build()) {
            double[] gradient = loss.gradient();
            try (SparkOperator hessian = loss.hessian()) {
                Eigenpairs top = Lanczos.eigenpairs(hessian, LanczosOptions.top(3));
                Estimate trace = Hutchinson.trace(hessian, Budget.of(30));
                MinimizerOptions few = MinimizerOptions.usual().mostIterations(5);
                MinimizerResult minimum = Minimizer.minimize(Method.NEWTON_CG, loss.objective(), loss.point(), few);
                // end
                DataLoss here = DataLoss.of(sd, "loss", Losses.data(50));
                assertThat(gradient).containsExactly(here.gradient(), within(1e-12));
                assertThat(top.eigenvalues()).hasSize(3);
                assertThat(trace.value()).isFinite();
                assertThat(minimum.value()).isLessThan(loss.value());
            }
        }
    }

    @Test
    void theTableOfImportsIsRight() throws IOException {
        Matcher row = Pattern.compile("^\\| `(org\\.[a-z0-9.]+)` \\| (.*) \\|$", Pattern.MULTILINE)
                .matcher(Files.readString(PAGE));
        while (row.find()) {
            for (String type : row.group(2).replace("`", "").split(", ")) {
                String name = row.group(1) + "." + type;
                assertThatCode(() -> Class.forName(name)).as(name).doesNotThrowAnyException();
            }
        }
    }
}
