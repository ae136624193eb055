package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of singular values. */
public final class SensitivityOutput extends FigureOptions {
    private static final String VALUES = "singular-values.npy";
    private static final String FIGURE = "sensitivity.png";

    @Option(
            names = "--out",
            paramLabel = "FILE.npy|DIR",
            description = {"Where the singular values go; a folder gets a", "manifest and the figure too."})
    private @Nullable String out;

    /** What is written. */
    public Outputs written() {
        return outputs().destination("--out", destination(), VALUES, FIGURE);
    }

    /** What {@code --out} says; null without it. */
    @Nullable
    public Destination destination() {
        return out == null ? null : Destination.parse("--out", out);
    }

    /** Where the singular values go, or null. */
    @Nullable
    public Path out() {
        @Nullable Destination destination = destination();
        return destination == null ? null : destination.file(VALUES);
    }

    /** Draws into the folder, if there is one and no other name was given. */
    public void useFolder() {
        @Nullable Destination destination = destination();
        if (destination != null && destination.folder()) {
            use(destination.file(FIGURE));
        }
    }
}
