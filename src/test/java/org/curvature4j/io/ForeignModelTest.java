package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.curvature4j.onnx.OnnxFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models of other kinds are recognised, and the message has the command that makes ONNX of them. */
class ForeignModelTest {
    @TempDir
    private Path folder;

    private static byte[] archive(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                archive.putNextEntry(new ZipEntry(entry));
                archive.write(1);
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static Stream<Arguments> models() throws IOException {
        return Stream.of(
                Arguments.of("net.h5", text("\u0089HDF\r\n\u001a\n and more of it"), "keras.saving.load_model"),
                Arguments.of("net.keras", archive("config.json", "model.weights.h5"), "format='onnx'"),
                Arguments.of("net.pt", archive("net/data.pkl", "net/data/0"), "torch.load"),
                Arguments.of("script.pt", archive("net/data.pkl", "net/code/net.py"), "torch.jit.load"),
                Arguments.of("net.pt2", archive("net/models/model.json"), "torch.export.load"),
                Arguments.of(
                        "old.pth",
                        text("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019. and more"),
                        "torch.load"),
                Arguments.of("net.zip", archive("configuration.json", "coefficients.bin"), "Dl4jFile.load"),
                Arguments.of("net.tflite", text("\u001c\0\0\0TFL3 and more of it"), "--tflite"),
                Arguments.of("saved_model.pb", text("\b\u0001\u0012\u0010 and more of it"), "--saved-model"),
                Arguments.of("frozen.pb", text("\n\u0010\n\u0001x\u0012\u000bPlaceholder more"), "--graphdef"));
    }

    @ParameterizedTest
    @MethodSource("models")
    void saysHowToGetToOnnx(String name, byte[] bytes, String words) throws IOException {
        Path file = Files.write(folder.resolve(name), bytes);
        assertThatThrownBy(() -> SameDiffFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining(words);
    }

    @Test
    void knowsASavedModelByItsFolder() throws IOException {
        Files.write(folder.resolve("saved_model.pb"), text("\b\u0001"));
        assertThatThrownBy(() -> OnnxFile.load(folder)).hasMessageContaining("tf2onnx.convert --saved-model " + folder);
    }

    @Test
    void anArchiveThatIsDamagedIsStillOne() throws IOException {
        byte[] whole = archive("net/data.pkl", "net/data/0");
        for (int length = 4; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("cut.pt"), java.util.Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SameDiffFile.load(file)).isInstanceOf(DataFileException.class);
        }
        assertThat(whole.length).isGreaterThan(100);
    }
}
