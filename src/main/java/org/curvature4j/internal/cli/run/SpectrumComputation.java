package org.curvature4j.internal.cli.run;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.KinkReport;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.SpectrumReports;
import org.curvature4j.internal.cli.subject.KinkReports;
import org.curvature4j.internal.cli.subject.Streaming;
import org.curvature4j.internal.cli.subject.SymmetricMatrices;
import org.curvature4j.internal.gpu.DeviceSink;
import org.curvature4j.io.NpyType;
import org.curvature4j.spectrum.SpectraSink;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.SpectrumOptions;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.jspecify.annotations.Nullable;

/** The spectra of symmetric matrices. */
public final class SpectrumComputation implements Computation {
    private static final String SUMMARY = "summary";

    private final SymmetricMatrices matrices;
    private final SpectrumOptions options;
    private final List<Result> results;

    /**
     * @param matrices closed with this
     * @param options the tolerance
     * @param values the file of eigenvalues in a folder
     * @param vectors that of eigenvectors; null where none are wanted
     */
    public SpectrumComputation(
            SymmetricMatrices matrices, SpectrumOptions options, String values, @Nullable String vectors) {
        this.matrices = matrices;
        this.options = options;
        long n = matrices.order();
        this.results = Stream.concat(
                        Stream.of(new Result(values, List.of(n))),
                        Stream.ofNullable(vectors).map(name -> new Result(name, List.of(n, n))))
                .toList();
    }

    /** The matrices themselves. */
    public SymmetricMatrices matrices() {
        return matrices;
    }

    SpectrumOptions options() {
        return options;
    }

    /** Whether spectra of matrices that GPUs compute are found there. */
    public boolean isOnDevices() {
        @Nullable RowSink any = results.size() > 1 ? (first, count, rows) -> {} : null;
        try (SpectraSink sink = new SpectraSink(
                matrices.order(), matrices.type().dataType(), SpectrumOptions.valuesOnly(), null, any)) {
            return matrices.count() > 1 && sink.origin() instanceof DeviceSink taker && taker.takesPlanes();
        }
    }

    @Override
    public long count() {
        return matrices.count();
    }

    @Override
    public boolean isSingle() {
        return matrices.isSingle();
    }

    @Override
    public List<Result> results() {
        return results;
    }

    @Override
    public NpyType type() {
        return matrices.type();
    }

    @Override
    public long numbers() {
        return (long) matrices.order() * matrices.order();
    }

    @Override
    public String engine() {
        return matrices.engine();
    }

    @Override
    public Pass begin(long first, List<? extends @Nullable RowSink> sinks) {
        @Nullable RowSink vectors = sinks.size() > 1 ? sinks.get(1) : null;
        SpectraSink sink =
                new SpectraSink(matrices.order(), matrices.type().dataType(), options, sinks.get(0), vectors);
        return new Pass() {
            @Override
            public void compute(long from, long count, Progress progress) {
                Streaming.part(matrices.streaming(), matrices.rows(), from, count, sink, progress);
            }

            @Override
            public Map<String, long[]> sums() {
                return Map.of(SUMMARY, sink.summary().state());
            }

            @Override
            public void close() {
                sink.close();
            }
        };
    }

    @Override
    public Map<String, long[]> joined(Map<String, long[]> before, Map<String, long[]> following) {
        return Sums.joined(before, following, Map.of(SUMMARY, (one, other) -> {
            SpectraSummary all = SpectraSummary.of(one);
            all.merge(SpectraSummary.of(other));
            return all.state();
        }));
    }

    @Override
    public @Nullable KinkReport kinks(long first, long count) {
        return matrices.kinks(first, count);
    }

    @Override
    public void identify(Map<String, String> run) {
        matrices.identify(run);
        run.put(
                "tolerance",
                options.tolerance().isEmpty()
                        ? "of rounding"
                        : Double.toString(options.tolerance().getAsDouble()));
    }

    @Override
    public void describe(Report report) {
        matrices.describe(report);
    }

    @Override
    public void describe(Report report, Map<String, long[]> sums) {
        long @Nullable [] summary = sums.get(SUMMARY);
        describeOrder(report);
        SpectrumReports.describe(report, summary == null ? new SpectraSummary() : SpectraSummary.of(summary));
        describeKinks(report, sums);
    }

    /** Adds how many there are, and how large. */
    void describeOrder(Report report) {
        report.field("count", count());
        report.field("order", matrices.order());
    }

    /** Adds how many points lie on kinks, where the matrices are computed at points. */
    void describeKinks(Report report, Map<String, long[]> sums) {
        @Nullable KinkReport here = matrices.kinks(0, sums.containsKey(KINKS) ? 0 : count());
        if (here != null) {
            KinkReports.describe(report, Sums.kinks(here, sums));
        }
    }

    @Override
    public void close() {
        matrices.close();
    }
}
