package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.curvature4j.curvature.FilterAxis;
import org.curvature4j.curvature.Landscape;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Interval;
import org.curvature4j.internal.cli.options.OutputFiles;
import org.curvature4j.internal.cli.options.Outputs;
import org.curvature4j.internal.cli.report.ProgressDisplay;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenLoss;
import org.curvature4j.internal.cli.subject.LossDirections;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.Npy;
import org.curvature4j.plot.Figure;
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
            "A loss around a model's parameters: over the plane of two directions, or along",
            "an eigenvector of its Hessian beside the quadratic model."
        },
        footer = {
            "",
            "Examples:",
            "  curvature landscape --model digits.fb --data digits --plot plane.png",
            "  curvature landscape --model digits.fb --data digits --directions random \\",
            "            --range -1:1 --grid 41 --plot random.png --out losses.npy",
            "  curvature landscape --model digits.fb --data digits --along 1 --plot line.png"
        })
final class LandscapeCommand extends LossCommand {
    private static final int MOST_SIDE = 1001;
    private static final int LINE_STEPS = 201;
    private static final int PLANE_STEPS = 51;

    @Option(
            names = "--directions",
            paramLabel = "WHICH",
            description = {
                "eigenvectors (default): of the Hessian's two",
                "eigenvalues of largest magnitude; random: two",
                "random ones, each filter as long as the",
                "weights' own."
            })
    private @Nullable String directions;

    @Option(
            names = "--along",
            paramLabel = "K",
            description = {"Along eigenvector K instead, counted from 1 by", "magnitude of the eigenvalues."})
    private @Nullable Integer along;

    @Option(
            names = "--range",
            paramLabel = "A:B",
            defaultValue = "-1:1",
            description = "Steps in each direction; -1:1 unless given.")
    private String range = "-1:1";

    @Option(
            names = "--grid",
            paramLabel = "N",
            description = "Steps; " + PLANE_STEPS + " a side of a plane, " + LINE_STEPS + " of a line.")
    private @Nullable Integer grid;

    @Option(
            names = "--out",
            paramLabel = "FILE.npy",
            description = {"Where the losses go: [y, x] of a plane, [N] of a", "line."})
    private @Nullable Path out;

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        super.check();
        figure.check();
        OutputFiles.checkArray("--out", out);
        Interval.parse("--range", range);
        if (directions != null && !List.of("eigenvectors", "random").contains(directions)) {
            throw new UsageException("--directions: expected eigenvectors or random, got '" + directions + "'");
        }
        if (along != null && directions != null) {
            throw new UsageException("--along, --directions: expected one of them, got both");
        }
        if (along != null && along < 1) {
            throw new UsageException("--along: expected 1 or more, got " + along);
        }
        int most = along == null ? MOST_SIDE : MOST_SIDE * MOST_SIDE;
        if (steps() < 2 || steps() > most) {
            throw new UsageException("--grid: expected 2 to " + most + ", got " + grid);
        }
        if (out == null && !figure.wantsFigure()) {
            throw new UsageException("--plot, --show, --out: expected at least one of them, got none");
        }
    }

    private int steps() {
        return grid != null ? grid : along == null ? PLANE_STEPS : LINE_STEPS;
    }

    @Override
    Outputs outputs() {
        return figure.outputs().file("--out", out);
    }

    @Override
    void run(Report report) {
        ChosenLoss subject = open();
        report.text("Landscape of " + subject.title());
        subject.describe(report);
        long start = System.nanoTime();
        double[] steps = Interval.parse("--range", range).steps(steps());
        long points = along == null ? (long) steps.length * steps.length : steps.length;
        try (Landscape landscape = Landscape.of(subject.loss());
                ProgressDisplay progress = ProgressDisplay.of(points, "point")) {
            if (along == null) {
                plane(subject, landscape, steps, progress, report);
            } else {
                line(subject, steps, progress, report);
            }
        }
        OutputFiles.describe(report, out, figure.plot());
        Timing.describe(report, start, points, "point");
    }

    private void plane(
            ChosenLoss subject, Landscape landscape, double[] steps, ProgressDisplay progress, Report report) {
        boolean random = "random".equals(directions);
        LossDirections chosen = random
                ? LossDirections.random(subject, axis(), loss().seed())
                : LossDirections.eigenvectors(subject, 2, loss().seed());
        double[][] losses = landscape.over(chosen.vector(0), chosen.vector(1), steps, steps, progress);
        double[] flat = java.util.Arrays.stream(losses)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
        report.line("directions", chosen.words());
        extremes(flat, report);
        report.field("directions", random ? "random" : "eigenvectors");
        report.field("steps", steps);
        write(flat, steps.length, steps.length);
        if (figure.wantsFigure()) {
            requireFinite(flat);
            PlaneField field =
                    new PlaneField("x: the first direction, y: the second", "loss", steps, steps, flat, false);
            PlaneMark point = new PlaneMark("the model", PlaneMark.Style.POINTS, new double[] {0}, new double[] {0});
            draw(
                    PlaneFieldPlot.of(
                            List.of(field),
                            List.of(point),
                            "Loss around the model",
                            subject.title() + ", " + chosen.words()),
                    report);
        }
    }

    private FilterAxis axis() {
        return loss().model().toLowerCase(Locale.ROOT).endsWith(".onnx") ? FilterAxis.FIRST : FilterAxis.LAST;
    }

    private void line(ChosenLoss subject, double[] steps, ProgressDisplay progress, Report report) {
        int wanted = along == null ? 1 : along;
        LossDirections chosen = LossDirections.eigenvectors(subject, wanted, loss().seed());
        Slice slice = chosen.slice(subject, wanted - 1, steps, progress);
        report.line("direction", chosen.words());
        extremes(slice.values(), report);
        report.field("steps", steps);
        report.field("eigenvalue", slice.eigenvalue());
        report.field("slope", slice.slope());
        write(slice.values(), steps.length);
        if (figure.wantsFigure()) {
            draw(SlicePlot.of(List.of(slice), "Loss along an eigenvector", subject.title()), report);
        }
    }

    private static void extremes(double[] losses, Report report) {
        double low = java.util.Arrays.stream(losses).min().orElse(Double.NaN);
        double high = java.util.Arrays.stream(losses).max().orElse(Double.NaN);
        report.line("losses", "from " + Words.number(low) + " to " + Words.number(high));
        report.field("smallest", low);
        report.field("largest", high);
    }

    private void requireFinite(double... losses) {
        for (double number : losses) {
            if (!Double.isFinite(number)) {
                throw new IllegalArgumentException(
                        "landscape: expected finite losses to draw, got " + number + " (choose a smaller --range)");
            }
        }
    }

    private void write(double[] losses, long... shape) {
        if (out != null) {
            Npy.write(out, HostArray.copyOf(losses, DataType.DOUBLE, shape));
        }
    }

    private void draw(Figure drawn, Report report) {
        figure.save(drawn);
        report.afterwards(() -> figure.show(drawn));
    }
}
