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

    /**
     * Of a command that has nothing else to give.
     *
     * @param page where a page of results goes, or null
     * @throws UsageException if nothing is wanted
     */
    public final void requireWanted(@Nullable Path page) {
        if (!isWanted() && page == null) {
            throw new UsageException("--plot, --show, --report: expected at least one of them, got none");
        }
    }

    /**
     * As above, of one that may write numbers.
     *
     * @throws UsageException if neither a figure is wanted nor a file of numbers
     */
    public final void requireWantedOr(@Nullable Destination out, @Nullable Path page) {
        if (!isWanted() && out == null && page == null) {
            throw new UsageException("--plot, --show, --out, --report: expected at least one of them, got none");
        }
    }

    /**
     * Draws the figure if one is wanted: into its file, in a window when the report has been printed, and on the page of
     * the results. If it can't be drawn, and nobody but the page asked for it, the report says so.
     */
    public final void draw(Report report, Supplier<Figure> figure) {
        if (isWanted()) {
            draw(report, figure.get());
        } else if (report.hasPage()) {
            try {
                report.figure(figure.get());
            } catch (IllegalArgumentException | IllegalStateException e) {
                report.line("no figure", String.valueOf(e.getMessage()));
            }
        }
    }

    private void draw(Report report, Figure drawn) {
        report.figure(drawn);
        if (plot != null) {
            drawn.save(plot.path());
        }
        if (show) {
            report.afterwards(drawn::show);
        }
    }
}
