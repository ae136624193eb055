package org.curvature4j.internal.gpu.driver;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A driver's library without a device behind it, from C text by the system's compiler. */
public final class FakeCuda {
    private static final String SOURCE = "fakecuda.c";

    private FakeCuda() {}

    /**
     * Builds it; skips the test where there is no C compiler.
     *
     * @param library to write, of a name that no other test has loaded: what it knows it keeps for the process
     * @param definitions as in {@code VERSION=10020}
     */
    public static Path build(Path library, String... definitions) throws IOException, InterruptedException {
        assumeTrue(hasCompiler(), "the fake driver is C, and there is no C compiler (cc) here for this system");
        Path source = library.resolveSibling(SOURCE);
        try (InputStream text = Objects.requireNonNull(FakeCuda.class.getResourceAsStream(SOURCE))) {
            Files.write(source, text.readAllBytes());
        }
        List<String> command = new ArrayList<>(List.of(
                "cc", "-std=c11", "-Wall", "-Werror", "-D_GNU_SOURCE", "-shared", "-fPIC", "-o", library.toString()));
        for (String definition : definitions) {
            command.add("-D" + definition);
        }
        command.add(source.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new IllegalStateException("cc: " + said);
        }
        return library;
    }

    private static boolean hasCompiler() throws InterruptedException {
        if (System.getProperty("os.name").startsWith("Windows")) {
            return false;
        }
        try {
            Process process = new ProcessBuilder("cc", "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The driver of a library. */
    public static CudaDriver open(Path library) {
        return CudaDriver.open(List.of(library.toString()));
    }

    /** How much of what was made hasn't been given back. */
    public static int alive(Path library) {
        return NativeLibrary.getInstance(library.toString())
                .getFunction("fake_alive")
                .invokeInt(new Object[0]);
    }
}
