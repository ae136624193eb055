package org.curvature4j.cli;

import java.nio.file.Path;
import org.curvature4j.host.RowSink;
import org.curvature4j.io.Npy;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.spectrum.SymmetricSpectrum;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of {@code curvature spectrum}: solves, writes, reports, draws. */
final class SpectrumRun {
    private final Matrices matrices;
    private final SpectrumOutput output;
    private final SpectrumOptions options;

    SpectrumRun(Matrices matrices, SpectrumOutput output, SpectrumOptions options) {
        this.matrices = matrices;
        this.output = output;
        this.options = options;
    }

    void run(Report report) {
        long start = System.nanoTime();
        matrices.describe(report);
        boolean one = matrices.count() == 1;
        SymmetricSpectrum chosen = one || output.choosesMatrix() ? solve(output.index()) : null;
        report.field("count", matrices.count());
        report.field("order", matrices.order());
        if (one && chosen != null) {
            writeOne(chosen);
        } else {
            SpectrumReports.describe(report, streamAll(), matrices.count());
        }
        if (chosen != null) {
            SpectrumReports.describe(report, chosen, output.index(), !one);
            draw(chosen, report);
        }
        OutputFiles.describe(report, output.out(), output.vectors(), output.plot());
        Timing.describe(report, start, matrices.count(), "matrix");
    }

    private SymmetricSpectrum solve(long index) {
        if (index >= matrices.count()) {
            throw new IllegalArgumentException("--index: expected one of " + Words.count(matrices.count(), "matrix")
                    + ", counted from 0, got " + index);
        }
        try (INDArray matrix = matrices.matrix(index)) {
            return SymmetricSpectrum.of(matrix, options);
        }
    }

    private void writeOne(SymmetricSpectrum spectrum) {
        int n = matrices.order();
        write(output.out(), spectrum.values(), n);
        if (output.vectors() != null) {
            write(output.vectors(), spectrum.vectors(), n, n);
        }
    }

    private void write(@Nullable Path file, INDArray array, long... shape) {
        if (file != null) {
            Npy.write(file, matrices.isSingle() ? array : array.reshape(prepend(1, shape)));
        }
    }

    private static long[] prepend(long first, long... rest) {
        long[] all = new long[rest.length + 1];
        all[0] = first;
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }

    private SpectraSummary streamAll() {
        long count = matrices.count();
        int n = matrices.order();
        NpyType type = matrices.type();
        try (NpyWriter values = create(output.out(), type, count, n);
                NpyWriter vectors = create(output.vectors(), type, count, n, n);
                SpectraSink sink = new SpectraSink(
                        n,
                        type.dataType(),
                        options,
                        values == null ? (first, some, rows) -> {} : sink(values),
                        vectors == null ? null : sink(vectors));
                ProgressDisplay progress = ProgressDisplay.of(count, "matrix")) {
            matrices.stream(sink, progress);
            if (values != null) {
                values.commit();
            }
            if (vectors != null) {
                vectors.commit();
            }
            return sink.summary();
        }
    }

    private static @Nullable NpyWriter create(@Nullable Path file, NpyType type, long... shape) {
        return file == null ? null : NpyWriter.create(file, type, shape);
    }

    private static RowSink sink(NpyWriter writer) {
        return (first, count, rows) -> writer.writeRows(first, count, rows, 0);
    }

    private void draw(SymmetricSpectrum spectrum, Report report) {
        if (!output.wantsFigure()) {
            return;
        }
        Figure figure = SpectrumPlot.of(
                spectrum.eigenvalues(), spectrum.tolerance(), matrices.title(output.index()), Scale.AUTOMATIC);
        output.save(figure);
        report.afterwards(() -> output.show(figure));
    }
}
