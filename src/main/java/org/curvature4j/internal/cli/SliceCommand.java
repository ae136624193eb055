package org.curvature4j.internal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.options.FigureOptions;
import org.curvature4j.internal.cli.options.Headings;
import org.curvature4j.internal.cli.options.Interval;
import org.curvature4j.internal.cli.options.ModelOptions;
import org.curvature4j.internal.cli.options.PointOptions;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.cli.report.Timing;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.subject.ChosenFunction;
import org.curvature4j.internal.cli.subject.Direction;
import org.curvature4j.internal.cli.subject.Line;
import org.curvature4j.internal.cli.subject.ModelMatrices;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Slice;
import org.curvature4j.plot.SlicePlot;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.nd4j.linalg.api.ndarray.INDArray;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code curvature slice}. */
@Command(
        name = "slice",
        sortOptions = false,
        customSynopsis = "curvature slice MODEL POINTS [--direction fastest|flattest|K] --plot FILE",
        description = {
            "A function along an eigenvector of its Hessian at a point.",
            "Value, slope and quadratic model, with the flattest direction beside it, or the",
            "fastest."
        },
        footer = {
            "",
            "Examples:",
            "  curvature slice --model two-two-one --random 1 --seed 7 \\",
            "            --direction fastest --plot slice.png",
            "  curvature slice --model net.fb --points X.npy --index 4 \\",
            "            --direction 1 --range -0.5:0.5 --plot slice.svg"
        })
final class SliceCommand extends CurvatureCommand {
    private static final int MOST_STEPS = 100_000;

    @Option(
            names = "--direction",
            paramLabel = "WHICH",
            description = {
                "Which eigenvector; fastest unless given.",
                "fastest: eigenvalue of largest magnitude.",
                "flattest: of smallest magnitude.",
                "K: number K in ascending order, from 0 as in the",
                "figure of a spectrum."
            })
    private String direction = "fastest";

    @Option(
            names = "--index",
            converter = Values.Index.class,
            paramLabel = "I",
            description = {"Which of the points; 0 unless given.", "Counted from 0."})
    private long index;

    @Option(names = "--range", paramLabel = "A:B", description = "Steps along the eigenvector; -2:2 unless given.")
    private Interval range = new Interval(-2, 2);

    @Option(names = "--steps", paramLabel = "N", description = "How many; 201 unless given.")
    private int steps = 201;

    @ArgGroup(validate = false, order = 10, heading = Headings.MODEL)
    private ModelOptions model = new ModelOptions();

    @ArgGroup(validate = false, order = 20, heading = Headings.POINTS)
    private PointOptions points = new PointOptions();

    @ArgGroup(validate = false, order = 30, heading = Headings.RESULTS)
    private FigureOptions figure = new FigureOptions();

    @Override
    void check() {
        model.check();
        points.check();
        Direction.check(direction);
        Values.requireBetween("--steps", steps, 2, MOST_STEPS);
        figure.requireWanted(page());
    }

    @Override
    void run(Report report) {
        Backend.get();
        ChosenFunction subject = ChosenFunction.open(model);
        subject.requireOneResult("slice");
        long start = System.nanoTime();
        try (ModelMatrices matrices = ModelMatrices.of(subject, points)) {
            explain(matrices.engine());
            requirePoint(matrices.count());
            Spectrum spectrum = spectrum(matrices);
            Direction chosen = Direction.of(direction, spectrum);
            INDArray point = matrices.point(index);
            Line line = new Line(subject.function(), point, range.steps(steps));
            List<Direction> directions = new ArrayList<>(List.of(chosen));
            if (spectrum.order() > 1) {
                directions.add(chosen.contrast(spectrum));
            }
            List<Slice> slices = range.over(() ->
                    directions.stream().map(one -> line.along(one, spectrum)).toList());
            report.text("Slice of '" + subject.output() + "' along " + chosen.words());
            subject.describe(report);
            matrices.describePoints(report);
            report.line("along", slices.stream().map(SliceCommand::inWords).collect(Collectors.joining("\n")));
            report.field("index", index);
            report.field("slices", slices.stream().map(SliceCommand::fields).toList());
            figure.draw(
                    report,
                    () -> range.over(() -> SlicePlot.of(slices, Direction.title(directions), matrices.title(index))));
        }
        report.written(figure.file());
        Timing.describe(report, start, 1, "slice");
    }

    private void requirePoint(long count) {
        if (index >= count) {
            throw new IllegalArgumentException(
                    "--index: expected one of " + Words.count(count, "point") + ", counted from 0, got " + index);
        }
    }

    private Spectrum spectrum(ModelMatrices matrices) {
        try (INDArray hessian = matrices.matrix(index)) {
            return Spectrum.of(hessian, SpectrumOptions.withVectors());
        }
    }

    private static String inWords(Slice slice) {
        return slice.name() + ": eigenvalue " + Numbers.brief(slice.eigenvalue()) + ", slope "
                + Numbers.brief(slice.slope()) + ", value " + Numbers.brief(slice.value());
    }

    private static Map<String, Object> fields(Slice slice) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("direction", slice.name());
        fields.put("eigenvalue", slice.eigenvalue());
        fields.put("slope", slice.slope());
        fields.put("value", slice.value());
        fields.put("steps", slice.steps());
        fields.put("values", slice.values());
        fields.put("derivatives", slice.derivatives());
        return fields;
    }
}
