package org.curvature4j.internal.gpu.driver;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Where NVIDIA's driver is, found by looking at files alone: nothing is loaded, and nothing run. */
public final class DriverFiles {
    /** Traces of a driver: of the kernel module, of Windows' under WSL. */
    private static final List<String> TRACES = List.of("/proc/driver/nvidia/version", "/dev/nvidiactl");

    private static final String LIBRARY = "libcuda.so.1";

    /** Where distributions, containers, WSL and NixOS put the driver's library. */
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/x86_64-linux-gnu",
            "/lib/x86_64-linux-gnu",
            "/usr/lib/aarch64-linux-gnu",
            "/usr/lib64",
            "/usr/lib",
            "/usr/lib/wsl/lib",
            "/usr/local/nvidia/lib64",
            "/usr/local/cuda/compat",
            "/run/opengl-driver/lib");

    private DriverFiles() {}

    /** Whether there is an NVIDIA driver. */
    public static boolean present() {
        return isWindows()
                ? Files.exists(windowsLibrary())
                : TRACES.stream().anyMatch(file -> Files.exists(Path.of(file)))
                        || libraries().findAny().isPresent();
    }

    /** What to load, the first that can be: the loader's own choice, then files that it may not know. */
    static List<String> names() {
        if (isWindows()) {
            return List.of("nvcuda");
        }
        List<String> names = new ArrayList<>(List.of(LIBRARY));
        libraries().map(Path::toString).forEach(names::add);
        return names;
    }

    private static Stream<Path> libraries() {
        String path = Objects.requireNonNullElse(System.getenv("LD_LIBRARY_PATH"), "");
        return Stream.concat(
                        Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()), FOLDERS.stream())
                .map(folder -> Path.of(folder, LIBRARY))
                .filter(Files::exists);
    }

    private static Path windowsLibrary() {
        return Path.of(
                Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows"), "System32", "nvcuda.dll");
    }

    private static boolean isWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }
}
