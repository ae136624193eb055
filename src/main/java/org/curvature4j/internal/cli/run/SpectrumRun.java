package org.curvature4j.internal.cli.run;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.ResumeOptions;
import org.curvature4j.internal.cli.options.SpectrumOutput;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SpectrumReports;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.KinkReports;
import org.curvature4j.internal.cli.subject.SymmetricMatrices;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;
import org.curvature4j.spectrum.NotFiniteException;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One run of {@code curvature spectrum}: solves, writes, reports, draws. */
public final class SpectrumRun {
    private final SpectrumComputation computation;
    private final SymmetricMatrices matrices;
    private final SpectrumOutput output;
    private final ResumeOptions resume;
    private final PrintWriter err;

    public SpectrumRun(SpectrumComputation computation, SpectrumOutput output, ResumeOptions resume, PrintWriter err) {
        this.computation = computation;
        this.matrices = computation.matrices();
        this.output = output;
        this.resume = resume;
        this.err = err;
    }

    public void run(Report report) {
        long start = System.nanoTime();
        computation.describe(report);
        long count = computation.count();
        if (count > output.index()) {
            output.useFolder();
        }
        List<ArrayFile> arrays = ArrayFile.all(computation, results());
        Map<String, String> run = Provenance.of("spectrum", computation, arrays);
        @Nullable Destination destination = output.destination();
        @Nullable
        Experiment experiment = destination == null ? null : Experiment.open(destination, run, resume.resume());
        if (experiment != null && experiment.isComplete()) {
            experiment.describeComplete(report);
            return;
        }
        long computed;
        try {
            computed = compute(arrays, run, experiment, report);
        } catch (NotFiniteException e) {
            throw KinkReports.explained(e, computation.kinks(0, count));
        }
        report.written(output.out(), output.vectors(), output.file());
        Timing.describe(report, start, computed, "matrix");
    }

    /** Returns how many were computed now, not by an earlier run that this one went on with. */
    private long compute(
            List<ArrayFile> arrays, Map<String, String> run, @Nullable Experiment experiment, Report report) {
        long count = computation.count();
        boolean one = count == 1 || output.choosesMatrix() || (report.hasPage() && count > 0);
        Spectrum chosen = one ? solve(output.index()) : null;
        try (RunFiles files = RunFiles.open(arrays, run, count, resume.resume(), err)) {
            long before = files.complete();
            files.describe(report, before);
            if (count == 1 && chosen != null) {
                writeOne(chosen, files);
                computation.describeOrder(report);
                computation.describeKinks(report, Map.of());
            } else {
                computation.describe(
                        report, new Segments(files, resume.seconds()).run(computation, results(), "matrix"));
            }
            if (chosen != null) {
                SpectrumReports.describe(report, chosen, output.index(), count != 1);
                output.draw(report, () -> draw(chosen));
            }
            if (experiment != null) {
                List<Path> written = arrays.stream().map(ArrayFile::file).toList();
                experiment.write(
                        report, written, Stream.ofNullable(output.file()).toList(), count - before);
            }
            files.finish();
            return count - before;
        }
    }

    /** Not List.of, which holds no null. */
    private List<@Nullable Path> results() {
        return Arrays.asList(output.out(), output.vectors());
    }

    private Spectrum solve(long index) {
        if (index >= matrices.count()) {
            throw new IllegalArgumentException("--index: expected one of " + Words.count(matrices.count(), "matrix")
                    + ", counted from 0, got " + index);
        }
        try (INDArray matrix = matrices.matrix(index)) {
            return Spectrum.of(matrix, computation.options());
        }
    }

    private void writeOne(Spectrum spectrum, RunFiles files) {
        @Nullable RowSink values = files.sink(output.out());
        if (values != null) {
            values.write(0, 1, spectrum.eigenvalues());
        }
        @Nullable RowSink vectors = files.sink(output.vectors());
        if (vectors != null) {
            vectors.write(0, 1, spectrum.vectors().dup('c').data().asDouble());
        }
        files.publish(Map.of());
    }

    private Figure draw(Spectrum spectrum) {
        return SpectrumPlot.of(
                spectrum.eigenvalues(), spectrum.tolerance(), matrices.title(output.index()), Scale.AUTOMATIC);
    }
}
