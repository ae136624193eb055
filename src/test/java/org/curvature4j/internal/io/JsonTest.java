package org.curvature4j.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {
    @TempDir
    private Path folder;

    record Range(double low, double high) {}

    record Run(String model, long seed, List<Long> shape, Range range, List<Double> values, boolean done) {}

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("m.json"), text);
    }

    @Test
    void recordsComeBackExactly() {
        Path file = folder.resolve("m.json");
        List<Double> values = List.of(0.1, Double.NaN, -0.0, Double.MIN_VALUE);
        Run run = new Run(
                "tanh \"<x>\" \u03b8",
                Long.MIN_VALUE + 1,
                List.of(3L, 1L << 60),
                new Range(-1, Double.POSITIVE_INFINITY),
                values,
                true);

        Json.write(file, run);
        Run read = Json.read(file, Run.class);

        assertThat(read).isEqualTo(run);
        assertThat(file)
                .content()
                .contains("\"tanh \\\"<x>\\\" \u03b8\"", "\"Infinity\"")
                .endsWith("}\n");
    }

    @Test
    void mapsKeepIntegersWhole() throws IOException {
        Map<?, ?> read = Json.read(file("{\"a\": 9007199254740993, \"b\": 1.5, \"c\": [null, \"x\"]}"), Map.class);

        assertThat(read.get("a")).isEqualTo(9007199254740993L);
        assertThat(read.get("b")).isEqualTo(1.5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"low": 1}                        | expected a value of 'high', got only [low]
            {"low": 1, "high": null}          | expected a value of 'high', got only [low, high]
            {"low": 1, "high": "wide"}        | expected a number, got "wide" at $.high
            {"low": 1, "high": {}}            | expected JSON of a range, got another text or a damaged file (
            {"low": 1, "high": 2              | expected JSON of a range, got another text or a damaged file (
            {"low": 1, "high": 2} {}          | expected JSON of a range, got another text or a damaged file (
            {low: 1, "high": 2}               | expected JSON of a range, got another text or a damaged file (
            [1, 2]                            | expected a JSON object of a range, got another value
            `  `                              | got nothing
            not JSON                          | expected JSON of a range, got another text or a damaged file (
            """)
    void problemsAreNamed(String text, String reason) throws IOException {
        Path file = file(text);

        assertThatThrownBy(() -> Json.read(file, Range.class))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": expected")
                .hasMessageContaining(reason)
                .hasMessageNotContainingAny("http", "java.", "Exception");
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        Path file = file("[".repeat(100_000) + "]".repeat(100_000));

        assertThatThrownBy(() -> Json.read(file, List.class)).isInstanceOf(DataFileException.class);
    }

    @Test
    void missingAndBinaryFiles() throws IOException {
        assertThatThrownBy(() -> Json.read(folder.resolve("none.json"), Map.class))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("no such file");
        Path binary = Files.write(folder.resolve("b.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> Json.read(binary, Map.class)).isInstanceOf(DataFileException.class);
    }
}
