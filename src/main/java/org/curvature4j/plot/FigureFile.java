package org.curvature4j.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.text.Arguments;

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
        Arguments.refuseIf(Files.isDirectory(target), "file", "the name of a file", "the folder " + file);
        byte[] bytes = ending.equals(".png") ? FigureEncoder.png(figure) : FigureEncoder.svg(figure);
        AtomicFile.write(target, stream -> stream.write(bytes));
    }
}
