package org.curvature4j.internal.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Destination;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Interval;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.OutputFiles;
import org.curvature4j.internal.cli.options.Outputs;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PlaneSpectra;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.plot.EigenvalueGrid;
import org.curvature4j.plot.EigenvalueGrid.Shape;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.SaddleMapPlot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature saddle}. */
@Command(
        name = "saddle",
        sortOptions = false,
        customSynopsis = {
            "curvature saddle --function NAME [--grid N] [--range A:B] --plot FILE",
            "       curvature saddle MODEL [--grid N] [--range A:B] --plot FILE"
        },
        description = {
            "Eigenvalues of the Hessian of a function of two numbers over a grid, coloured by",
            "sign: saddle, convex, concave, flat; and their magnitude."
        },
        footer = {
            "",
            "Examples:",
            "  curvature saddle --plot saddle.png",
            "  curvature saddle --function quadratic --seed 3 --range -1:1 --plot saddle.svg",
            "  curvature saddle --model f.fb --wrt u,v --grid 401 --plot f.png --out E.npy"
        })
final class SaddleCommand extends CurvatureCommand {
    private static final String USUAL = "monkey-saddle";
    private static final String VALUES = "eigenvalues.npy";
    private static final String FIGURE = "saddle.png";
    private static final int MOST_SIDE = 4001;

    @Option(
            names = "--function",
            paramLabel = "NAME",
            description = "A model of the lesson by name; " + USUAL + " unless --model is given.")
    private @Nullable String function;

    @Option(names = "--grid", paramLabel = "N", defaultValue = "201", description = "Points a side; 201 unless given.")
    private int grid = 201;

    @Option(
            names = "--range",
            paramLabel = "A:B",
            defaultValue = "-2:2",
            description = "Of both coordinates; -2:2 unless given.")
    private String range = "-2:2";

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            description = {"Up to which an eigenvalue counts as zero;", "1e-9 of the largest unless given."})
    private @Nullable Double tolerance;

    @Option(
            names = "--out",
            paramLabel = "FILE.npy|DIR",
            description = {"Where the eigenvalues go, [y, x, 2]; a folder gets a", "manifest and the figure too."})
    private @Nullable String out;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        if (function != null && model.given()) {
            throw new UsageException("--function, --model: expected one of them, got both");
        }
        if (!model.given()) {
            model.use(function == null ? USUAL : function);
        }
        model.check();
        figure.check();
        Interval.parse("--range", range);
        if (grid < 2 || grid > MOST_SIDE) {
            throw new UsageException("--grid: expected 2 to " + MOST_SIDE + ", got " + grid);
        }
        if (tolerance != null && !(tolerance >= 0 && tolerance <= Double.MAX_VALUE)) {
            throw new UsageException("--tolerance: expected a finite number of at least 0, got " + tolerance);
        }
        if (out == null && !figure.wantsFigure()) {
            throw new UsageException("--plot, --show, --out: expected at least one of them, got none");
        }
    }

    @Override
    Outputs outputs() {
        return figure.outputs().destination("--out", destination(), VALUES, FIGURE);
    }

    @Override
    void run(Report report) {
        Backend.get();
        ChosenFunction subject = ChosenFunction.open(model);
        subject.requireOneResult("saddle map");
        if (subject.inputSize() != 2) {
            throw new IllegalArgumentException("saddle map: expected a function of two numbers, got " + subject.title()
                    + ", " + Words.count(subject.inputSize(), "number"));
        }
        long start = System.nanoTime();
        map(subject, open(subject), report);
        Timing.describe(report, start, (long) grid * grid, "point");
    }

    private @Nullable Experiment open(ChosenFunction subject) {
        @Nullable Destination destination = destination();
        if (destination == null || !destination.folder()) {
            return null;
        }
        figure.use(destination.file(FIGURE));
        Map<String, String> run = Provenance.begin(name());
        subject.identify(run);
        run.put("grid", grid + " x " + grid + " points of " + range);
        run.put("tolerance", tolerance == null ? "1e-9 of the largest" : tolerance.toString());
        Provenance.addMachine(run, Backend.get().settings().engine().key());
        return Experiment.open(destination, run, false);
    }

    private void map(ChosenFunction subject, @Nullable Experiment experiment, Report report) {
        double[] axis = Interval.parse("--range", range).steps(grid);
        double[] eigenvalues = new PlaneSpectra(subject, axis).eigenvalues(file(), this::explain);
        EigenvalueGrid map = new EigenvalueGrid(axis, axis, eigenvalues, tolerance(eigenvalues));
        report.text("Curvature of " + subject.title() + " over the plane");
        subject.describe(report);
        report.line("grid", grid + " x " + grid + " points of [" + range.replace(":", ", ") + "]^2");
        report.field("grid", grid);
        report.field("range", new double[] {axis[0], axis[grid - 1]});
        describe(map, report);
        Figure drawn = figure.wantsFigure() ? SaddleMapPlot.of(map, name(subject)) : null;
        if (drawn != null) {
            figure.save(drawn);
            report.afterwards(() -> figure.show(drawn));
        }
        if (experiment != null) {
            List<Path> arrays = Stream.ofNullable(file()).toList();
            List<Path> figures = Stream.ofNullable(figure.plot()).toList();
            experiment.write(report, arrays, figures, (long) grid * grid);
        }
        OutputFiles.describe(report, file(), figure.plot());
    }

    private @Nullable Destination destination() {
        return out == null ? null : Destination.parse("--out", out);
    }

    private @Nullable Path file() {
        @Nullable Destination destination = destination();
        return destination == null ? null : destination.file(VALUES);
    }

    private static String name(ChosenFunction subject) {
        String description = subject.source().description();
        return description.isEmpty()
                ? "'" + subject.output() + "' of " + subject.source().name()
                : description;
    }

    private double tolerance(double[] eigenvalues) {
        if (tolerance != null) {
            return tolerance;
        }
        double largest = 0;
        for (double value : eigenvalues) {
            largest = Math.max(largest, Math.abs(value));
        }
        return 1e-9 * largest;
    }

    private static void describe(EigenvalueGrid map, Report report) {
        Map<Shape, Long> counts = new EnumMap<>(Shape.class);
        for (int row = 0; row < map.y().length; row++) {
            for (int column = 0; column < map.x().length; column++) {
                counts.merge(map.shape(column, row), 1L, Long::sum);
            }
        }
        report.line(
                "shapes",
                counts.entrySet().stream()
                                .map(entry ->
                                        String.format(Locale.ROOT, "%,d %s", entry.getValue(), words(entry.getKey())))
                                .collect(Collectors.joining(", "))
                        + " (zero up to " + Words.number(map.tolerance()) + ")");
        Map<String, Long> fields = new LinkedHashMap<>();
        for (Shape shape : Shape.values()) {
            fields.put(words(shape), counts.getOrDefault(shape, 0L));
        }
        report.field("shapes", fields);
        report.field("tolerance", map.tolerance());
        double[] values = map.eigenvalues();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        report.line("eigenvalues", "from " + Words.number(low) + " to " + Words.number(high));
        report.field("smallest", low);
        report.field("largest", high);
    }

    private static String words(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }
}
