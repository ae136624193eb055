package org.curvature4j.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.ModelProto;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers in files beside the model: read from its folder and below, and from nowhere else. */
class OnnxDataTest {
    @TempDir
    private Path folder;

    /** y = x + k, k two float64 numbers of another file. */
    private Path model(String location, String offset, String length) throws IOException {
        ModelProto.Builder model =
                new OnnxModels("Add", 13).input(2).constant(new long[] {2}, 0, 0).build().toBuilder();
        TensorProto.Builder tensor =
                model.getGraphBuilder().getInitializerBuilder(0).clearDoubleData();
        tensor.setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(entry("location", location))
                .addExternalData(entry("offset", offset))
                .addExternalData(entry("length", length));
        Path inner = Files.createDirectories(folder.resolve("models"));
        return Files.write(inner.resolve("m.onnx"), model.build().toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static byte[] numbers(double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            bytes.putDouble(value);
        }
        return bytes.array();
    }

    private Path data(String name, double... values) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, numbers(values));
    }

    @Test
    void readsThemFromTheFolderAndBelow() throws IOException {
        Path file = model("weights/w.bin", "8", "16");
        Path weights = data("models/weights/w.bin", 9, 1, 2, 9);
        SameDiff graph = OnnxFile.load(file);
        assertThat(OnnxRunner.numbers(
                        OnnxRunner.run(graph, List.of("y"), Map.of("x0", Nd4j.createFromArray(10.0, 20.0)))
                                .get(0)))
                .containsExactly(11, 22);
        assertThat(OnnxFile.dataFiles(graph)).containsExactly(weights.toRealPath());
    }

    @Test
    void aModelThatHoldsAllNamesNone() throws IOException {
        Path file = Files.write(
                folder.resolve("m.onnx"),
                new OnnxModels("Tanh", 13).input(2).build().toByteArray());
        assertThat(OnnxFile.dataFiles(OnnxFile.load(file))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "../outside.bin, 0, 16, a file in the model's folder",
        "/etc/hostname, 0, 16, a file in the model's folder",
        "'', 0, 16, a file in the model's folder",
        "missing.bin, 0, 16, no such file",
        "w.bin, 8, 16, bytes inside",
        "w.bin, -8, 16, bytes inside",
        "w.bin, 0, -1, bytes inside",
        "w.bin, 0, 8, '2 numbers, as its shape says, got 1'",
        "w.bin, many, 16, offset as a number",
        "w.bin, 9223372036854775807, 16, bytes inside"
    })
    void refusesWhatIsNotTheModels(String location, String offset, String length, String words) throws IOException {
        Path file = model(location, offset, length);
        data("outside.bin", 1, 2);
        data("models/w.bin", 1, 2);
        assertThatThrownBy(() -> OnnxFile.load(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": tensor 'k0': ")
                .hasMessageContaining(words);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesALinkOutOfTheFolder() throws IOException {
        Path file = model("w.bin", "0", "16");
        Files.createSymbolicLink(folder.resolve("models/w.bin"), data("outside.bin", 1, 2));
        assertThatThrownBy(() -> OnnxFile.load(file)).hasMessageContaining("a link out of it");
    }
}
