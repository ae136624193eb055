package org.curvature4j.internal.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.curvature4j.curvature.DataOperator;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Npy;
import org.curvature4j.krylov.DensityOptions;
import org.curvature4j.krylov.SpectralDensity;
import org.curvature4j.krylov.SpectralSum;
import org.curvature4j.plot.DensityPlot;
import org.curvature4j.plot.Figure;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature density}. */
@Command(
        name = "density",
        sortOptions = false,
        customSynopsis = "curvature density LOSS DATA [--matrix KIND] [--plot FILE]",
        description = {
            "How the eigenvalues of a loss' curvature spread.",
            "The spectral density in all parameters of a model, by stochastic Lanczos",
            "quadrature."
        },
        footer = {
            "",
            "Examples:",
            "  curvature density --model digits.fb --data digits --plot density.png",
            "  curvature density --model digits.fb --data digits --matrix gauss-newton \\",
            "            --probes 4 --width 0.01 --out density.npy",
            "  curvature density --model digits.fb --data digits --matrix fisher \\",
            "            --effective-dimension 0.001"
        })
final class DensityCommand extends MatrixCommand {
    private static final int PLACES = 1024;
    /** Up to this part of the largest magnitude an eigenvalue counts as zero. */
    private static final double ZERO = 1e-8;

    @Option(
            names = "--steps",
            converter = Values.Several.class,
            paramLabel = "N",
            description = "Products for each probe; 100 unless given.")
    private int steps = 100;

    @Option(
            names = "--probes",
            converter = Values.Count.class,
            paramLabel = "N",
            description = "Random vectors; 20 unless given.")
    private int probes = 20;

    @Option(
            names = "--width",
            converter = Values.Positive.class,
            paramLabel = "W",
            description = {
                "Standard deviation of the Gaussians drawn.",
                "They stand for Ritz values; by the mean distance of",
                "these unless given."
            })
    private @Nullable Double width;

    @Option(
            names = "--effective-dimension",
            converter = Values.Positive.class,
            paramLabel = "A",
            description = {
                "The effective dimension too.",
                "The sum of lambda / (lambda + A) of a positive",
                "semidefinite matrix."
            })
    private @Nullable Double prior;

    @Option(
            names = "--log-determinant",
            converter = Values.NotNegative.class,
            paramLabel = "A",
            description = {"The logarithm of the determinant too.", "Of matrix + A I, where that is positive definite."
            })
    private @Nullable Double shift;

    @Option(
            names = "--out",
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = {
                "Where the density goes, [2, 1024].",
                "Places, and the share of the eigenvalues per unit",
                "there."
            })
    private @Nullable Destination out;

    @Option(
            names = "--nodes",
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = {
                "Where the quadrature goes, [2, nodes].",
                "Ritz values, and their weights, which add up to 1."
            })
    private @Nullable Destination nodes;

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void run(Report report) {
        ChosenLoss subject = open();
        describe("Spectral density", subject, report);
        long start = System.nanoTime();
        SpectralDensity density;
        try (DataOperator operator = operator(subject);
                ProgressDisplay progress =
                        ProgressDisplay.of((long) Math.min(steps, operator.rows()) * probes, "product")) {
            density = SpectralDensity.of(
                    operator,
                    DensityOptions.standard()
                            .steps(steps)
                            .probes(probes)
                            .seed(loss().seed())
                            .threads(threads())
                            .progress(progress));
            computedBy(operator.describe(), report);
        }
        density = width == null ? density : density.withWidth(width);
        describe(density, report);
        write(density);
        SpectralDensity drawn = density;
        figure.draw(report, () -> draw(drawn, subject));
        report.written(Destination.pathOf(out), Destination.pathOf(nodes), figure.file());
        Timing.describe(report, start, density.products(), "product");
    }

    private Figure draw(SpectralDensity density, ChosenLoss subject) {
        double[] places = density.grid(PLACES);
        return DensityPlot.of(
                places,
                density.density(places),
                density.nodes(0),
                "Ritz values of a probe",
                "Spectral density of the " + matrixName(),
                subject.title());
    }

