package org.curvature4j.internal.cli;

import java.util.List;
import java.util.Locale;
import org.curvature4j.curvature.FilterAxis;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Interval;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.cli.subject.LossDirections;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.Npy;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneFieldPlot;
import org.curvature4j.plot.PlaneMark;
import org.curvature4j.plot.Slice;
import org.curvature4j.plot.SlicePlot;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature landscape}. */
@Command(
        name = "landscape",
        sortOptions = false,
        customSynopsis = "curvature landscape LOSS DATA [--directions WHICH | --along K] --plot F",
        description = {
            "A loss around a model's parameters, over a plane or a line.",
            "Over the plane of two directions, or along an eigenvector of its Hessian beside",
            "the quadratic model."
        },
        footer = {
            "",
            "Examples:",
            "  curvature landscape --model digits.fb --data digits --plot plane.png",
            "  curvature landscape --model digits.fb --data digits --directions random \\",
            "            --range -1:1 --grid 41 --plot random.png --out losses.npy",
            "  curvature landscape --model digits.fb --data digits --along 0 \\",
            "            --plot line.png"
        })
final class LandscapeCommand extends LossCommand {
    /** Which two span the plane. */
    private enum Directions {
        EIGENVECTORS,
        RANDOM
    }

    /** Directions by their names. */
    static final class Named extends Choice<Directions> {
        Named() {
            super(List.of(Directions.values()), Choice::lower);
        }
    }

    private static final int MOST_SIDE = 1001;
    private static final int LINE_STEPS = 201;
    private static final int PLANE_STEPS = 51;

    @Option(
            names = "--directions",
            converter = Named.class,
            completionCandidates = Named.class,
            paramLabel = "WHICH",
            description = {
                "The plane's; eigenvectors unless given.",
                "eigenvectors: of the Hessian's two eigenvalues of",
                "largest magnitude; random: two random ones, each",
                "filter as long as the weights' own."
            })
    private @Nullable Directions directions;

    @Option(
            names = "--along",
            converter = Values.CountOrNone.class,
            paramLabel = "K",
            description = {
                "Along eigenvector K instead of over a plane.",
                "Counted from 0 by magnitude of the eigenvalues."
            })
    private @Nullable Integer along;

    @Option(names = "--range", paramLabel = "A:B", description = "Steps in each direction; -1:1 unless given.")
    private Interval range = new Interval(-1, 1);

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = {"Steps a side; 51 unless given.", "201 of a line."})
    private @Nullable Integer grid;

    @Option(
            names = "--out",
            converter = Destination.Array.class,
            paramLabel = "FILE.npy",
            description = {"Where the losses go, [y, x] of a plane.", "[N] of a line."})
    private @Nullable Destination out;

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        super.check();
        if (along != null && directions != null) {
            throw new UsageException("--along, --directions: expected one of them, got both");
        }
        Values.requireBetween("--grid", steps(), 2, along == null ? MOST_SIDE : MOST_SIDE * MOST_SIDE);
        figure.requireWantedOr(out, page());
    }

    private int steps() {
        return grid != null ? grid : along == null ? PLANE_STEPS : LINE_STEPS;
    }

    @Override
    void run(Report report) {
        ChosenLoss subject = open();
        report.text("Landscape of " + subject.title());
        subject.describe(report);
        long start = System.nanoTime();
        double[] steps = range.steps(steps());
        long points = along == null ? (long) steps.length * steps.length : steps.length;
        try (Landscape landscape = Landscape.of(subject.loss());
                ProgressDisplay progress = ProgressDisplay.of(points, "point")) {
            if (along == null) {
                plane(subject, landscape, steps, progress, report);
            } else {
                line(subject, steps, progress, report);
            }
            computedBy(landscape.describe(), report);
        }
        report.written(Destination.pathOf(out), figure.file());
        Timing.describe(report, start, points, "point");
    }

    private void plane(
            ChosenLoss subject, Landscape landscape, double[] steps, ProgressDisplay progress, Report report) {
        boolean random = directions == Directions.RANDOM;
        LossDirections chosen = random
                ? LossDirections.random(subject, axis(), loss().seed())
                : LossDirections.eigenvectors(subject, 2, loss().seed());
        double[][] losses =
                range.over(() -> landscape.over(chosen.vector(0), chosen.vector(1), steps, steps, progress));
        double[] flat = java.util.Arrays.stream(losses)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        report.line("directions", chosen.words());
        extremes(flat, report);
        report.field("directions", random ? "random" : "eigenvectors");
        report.field("steps", steps);
        write(flat, steps.length, steps.length);
        figure.draw(report, () -> {
            PlaneMark point = new PlaneMark("the model", PlaneMark.Style.POINTS, new double[] {0}, new double[] {0});
            return range.over(() -> {
                requireFinite(flat);
                return PlaneFieldPlot.smooth(
                        List.of(new PlaneField("", "loss", steps, steps, flat, false)),
                        chosen.axis(0),
                        chosen.axis(1),
                        List.of(point),
                        "Loss around the model",
                        subject.title() + ", " + chosen.words());
            });
        });
    }

    private FilterAxis axis() {
        return loss().model().toLowerCase(Locale.ROOT).endsWith(".onnx") ? FilterAxis.FIRST : FilterAxis.LAST;
    }

    private void line(ChosenLoss subject, double[] steps, ProgressDisplay progress, Report report) {
        int wanted = along == null ? 0 : along;
        int parameters = subject.loss().size();
        if (wanted >= parameters) {
            throw new IllegalArgumentException("--along: expected 0 to " + (parameters - 1) + ", an eigenvector of "
                    + Words.count(parameters, "parameter") + ", got " + wanted);
        }
        LossDirections chosen = LossDirections.eigenvectors(subject, wanted + 1, loss().seed());
        Slice slice = range.over(() -> chosen.slice(subject, wanted, steps, progress));
        report.line("direction", chosen.words(wanted));
        extremes(slice.values(), report);
        report.field("steps", steps);
        report.field("eigenvalue", slice.eigenvalue());
        report.field("slope", slice.slope());
        write(slice.values(), steps.length);
        figure.draw(
                report,
                () -> range.over(() -> SlicePlot.of(List.of(slice), "Loss along an eigenvector", subject.title())));
    }

    private static void extremes(double[] losses, Report report) {
        double low = java.util.Arrays.stream(losses).min().orElse(Double.NaN);
        double high = java.util.Arrays.stream(losses).max().orElse(Double.NaN);
        report.line("losses", "from " + Numbers.brief(low) + " to " + Numbers.brief(high));
        report.field("smallest", low);
        report.field("largest", high);
    }

    private void requireFinite(double... losses) {
        for (double number : losses) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException("landscape: expected finite losses to draw, got " + number);
            }
        }
    }

    private void write(double[] losses, long... shape) {
        if (out != null) {
            Npy.write(out.path(), HostArray.copyOf(losses, DataType.DOUBLE, shape));
        }
    }
}
