package org.curvature4j.internal.tutorial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.Jacobian;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.PlaneField;
import org.curvature4j.plot.PlaneFieldPlot;
import org.curvature4j.plot.PlaneMark;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exercise 1: the Jacobian of h(x, y) = tanh(ax + by) by the chain rule, confirmed for many a, b and points. */
final class ChainRuleExercise {
    private static final double A = 0.7;
    private static final double B = -1.2;
    private static final double[][] POINTS = {{0, 0}, {1, 0.5}, {-0.5, 1}, {2, 2}, {-2, 1.5}};
    private static final PlaneGrid PLANE = new PlaneGrid(3, 201);

    /** Coefficients a and b, and points (x, y), of which all pairs are tried. */
    private static final PlaneGrid COEFFICIENTS = new PlaneGrid(2, 9);

    private static final PlaneGrid PLACES = new PlaneGrid(2, 5);
    private static final int DECIMALS = 6;

    private ChainRuleExercise() {}

    static Part solve() {
        ModelGraph model = Functions.chainRule(A, B);
        TensorFunction ofPoint = TensorFunction.of(model.sd(), model.output(), model.input());
        TensorFunction ofAll = TensorFunction.of(model.sd(), model.output(), model.input(), "a", "b");
        try (Jacobian jacobian = Jacobian.of(ofPoint);
                Jacobian full = Jacobian.of(ofAll)) {
            INDArray cases = Nd4j.createFromArray(cases());
            INDArray automatic = full.batch(cases);
            List<Check> checks = List.of(
                    Check.of(Check.Kind.EXACT, "formula against automatic differentiation", byHand(cases), automatic),
                    Check.of(
                            Check.Kind.FIRST_DIFFERENCES,
                            "automatic against finite differences",
                            automatic,
                            FiniteDifferences.jacobian(ofAll, cases)));
            double[][] rows = rows(jacobian, POINTS);
            Figure figure = figure(rows(jacobian, JavaRows.of(PLANE.points())));
            return new Part(markdown(rows, checks), console(rows, checks), Map.of("exercise-1-chain-rule", figure));
        }
    }

    /** Every (x, y, a, b). */
    private static double[][] cases() {
        List<double[]> cases = new ArrayList<>();
        for (double[] pair : JavaRows.of(COEFFICIENTS.points())) {
            for (double[] place : JavaRows.of(PLACES.points())) {
                cases.add(new double[] {place[0], place[1], pair[0], pair[1]});
            }
        }
        return cases.toArray(double[][]::new);
    }

    /** sech^2(ax + by) (a, b, x, y): the formula of the exercise, and by the same rule the slopes in a and b. */
    private static INDArray byHand(INDArray cases) {
        double[][][] jacobians = Arrays.stream(JavaRows.of(cases))
                .map(c -> {
                    double slope = slope(c[2] * c[0] + c[3] * c[1]);
                    return new double[][] {{slope * c[2], slope * c[3], slope * c[0], slope * c[1]}};
                })
                .toArray(double[][][]::new);
        return Nd4j.createFromArray(jacobians);
    }

    /** sech^2 */
    private static double slope(double sum) {
        return 1 / Math.pow(Math.cosh(sum), 2);
    }

    private static double[][] rows(Jacobian jacobian, double[][] points) {
        return JavaRows.of(jacobian.batch(Nd4j.createFromArray(points)));
    }

    private static String markdown(double[][] rows, List<Check> checks) {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < POINTS.length; i++) {
            double sum = A * POINTS[i][0] + B * POINTS[i][1];
            table.append("\n| $").append(Notation.point(POINTS[i], 1)).append("$ | $");
            table.append(Numbers.fixed(sum, 2)).append("$ | $");
            table.append(Notation.latex(new double[][] {{A * slope(sum), B * slope(sum)}}, DECIMALS))
                    .append("$ | $");
            table.append(Notation.latex(new double[][] {rows[i]}, DECIMALS)).append("$ |");
        }
        return Template.fill(
                ChainRuleExercise.class,
                "exercise-1",
                Map.of(
                        "a", Double.toString(A),
                        "b", Double.toString(B),
                        "table", table.substring(1),
                        "pairs", Numbers.grouped(COEFFICIENTS.side() * (long) COEFFICIENTS.side()),
                        "places", Numbers.grouped(PLACES.side() * (long) PLACES.side()),
                        "checks", Check.table(checks)));
    }

    private static String console(double[][] rows, List<Check> checks) {
        StringBuilder text = new StringBuilder("Exercise 1: Jacobian of h(x, y) = tanh(ax + by)\n"
                + "  By the chain rule J = sech^2(ax + by) [a, b]. With a = " + A + ", b = " + B + ":\n");
        for (int i = 0; i < POINTS.length; i++) {
            text.append("    at ")
                    .append(String.format("%-12s", Notation.point(POINTS[i], 1)))
                    .append(" J = ")
                    .append(Notation.joined(rows[i], value -> Numbers.fixed(value, DECIMALS), "[", "]"))
                    .append('\n');
        }
        return text + Check.lines(checks);
    }

    private static Figure figure(double[][] rows) {
        double[] x = Arrays.stream(POINTS).mapToDouble(point -> point[0]).toArray();
        double[] y = Arrays.stream(POINTS).mapToDouble(point -> point[1]).toArray();
        return PlaneFieldPlot.of(
                List.of(field("Slope in x", "dh/dx", rows, 0), field("Slope in y", "dh/dy", rows, 1)),
                List.of(new PlaneMark("the points of the table", PlaneMark.Style.POINTS, x, y)),
                "The Jacobian of h(x, y) = tanh(ax + by)",
                "a = " + A + ", b = " + B);
    }

    private static PlaneField field(String name, String quantity, double[][] rows, int index) {
        double[] values = Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
        return new PlaneField(name, quantity, PLANE.axis(), PLANE.axis(), values, true);
    }
}
