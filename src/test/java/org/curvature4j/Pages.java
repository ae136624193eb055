package org.curvature4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Markdown that readers see, in a checkout and on the site. */
public final class Pages {
    private static final List<String> OUTSIDE_DOCS = List.of(
            "README.md", "CONTRIBUTING.md", "CHANGELOG.md", "calc-07-jacobian-hessian/README.md", "examples/README.md");

    private Pages() {}

    /** All of it, that of folders in docs included. */
    public static List<Path> all() {
        return Stream.concat(OUTSIDE_DOCS.stream().map(Path::of), below(Path.of("docs"), ".md"))
                .toList();
    }

    /** The files below a folder whose names end so, in order. */
    static Stream<Path> below(Path folder, String end) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file's text, with the line ends of a forge. */
    public static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
