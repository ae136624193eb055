package org.curvature4j.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The name that a file gets when it is complete. */
final class Target {
    private Target() {}

    /**
     * The file itself, behind a symbolic link.
     *
     * @throws DataFileException if the folder is missing, or there is something under the name that isn't a file
     */
    static Path resolve(Path target) {
        try {
            Path resolved = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.exists(resolved) && !Files.isRegularFile(resolved)) {
                String found = Files.isDirectory(resolved) ? "a folder" : "a device";
                throw new DataFileException(target, "expected the name of a file to write, got " + found);
            }
            Path folder = resolved.getParent();
            if (folder == null || resolved.getFileName() == null || !Files.isDirectory(folder)) {
                throw new DataFileException(target, "can't be written: there is no folder " + folder);
            }
            return resolved;
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /**
     * Forces a content to the disk, closes it and gives it its name, replacing what was there.
     *
     * @param resolved by {@link #resolve}, in the same folder as the content
     * @throws DataFileException if that fails; what was there stays
     */
    static void publish(FileChannel content, Path temporary, Path resolved) {
        try {
            content.force(true);
            content.close();
            Files.move(temporary, resolved, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new DataFileException(resolved, "can't be completed", e);
        }
        forceFolder(resolved.getParent());
    }

    /** Makes the rename itself survive a power cut where the system lets a folder be forced; elsewhere does nothing. */
    private static void forceFolder(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException expected) {
            // Windows opens no folders; the content is on the disk already.
            return;
        }
    }
}
