package org.curvature4j.internal.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.report.ConvergedPairs;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Npy;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.krylov.SpectrumEnd;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature lanczos}. */
@Command(
        name = "lanczos",
        sortOptions = false,
        customSynopsis = "curvature lanczos LOSS DATA [--matrix KIND] [--count K] [--end WHICH]",
        description = {
            "Extreme eigenvalues and eigenvectors of a loss' curvature.",
            "In all parameters of a model, by products with vectors: the matrix is never",
            "formed."
        },
        footer = {
            "",
            "Examples:",
            "  curvature lanczos --model digits.fb --data digits --count 20 --plot top.png",
            "  curvature lanczos --model digits.fb --data digits --matrix gauss-newton \\",
            "            --end top --out runs/top",
            "  curvature lanczos --model net.onnx --loss cross-entropy --data X.npy \\",
            "            --targets Y.npy --end both --count 8"
        })
final class LanczosCommand extends MatrixCommand {
    private static final String VALUES = "eigenvalues.npy";
    private static final String VECTORS = "vectors.npy";
    private static final String RESIDUALS = "residuals.npy";
    private static final String FIGURE = "eigenvalues.png";

    /** Or all that there are, where these are fewer. */
    private static final int COUNT = 10;

    @Option(names = "--count", paramLabel = "K", description = "How many; 10 unless given.")
    private @Nullable Integer count;

    @Option(
            names = "--end",
            paramLabel = "WHICH",
            description = {
                "Which end; magnitude unless given.",
                "magnitude: the largest, of either sign; top;",
                "bottom; both: half of each."
            })
    private SpectrumEnd end = SpectrumEnd.MAGNITUDE;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = {"Of residuals; 1e-10 unless given.", "Relative to the largest eigenvalue."})
    private @Nullable Double tolerance;

    @Option(names = "--basis", paramLabel = "N", description = "Vectors kept at once; 2 (K + 10) unless given.")
    private @Nullable Integer basis;

    @Option(names = "--products", paramLabel = "N", description = "Most products; 100 (K + 10) unless given.")
    private @Nullable Integer products;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = {
                "One plain run of so many products.",
                "In place of a search until all have converged:",
                "copies of repeated eigenvalues are missed."
            })
    private @Nullable Integer steps;

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            paramLabel = "FILE.npy|DIR",
            description = {
                "Where the eigenvalues go, [K].",
                "A folder gets vectors [parameters, K], residuals",
                "[K] and the figure too."
            })
    private @Nullable Destination out;

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        super.check();
        options(count == null ? COUNT : count); // what it refuses is told here
    }

    private LanczosOptions options(int wanted) {
        try {
            LanczosOptions options = LanczosOptions.of(end, wanted).seed(loss().seed());
            options = tolerance == null ? options : options.tolerance(tolerance);
            options = basis == null ? options : options.basisSize(basis);
            options = products == null ? options : options.mostProducts(products);
            if (steps != null && (products != null || basis != null || tolerance != null)) {
                throw new UsageException("--steps: expected it without --products, --basis and --tolerance, got both");
            }
            return steps == null ? options : options.plainSteps(steps);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--"
                    + String.valueOf(e.getMessage())
                            .replace("basis size:", "basis:")
                            .replace("most products:", "products:")
                            .replace("plain steps:", "steps:"));
        }
    }

    @Override
    List<String> contents() {
        return List.of(VALUES, VECTORS, RESIDUALS, FIGURE);
    }

    @Override
    void run(Report report) {
        ChosenLoss subject = open();
        describe("Extreme eigenvalues", subject, report);
        long start = System.nanoTime();
        Eigenpairs pairs;
        try (DataOperator operator = operator(subject)) {
            int wanted = count == null ? Math.min(COUNT, operator.rows()) : count;
            try (ProgressDisplay progress = ProgressDisplay.of(wanted, "eigenpair")) {
                pairs = Lanczos.eigenpairs(
                        operator, options(wanted).threads(threads()).progress(new ConvergedPairs(progress)));
            }
            computedBy(operator.describe(), report);
        }
        describe(pairs, report);
        write(subject, pairs, report);
        Timing.describe(report, start, pairs.products(), "product");
    }

    private void describe(Eigenpairs pairs, Report report) {
        double[] values = pairs.eigenvalues();
        double[] errors = pairs.errorBounds();
        report.line(
                "eigenvalues",
                IntStream.range(0, values.length)
                        .mapToObj(k -> String.format(
                                Locale.ROOT,
                                "%3d  % .10e  within %.1e%s",
                                k,
                                values[k],
                                errors[k],
                                pairs.converged(k) ? "" : "  not converged"))
                        .collect(Collectors.joining("\n")));
        report.line(
                "converged",
                pairs.converged() + " of " + pairs.count() + " (to residuals of at most "
                        + Numbers.brief(pairs.tolerance())
                        + "), " + Words.count(pairs.products(), "product")
                        + (pairs.complete()
                                ? "; repeated eigenvalues are all there"
                                : "; repeated eigenvalues may be missing"));
        report.field("end", Choice.lower(end));
        report.field("eigenvalues", values);
        report.field("residuals", pairs.residuals());
        report.field("errorBounds", errors);
        report.field("converged", pairs.converged());
        report.field("complete", pairs.complete());
        report.field("products", pairs.products());
    }

    private void write(ChosenLoss subject, Eigenpairs pairs, Report report) {
        @Nullable Destination all = out != null && out.folder() ? out : null;
        if (out != null) {
            Npy.write(out.file(VALUES), pairs.values());
        }
        if (all != null) {
            Npy.write(all.file(VECTORS), pairs.vectors());
            Npy.write(all.file(RESIDUALS), Nd4j.createFromArray(pairs.residuals()));
        }
        figure.use(out, FIGURE);
        figure.draw(report, () -> draw(subject, pairs));
        report.written(
                Destination.fileOf(out, VALUES),
                Destination.fileOf(all, VECTORS),
                Destination.fileOf(all, RESIDUALS),
                figure.file());
    }

    private static String inWords(SpectrumEnd end) {
        return switch (end) {
            case MAGNITUDE -> "largest in magnitude";
            case TOP -> "from the top";
            case BOTTOM -> "from the bottom";
            case BOTH -> "from both ends";
        };
    }

    private Figure draw(ChosenLoss subject, Eigenpairs pairs) {
        return SpectrumPlot.of(
                pairs.eigenvalues(),
                pairs.tolerance(),
                Words.count(pairs.count(), "eigenvalue") + " of the " + matrixName(),
                subject.title() + ", " + inWords(end),
                Scale.AUTOMATIC);
    }
}
