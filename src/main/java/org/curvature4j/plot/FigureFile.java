package org.curvature4j.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** Writes a figure to a file in one step, as seen from outside. */
final class FigureFile {

    private FigureFile() {}

    static void write(Figure figure, Path file) throws IOException {
        Path target = file.toAbsolutePath();
        Path name = target.getFileName();
        String ending =
                name == null ? "" : name.toString().toLowerCase(Locale.ROOT).replaceAll("^.*\\.", ".");
        if (!ending.equals(".png") && !ending.equals(".svg")) {
            throw new IllegalArgumentException(
                    "file: expected a name ending in .png or .svg, got " + file + " (the ending chooses the format)");
        }
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException(
                    "file: expected a folder that exists, got " + folder + " (create it first)");
        }
        if (Files.isDirectory(target)) {
            throw new IllegalArgumentException("file: expected the name of a file, got the folder " + file);
        }
        writeAtomically(target, ending.equals(".png") ? FigureEncoder.png(figure) : FigureEncoder.svg(figure));
    }

    /** The file is whole or untouched: the bytes arrive under another name in the same folder, then it is renamed. */
    static void writeAtomically(Path target, byte[] bytes) throws IOException {
        // Not Files.createTempFile: its file is readable by the owner alone, and would stay so under its new name.
        Path temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
