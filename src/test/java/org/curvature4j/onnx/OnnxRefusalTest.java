package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRefusalTest {
    @TempDir
    private Path folder;

    private Path write(OnnxModels model) throws IOException {
        return Files.write(folder.resolve("m.onnx"), model.build().toByteArray());
    }

    @Test
    void namesEveryOperatorThatIsntKnown() throws IOException {
        Path file = write(new OnnxModels("Det", 13).input(2, 2));
        assertThatThrownBy(() -> OnnxFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": operators: expected those of docs/onnx.md, got Det");
    }

    @Test
    void namesTheVersionsThatAreKnown() throws IOException {
        Path file = write(new OnnxModels("Tanh", 6).input(2));
        assertThatThrownBy(() -> OnnxFile.load(file))
                .hasMessageContaining("opset: expected 9 to 20, got 6 (export with opset_version=20");
    }

    @Test
    void saysWhatAnOperatorExpected() throws IOException {
        Path file = write(new OnnxModels("Slice", 13)
                .input(4)
                .integers(3)
                .integers(0)
                .integers(0)
                .integers(-1));
        assertThatThrownBy(() -> OnnxFile.load(file))
                .hasMessage(file + ": Slice -> 'y': expected steps of 1 or more, got -1");
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

    @Test
    void thePageNamesEveryOperator() throws IOException {
        Matcher names = Pattern.compile("`([A-Z]\\w+)`").matcher(Files.readString(Path.of("docs/onnx.md")));
        TreeSet<String> listed = new TreeSet<>();
        while (names.find()) {
            listed.add(names.group(1));
        }
        assertThat(listed).isEqualTo(OnnxRules.names());
    }
}
