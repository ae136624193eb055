package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.curvature4j.Hessian;
import org.curvature4j.Jacobian;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.Npy;
import org.curvature4j.spectrum.Spectrum;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@code --with}: files of which a row goes with each point. */
class DataBesidePointsCommandTest {
    private static final int ROWS = 6;

    @TempDir
    Path folder;

    private final INDArray x = SavedModels.numbers(4, ROWS, 3);
    private final INDArray label = SavedModels.numbers(5, ROWS, 1);
    private Path model;

    @BeforeEach
    void save() {
        model = SavedModels.save(SavedModels.regression(), folder, "net.fb");
        Npy.write(folder.resolve("x.npy"), x);
        Npy.write(folder.resolve("label.npy"), label);
    }

    private static TensorFunction loss() {
        return TensorFunction.builder(SavedModels.regression())
                .output("loss")
                .withRespectTo("x")
                .perPoint("label")
                .build();
    }

    private Run run(String command, Object... more) {
        List<Object> arguments = new ArrayList<>(List.of(command, "--model", model, "--output", "loss"));
        arguments.addAll(List.of(more));
        return Run.of(arguments.toArray());
    }

    private Object[] rows(Object... more) {
        List<Object> arguments = new ArrayList<>(
                List.of("--points", folder.resolve("x.npy"), "--with", "label=" + folder.resolve("label.npy")));
        arguments.addAll(List.of(more));
        return arguments.toArray();
    }

    private static void assertFine(Run run) {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
    }

    @Test
    void hessiansAndJacobiansTakeThem() {
        Path out = folder.resolve("out.npy");
        Run told = run("hessian", rows("--out", out));
        assertFine(told);
        assertThat(told.out()).contains("label of ");
        try (Hessian hessian = Hessian.of(loss())) {
            assertThat(Npy.read(out)).isEqualTo(hessian.batch(x, label));
        }
        Path jacobians = folder.resolve("jacobians.npy");
        assertFine(run("jacobian", rows("--out", jacobians, "--json")));
        try (Jacobian jacobian = Jacobian.of(loss())) {
            assertThat(Npy.read(jacobians)).isEqualTo(jacobian.batch(x, label));
        }
    }

    @Test
    void spectraAndSensitivitiesTakeThem() {
        Path out = folder.resolve("E.npy");
        assertFine(run("spectrum", rows("--out", out, "--index", 2)));
        try (Hessian hessian = Hessian.of(loss())) {
            assertThat(Npy.read(out))
                    .isEqualTo(Spectrum.batch(hessian.batch(x, label)).values());
        }
        Run sensitivity = run("sensitivity", rows("--json"));
        assertFine(sensitivity);
        try (Jacobian jacobian = Jacobian.of(loss())) {
            double norm = jacobian.sensitivity(x, label).norms()[0];
            assertThat(sensitivity.out()).contains(Double.toString(norm).substring(0, 8));
        }
    }

    @Test
    void rowsAreExamplesWhereThePointIsWhatVariablesHold() {
        Path out = folder.resolve("G.npy");
        assertFine(run(
                "jacobian",
                "--wrt",
                "params",
                "--with",
                "x=" + folder.resolve("x.npy"),
                "--with",
                "label=" + folder.resolve("label.npy"),
                "--out",
                out));
        TensorFunction loss = TensorFunction.builder(SavedModels.regression())
                .output("loss")
                .withRespectToParameters()
                .perPoint("x", "label")
                .build();
        try (PreparedFunction gradient = loss.gradient().prepare()) {
            INDArray expected = gradient.perExample(loss.point(), x, label);
            INDArray found = Npy.read(out);
            assertThat(found.shape()).containsExactly(ROWS, 1, expected.size(1));
            assertThat(found.reshape(expected.shape()).equalsWithEps(expected, 1e-14))
                    .isTrue();
        }
    }

