package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.curvature4j.Hessian;
import org.curvature4j.References;
import org.curvature4j.internal.tutorial.ModelGraph;
import org.curvature4j.internal.tutorial.Models;
import org.curvature4j.io.Npy;
import org.curvature4j.io.RandomPoints;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.curvature4j.spectrum.SpectrumOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SpectrumCommandTest {
    @TempDir
    Path folder;

    private Path out() {
        return folder.resolve("E.npy");
    }

    private Path vectors() {
        return folder.resolve("V.npy");
    }

    private Path array(String name, INDArray values) {
        Path file = folder.resolve(name);
        Npy.write(file, values);
        return file;
    }

    @Test
    void reproducesTheReferenceOfTheTwoTwoOneNet() {
        Run run = Run.of(
                "spectrum", "--model", "two-two-one", "--points", References.file("net221_theta"), "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(Npy.read(out()).equalsWithEps(References.array("net221_eigenvalues"), 1e-12))
                .isTrue();
    }

    @Test
    void writesWhatTheLibraryComputes() {
        Run run = Run.of(
                "spectrum",
                "--model",
                "mlp:3-4-1",
                "--random",
                20_000,
                "--seed",
                7,
                "--out",
                out(),
                "--vectors",
                vectors(),
                "--json");

        assertThat(run.err()).isEmpty();
        SpectrumBatch expected = library(20_000);
        assertThat(Npy.read(out())).isEqualTo(expected.values());
        assertThat(Npy.read(vectors())).isEqualTo(expected.vectors());
        JsonObject json = run.json();
        expected.counts().forEach((kind, count) -> assertThat(
                        json.getAsJsonObject("classes").get(kind.words()).getAsLong())
                .isEqualTo(count));
        JsonObject largest = json.getAsJsonObject("largest");
        assertThat(largest.get("value").getAsDouble())
                .isEqualTo(expected.summary().largest().value());
        assertThat(largest.get("index").getAsLong())
                .isEqualTo(expected.summary().largest().index());
        assertThat(json.getAsJsonObject("worstCondition").get("index").getAsLong())
                .isEqualTo(expected.summary().worstCondition().index());
    }

    private static SpectrumBatch library(long count) {
        ModelGraph model = Models.byName("mlp:3-4-1", 7);
        try (Hessian hessian = Hessian.of(model.sd(), model.output(), model.input())) {
            INDArray hessians = hessian.batch(RandomPoints.of(7, count, 3).readRows(0, count));
            return Spectrum.batch(hessians, SpectrumOptions.withVectors());
        }
    }

    @Test
    void summarisesABatchInWords() {
        Run run = Run.of("spectrum", "--model", "monkey-saddle", "--random", 500, "--out", out());

        assertThat(run.out())
                .contains("Spectrum of the Hessian of 'f' by point")
                .contains("shapes      500 saddle")
                .contains("eigenvalues from -")
                .contains("condition   number of the surely curved directions up to 1 (matrix ")
                .contains(" a matrix");
    }

    @Test
    void reportsOneMatrixInFull() {
        Path one = array("H.npy", Nd4j.createFromArray(new double[][] {{2, 1}, {1, 2}}));

        Run run = Run.of("spectrum", "--hessians", one, "--out", out(), "--vectors", vectors());

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("eigenvalues 1.00000      3.00000")
                .contains("convex: 2 positive, 0 negative, 0 near zero")
                .contains("condition number 3")
                .contains("All eigenvalues are positive: locally convex");
        assertThat(Npy.read(out()).shape()).containsExactly(2);
        assertThat(Npy.read(vectors()).shape()).containsExactly(2, 2);
        assertThat(Npy.read(vectors()).getDouble(0, 1)).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void keepsTheAxisOfABatchOfOne() {
        Path one = array("H.npy", Nd4j.eye(3).castTo(DataType.FLOAT).reshape(1, 3, 3));

        Run run = Run.of("spectrum", "--hessians", one, "--out", out(), "--vectors", vectors());

        assertThat(run.err()).isEmpty();
        assertThat(Npy.read(out()).shape()).containsExactly(1, 3);
        assertThat(Npy.read(out()).dataType()).isEqualTo(DataType.FLOAT);
        assertThat(Npy.read(vectors()).shape()).containsExactly(1, 3, 3);
    }

    @Test
    void reportsTheMatrixAskedFor() {
        Path hessians = array(
                "H.npy",
                Nd4j.createFromArray(new double[][][] {{{1, 0}, {0, 1}}, {{-2, 0}, {0, 5}}, {{0, 0}, {0, 0}}}));

        Run run = Run.of("spectrum", "--hessians", hessians, "--index", 1, "--json");

        assertThat(run.err()).isEmpty();
        JsonObject matrix = run.json().getAsJsonObject("matrix");
        assertThat(matrix.get("eigenvalues").toString()).isEqualTo("[-2.0,5.0]");
        assertThat(matrix.get("classification").getAsString()).isEqualTo("saddle");
        assertThat(matrix.get("conditionNumber").getAsDouble()).isEqualTo(2.5);
        assertThat(run.json().get("files").getAsJsonArray()).isEmpty();
    }

    @Test
    void countsAsZeroWhatTheUserSays() {
        Path one = array("H.npy", Nd4j.createFromArray(new double[][] {{1e-3, 0}, {0, 2}}));

        Run run = Run.of("spectrum", "--hessians", one, "--tolerance", 0.01, "--json");

        assertThat(run.json().getAsJsonObject("matrix").get("nearZero").getAsInt())
                .isEqualTo(1);
    }

    @Test
    void drawsStems() throws Exception {
        Path plot = folder.resolve("E.png");

        Run run = Run.of("spectrum", "--model", "two-two-one", "--random", 3, "--index", 2, "--plot", plot);

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("Matrix 2").contains(plot.toString());
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void takesAllParametersAtTheirValues() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "rosenbrock.fb");

        Run run = Run.of("spectrum", "--model", model, "--wrt", "params", "--out", out());

        assertThat(run.err()).isEmpty();
        double root = Math.sqrt(501.0 * 501 - 400);
        INDArray values = Npy.read(out());
        assertThat(values.shape()).containsExactly(2);
        assertThat(values.getDouble(0)).isCloseTo(501 - root, within(1e-11));
        assertThat(values.getDouble(1)).isCloseTo(501 + root, within(1e-11));
    }

    @Test
    void takesAnEmptyBatch() {
        Path none = array("H.npy", Nd4j.create(DataType.DOUBLE, 0, 2, 2));

        Run run = Run.of("spectrum", "--hessians", none, "--out", out());

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("the batch is empty");
        assertThat(Npy.read(out()).shape()).containsExactly(0, 2);
    }

    @Test
    void refusesMatricesThatHaveNoSpectrum() {
        INDArray hessians = Nd4j.ones(DataType.DOUBLE, 5000, 2, 2);
        hessians.putScalar(new int[] {4321, 0, 1}, Double.NaN);
        Path holed = array("holed.npy", hessians);
        hessians.putScalar(new int[] {4321, 0, 1}, 7);
        Path lopsided = array("lopsided.npy", hessians);

        for (Path file : new Path[] {holed, lopsided}) {
            Run run = Run.of("spectrum", "--hessians", file, "--out", out());
            assertThat(run.code()).isEqualTo(1);
            assertThat(run.err()).startsWith("curvature: matrix 4321").doesNotContain("\tat ");
            assertThat(out()).doesNotExist();
        }
    }

    @Test
    void refusesArraysOfOtherShapes() {
        Path wide = array("wide.npy", Nd4j.ones(DataType.DOUBLE, 2, 3));
        Path flat = array("flat.npy", Nd4j.ones(DataType.DOUBLE, 4));

        assertThat(Run.of("spectrum", "--hessians", wide, "--out", out()).err())
                .contains("hessians: expected [n, n] or [B, n, n]", "got [2, 3]");
        assertThat(Run.of("spectrum", "--hessians", flat, "--out", out()).err()).contains("got [4]");
    }

    @Test
    void refusesAnIndexBeyondTheLast() {
        Run run = Run.of("spectrum", "--model", "quadratic", "--random", 3, "--index", 3, "--out", out());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("--index: expected one of 3 matrices, counted from 0, got 3");
        assertThat(out()).doesNotExist();
    }

    @Test
    void tellsKinksAsTheReasonOfFlatness() {
        Run run = Run.of("spectrum", "--model", "mlp:3-2-1:relu", "--random", 5);
        assertThat(run.out())
                .contains("5 flat")
                .contains("none of 5 at a kink or singularity of relu", "flat because of the");
        JsonObject kinks = Run.of("spectrum", "--model", "mlp:3-2-1:relu", "--random", 5, "--json")
                .json()
                .getAsJsonObject("kinks");
        assertThat(kinks.get("flat").getAsBoolean()).isTrue();
        assertThat(kinks.get("onKinks").getAsLong()).isZero();
        assertThat(Run.of("spectrum", "--model", "two-two-one", "--random", 5).out())
                .doesNotContain("kink");
    }

    @Test
    void tellsTheOperationWhoseKinkHasNoHessian() {
        SameDiff sd = SameDiff.create();
        sd.placeHolder("x", DataType.DOUBLE, 3).norm2("n");
        Path model = SavedModels.save(sd, folder, "norm.fb");
        Path points = array("points.npy", Nd4j.createFromArray(new double[][] {{1, 2, 2}, {0, 0, 0}}));

        Run spectrum = Run.of("spectrum", "--model", model, "--points", points);
        assertThat(spectrum.code()).isEqualTo(1);
        assertThat(spectrum.err())
                .contains("expected finite entries", "reduce_norm2 -> n: 1 of 2 on its kink")
                .doesNotContain("Exception");
        Run hessian = Run.of("hessian", "--model", model, "--points", points, "--out", folder.resolve("H.npy"));
        assertThat(hessian.out()).contains("1 result with NaN", "reduce_norm2 -> n: 1 of 2 on its kink");
    }
}
