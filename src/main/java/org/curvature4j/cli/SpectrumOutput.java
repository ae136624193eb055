package org.curvature4j.cli;

import java.nio.file.Path;
import org.curvature4j.spectrum.SpectrumOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What becomes of spectra. */
final class SpectrumOutput extends FigureOptions {
    @Option(names = "--out", paramLabel = "FILE.npy", description = "Where the eigenvalues go.")
    private @Nullable Path out;

    @Option(
            names = "--vectors",
            paramLabel = "FILE.npy",
            description = "Where the eigenvectors go, [B, n, n], in columns.")
    private @Nullable Path vectors;

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
    void check() {
        super.check();
        OutputFiles.checkArray("--out", out);
        OutputFiles.checkArray("--vectors", vectors);
        OutputFiles.checkDistinct(out, vectors, plot());
        if (index != null && index < 0) {
            throw new UsageException("--index: expected 0 or more, got " + index);
        }
        if (tolerance != null && !(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
            throw new UsageException("--tolerance: expected a finite number of at least 0, got " + tolerance);
        }
    }

    void checkWritable() {
        OutputFiles.checkWritable(out, vectors, plot());
    }

    @Nullable
    Path out() {
        return out;
    }

    @Nullable
    Path vectors() {
        return vectors;
    }

    /** Whether one matrix of a batch is to be told of by itself. */
    boolean choosesMatrix() {
        return index != null || wantsFigure();
    }

    long index() {
        return index == null ? 0 : index;
    }

    SpectrumOptions options(SpectrumOptions base) {
        return tolerance == null ? base : base.tolerance(tolerance);
    }
}
