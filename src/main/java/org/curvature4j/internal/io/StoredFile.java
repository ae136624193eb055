package org.curvature4j.internal.io;

import java.nio.file.Files;
import java.nio.file.Path;
import org.curvature4j.io.DataFileException;

/** What is read is on a disk, where its size is known and it can be read again. */
public final class StoredFile {
    private StoredFile() {}

    /**
     * Refuses devices and pipes, before they are opened: a pipe that nobody writes to would be waited for without end.
     *
     * @param expected in words
     * @throws DataFileException if there is something that is neither a file nor a folder
     */
    public static void require(Path file, String expected) {
        if (Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new DataFileException(
                    file, "expected " + expected + ", got a device or a pipe (save what comes from it to a file)");
        }
    }
}
