package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneFieldPlot;
import org.curvature4j.plot.PlaneMark;
import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exercise 2: the Hessian of f(x) = x'Ax, A random symmetric: 2A, everywhere. */
final class QuadraticExercise {
    private static final PlaneGrid PLANE = new PlaneGrid(2, 201);
    /** Where the Hessian is taken. */
    private static final PlaneGrid PLACES = new PlaneGrid(1, 5);
    /** Where the Newton step starts. */
    private static final double[] START = {1.2, -0.8};

    private static final int DECIMALS = 6;

    private final long seed;
    private final double[][] matrix;
    private final Spectrum spectrum;
    private final List<Check> checks;
    private final Figure figure;

    private QuadraticExercise(long seed) {
        this.seed = seed;
        ModelGraph model = Functions.quadratic(seed);
        this.matrix = model.sd().getVariable("A").getArr().toDoubleMatrix();
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        INDArray places = PLACES.points();
        INDArray start = Nd4j.createFromArray(new double[][] {START});
        try (Hessian hessian = Hessian.of(function)) {
            INDArray automatic = hessian.batch(places);
            this.spectrum = Spectrum.of(hessian.at(start));
            this.checks = List.of(
                    Check.of(
                            Check.Kind.EXACT,
                            "formula against automatic differentiation",
                            byHand(places.size(0)),
                            automatic),
                    Check.of(
                            Check.Kind.SECOND_DIFFERENCES,
                            "automatic against finite differences",
                            automatic,
                            FiniteDifferences.hessian(function, places)),
                    Check.of(
                            Check.Kind.EXACT,
                            "way to the origin against Newton step",
                            start.neg(),
                            newtonStep(function.gradient().values(start))));
        }
        this.figure = figure(function.values(PLANE.points()));
    }

    static Part solve(long seed) {
        QuadraticExercise exercise = new QuadraticExercise(seed);
        return new Part(exercise.markdown(), exercise.console(), Map.of("exercise-2-quadratic", exercise.figure));
    }

    /** 2A, so many times. */
    private INDArray byHand(long times) {
        double[][] doubled = doubled();
        double[][][] hessians = new double[(int) times][][];
        Arrays.fill(hessians, doubled);
        return Nd4j.createFromArray(hessians);
    }

    private double[][] doubled() {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row).map(value -> 2 * value).toArray())
                .toArray(double[][]::new);
    }

    /** -H^-1 g, [1, 2], by the eigenvectors: H^-1 divides the part of g along each by its eigenvalue. */
    private INDArray newtonStep(INDArray gradient) {
        INDArray vectors = spectrum.vectors();
        return gradient.mmul(vectors)
                .divRowVector(spectrum.values())
                .mmul(vectors.transpose())
                .neg();
    }

    private String markdown() {
        double[] values = spectrum.eigenvalues();
        return Template.fill(
                QuadraticExercise.class,
                "exercise-2",
                Map.ofEntries(
                        Map.entry("seed", Long.toString(seed)),
                        Map.entry("matrix", Notation.latex(matrix, DECIMALS)),
                        Map.entry("hessian", Notation.latex(doubled(), DECIMALS)),
                        Map.entry("smaller", Numbers.fixed(values[0], DECIMALS)),
                        Map.entry("larger", Numbers.fixed(values[1], DECIMALS)),
                        Map.entry("shape", shape()),
                        Map.entry("start", Notation.point(START, 1)),
                        Map.entry("range", range()),
                        Map.entry("checks", Check.table(checks))));
    }

    private String shape() {
        return switch (spectrum.classification()) {
            case CONVEX -> "Both are positive: $f$ is a bowl, and the origin its minimum.";
            case CONCAVE -> "Both are negative: $f$ is a dome, and the origin its maximum.";
            case SADDLE -> "One of each sign: $f$ is a saddle, and the origin neither minimum nor maximum.";
            default -> "One is zero to rounding: $f$ is a trough.";
        };
    }

    private String range() {
        double condition = spectrum.conditionNumber();
        return Double.isInfinite(condition)
                ? ""
                : "One bends " + Numbers.fixed(condition, 1)
                        + " times as much as the other: gradient descent on $f$ would zigzag across the steep one and"
                        + " crawl along the other.";
    }

    private String console() {
        StringBuilder text = new StringBuilder(
                "Exercise 2: Hessian of f(x) = x'Ax, A random symmetric of seed " + seed + "\n  A =\n");
        Notation.lines(matrix, DECIMALS)
                .forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("  H = 2A =\n");
        Notation.lines(doubled(), DECIMALS)
                .forEach(line -> text.append("    ").append(line).append('\n'));
        return text + "  Eigenvalues of H: "
                + Notation.joined(spectrum.eigenvalues(), value -> Numbers.fixed(value, DECIMALS), "", "") + ": "
                + spectrum.classification().words() + "\n  One Newton step from " + Notation.point(START, 1)
                + " lands on the origin\n" + Check.lines(checks);
    }

    private Figure figure(INDArray values) {
        PlaneField field = new PlaneField(
                "f over the plane",
                "f(x, y)",
                PLANE.axis(),
                PLANE.axis(),
                JavaRows.flat(values),
                spectrum.classification() == Classification.SADDLE);
        double[] eigenvalues = spectrum.eigenvalues();
        return PlaneFieldPlot.of(
                List.of(field),
                List.of(
                        axis("eigenvector of " + Numbers.fixed(eigenvalues[1], 3), PlaneMark.Style.LINE, 1),
                        axis("eigenvector of " + Numbers.fixed(eigenvalues[0], 3), PlaneMark.Style.DASHED_LINE, 0)),
                "The quadratic f(x) = x'Ax of seed " + seed,
                "The eigenvectors of its Hessian 2A are its axes");
    }

    /** The line through the origin along an eigenvector, two units long on each side. */
    private PlaneMark axis(String meaning, PlaneMark.Style style, int index) {
        double[] vector = spectrum.vector(index);
        double half = 0.9 * PLANE.half();
        return new PlaneMark(meaning, style, new double[] {-half * vector[0], half * vector[0]}, new double[] {
            -half * vector[1], half * vector[1]
        });
    }
}
