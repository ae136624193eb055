package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.plot.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a figure goes. */
public class FigureOptions {
    @Option(
            names = "--plot",
            converter = Destination.Picture.class,
            paramLabel = "FILE.png",
            description = "Draw the figure: .png or .svg.")
    private @Nullable Destination plot;

    @Option(names = "--show", description = "Open it in a window, and wait until that is closed.")
    private boolean show;

    /** Whether a figure is wanted at all. */
    public final boolean isWanted() {
        return plot != null || show;
    }

    /** The figure's file; null where it has none. */
    public final @Nullable Path file() {
        return Destination.pathOf(plot);
    }

    /** Draws into a folder too, if results go to one, unless the user named a file; tells whether that was so. */
    public final boolean use(@Nullable Destination out, String name) {
        if (out == null || !out.folder() || plot != null) {
            return false;
        }
        plot = new Destination(out.file(name), false);
        return true;
    }

    /** @throws UsageException if nothing is wanted of a command that has nothing else to give */
    public final void requireWanted() {
        if (!isWanted()) {
            throw new UsageException("--plot, --show: expected at least one of them, got none");
        }
    }

    /** @throws UsageException if neither a figure is wanted nor a file of numbers */
    public final void requireWantedOr(@Nullable Destination out) {
        if (!isWanted() && out == null) {
            throw new UsageException("--plot, --show, --out: expected at least one of them, got none");
        }
    }

    /** Draws the figure if one is wanted: into its file, and in a window when the report has been printed. */
    public final void draw(Report report, Supplier<Figure> figure) {
        if (!isWanted()) {
            return;
        }
        Figure drawn = figure.get();
        if (plot != null) {
            drawn.save(plot.path());
        }
        if (show) {
            report.afterwards(drawn::show);
        }
    }
}
