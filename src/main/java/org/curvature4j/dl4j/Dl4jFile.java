package org.curvature4j.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.curvature4j.internal.io.ForeignModel;
import org.curvature4j.internal.io.StoredFile;
import org.curvature4j.io.DataFileException;
import org.nd4j.autodiff.samediff.SameDiff;

/** Loads what Deeplearning4j's {@code ModelSerializer} wrote. The class is there without Deeplearning4j, which loading needs. */
public final class Dl4jFile {
    private static final String DEPENDENCY = "org.deeplearning4j:deeplearning4j-nn:1.0.0-M2.1";
    private static final String NETWORK = "org.deeplearning4j.nn.multilayer.MultiLayerNetwork";

    private Dl4jFile() {}

    /** Whether a file is a zip archive with a network in it, by the names of its entries. */
    public static boolean isNetwork(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (ZipFile archive = new ZipFile(file.toFile())) {
            return archive.getEntry(NetworkArchive.CONFIGURATION) != null
                    && archive.getEntry(NetworkArchive.PARAMETERS) != null;
        } catch (IOException | IllegalArgumentException e) {
            // Not a zip archive, or a damaged one.
            return false;
        }
    }

    /**
     * Reads a network into a new graph, owned by the caller, as {@link Dl4jNetwork} describes it. The updater's state and what
     * normalises data aren't read.
     *
     * <p>Of the file nothing is believed: its configuration may name classes of Deeplearning4j and ND4J alone, no serialized
     * object is read, and parameters have to be as many as the configuration says. Networks with classes of one's own are
     * restored by Deeplearning4j, where the file is to be trusted, and given to {@link Dl4jNetwork}, which refuses what it
     * doesn't know.
     *
     * @throws DataFileException if there is no such file, or it isn't a network, or it is damaged, or has a layer that isn't
     *     known here, or Deeplearning4j isn't on the class path
     */
    public static SameDiff load(Path file) {
        StoredFile.require(file, "a network saved by Deeplearning4j");
        if (Files.isDirectory(file)) {
            throw new DataFileException(
                    file, "expected a network saved by Deeplearning4j, got " + ForeignModel.folder(file));
        }
        if (!isThere()) {
            throw new DataFileException(
                    file,
                    "expected Deeplearning4j on the class path, which reads its networks, got none (add the dependency "
                            + DEPENDENCY + ")");
        }
        NetworkArchive archive = NetworkArchive.read(file);
        try {
            return SavedNetwork.graph(archive);
        } catch (IllegalArgumentException e) {
            throw failure(file, String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw failure(
                    file, "expected parameters that memory suffices for, got more (more of it: JAVA_OPTS=-Xmx8g)", e);
        } catch (LinkageError e) {
            throw failure(
                    file,
                    "expected Deeplearning4j 1.0.0-M2.1 with all that this network needs, got " + e
                            + " (add the dependency " + DEPENDENCY + " with what it names)",
                    e);
        }
    }

    private static boolean isThere() {
        try {
            Class.forName(NETWORK, false, Dl4jFile.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    static DataFileException failure(Path file, String message, Throwable cause) {
        DataFileException failure = new DataFileException(file, message);
        failure.initCause(cause);
        return failure;
    }
}
