package org.curvature4j.internal.gpu.driver;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;

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

    /** Whether there is an NVIDIA driver. Asked in every process that computes: no streams, whose classes take longer. */
    public static boolean present() {
        if (isWindows()) {
            String root = Objects.requireNonNullElse(System.getenv("SystemRoot"), "C:\\Windows");
            return new File(new File(root, "System32"), "nvcuda.dll").exists();
        }
        for (String file : TRACES) {
            if (new File(file).exists()) {
                return true;
            }
        }
        return !libraries().isEmpty();
    }

    /** What to load, the first that can be: the loader's own choice, then files that it may not know. */
    static List<String> names() {
        if (isWindows()) {
            return List.of("nvcuda");
        }
        List<String> names = new ArrayList<>();
        names.add(LIBRARY);
        names.addAll(libraries());
        return names;
    }

    private static List<String> libraries() {
        List<String> folders = new ArrayList<>();
        String path = Objects.requireNonNullElse(System.getenv("LD_LIBRARY_PATH"), "");
        for (StringTokenizer words = new StringTokenizer(path, File.pathSeparator); words.hasMoreTokens(); ) {
            folders.add(words.nextToken());
        }
        folders.addAll(FOLDERS);
        List<String> found = new ArrayList<>();
        for (String folder : folders) {
            File file = new File(folder, LIBRARY);
            if (file.exists()) {
                found.add(file.getPath());
            }
        }
        return found;
    }

    private static boolean isWindows() {
        return File.separatorChar == '\\';
    }
}