    @Test
    void tablesAndWholeNumbersAreTaken() throws IOException {
        SameDiff sd = SameDiff.create();
        SDVariable in = sd.placeHolder("x", DataType.DOUBLE, -1, 3);
        SDVariable label = sd.placeHolder("label", DataType.INT32, -1);
        sd.loss().sparseSoftmaxCrossEntropy("each", in, label).mean("loss");
        model = SavedModels.save(sd, folder, "classes.fb");
        Path table = folder.resolve("label.csv");
        Files.writeString(table, "0\n2\n1\n1\n0\n2\n");
        Path out = folder.resolve("H.npy");
        assertFine(run("hessian", "--points", folder.resolve("x.npy"), "--with", "label=" + table, "--out", out));
        TensorFunction loss = TensorFunction.builder(sd)
                .output("loss")
                .withRespectTo("x")
                .perPoint("label")
                .build();
        assertThat(Npy.read(out)).isEqualTo(loss.hessian().values(x, Nd4j.createFromArray(0, 2, 1, 1, 0, 2)));
        Files.writeString(table, "0\n2\n1.5\n1\n0\n2\n");
        Run halves = run("hessian", "--points", folder.resolve("x.npy"), "--with", "label=" + table, "--out", out);
        assertRefused(halves, "data 'label': expected numbers that int32 holds, got 1.5 in row 2");
        Files.writeString(table, "0\n2\n3\n1\n0\n2\n");
        Run unknown = run("hessian", "--points", folder.resolve("x.npy"), "--with", "label=" + table, "--out", out);
        assertRefused(unknown, "expected an index from 0 to 2, got 3");
    }

    @Test
    void aRunIsResumedWithTheSameRowsOnly() {
        Path out = folder.resolve("run");
        assertFine(run("hessian", rows("--out", out, "--resume")));
        Run again = run("hessian", rows("--out", out, "--resume"));
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("complete");
        Npy.write(folder.resolve("label.npy"), label.add(1));
        Run other = run("hessian", rows("--out", out, "--resume"));
        assertThat(other.code()).isNotZero();
        assertThat(other.err()).contains("with label");
    }

    private static void assertRefused(Run run, String message) {
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains(message).doesNotContain("Exception");
    }

    @Test
    void refusesInWordsWhatDoesNotFit() {
        Path out = folder.resolve("H.npy");
        Path points = folder.resolve("x.npy");
        Path file = folder.resolve("other.npy");
        Npy.write(file, SavedModels.numbers(6, 4, 1));
        assertRefused(
                run("hessian", "--points", points, "--with", "label=" + file, "--out", out),
                "data 'label': expected 6 rows, as many as points has, got 4");
        assertRefused(
                run("hessian", "--points", points, "--with", "label=" + points, "--out", out),
                "--with label: expected [B, 1] or [B, ...] with 1 number a point, got [6, 3] in ");
        assertRefused(
                run("hessian", "--points", points, "--with", "nobody=" + file, "--out", out),
                "--with: expected one of the placeholders [label, x], got 'nobody'");
        assertRefused(
                run("hessian", "--points", points, "--out", out), "--input: expected one of [label, x], got none");
        assertRefused(
                run("hessian", rows("--feed", "label=" + file, "--out", out)),
                "--feed, --with: expected one of them for 'label', got both");
        assertRefused(
                run("hessian", rows("--input", "label", "--out", out)), "expected values for [x], which 'loss' needs");
        assertRefused(
                run("hessian", "--points", points, "--with", "label=" + folder.resolve("none.npy"), "--out", out),
                "none.npy");
        INDArray nan = SavedModels.numbers(6, ROWS, 1);
        nan.putScalar(3, Double.NaN);
        Npy.write(file, nan);
        assertRefused(
                run("hessian", "--points", points, "--with", "label=" + file, "--out", out),
                "--with label: expected finite numbers, got NaN as number 0 of row 3");
        assertThat(out).doesNotExist();
        assertRefused(
                Run.of("spectrum", "--hessians", out, "--with", "label=" + file),
                "--hessians: expected no model and no points beside it, got some");
    }
}