    private void describe(SpectralDensity density, Report report) {
        report.line(
                "eigenvalues",
                "from about " + Numbers.brief(density.smallest()) + " to about " + Numbers.brief(density.largest()));
        report.line(
                "quadrature",
                Words.count(density.probes(), "probe") + ", " + Words.count(density.products(), "product")
                        + ", Gaussians of width " + Numbers.brief(density.width()));
        report.field("smallest", density.smallest());
        report.field("largest", density.largest());
        report.field("width", density.width());
        report.field("probes", density.probes());
        report.field("products", density.products());
        report.field("momentError", density.momentError());
        sum("trace", density.trace(), report);
        double zero = ZERO * Math.max(Math.abs(density.smallest()), Math.abs(density.largest()));
        double[] negative = density.bounds(-zero);
        double[] rest = density.bounds(zero);
        double[] positive = {1 - rest[1], 1 - rest[0]};
        boolean told = isTold(negative) && isTold(positive);
        report.line(
                "negative",
                share(negative, density.share(-zero)) + " of the eigenvalues, below " + Numbers.brief(-zero)
                        + "; positive: " + share(positive, density.share(zero))
                        + (told ? "" : "; more --steps tell small ones from 0"));
        report.field("negativeShare", density.cumulative(-zero));
        report.field("negativeShareBounds", negative);
        report.field("negativeShareError", density.share(-zero).standardError());
        report.field("positiveShare", 1 - density.cumulative(zero));
        report.field("positiveShareBounds", positive);
        report.field("positiveShareError", density.share(zero).standardError());
        if (prior != null) {
            sum("dimension", density.effectiveDimension(prior), report);
        }
        if (shift != null) {
            double added = shift;
            requireDefinite(density, added);
            sum("log det", density.trace(value -> Math.log(value + added)), report);
        }
    }

    /** Whether the bounds of a share are a tenth of a percent apart at most. */
    private static boolean isTold(double[] bounds) {
        return bounds[1] - bounds[0] <= 1e-3;
    }

    /** The middle of the bounds, with the error that the probes leave, which an error of the share of all others is too. */
    private static String share(double[] bounds, SpectralSum sum) {
        return isTold(bounds)
                ? estimated(100 * (bounds[0] + bounds[1]) / 2, 100 * sum.standardError()) + " %"
                : String.format(Locale.ROOT, "%.1f to %.1f %%", 100 * bounds[0], 100 * bounds[1]);
    }

    /** As many digits as are meant; of one probe nobody knows its error. */
    private static String estimated(double value, double error) {
        if (Double.isNaN(error)) {
            return "about " + Numbers.compact(value, 2);
        }
        // Below what is printed anyway it is rounding.
        return error > 1e-6 * Math.abs(value) ? Numbers.withError(value, error) : Numbers.brief(value);
    }

    private static void requireDefinite(SpectralDensity density, double shift) {
        if (!(density.smallest() + shift > 0)) {
            throw new IllegalArgumentException(
                    "--log-determinant: expected a positive definite matrix, got an eigenvalue of at most "
                            + Numbers.brief(density.smallest()) + " before " + Numbers.brief(shift)
                            + " is added (add more, or choose --matrix gauss-newton)");
        }
    }

    private static void sum(String label, SpectralSum sum, Report report) {
        report.line(
                label,
                estimated(sum.value(), sum.standardError()) + (sum.standardError() > 0 ? " (standard error)" : ""));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("value", sum.value());
        fields.put("standardError", sum.standardError());
        report.field(label, fields);
    }

    private void write(SpectralDensity density) {
        if (out != null) {
            double[] places = density.grid(PLACES);
            Npy.write(out.path(), Nd4j.createFromArray(new double[][] {places, density.density(places)}));
        }
        if (nodes != null) {
            Npy.write(nodes.path(), Nd4j.createFromArray(new double[][] {
                joined(density, density::nodes, 1), joined(density, density::weights, 1.0 / density.probes())
            }));
        }
    }

    private static double[] joined(SpectralDensity density, IntFunction<double[]> part, double factor) {
        return IntStream.range(0, density.probes())
                .mapToObj(part)
                .flatMapToDouble(Arrays::stream)
                .map(number -> number * factor)
                .toArray();
    }
}
