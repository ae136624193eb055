package org.curvature4j.internal.cli.options;

import java.io.IOException;
import java.nio.file.Path;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.io.DataFileException;
import org.curvature4j.plot.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a figure goes. */
public class FigureOptions {
    @Option(names = "--plot", paramLabel = "FILE.png", description = "Draw the figure: .png or .svg.")
    private @Nullable Path plot;

    @Option(names = "--show", description = "Open it in a window, and wait until that is closed.")
    private boolean show;

    /** Whether a figure is wanted at all. */
    public final boolean wantsFigure() {
        return plot != null || show;
    }

    public final @Nullable Path plot() {
        return plot;
    }

    /** Draws into a file unless the user named one; tells whether that was so. */
    public final boolean use(Path file) {
        if (plot != null) {
            return false;
        }
        plot = file;
        return true;
    }

    /** @throws UsageException if the options can't be meant */
    public void check() {
        OutputFiles.checkFigure("--plot", plot);
    }

    /** The figure's file, to which a command adds its others. */
    public final Outputs outputs() {
        return Outputs.none().file("--plot", plot);
    }

    /** Writes the figure. */
    public final void save(Figure figure) {
        if (plot != null) {
            try {
                figure.save(plot);
            } catch (IOException e) {
                throw new DataFileException(plot, "can't be written", e);
            }
        }
    }

    /** Opens a window if one is wanted; to be called when the report is printed. */
    public final void show(Figure figure) {
        if (show) {
            figure.show();
        }
    }
}
