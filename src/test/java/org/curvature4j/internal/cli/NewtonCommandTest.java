package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class NewtonCommandTest {
    @TempDir
    Path folder;

    @Test
    void comparesAllMethodsOnRosenbrocksFunction() throws Exception {
        Path plot = folder.resolve("rosenbrock.png");
        Path out = folder.resolve("ends.npy");

        Run run = Run.of(
                "newton",
                "--function",
                "rosenbrock",
                "--start",
                "-1.2,1",
                "--method",
                "all",
                "--iterations",
                50_000,
                "--plot",
                plot,
                "--out",
                out,
                "--json");

        assertThat(run.err()).isEmpty();
        JsonArray runs = run.json().getAsJsonArray("runs");
        assertThat(runs).hasSize(4);
        for (int k = 0; k < 4; k++) {
            JsonObject one = runs.get(k).getAsJsonObject();
            assertThat(one.get("converged").getAsBoolean())
                    .as("%s", one.get("method"))
                    .isTrue();
            assertThat(one.get("classification").getAsString()).isEqualTo("CONVEX");
            int iterations = one.get("iterations").getAsInt();
            assertThat(one.getAsJsonArray("gradientNorms")).hasSize(iterations + 1);
            if (one.get("method").getAsString().equals("gradient-descent")) {
                assertThat(iterations).isGreaterThan(1000);
            } else {
                assertThat(iterations).isLessThan(100);
            }
        }
        INDArray ends = Npy.read(out);
        assertThat(ends.shape()).containsExactly(4, 2);
        assertThat(ends.getDouble(1, 0)).isCloseTo(1, within(1e-8));
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void trainsASmallNetToAMinimum() {
        Path model = SavedModels.save(SavedModels.regression(), folder, "loss.fb");
        Path x = folder.resolve("x.npy");
        Path label = folder.resolve("label.npy");
        Npy.write(x, SavedModels.numbers(5, 40, 3));
        Npy.write(label, SavedModels.numbers(6, 40, 1));

        Run run = Run.of(
                "newton",
                "--model",
                model,
                "--output",
                "loss",
                "--wrt",
                "params",
                "--feed",
                "x=" + x,
                "--feed",
                "label=" + label,
                "--method",
                "newton,trust-region",
                "--json",
                "--out",
                folder.resolve("theta.npy"));

        assertThat(run.err()).isEmpty();
        for (int k = 0; k < 2; k++) {
            JsonObject one = run.json().getAsJsonArray("runs").get(k).getAsJsonObject();
            assertThat(one.get("converged").getAsBoolean()).as("%s", one).isTrue();
            JsonArray values = one.getAsJsonArray("values");
            assertThat(values.get(values.size() - 1).getAsDouble())
                    .isLessThan(values.get(0).getAsDouble());
            assertThat(one.get("smallestEigenvalue").getAsDouble()).isGreaterThan(-1e-8);
        }
        assertThat(Npy.read(folder.resolve("theta.npy")).shape()).containsExactly(2, 10);
    }

    @Test
    void startsWhereTheVariablesAre() {
        Path model = SavedModels.save(SavedModels.rosenbrock(1, 1), folder, "r.fb");

        Run run = Run.of("newton", "--model", model, "--wrt", "u,v");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Newton: converged after 0 iterations, 0 products")
                .contains("value 0, gradient 0, at (1, 1), convex there");
        assertThat(run.code()).isZero();
    }

    @Test
    void leavesNoDoubtAboutAFunctionWithoutMinimum() {
        Run run = Run.of("newton", "--function", "monkey-saddle", "--start", "0.1,0.2", "--method", "trust-region");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("Trust region: not converged after ")
                .contains("products: the value falls without bound");
    }

    @Test
    void refusesWhatCantBeMeant() {
        assertThat(Run.of("newton").err()).contains("--model: expected a file or a name, got none");
        assertThat(Run.of("newton", "--function", "rosenbrock", "--method", "magic")
                        .err())
                .contains("--method: expected gradient-descent, newton, newton-cg, trust-region or all, got 'magic'");
        assertThat(Run.of("newton", "--function", "rosenbrock", "--start", "1,b")
                        .err())
                .contains("--start: expected finite numbers as in -1.2,1");
        assertThat(Run.of("newton", "--function", "rosenbrock", "--start", "1,2,3")
                        .err())
                .contains("--start: expected 2 numbers, got 3");
        assertThat(Run.of("newton", "--function", "rosenbrock", "--start", "present")
                        .err())
                .contains("placeholders have no values");
        assertThat(Run.of("newton", "--function", "rosenbrock", "--tolerance", "0")
                        .err())
                .contains("--tolerance: expected a finite number above 0");
        assertThat(Run.of("newton", "--function", "tanh").err())
                .contains("minimum: expected a function with one result");
    }
}
