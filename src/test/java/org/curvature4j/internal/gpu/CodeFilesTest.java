package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeFilesTest {
    private static final int INVALID_IMAGE = 200;

    @TempDir
    private Path parent;

    private final CountingDriver counting = new CountingDriver();

    private Path folder() {
        return parent.resolve("a/b");
    }

    private Device device() {
        return new Device(counting.driver(), 0, Optional.of(new CodeFiles(folder())));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.toList();
        }
    }

    @Test
    void codeOutlivesTheProcess() throws IOException {
        device().kernel("text", "one");
        device().kernel("text", "one");

        assertThat(counting.count("assemble")).isEqualTo(1);
        assertThat(counting.count("loadModule")).isEqualTo(2);
        assertThat(files()).hasSize(1);
        device().kernel("another", "one");
        assertThat(files()).hasSize(2);
    }

    @Test
    void itIsOfOneTextOneDeviceAndOneDriver() {
        assertThat(Stream.of(
                                "text/H100, 9.0, 12040",
                                "text/H100, 9.0, 12050",
                                "text/A100, 8.0, 12040",
                                "text 2/H100, 9.0, 12040")
                        .map(each -> CodeFiles.key(each.split("/")[0], each.split("/")[1]))
                        .distinct())
                .hasSize(4)
                .allMatch(key -> key.matches("[0-9a-f]{64}"));
    }

    @Test
    void aDamagedOneIsMadeAnew() throws IOException {
        device().kernel("text", "one");
        Path file = files().get(0);
        byte[] whole = Files.readAllBytes(file);
        for (int change = 0; change <= whole.length; change++) {
            byte[] damaged = whole.clone();
            if (change < whole.length) {
                damaged[change] ^= 1;
            } else {
                damaged = java.util.Arrays.copyOf(whole, whole.length + 1);
            }
            Files.write(file, damaged);
            assertThat(new CodeFiles(folder()).read(name(file)))
                    .as("change %d", change)
                    .isEmpty();
            Files.write(file, java.util.Arrays.copyOf(whole, Math.min(change, whole.length - 1)));
            assertThat(new CodeFiles(folder()).read(name(file)))
                    .as("length %d", change)
                    .isEmpty();
        }
        device().kernel("text", "one");
        assertThat(counting.count("assemble")).isEqualTo(2);
        assertThat(file).hasBinaryContent(whole);
    }

    private static String name(Path file) {
        return file.getFileName().toString().replace(".cubin", "");
    }

    @Test
    void oneThatTheDriverRefusesIsMadeAnew() {
        CountingDriver refusing = new CountingDriver();
        device().kernel("text", "one");
        refusing.failures.put("loadModule", INVALID_IMAGE);
        Device other = new Device(refusing.driver(), 0, Optional.of(new CodeFiles(folder())));

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> other.kernel("text", "one")))
                .hasMessageContaining("(200)");
        assertThat(refusing.count("loadModule")).isEqualTo(2);
        assertThat(refusing.count("assemble")).isEqualTo(1);
    }

    @Test
    void aFolderThatCannotBeIsNoError() throws IOException {
        Files.writeString(parent.resolve("a"), "a file in the way");
        assertThat(device().kernel("text", "one").function()).isEqualTo(5);
        assertThat(parent.resolve("a")).hasContent("a file in the way");
    }

    @Test
    void theLongestUnusedMakeRoom() throws IOException {
        CodeFiles small = new CodeFiles(folder(), 1000);
        for (int i = 0; i < 4; i++) {
            small.write("key" + i, new byte[300]);
            Files.setLastModifiedTime(folder().resolve("key" + i + ".cubin"), FileTime.fromMillis(1000L * i));
            assertThat(small.read("key0")).isPresent();
        }
        assertThat(files()).extracting(CodeFilesTest::name).containsExactlyInAnyOrder("key0", "key3");
    }
}
