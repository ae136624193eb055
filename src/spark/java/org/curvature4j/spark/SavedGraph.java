package org.curvature4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.SameDiffFile;
import org.nd4j.autodiff.samediff.SameDiff;

/** Graphs as the bytes of their files, in which they travel. */
final class SavedGraph {
    private SavedGraph() {}

    /** The bytes of a graph with the values that its variables have now. */
    static byte[] bytes(SameDiff graph) {
        Backend.get();
        Path file = temporary();
        try {
            graph.save(file.toFile(), false);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("graph: can't be saved in " + file, e);
        } finally {
            delete(file);
        }
    }

    /**
     * The graph of such bytes, a new one.
     *
     * @throws IllegalArgumentException if it is one that SameDiff saves and can't load
     */
    static SameDiff load(byte[] bytes) {
        Backend.get();
        Path file = temporary();
        try {
            Files.write(file, bytes);
            return SameDiffFile.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException("graph: can't be written to " + file, e);
        } catch (DataFileException e) {
            throw new IllegalArgumentException(
                    "graph: expected one that SameDiff saves and loads again, got one that it doesn't: "
                            + e.getMessage()
                            + " (TensorFunction.toSameDiff gives a plain graph)",
                    e);
        } finally {
            delete(file);
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("curvature4j", ".fb");
        } catch (IOException e) {
            throw new UncheckedIOException("graph: no temporary file can be made", e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // The system's folder for temporary files is cleared without us.
            file.toFile().deleteOnExit();
        }
    }
}
