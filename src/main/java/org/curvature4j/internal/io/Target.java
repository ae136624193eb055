package org.curvature4j.internal.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.curvature4j.io.DataFileException;
import org.jspecify.annotations.Nullable;

/** The name that a file gets when it is complete. */
public final class Target {
    private static final int MOST_LINKS = 40;

    private Target() {}

    /**
     * The file itself, behind symbolic links, also one that points to a file that isn't there yet.
     *
     * @throws DataFileException if the folder is missing, or there is something under the name that isn't a file
     */
    static Path resolve(Path target) {
        try {
            Path resolved = target.toAbsolutePath();
            for (int links = 0; Files.isSymbolicLink(resolved); links++) {
                if (links == MOST_LINKS) {
                    throw new DataFileException(target, "can't be written: its symbolic links lead in a circle");
                }
                resolved = resolved.resolveSibling(Files.readSymbolicLink(resolved))
                        .toAbsolutePath();
            }
            if (Files.exists(resolved) && !Files.isRegularFile(resolved)) {
                String found = Files.isDirectory(resolved) ? "a folder" : "a device";
                throw new DataFileException(target, "expected the name of a file to write, got " + found);
            }
            Path folder = resolved.getParent();
            Path name = resolved.getFileName();
            if (folder == null || name == null || !Files.isDirectory(folder)) {
                throw new DataFileException(target, "can't be written: there is no folder " + folder);
            }
            return folder.toRealPath().resolve(name);
        } catch (IOException e) {
            throw new DataFileException(target, "can't be written", e);
        }
    }

    /**
     * By what a file is known, whatever its name: equal for the same file behind symbolic and hard links. The file need
     * not be there.
     */
    public static Object identity(Path file) {
        try {
            @Nullable
            Object key = Files.exists(file)
                    ? Files.readAttributes(file, BasicFileAttributes.class).fileKey()
                    : null;
            return key == null ? resolve(file) : key;
        } catch (IOException | DataFileException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    /**
     * Forces a content to the disk, closes it and gives it its name, replacing what was there.
     *
     * @param claim of the target, still held
     * @param key of the content's file when it was opened
     * @param resolved by {@link #resolve}, in the same folder as the content
     * @throws DataFileException if that fails, or the content isn't the file that was opened; what was there stays
     */
    static void publish(Claim claim, FileChannel content, Object key, Path temporary, Path resolved) {
        try {
            content.force(true);
            claim.check();
            if (!identity(temporary).equals(key)) {
                throw new DataFileException(temporary, "can't be completed: somebody removed or replaced it");
            }
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
