package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class SliceCommandTest {
    @TempDir
    Path folder;

    private Path plot() {
        return folder.resolve("slice.png");
    }

    private static double at(JsonObject slice, String key, int index) {
        return slice.getAsJsonArray(key).get(index).getAsDouble();
    }

    @Test
    void followsTheFastestDirectionWithTheFlattestBeside() throws Exception {
        Run run = Run.of(
                "slice",
                "--model",
                "two-two-one",
                "--random",
                1,
                "--seed",
                7,
                "--direction",
                "fastest",
                "--plot",
                plot(),
                "--json");

        assertThat(run.err()).isEmpty();
        JsonArray slices = run.json().getAsJsonArray("slices");
        assertThat(slices).hasSize(2);
        JsonObject fastest = slices.get(0).getAsJsonObject();
        JsonObject flattest = slices.get(1).getAsJsonObject();
        assertThat(fastest.get("direction").getAsString()).isEqualTo("fastest");
        assertThat(Math.abs(fastest.get("eigenvalue").getAsDouble())).isGreaterThan(0.1);
        // Rounding leaves 1e-16 there, which the report of a spectrum counts as zero, too.
        assertThat(flattest.get("eigenvalue").getAsDouble()).isZero();
        assertThat(at(fastest, "steps", 100)).isZero();
        assertThat(at(fastest, "values", 100)).isEqualTo(fastest.get("value").getAsDouble());
        assertThat(at(fastest, "derivatives", 100))
                .isEqualTo(fastest.get("slope").getAsDouble());
        assertThat(ImageIO.read(plot().toFile()).getWidth()).isGreaterThan(1000);
    }

    @Test
    void followsAQuadraticExactly() {
        // f = x'Ax has value t^2 lambda / 2 and slope t lambda at a step t from the origin.
        Path origin = folder.resolve("origin.npy");
        Npy.write(origin, Nd4j.createFromArray(new double[][] {{9, 9}, {0, 0}}));

        Run run = Run.of(
                "slice",
                "--model",
                "quadratic",
                "--seed",
                3,
                "--points",
                origin,
                "--index",
                1,
                "--direction",
                1,
                "--range",
                "-1:3",
                "--steps",
                5,
                "--plot",
                folder.resolve("slice.svg"),
                "--json");

        assertThat(run.err()).isEmpty();
        JsonObject slice = run.json().getAsJsonArray("slices").get(0).getAsJsonObject();
        assertThat(slice.get("direction").getAsString()).isEqualTo("eigenvector 1");
        assertThat(slice.get("steps").toString()).isEqualTo("[-1.0,0.0,1.0,2.0,3.0]");
        double eigenvalue = slice.get("eigenvalue").getAsDouble();
        assertThat(at(slice, "values", 4)).isCloseTo(4.5 * eigenvalue, within(1e-13));
        assertThat(at(slice, "derivatives", 0)).isCloseTo(-eigenvalue, within(1e-13));
        assertThat(folder.resolve("slice.svg")).content().contains("<svg", "Eigenvector 1");
    }

    @Test
    void setsTheFlattestOffByTheFastest() {
        Run run = Run.of("slice", "--model", "quadratic", "--random", 1, "--direction", "flattest", "--plot", plot());

        assertThat(run.out()).containsSubsequence("along       flattest: ", "fastest: ");
    }

    @Test
    void drawsAFunctionOfOneNumberAlone() throws Exception {
        Path model = SavedModels.save(SavedModels.rosenbrock(-1, 2), folder, "rosenbrock.fb");

        Run run = Run.of("slice", "--model", model, "--wrt", "v", "--plot", plot(), "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.json().getAsJsonArray("slices")).hasSize(1);
        assertThat(Files.size(plot())).isGreaterThan(1000);
    }

    @Test
    void refusesWhatIsNotThere() {
        Run direction = Run.of("slice", "--model", "quadratic", "--random", 1, "--direction", 3, "--plot", plot());
        assertThat(direction.err()).contains("--direction: expected a number from 0 to 1, got 3");
        assertThat(direction.code()).isEqualTo(2);

        Run point = Run.of("slice", "--model", "quadratic", "--random", 2, "--index", 2, "--plot", plot());
        assertThat(point.err()).contains("--index: expected one of 2 points, counted from 0, got 2");
        assertThat(point.code()).isEqualTo(1);
        assertThat(plot()).doesNotExist();
    }
}
