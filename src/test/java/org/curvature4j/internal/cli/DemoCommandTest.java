package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    @TempDir
    Path folder;

    @Test
    void printsTheLessonAndWritesItUp() {
        Path out = folder.resolve("lesson");

        Run run = Run.of("demo", "--seed", 11, "--out", out);

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Exercise 4: ", "Write-up: " + out.resolve("README.md"));
        assertThat(out.resolve("README.md")).isNotEmptyFile();
    }

    @Test
    void refusesAFileInPlaceOfTheFolder() throws Exception {
        Path file = folder.resolve("file");
        Files.writeString(file, "in the way");

        Run run = Run.of("demo", "--out", file, "--json");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("expected a folder, got a file");
    }

    @Test
    void passesTextOnAsItComes() {
        StringWriter text = new StringWriter();
        try (PrintStream console = DemoCommand.console(new PrintWriter(text))) {
            console.println("±6 √(x² + y²)");
            assertThat(text.toString()).isEqualTo("±6 √(x² + y²)" + System.lineSeparator());
            console.print("no end of line");
        }
        assertThat(text.toString()).endsWith("no end of line");
    }
}
