package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.curvature4j.internal.cli.Run;
import org.curvature4j.internal.cli.SavedModels;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What users are told of points whose matrices have no decomposition, or none with derivatives. */
class SingularPointsTest {
    @TempDir
    private Path folder;

    /** What stands on the standard error stream after something was done. */
    private static String said(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The logarithm of the determinant of n x n matrices. */
    private static SameDiff logDeterminant(int n, String name) {
        SameDiff sd = SameDiff.create();
        SDVariable x = sd.placeHolder("x", DataType.DOUBLE, -1, n, n);
        sd.linalg().logdet(x).rename(name);
        return sd;
    }

    /** Three matrices, of which the second isn't positive definite. */
    private static INDArray points(int n) {
        INDArray eye = Nd4j.eye(n).castTo(DataType.DOUBLE);
        return Nd4j.stack(0, eye.mul(2), eye.sub(0.5).mul(-1), eye.mul(3));
    }

    @Test
    void aBatchGoesOnAndSaysOnceWhichPointHasNone() {
        // By fused code, by loops unrolled and by LAPACK.
        for (int n : new int[] {2, 7, 12}) {
            try (Hessian hessian = Hessian.of(TensorFunction.of(logDeterminant(n, "log" + n), "log" + n, "x"))) {
                INDArray[] results = new INDArray[1];

                String first = said(() -> results[0] = hessian.batch(points(n)));
                String again = said(() -> hessian.batch(points(n)));

                assertThat(first)
                        .isEqualTo("curvature: Hessian of 'log" + n
                                + "': NaN in 1 of 3 results, the first in row 1: logdet -> log"
                                + n + ", not positive definite to rounding, where the result is NaN or has no digits"
                                + " (see docs/matrices.md)" + System.lineSeparator());
                assertThat(again).isEmpty();
                for (int point : new int[] {0, 2}) {
                    assertThat(results[0].slice(point).dup().data().asDouble()).doesNotContain(Double.NaN);
                }
                assertThat(results[0].slice(1).dup().data().asDouble()).containsOnly(Double.NaN);
            }
        }
    }

    @Test
    void aSinglePointIsToldOfWhicheverEngineComputesIt() {
        for (int n : new int[] {2, 7, 12}) {
            String name = "single" + n;
            try (PreparedFunction function = TensorFunction.of(logDeterminant(n, name), name, "x")
                    .gradient()
                    .prepare()) {
                assertThat(said(() -> assertThat(function.at(points(n).slice(0))
                                        .sumNumber()
                                        .doubleValue())
                                .isPositive()))
                        .isEmpty();
                assertThat(said(() -> assertThat(function.at(points(n).slice(1)).getDouble(0))
                                .isNaN()))
                        .startsWith("curvature: gradient of 'single" + n + "': NaN at the point given: logdet -> ");
            }
        }
    }

    /** A logarithm's NaN isn't a matrix' doing. */
    @Test
    void whatADecompositionIsNotTheReasonOfIsNotTold() {
        SameDiff sd = logDeterminant(2, "inner");
        sd.math().log(sd.getVariable("inner")).rename("outer");
        try (PreparedFunction function = TensorFunction.of(sd, "outer", "x").prepare()) {
            INDArray point = Nd4j.createFromArray(0.5, 0, 0, 0.5);
            assertThat(said(() -> assertThat(function.at(point).getDouble(0)).isNaN()))
                    .isEmpty();
        }
    }

    @Test
    void countsPointsByOperationAndByWhatIsWrong() {
        try (Jacobian jacobian = Jacobian.of(TensorFunction.of(logDeterminant(3, "counted"), "counted", "x"))) {
            KinkReport report = jacobian.kinks(points(3));

            assertThat(report.onKinks()).isEqualTo(1);
            assertThat(report.words())
                    .isEqualTo(
                            "logdet -> counted: 1 of 3 not positive definite to rounding, where the result is NaN or has"
                                    + " no digits");
        }
    }

    /** Examples at one point, which is shared. */
    @Test
    void examplesAreToldOfToo() {
        SameDiff sd = SameDiff.create();
        SDVariable w = sd.var("w", Nd4j.createFromArray(1.0, 2.0));
        SDVariable a = sd.placeHolder("a", DataType.DOUBLE, 2, 2);
        SDVariable column = sd.reshape(w, 2, 1);
        sd.linalg().solve(a, column).sum("solved");
        TensorFunction function = TensorFunction.builder(sd)
                .output("solved")
                .withRespectTo("w")
                .perPoint("a")
                .build();
        double[] matrices = IntStream.range(0, 12)
                .mapToDouble(i -> i < 8 ? (i % 4 == 0 || i % 4 == 3 ? 1 : 0) : 1)
                .toArray();
        try (PreparedFunction gradients = function.gradient().prepare()) {
            INDArray data = Nd4j.create(matrices, new long[] {3, 2, 2}, 'c');
            assertThat(said(() -> gradients.perExample(Nd4j.createFromArray(1.0, 2.0), data)))
                    .contains("NaN in 1 of 3 results, the first in row 2: solve -> ", "singular to rounding");
        }
    }

    @Test
    void commandsCountThemForBothDerivatives() {
        Path model = SavedModels.save(logDeterminant(2, "told"), folder, "told.fb");
        Path points = folder.resolve("X.npy");
        Npy.write(points, points(2));
        String words = "logdet -> told: 1 of 3 not positive definite to rounding";

        for (String command : new String[] {"hessian", "jacobian"}) {
            Run run = Run.of(command, "--model", model, "--points", points, "--out", folder.resolve(command + ".npy"));

            assertThat(run.code()).isZero();
            assertThat(run.out())
                    .contains("1 result with NaN or infinity, the first at point 1")
                    .contains(words);
        }
        assertThat(Run.of("spectrum", "--model", model, "--points", points).err())
                .contains(words);
    }
}
