package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.Hessian;
import org.curvature4j.References;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class HessianCommandTest {
    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("H.npy");
    }

    private static void assertClose(INDArray actual, INDArray expected, double tolerance) {
        assertThat(actual.shape()).isEqualTo(expected.shape());
        assertThat(actual.dup('c').data().asDouble())
                .usingComparatorWithPrecision(tolerance)
                .containsExactly(expected.dup('c').data().asDouble());
    }

    @Test
    void reproducesTheReferenceOfTheTwoTwoOneNet() {
        Run run = Run.of(
                "hessian", "--model", "two-two-one", "--points", References.file("net221_theta"), "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertClose(Npy.read(out()), References.array("net221_hessian"), 1e-12);
    }

    @Test
    void drawsTheSamePointsAsTheLibrary() {
        Run run = Run.of("hessian", "--model", "mlp:3-4-1", "--random", 700, "--seed", 7, "--out", out());

        assertThat(run.code()).isZero();
        ModelGraph model = Models.byName("mlp:3-4-1", 7);
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            assertThat(Npy.read(out()))
                    .isEqualTo(hessian.batch(RandomPoints.of(7, 700, 3).readRows(0, 700)));
        }
    }

    @Test
    void saysWhatItDidInWords() {
        Run run = Run.of("hessian", "--model", "quadratic", "--random", 3, "--seed", 5, "--out", out());

        assertThat(run.out())
                .contains("Hessian of 'f' by point")
                .contains("quadratic: f(x) = x'Ax, A symmetric 2x2 of seed 5")
                .contains("3 standard normal points of seed 5")
                .contains("[3, 2, 2] float64, from ")
                .contains(out() + " (")
                .contains(" a point");
    }

    @Test
    void saysWhatItDidInJson() {
        Run run = Run.of("hessian", "--model", "quadratic", "--random", 3, "--seed", 5, "--out", out(), "--json");

        JsonObject json = run.json();
        assertThat(json.get("command").getAsString()).isEqualTo("hessian");
        assertThat(json.get("shape").toString()).isEqualTo("[3,2,2]");
        assertThat(json.get("dtype").getAsString()).isEqualTo("float64");
        assertThat(json.getAsJsonObject("points").get("count").getAsLong()).isEqualTo(3);
        assertThat(json.getAsJsonArray("files").get(0).getAsString()).isEqualTo(out().toString());
        INDArray written = Npy.read(out());
        JsonObject values = json.getAsJsonObject("values");
        assertThat(values.get("smallest").getAsDouble())
                .isEqualTo(written.minNumber().doubleValue());
        assertThat(values.get("largest").getAsDouble())
                .isEqualTo(written.maxNumber().doubleValue());
        assertThat(values.get("notFinite").getAsLong()).isZero();
    }

    @Test
    void takesParametersAtTheirValuesWithTheLayoutReported() {
        SameDiff sd = SavedModels.regression();
        Path model = SavedModels.save(sd, folder, "net.fb");
        INDArray x = SavedModels.numbers(4, 6, 3);
        INDArray label = SavedModels.numbers(5, 6, 1);
        Npy.write(folder.resolve("x.npy"), x);
        Npy.write(folder.resolve("label.npy"), label);

        Run run = Run.of(
                "hessian",
                "--model",
                model,
                "--output",
                "loss",
                "--wrt",
                "V,b",
                "--feed",
                "x=" + folder.resolve("x.npy"),
                "--feed",
                "label=" + folder.resolve("label.npy"),
                "--out",
                out(),
                "--json");

        assertThat(run.err()).isEmpty();
        TensorFunction function = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("V", "b")
                .feed("x", x)
                .feed("label", label)
                .build();
        try (Hessian hessian = Hessian.of(function)) {
            assertThat(Npy.read(out())).isEqualTo(hessian.atPresent());
        }
        JsonArray blocks = run.json().getAsJsonArray("blocks");
        assertThat(blocks.get(0).toString()).isEqualTo("{\"name\":\"V\",\"shape\":[2,1],\"offset\":0,\"size\":2}");
        assertThat(blocks.get(1).toString()).isEqualTo("{\"name\":\"b\",\"shape\":[2],\"offset\":2,\"size\":2}");
    }

    @Test
    void takesAllParameters() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "rosenbrock.fb");

        Run run = Run.of("hessian", "--model", model, "--wrt", "params", "--out", out());

        assertThat(run.err()).isEmpty();
        assertClose(Npy.read(out()), Nd4j.createFromArray(new double[][] {{802, -400}, {-400, 200}}), 1e-12);
    }

    @Test
    void takesParametersAtOtherPoints() {
        Path model = SavedModels.save(SavedModels.rosenbrock(5, 5), folder, "rosenbrock.fb");
        Npy.write(folder.resolve("ones.npy"), Nd4j.ones(DataType.DOUBLE, 1, 2));

        Run.of("hessian", "--model", model, "--wrt", "v,u", "--points", folder.resolve("ones.npy"), "--out", out());

        assertClose(Npy.read(out()), Nd4j.createFromArray(new double[][][] {{{200, -400}, {-400, 802}}}), 1e-12);
    }

    @Test
    void flattensPointsRowMajorAndKeepsFloat32() {
        Path model = SavedModels.save(SavedModels.single(), folder, "single.fb");
        INDArray points = SavedModels.numbers(6, 5, 2, 2);
        Npy.write(folder.resolve("points.npy"), points);

        Run run = Run.of("hessian", "--model", model, "--points", folder.resolve("points.npy"), "--out", out());

        assertThat(run.err()).isEmpty();
        INDArray written = Npy.read(out());
        assertThat(written.dataType()).isEqualTo(DataType.FLOAT);
        assertThat(written.shape()).containsExactly(5, 4, 4);
        double x = points.getDouble(3, 1, 0);
        assertThat(written.getDouble(3, 2, 2)).isCloseTo(2 * Math.cos(x) - x * Math.sin(x), within(1e-6));
        assertThat(written.getDouble(3, 2, 1)).isZero();
    }

    @Test
    void takesOnePointWithoutAnAxisThatCounts() {
        Path model = SavedModels.save(SavedModels.single(), folder, "single.fb");
        Npy.write(folder.resolve("point.npy"), SavedModels.numbers(6, 2, 2));

        Run run = Run.of("hessian", "--model", model, "--points", folder.resolve("point.npy"), "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(Npy.read(out()).shape()).containsExactly(1, 4, 4);
    }

    @Test
    void readsPointsOfTables() throws Exception {
        Path table = folder.resolve("points.csv");
        Files.writeString(table, "x,y\n1,2\n3,4\n");

        Run run = Run.of("hessian", "--model", "quadratic", "--points", table, "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("2 points of " + table);
        assertThat(Npy.read(out()).shape()).containsExactly(2, 2, 2);
    }

    @Test
    void picksAComponent() {
        Path model = SavedModels.save(SavedModels.several(), folder, "several.fb");
        Npy.write(folder.resolve("q.npy"), Nd4j.ones(DataType.DOUBLE, 1, 2));

        Run run = Run.of(
                "hessian",
                "--model",
                model,
                "--input",
                "p",
                "--output",
                "s",
                "--output-index",
                1,
                "--feed",
                "q=" + folder.resolve("q.npy"),
                "--random",
                4,
                "--out",
                out());

        assertThat(run.err()).isEmpty();
        INDArray one = Nd4j.createFromArray(new double[][] {{0, 0}, {0, 2}});
        assertClose(Npy.read(out()), Nd4j.stack(0, one, one, one, one), 1e-14);
    }

    @Test
    void takesAnEmptyBatch() {
        Npy.write(folder.resolve("none.npy"), Nd4j.create(DataType.DOUBLE, 0, 2));

        Run run = Run.of("hessian", "--model", "quadratic", "--points", folder.resolve("none.npy"), "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(Npy.read(out()).shape()).containsExactly(0, 2, 2);
    }

    @Test
    void pointsOutResultsThatAreNotFinite() throws Exception {
        SameDiff sd = SameDiff.create();
        sd.math().log(sd.placeHolder("x", DataType.DOUBLE, 1)).sum("f");
        Path model = SavedModels.save(sd, folder, "log.fb");
        Files.writeString(folder.resolve("points.csv"), "1\n0\n2\n");

        Run run = Run.of("hessian", "--model", model, "--points", folder.resolve("points.csv"), "--out", out());

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("1 result with NaN or infinity, the first at point 1");
    }

    @Test
    void drawsAHeatMap() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "rosenbrock.fb");
        Path plot = folder.resolve("H.svg");

        Run run = Run.of("hessian", "--model", model, "--wrt", "u,v", "--out", out(), "--plot", plot);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains(plot.toString());
        assertThat(plot).content().contains("<title>Hessian</title>", ", its variables as they are</desc>");
    }

    @Test
    void refusesToDrawAHessianThatIsNotThere() {
        Run run = Run.of(
                "hessian",
                "--model",
                "quadratic",
                "--random",
                2,
                "--out",
                out(),
                "--plot",
                folder.resolve("H.png"),
                "--index",
                2);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--index: expected one of 2 matrices, counted from 0, got 2");
        assertThat(out()).doesNotExist();
    }
}
