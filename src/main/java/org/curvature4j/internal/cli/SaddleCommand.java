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
import org.curvature4j.internal.cli.options.FunctionOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Interval;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.Experiment;
import org.curvature4j.internal.cli.run.Provenance;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.PlaneSpectra;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.EigenvalueGrid;
import org.curvature4j.plot.EigenvalueGrid.Shape;
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
            "curvature saddle [--function NAME] [--grid N] [--range A:B] --plot FILE",
            "       curvature saddle MODEL [--grid N] [--range A:B] --plot FILE"
        },
        description = {
            "Where a function of two numbers is convex, concave or a saddle.",
            "Eigenvalues of its Hessian over a grid, coloured by sign, and their magnitude;",
            "of monkey-saddle unless another function is named."
        },
        footer = {
            "",
            "Examples:",
            "  curvature saddle --plot saddle.png",
            "  curvature saddle --function quadratic --seed 3 --range -1:1 --plot q.svg",
            "  curvature saddle --model f.fb --wrt u,v --grid 401 --plot f.png --out E.npy"
        })
final class SaddleCommand extends CurvatureCommand {
    private static final String USUAL = "monkey-saddle";
    private static final String VALUES = "eigenvalues.npy";
    private static final String FIGURE = "saddle.png";
    private static final int MOST_SIDE = 4001;

    @Option(names = "--grid", paramLabel = "N", description = "Points a side; 201 unless given.")
    private int grid = 201;

    @Option(names = "--range", paramLabel = "A:B", description = "Of both coordinates; -2:2 unless given.")
    private Interval range = new Interval(-2, 2);

    @Option(
            names = "--tolerance",
            converter = Values.NotNegative.class,
            paramLabel = "T",
            description = {"Up to which an eigenvalue counts as zero.", "1e-9 of the largest unless given."})
    private @Nullable Double tolerance;

    @Option(
            names = "--out",
            converter = Destination.ArrayOrFolder.class,
            paramLabel = "FILE.npy|DIR",
            description = {"Where the eigenvalues go, [y, x, 2].", "A folder gets a manifest and the figure too."})
    private @Nullable Destination out;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private FunctionOptions model = new FunctionOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        model.checkOr(USUAL);
        Values.requireBetween("--grid", grid, 2, MOST_SIDE);
        figure.requireWantedOr(out, page());
    }

    @Override
    List<String> contents() {
        return List.of(VALUES, FIGURE);
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
        try (PlaneSpectra spectra = new PlaneSpectra(subject, range.steps(grid))) {
            explain(spectra.engine());
            map(subject, spectra, open(subject, spectra.engine()), report);
        }
        Timing.describe(report, start, (long) grid * grid, "point");
    }

    private @Nullable Experiment open(ChosenFunction subject, String engine) {
        if (out == null || !out.folder()) {
            return null;
        }
        figure.use(out, FIGURE);
        Map<String, String> run = Provenance.begin(name());
        subject.identify(run);
        run.put("grid", grid + " x " + grid + " points of " + range);
        run.put("tolerance", tolerance == null ? "1e-9 of the largest" : tolerance.toString());
        Provenance.addMachine(run, engine);
        return Experiment.open(out, run, false);
    }

    private void map(ChosenFunction subject, PlaneSpectra spectra, @Nullable Experiment experiment, Report report) {
        double[] axis = range.steps(grid);
        EigenvalueGrid map = range.over(() -> {
            double[] eigenvalues = spectra.eigenvalues(file());
            return new EigenvalueGrid(axis, axis, eigenvalues, tolerance(eigenvalues));
        });
        report.text("Curvature of " + subject.title() + " over the plane");
        subject.describe(report);
        report.line("grid", grid + " x " + grid + " points of [" + range.from() + ", " + range.to() + "]^2");
        report.field("grid", grid);
        report.field("range", new double[] {axis[0], axis[grid - 1]});
        describe(map, report);
        figure.draw(report, () -> range.over(() -> SaddleMapPlot.of(map, name(subject))));
        if (experiment != null) {
            List<Path> arrays = Stream.ofNullable(file()).toList();
            List<Path> figures = Stream.ofNullable(figure.file()).toList();
            experiment.write(report, arrays, figures, (long) grid * grid);
        }
        report.written(file(), figure.file());
    }

    private @Nullable Path file() {
        return Destination.fileOf(out, VALUES);
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
                                .map(entry -> String.format(
                                        Locale.ROOT, "%,d %s", entry.getValue(), explained(entry.getKey())))
                                .collect(Collectors.joining(", "))
                        + " (zero up to " + Numbers.brief(map.tolerance()) + ")");
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
        report.line("eigenvalues", "from " + Numbers.brief(low) + " to " + Numbers.brief(high));
        report.field("smallest", low);
        report.field("largest", high);
    }

    private static String explained(Shape shape) {
        return switch (shape) {
            case VALLEY -> "valley (convex or flat)";
            case RIDGE -> "ridge (concave or flat)";
            default -> words(shape);
        };
    }

    private static String words(Shape shape) {
        return shape.name().toLowerCase(Locale.ROOT);
    }
}
