package org.curvature4j.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of singular values. */
final class SensitivityOutput extends FigureOptions {
    @Option(
            names = "--out",
            paramLabel = "FILE.npy|DIR",
            description = {"Where the singular values go; a folder gets a", "manifest and the figure too."})
    private @Nullable String out;

    @Override
    void check() {
        super.check();
        OutputFiles.checkDistinct(out(), plot());
    }

    void checkWritable() {
        @Nullable Destination destination = destination();
        OutputFiles.checkWritable(destination == null || destination.folder() ? null : out(), plot());
    }

    /** What {@code --out} says; null without it. */
    @Nullable
    Destination destination() {
        return out == null ? null : Destination.parse("--out", out);
    }

    /** Where the singular values go, or null. */
    @Nullable
    Path out() {
        @Nullable Destination destination = destination();
        return destination == null ? null : destination.file("singular-values.npy");
    }

    /** Draws into the folder, if there is one and no other name was given. */
    void useFolder() {
        @Nullable Destination destination = destination();
        if (destination != null && destination.folder()) {
            use(destination.file("sensitivity.png"));
        }
    }
}
