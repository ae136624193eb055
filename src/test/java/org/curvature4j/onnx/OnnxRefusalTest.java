package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import org.curvature4j.TensorFunction;
import org.curvature4j.io.DataFileException;
import org.curvature4j.samediff.UnsupportedOpsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;

class OnnxRefusalTest {
    @TempDir
    private Path folder;

    private Path write(OnnxModels model) throws IOException {
        return Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
    }

    @Test
    void namesEveryOperatorThatIsntKnown() throws IOException {
        Path file = write(new OnnxModels("Unheard", 13).input(2, 2));
        SameDiff graph = OnnxFile.load(file);
        assertThatThrownBy(() -> TensorFunction.of(graph, "y", "x0"))
                .isInstanceOf(UnsupportedOpsException.class)
                .hasMessageContaining("Unheard -> y: no rule (docs/onnx-operators.md lists those that there are)");
    }

    @Test
    void namesTheVersionsThatAreKnown() throws IOException {
        Path file = write(new OnnxModels("Tanh", 29).input(2));
        assertThatThrownBy(() -> OnnxFile.load(file))
                .hasMessageContaining("opset: expected 1 to 28, got 29 (export with opset_version=28");
    }

    @Test
    void saysWhatAnOperatorExpected() throws IOException {
        Path file = write(new OnnxModels("Slice", 13)
                .input(4)
                .integers(3)
                .integers(0)
                .integers(0)
                .integers(0));
        assertThatThrownBy(() -> TensorFunction.of(OnnxFile.load(file), "y", "x0"))
                .hasMessageStartingWith("Slice -> 'y' of 'x0' float64[4], 'k0' int64[1]")
                .hasMessageContaining("expected ")
                .hasMessageEndingWith("got 0");
    }

    /** A damaged file is refused with words, or happens to be another valid model; nothing else. */
    @Test
    void survivesDamage() throws Exception {
        byte[] whole = Files.readAllBytes(
                Path.of(Objects.requireNonNull(OnnxRefusalTest.class.getResource("/onnx/conv_tanh.ts13.onnx"))
                        .toURI()));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = java.util.Arrays.copyOf(whole, i % 4 == 0 ? random.nextInt(whole.length) : whole.length);
            for (int j = 0; j < 3 && damaged.length > 0; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Path file = Files.write(folder.resolve("damaged.onnx"), damaged);
            try {
                assertThat(OnnxFile.load(file)).isNotNull();
            } catch (DataFileException e) {
                assertThat(e).hasMessageStartingWith(file + ": ");
            }
        }
    }
}
