package org.curvature4j.internal.cli.options;

import java.nio.file.Path;
import java.util.Map;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.spectrum.SpectrumOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of spectra. */
public final class SpectrumOutput extends FigureOptions {
    private static final String VALUES = "eigenvalues.npy";
    private static final String VECTORS = "eigenvectors.npy";
    private static final String FIGURE = "spectrum.png";

    @Option(
            names = "--out",
            paramLabel = "FILE.npy|DIR",
            description = {"Where the eigenvalues go; a folder gets a manifest", "and figures too."})
    private @Nullable String out;

    @Option(
            names = "--vectors",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FILE.npy",
            description = {"Where the eigenvectors go, [B, n, n], in columns;", "no name is needed in a folder."})
    private @Nullable String vectors;

    @Option(
            names = "--index",
            paramLabel = "I",
            description = "The matrix to report and draw, counted from 0; the first unless given.")
    private @Nullable Long index;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = {"Up to which an eigenvalue counts as zero;", "that of rounding unless given."})
    private @Nullable Double tolerance;

    @Override
    public void check() {
        super.check();
        Destination destination = destination();
        if (vectors != null && vectors.isEmpty() && (destination == null || !destination.folder())) {
            throw new UsageException(
                    "--vectors: expected a file name ending in .npy, or a folder after --out, got none");
        }
        OutputFiles.checkArray("--vectors", vectors());
        if (index != null && index < 0) {
            throw new UsageException("--index: expected 0 or more, got " + index);
        }
        if (tolerance != null && !(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
            throw new UsageException("--tolerance: expected a finite number of at least 0, got " + tolerance);
        }
    }

    /** What is written. */
    public Outputs written() {
        Outputs written = outputs().destination("--out", destination(), VALUES, VECTORS, FIGURE);
        return vectors == null || vectors.isEmpty() ? written : written.file("--vectors", Path.of(vectors));
    }

    /** What {@code --out} says; null without it. */
    @Nullable
    public Destination destination() {
        return out == null ? null : Destination.parse("--out", out);
    }

    /** Where the eigenvalues go, or null. */
    @Nullable
    public Path out() {
        Destination destination = destination();
        return destination == null ? null : destination.file(VALUES);
    }

    /** Where the eigenvectors go, or null. */
    @Nullable
    public Path vectors() {
        if (vectors == null || !vectors.isEmpty()) {
            return vectors == null ? null : Path.of(vectors);
        }
        Destination destination = destination();
        return destination == null ? null : destination.file(VECTORS);
    }

    /** Draws into the folder, if there is one and no other name was given. */
    public void useFolder() {
        Destination destination = destination();
        if (destination != null && destination.folder()) {
            use(destination.file(FIGURE));
        }
    }

    /** Whether one matrix of a batch is to be told of by itself. */
    public boolean choosesMatrix() {
        return index != null || wantsFigure();
    }

    public long index() {
        return index == null ? 0 : index;
    }

    /** Adds what decides the numbers of spectra. */
    public void identify(Map<String, String> run) {
        run.put("tolerance", tolerance == null ? "of rounding" : tolerance.toString());
    }

    public SpectrumOptions options(SpectrumOptions base) {
        return tolerance == null ? base : base.tolerance(tolerance);
    }
}
