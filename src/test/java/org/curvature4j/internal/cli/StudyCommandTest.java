package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysBeforeItComputesThatTheFolderIsAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "mine");

        Run run = Run.of("study", "--out", file);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("taken", "expected a folder, got a file").doesNotContain("\tat ");
        assertThat(file).hasContent("mine");
    }
}
