package org.curvature4j.internal.tutorial;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.SlicePlot;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exercise 4: the 2-2-1 net along the eigenvector of the eigenvalue of largest magnitude, and along a flat direction. */
final class FastestDirectionExercise {
    private static final double[] STEPS = {-2, -1, -0.5, -0.1, 0.1, 0.5, 1, 2};
    private static final int DECIMALS = 5;

    private final long seed;
    private final double[] gradient;
    private final double[] fastest;
    private final double[] flattest;
    private final double eigenvalue;
    private final LineScan steep;
    private final LineScan flat;
    private final List<Check> checks;

    private FastestDirectionExercise(long seed, TwoTwoOnePoint net) {
        this.seed = seed;
        Spectrum spectrum = net.spectrum();
        TensorFunction function = net.function();
        double[] theta = net.numbers();
        this.gradient = JavaRows.flat(function.gradient().values(net.theta()));
        this.eigenvalue = spectrum.eigenvalues()[spectrum.steepest()];
        this.fastest = Directions.fastest(spectrum);
        this.flattest = Directions.flattest(spectrum, gradient);
        this.steep = LineScan.along("fastest", function, theta, fastest, eigenvalue);
        this.flat = LineScan.along("flattest", function, theta, flattest, 0);
        this.checks = List.of(
                Check.of(Check.Kind.EXACT, "products H v against lambda v", products(net), scaledVectors()),
                Check.of(
                        Check.Kind.FIRST_DIFFERENCES,
                        "gradients: automatic against finite differences",
                        steep.gradients(),
                        FiniteDifferences.jacobian(function, steep.points())
                                .reshape(steep.gradients().shape())));
    }

    static Part solve(long seed, TwoTwoOnePoint net) {
        FastestDirectionExercise exercise = new FastestDirectionExercise(seed, net);
        return new Part(
                exercise.markdown(), exercise.console(), Map.of("exercise-4-fastest-direction", exercise.figure()));
    }

    /** Hv of both directions by Hessian-vector products. */
    private INDArray products(TwoTwoOnePoint net) {
        TensorFunction product = net.function().hessianVectorProduct();
        INDArray theta = net.theta().reshape(TwoTwoOnePoint.SIZE);
        return Nd4j.vstack(
                product.call(theta, Nd4j.createFromArray(fastest)).reshape(1, TwoTwoOnePoint.SIZE),
                product.call(theta, Nd4j.createFromArray(flattest)).reshape(1, TwoTwoOnePoint.SIZE));
    }

    /** What the products are if the directions are eigenvectors: the flattest one's eigenvalue is 0. */
    private INDArray scaledVectors() {
        double[][] rows = new double[2][TwoTwoOnePoint.SIZE];
        for (int i = 0; i < TwoTwoOnePoint.SIZE; i++) {
            rows[0][i] = eigenvalue * fastest[i];
        }
        return Nd4j.createFromArray(rows);
    }

    private String markdown() {
        double norm = Math.sqrt(Directions.dot(gradient, gradient));
        return Template.fill(
                FastestDirectionExercise.class,
                "exercise-4",
                Map.ofEntries(
                        Map.entry("eigenvalue", Numbers.fixed(eigenvalue, DECIMALS)),
                        Map.entry("bends", eigenvalue > 0 ? "upward" : "downward"),
                        Map.entry("value", Numbers.fixed(steep.slice().value(), DECIMALS)),
                        Map.entry("slope", Numbers.fixed(steep.slice().slope(), DECIMALS)),
                        Map.entry("norm", Numbers.fixed(norm, DECIMALS)),
                        Map.entry("cosine", Numbers.fixed(Math.abs(steep.slice().slope()) / norm, 2)),
                        Map.entry("largest-parts", parts(fastest)),
                        Map.entry("flat-parts", parts(flattest)),
                        Map.entry("slope-there", Numbers.fixed(steep.slope(1), DECIMALS)),
                        Map.entry("slope-back", Numbers.fixed(steep.slope(-1), DECIMALS)),
                        Map.entry("table", table()),
                        Map.entry("steep-change", Numbers.fixed(steep.largestChange(), 3)),
                        Map.entry("flat-change", Integer.toString(Notation.powerAbove(flatBound()))),
                        Map.entry("checks", Check.table(checks))));
    }

    /** A bound on the change along the flat direction that rounding alone makes. */
    private double flatBound() {
        double rounding = 4e-15 * Math.max(1, Math.abs(flat.slice().value()));
        return Math.max(rounding, flat.largestChange());
    }

    private String table() {
        List<String> rows = new ArrayList<>();
        for (double step : STEPS) {
            rows.add("| " + Numbers.fixed(step, 1) + " | " + Numbers.fixed(steep.value(step), DECIMALS) + " | "
                    + Numbers.fixed(steep.model(step), DECIMALS) + " | "
                    + Numbers.fixed(steep.model(step) - steep.value(step), DECIMALS) + " | "
                    + Numbers.fixed(flat.value(step), DECIMALS) + " |");
        }
        return String.join("\n", rows);
    }

    /** The four largest components with the names of what they move. */
    private static String parts(double[] direction) {
        return IntStream.range(0, direction.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -Math.abs(direction[i])))
                .limit(4)
                .map(i -> "`" + TwoTwoOnePoint.NAMES.get(i) + "` " + Numbers.fixed(direction[i], 2))
                .collect(Collectors.joining(", "));
    }

    private String console() {
        StringBuilder text = new StringBuilder("Exercise 4: the net of demo 2 along its fastest direction, seed " + seed
                + "\n  Largest |eigenvalue|: " + Numbers.fixed(eigenvalue, DECIMALS) + "; at theta y = "
                + Numbers.fixed(steep.slice().value(), DECIMALS) + ", slope along the eigenvector "
                + Numbers.fixed(steep.slice().slope(), DECIMALS) + "\n");
        text.append(String.format("    %6s %12s %12s %20s\n", "step", "y", "model", "y along a flat one"));
        for (double step : STEPS) {
            text.append(String.format(
                    "    %6s %12s %12s %20s\n",
                    Numbers.fixed(step, 1),
                    Numbers.fixed(steep.value(step), DECIMALS),
                    Numbers.fixed(steep.model(step), DECIMALS),
                    Numbers.fixed(flat.value(step), DECIMALS)));
        }
        return text + "  Within two units y changes by up to " + Numbers.fixed(steep.largestChange(), 3)
                + " along the fastest direction, by " + Notation.measured(flat.largestChange())
                + " along the flattest\n" + Check.lines(checks);
    }

    private Figure figure() {
        return SlicePlot.of(
                steep.slice(),
                flat.slice(),
                "y = W2 tanh(W1 x + b1) + b2 in its 11 numbers, at the standard normal point of seed " + seed);
    }
}
