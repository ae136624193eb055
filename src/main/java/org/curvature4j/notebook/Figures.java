package org.curvature4j.notebook;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.plot.Figure;

/** Figures in JShell. */
public final class Figures {
    private Figures() {}

    /**
     * Shows a figure: in a window, of which several can be open, or in a new file of the system's temporary folder where
     * there is no display.
     *
     * @return which of them, with the path of the file
     */
    public static String show(Figure figure) {
        Arguments.requireGiven("figure", figure);
        try {
            figure.open();
            return "in a window: " + figure.title();
        } catch (IllegalStateException noDisplay) {
            Path file = file(figure);
            figure.save(file);
            return "saved, as there is no display: " + file;
        }
    }

    private static Path file(Figure figure) {
        String words = figure.title().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try {
            return Files.createTempFile("curvature-" + words.substring(0, Math.min(40, words.length())) + "-", ".png");
        } catch (IOException e) {
            throw new UncheckedIOException("a figure: no file can be made in the system's temporary folder", e);
        }
    }
}
