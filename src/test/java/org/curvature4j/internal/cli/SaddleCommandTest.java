package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class SaddleCommandTest {
    @TempDir
    Path folder;

    @Test
    void mapsTheMonkeySaddle() throws Exception {
        Path plot = folder.resolve("saddle.png");
        Path out = folder.resolve("E.npy");

        Run run = Run.of(
                "saddle",
                "--function",
                "monkey-saddle",
                "--grid",
                41,
                "--range",
                "-2:2",
                "--plot",
                plot,
                "--out",
                out,
                "--json");

        assertThat(run.err()).isEmpty();
        JsonObject shapes = run.json().getAsJsonObject("shapes");
        assertThat(shapes.get("saddle").getAsLong()).isEqualTo(41 * 41 - 1);
        assertThat(shapes.get("flat").getAsLong()).isEqualTo(1);
        assertThat(run.json().get("largest").getAsDouble()).isCloseTo(6 * Math.hypot(2, 2), within(1e-13));
        INDArray eigenvalues = Npy.read(out);
        assertThat(eigenvalues.shape()).containsExactly(41, 41, 2);
        // y = -2 + 0.1 * 5 = -1.5, x = -2 + 0.1 * 30 = 1
        assertThat(eigenvalues.getDouble(5, 30, 1)).isCloseTo(6 * Math.hypot(1, 1.5), within(1e-13));
        assertThat(eigenvalues.getDouble(20, 20, 0)).isZero();
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void mapsAnyFunctionOfTwoNumbers() {
        Path model = SavedModels.save(SavedModels.rosenbrock(0, 0), folder, "rosenbrock.fb");

        Run run = Run.of(
                "saddle",
                "--model",
                model,
                "--wrt",
                "u,v",
                "--grid",
                11,
                "--range",
                "-1:1",
                "--plot",
                folder.resolve("r.svg"));

        assertThat(run.err()).isEmpty();
        // det H > 0 where v < u^2 + 1/200; H_vv = 200 > 0 always: convex there, a saddle elsewhere.
        long convex = 0;
        for (int u = -5; u <= 5; u++) {
            for (int v = -5; v <= 5; v++) {
                convex += v / 5.0 < u * u / 25.0 + 0.005 ? 1 : 0;
            }
        }
        assertThat(run.out()).contains(convex + " convex, " + (121 - convex) + " saddle");
    }

    @Test
    void refusesFunctionsOfMoreNumbers() {
        Run run = Run.of("saddle", "--function", "two-two-one", "--plot", folder.resolve("s.png"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("saddle map: expected a function of two numbers, got 'y' by theta, 11 numbers");
    }
}
