package org.curvature4j.internal.blas;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * A copy of OpenBLAS in this process. There can be several, since ND4J and JavaCPP load it under two names, and each has
 * chosen its kernels for itself.
 *
 * @param path its file
 * @param version as it says itself, such as "OpenBLAS 0.3.31 DYNAMIC_ARCH"
 * @param core the processor that its kernels are for, such as "SkylakeX"
 */
record MappedBlas(String path, String version, String core) {
    private static final Path MAPS = Path.of("/proc/self/maps");
    private static final Pattern VERSION = Pattern.compile("OpenBLAS\\s+\\S+");

    /**
     * RTLD_LAZY, and RTLD_NOLOAD on Linux, RTLD_LOCAL on macOS. JNA's own choice has RTLD_GLOBAL: a function of one copy
     * that is bound later on would then be the other's, which gives back memory that it never had and ends the process.
     */
    private static final Map<String, ?> OPTIONS =
            Platform.isWindows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, 5);

    /** All copies that can be asked; none before the first is loaded, or where nothing lists them. */
    static List<MappedBlas> all() {
        List<MappedBlas> found = new ArrayList<>();
        for (String path : paths()) {
            try {
                NativeLibrary library = NativeLibrary.getInstance(path, OPTIONS);
                String configuration =
                        library.getFunction("openblas_get_config").invokeString(new Object[0], false);
                String core = library.getFunction("openblas_get_corename").invokeString(new Object[0], false);
                Matcher version = VERSION.matcher(configuration);
                found.add(new MappedBlas(path, version.find() ? version.group() : configuration.strip(), core));
            } catch (LinkageError | RuntimeException strangerOrNoJna) {
                // A stranger of that name, or JNA isn't available for this system: the self-test remains.
            }
        }
        return found;
    }

    private static List<String> paths() {
        try (Stream<String> lines = Files.lines(MAPS, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.indexOf('/') >= 0)
                    .map(line -> line.substring(line.indexOf('/')))
                    .filter(MappedBlas::isOpenBlas)
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            // Another system than Linux.
            return Loader.getLoadedLibraries().values().stream()
                    .filter(path -> path != null && isOpenBlas(path))
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOpenBlas(String path) {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        return name.startsWith("libopenblas");
    }

    /** Such as "OpenBLAS 0.3.31, SkylakeX kernels (libopenblas.so.0)". */
    String describe() {
        return version + ", " + core + " kernels ("
                + path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) + ")";
    }
}
