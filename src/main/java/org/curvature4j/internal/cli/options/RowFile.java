package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.Optional;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.io.PointSource;

/** Rows of numbers that somebody named: of a file, or of a folder of {@code .npy} files. Its text is the name. */
public interface RowFile {
    /** Of this machine's disks. */
    static RowFile of(Path file) {
        return new RowFile() {
            @Override
            public PointSource open() {
                return PointSource.open(file);
            }

            @Override
            public String fingerprint() {
                return Fingerprint.of(file);
            }

            @Override
            public Optional<Path> onDisk() {
                return Optional.of(file);
            }

            @Override
            public String toString() {
                return file.toString();
            }
        };
    }

    /** The rows, of arrays; the caller closes them. */
    PointSource open();

    /** By what they are known again. */
    String fingerprint();

    /** What of this machine's disks it is; empty where it is elsewhere. */
    default Optional<Path> onDisk() {
        return Optional.empty();
    }
}
