package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.References;
import org.curvature4j.io.Npy;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.SingularSpectra;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class SensitivityCommandTest {
    @TempDir
    Path folder;

    @Test
    void singularValuesAndRankingOfTheTanhLayer() {
        Path out = folder.resolve("S.npy");
        INDArray jacobians = References.array("tanh_jacobian");

        Run run = Run.of(
                "sensitivity",
                "--model",
                "tanh",
                "--points",
                References.file("tanh_points"),
                "--out",
                out,
                "--plot",
                folder.resolve("S.png"),
                "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        SingularSpectra expected = SingularSpectra.of(jacobians);
        assertThat(Npy.read(out).equalsWithEps(expected.values(), 1e-12)).isTrue();
        Sensitivity sensitivity = Sensitivity.of(jacobians);
        JsonObject first = run.json().get("ranking").getAsJsonArray().get(0).getAsJsonObject();
        Sensitivity.Rank rank = sensitivity.ranking().get(0);
        assertThat(first.get("from").getAsInt()).isEqualTo(rank.from());
        assertThat(first.get("norm").getAsDouble()).isEqualTo(rank.norm(), within(1e-12));
        assertThat(run.json().get("count").getAsLong()).isEqualTo(jacobians.size(0));
        assertThat(folder.resolve("S.png")).isNotEmptyFile();
    }

    @Test
    void aFolderGetsValuesFigureAndManifest() throws Exception {
        Path out = folder.resolve("run");

        Run run = Run.of("sensitivity", "--model", "tanh", "--random", 50, "--seed", 3, "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("condition", "median")
                .containsPattern("inputs +root mean square over the points of the results' derivatives by it\\R");
        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "manifest.json", "timings.json", "singular-values.npy", "sensitivity.png");
        }
    }

    @Test
    void refusals() {
        assertThat(Run.of("sensitivity", "--random", 3).err()).contains("--model: expected");
        assertThat(Run.of("sensitivity", "--model", "tanh", "--random", 3, "--plot", "S.txt")
                        .err())
                .contains("--plot: expected a file name ending in .png or .svg");
    }
}
