package org.curvature4j.internal.cli.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.subject.SymmetricMatrices;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/** The spectra of many matrices, from where these come from into the files of a run. */
public final class SpectraStream {
    private static final String SUMMARY = "summary";

    private final SymmetricMatrices matrices;
    private final SpectrumOptions options;
    private final RunFiles files;
    private final @Nullable RowSink values;
    private final @Nullable RowSink vectors;

    /**
     * Prepares.
     *
     * @param values the file of the eigenvalues among those of the run, or null
     * @param vectors the file of the eigenvectors, or null
     */
    SpectraStream(
            SymmetricMatrices matrices,
            SpectrumOptions options,
            RunFiles files,
            @Nullable Path values,
            @Nullable Path vectors) {
        this.matrices = matrices;
        this.options = options;
        this.files = files;
        this.values = files.sink(values);
        this.vectors = files.sink(vectors);
    }

    /** Whether spectra of matrices that GPUs compute are found there. */
    public static boolean isOnDevices(SymmetricMatrices matrices, boolean vectors) {
        @Nullable RowSink any = vectors ? (first, count, rows) -> {} : null;
        try (SpectraSink sink = new SpectraSink(
                matrices.order(), matrices.type().dataType(), SpectrumOptions.valuesOnly(), null, any)) {
            return matrices.count() > 1 && sink.origin() instanceof DeviceSink taker && taker.takesPlanes();
        }
    }

    /**
     * Solves what isn't complete, and gives the files their names.
     *
     * @param interval seconds between two records of the journal
     * @return what all spectra come to, those of an earlier run included
     */
    SpectraSummary run(double interval) {
        int n = matrices.order();
        long @Nullable [] state = files.state(SUMMARY);
        try (SpectraSink sink = new SpectraSink(n, matrices.type().dataType(), options, values, vectors);
                ProgressDisplay progress = ProgressDisplay.of(matrices.count(), files.complete(), "matrix")) {
            Supplier<SpectraSummary> summary = () -> {
                SpectraSummary all = state == null ? new SpectraSummary() : SpectraSummary.of(state);
                all.merge(sink.summary());
                return all;
            };
            Supplier<Map<String, long[]>> sums =
                    () -> Map.of(SUMMARY, summary.get().state());
            new Segments(files, interval)
                    .run(matrices.streaming(), matrices.rows(), (long) n * n, sink, sums, progress);
            SpectraSummary all = summary.get();
            files.publish(Map.of(SUMMARY, all.state()));
            return all;
        }
    }
}
