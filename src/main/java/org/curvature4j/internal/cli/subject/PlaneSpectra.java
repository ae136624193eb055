package org.curvature4j.internal.cli.subject;

import java.nio.file.Path;
import org.curvature4j.Hessian;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.io.NpyType;
import org.curvature4j.io.NpyWriter;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;

/** The eigenvalues of the Hessian of a function of two numbers at the points of a square grid. Close it. */
public final class PlaneSpectra implements AutoCloseable {
    private final ChosenFunction subject;
    private final double[] axis;
    private final Hessian hessian;

    public PlaneSpectra(ChosenFunction subject, double[] axis) {
        this.subject = subject;
        this.axis = axis;
        this.hessian = Hessian.of(subject.function());
    }

    /** What computes the Hessians. */
    public String engine() {
        return hessian.describe();
    }

    /**
     * Computes them.
     *
     * @param file where they go as [y, x, 2], or null
     * @return two ascending ones a point, x fastest
     */
    public double[] eigenvalues(@Nullable Path file) {
        int side = axis.length;
        long count = (long) side * side;
        double[] values = new double[Math.toIntExact(2 * count)];
        RowSink keep = (first, some, rows) -> System.arraycopy(rows, 0, values, (int) (2 * first), 2 * some);
        SpectrumOptions options =
                SpectrumOptions.valuesOnly().threads(Backend.get().settings().threads());
        try (SpectraSink sink = new SpectraSink(2, subject.type().dataType(), options, keep, null);
                ProgressDisplay progress = ProgressDisplay.of(count, "point")) {
            hessian.stream(points(), sink, progress);
        }
        if (file != null) {
            try (NpyWriter writer = NpyWriter.create(file, NpyType.FLOAT64, side, side, 2)) {
                writer.writeRows(0, side, values, 0);
                writer.commit();
            }
        }
        return values;
    }

    @Override
    public void close() {
        hessian.close();
    }

    private RowSource points() {
        int side = axis.length;
        return RowSource.of((long) side * side, (first, count, into) -> {
            for (int i = 0; i < count; i++) {
                int point = (int) (first + i);
                into[2 * i] = axis[point % side];
                into[2 * i + 1] = axis[point / side];
            }
        });
    }
}
