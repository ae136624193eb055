package org.curvature4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders of this machine that a run fills and leaves none of. */
final class TemporaryFolders {
    private TemporaryFolders() {}

    /** Removes a folder with all that is in it; what is gone already is fine. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // A file of no further use stays behind; the run is none the worse for it.
            return;
        }
    }
}
