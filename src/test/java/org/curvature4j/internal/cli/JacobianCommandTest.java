package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.curvature4j.Jacobian;
import org.curvature4j.References;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class JacobianCommandTest {
    /** Few and small enough, they need no file. */
    @Test
    void printsSmallMatricesWithLabels() {
        Run run = Run.of("jacobian", "--model", "tanh", "--random", 2);
        Run json = Run.of("jacobian", "--model", "tanh", "--random", 2, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("point 1 +x\\[0\\] +x\\[1\\]\\R +y\\[0\\] +[-0-9.e]+ +[-0-9.e]+\\R +y\\[1\\] ");
        assertThat(json.json().getAsJsonArray("matrices")).hasSize(2);
        assertThat(json.json().getAsJsonArray("files")).isEmpty();
    }

    @TempDir
    Path folder;

    @Test
    void reproducesTheReferenceOfTheTanhLayer() {
        Path out = folder.resolve("J.npy");

        Run run = Run.of("jacobian", "--model", "tanh", "--points", References.file("tanh_points"), "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(Npy.read(out).equalsWithEps(References.array("tanh_jacobian"), 1e-12))
                .isTrue();
    }

    @Test
    void takesParametersAtTheirValues() {
        Path out = folder.resolve("J.npy");
        Path model = SavedModels.save(SavedModels.regression(), folder, "net.fb");
        INDArray x = SavedModels.numbers(4, 6, 3);
        Npy.write(folder.resolve("x.npy"), x);

        Run run = Run.of(
                "jacobian",
                "--model",
                model,
                "--output",
                "y",
                "--wrt",
                "params",
                "--feed",
                "x=" + folder.resolve("x.npy"),
                "--out",
                out,
                "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.json().get("shape").toString()).isEqualTo("[6,10]");
        try (Jacobian jacobian = Jacobian.of(org.curvature4j.TensorFunction.builder(SavedModels.regression())
                .output("y")
                .withRespectToParameters()
                .feed("x", x)
                .build())) {
            assertThat(Npy.read(out)).isEqualTo(jacobian.at(jacobian.function().point()));
        }
    }
}
