package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.curvature4j.io.Csv;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.SameDiffFile;
import org.curvature4j.onnx.OnnxFile;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Readers don't wait for a pipe that nobody writes to, nor read a device. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StoredFileTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> readers() {
        return Stream.of(
                reader("a .npy file", NpyReader::open),
                reader("a table of numbers", Csv::read),
                reader("a SameDiff file", SameDiffFile::load),
                reader("an ONNX model", OnnxFile::load),
                reader("a file", Fingerprint::of),
                reader("JSON", file -> Json.read(file, Map.class)));
    }

    private static Arguments reader(String expected, Consumer<Path> reader) {
        return Arguments.of(expected, reader);
    }

    @ParameterizedTest
    @MethodSource("readers")
    void pipesAndDevicesAreRefusedAtOnce(String expected, Consumer<Path> reader)
            throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        for (Path each : new Path[] {pipe, Path.of("/dev/zero"), Path.of("/dev/null")}) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(() -> reader.accept(each))
                    .isInstanceOf(DataFileException.class)
                    .hasMessageStartingWith(each + ": expected " + expected + ", got a device or a pipe"));
        }
    }
}
