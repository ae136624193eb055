package org.curvature4j.internal.tutorial;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
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

/** Demo 1: the Jacobians of the tanh layer at the lesson's two points, and what they say all over the plane. */
final class JacobianDemo {
    private static final double[][] WEIGHTS = {{1.0, -0.7}, {0.4, 0.9}};
    private static final double[] BIASES = {0.5, -0.3};
    private static final double[][] POINTS = {{1.2, -0.8}, {0.3, 2.0}};
    private static final PlaneGrid PLANE = new PlaneGrid(3, 201);

    /** As many as the lesson prints. */
    private static final int DECIMALS = 8;

    private JacobianDemo() {}

    static Part solve() {
        ModelGraph model = Nets.tanhLayer();
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        try (Jacobian jacobian = Jacobian.of(function)) {
            INDArray points = Nd4j.createFromArray(POINTS);
            INDArray automatic = jacobian.batch(points);
            List<Check> checks = List.of(
                    Check.of(Check.Kind.EXACT, "formula against automatic differentiation", byHand(), automatic),
                    Check.of(
                            Check.Kind.FIRST_DIFFERENCES,
                            "automatic against finite differences",
                            automatic,
                            FiniteDifferences.jacobian(function, points)));
            List<LinearMap> maps = LinearMap.all(automatic);
            List<LinearMap> everywhere = LinearMap.all(jacobian.batch(PLANE.points()));
            return new Part(
                    markdown(maps, checks), console(maps, checks), Map.of("demo-1-jacobian", figure(everywhere)));
        }
    }

    /** diag(1 - tanh^2(Wx + b)) W at each of the points. */
    private static INDArray byHand() {
        double[][][] jacobians = new double[POINTS.length][2][2];
        for (int p = 0; p < POINTS.length; p++) {
            for (int i = 0; i < 2; i++) {
                double[] row = WEIGHTS[i];
                double slope = 1 / Math.pow(Math.cosh(row[0] * POINTS[p][0] + row[1] * POINTS[p][1] + BIASES[i]), 2);
                jacobians[p][i] = new double[] {slope * row[0], slope * row[1]};
            }
        }
        return Nd4j.createFromArray(jacobians);
    }

    private static String markdown(List<LinearMap> maps, List<Check> checks) {
        return Template.fill(
                JacobianDemo.class,
                "demo-1",
                Map.of(
                        "jacobian-1", Notation.latex(maps.get(0).matrix(), DECIMALS),
                        "jacobian-2", Notation.latex(maps.get(1).matrix(), DECIMALS),
                        "table", table(maps),
                        "volume-1", Numbers.fixed(maps.get(0).logVolume(), 3),
                        "volume-2", Numbers.fixed(maps.get(1).logVolume(), 3),
                        "checks", Check.table(checks)));
    }

    private static String table(List<LinearMap> maps) {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < maps.size(); i++) {
            LinearMap map = maps.get(i);
            rows.append("\n| $").append(Notation.point(POINTS[i], 1)).append("$ |");
            for (double number :
                    new double[] {map.mostStretch(), map.leastStretch(), map.determinant(), map.logVolume()}) {
                rows.append(' ').append(Numbers.fixed(number, 4)).append(" |");
            }
        }
        return rows.substring(1);
    }

    private static String console(List<LinearMap> maps, List<Check> checks) {
        StringBuilder text = new StringBuilder(
                "Demo 1: Jacobian of f(x) = tanh(Wx + b), W = [[1, -0.7], [0.4, 0.9]]," + " b = [0.5, -0.3]\n");
        for (int i = 0; i < maps.size(); i++) {
            LinearMap map = maps.get(i);
            text.append("  at x = ").append(Notation.point(POINTS[i], 1)).append('\n');
            Notation.lines(map.matrix(), DECIMALS)
                    .forEach(line -> text.append("    ").append(line).append('\n'));
            text.append("    small steps grow by a factor from ")
                    .append(Numbers.fixed(map.leastStretch(), 4))
                    .append(" to ")
                    .append(Numbers.fixed(map.mostStretch(), 4))
                    .append("; log |det J| = ")
                    .append(Numbers.fixed(map.logVolume(), 4))
                    .append('\n');
        }
        return text + Check.lines(checks);
    }

    private static Figure figure(List<LinearMap> maps) {
        PlaneMark points = new PlaneMark(
                "the two points of the demo", PlaneMark.Style.POINTS, column(POINTS, 0), column(POINTS, 1));
        return PlaneFieldPlot.of(
                List.of(
                        field("Sensitivity", "largest singular value of J", maps, LinearMap::mostStretch),
                        field("Volume", "log |det J|", maps, LinearMap::logVolume)),
                List.of(points),
                "The Jacobian of f(x) = tanh(Wx + b)",
                "W = [[1, -0.7], [0.4, 0.9]], b = [0.5, -0.3]; x and y are the two inputs");
    }

    private static PlaneField field(
            String name, String quantity, List<LinearMap> maps, ToDoubleFunction<LinearMap> value) {
        return new PlaneField(
                name,
                quantity,
                PLANE.axis(),
                PLANE.axis(),
                maps.stream().mapToDouble(value).toArray(),
                false);
    }

    private static double[] column(double[][] points, int index) {
        double[] column = new double[points.length];
        for (int i = 0; i < column.length; i++) {
            column[i] = points[i][index];
        }
        return column;
    }
}
