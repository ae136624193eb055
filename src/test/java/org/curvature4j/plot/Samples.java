package org.curvature4j.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** Data with known shapes, and one figure of every kind and of the hard cases. */
final class Samples {

    private Samples() {}

    static double[] evenly(double first, double last, int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> ((count - 1 - i) * first + i * last) / (count - 1));
        return values;
    }

    /** x^3 - 3xy^2 on [-2, 2]^2: eigenvalues +-6 sqrt(x^2 + y^2). */
    static EigenvalueGrid monkeySaddle(int side) {
        double[] axis = evenly(-2, 2, side);
        double[] eigenvalues = new double[side * side * 2];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                double size = 6 * Math.hypot(axis[column], axis[row]);
                eigenvalues[2 * (row * side + column)] = -size;
                eigenvalues[2 * (row * side + column) + 1] = size;
            }
        }
        return new EigenvalueGrid(axis, axis, eigenvalues, 1e-9);
    }

    /** A function of one variable as a slice through 0. */
    static Slice slice(
            String name, DoubleUnaryOperator function, DoubleUnaryOperator derivative, double secondDerivative) {
        double[] steps = evenly(-2, 2, 81);
        return new Slice(
                name,
                secondDerivative,
                derivative.applyAsDouble(0),
                function.applyAsDouble(0),
                steps,
                Arrays.stream(steps).map(function).toArray(),
                Arrays.stream(steps).map(derivative).toArray());
    }

    static Slice cosine() {
        return slice("fastest", Math::cos, step -> -Math.sin(step), -1);
    }

    static Slice straight() {
        return slice("flattest", step -> 1 + 0.1 * step, step -> 0.1, 0);
    }

    /** Entries sin(i - j) * scale: both signs, zeros on the diagonal. */
    static double[][] matrix(int n, double scale) {
        double[][] matrix = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                matrix[i][j] = scale * Math.sin(i - j);
            }
        }
        return matrix;
    }

    static PlaneField field(boolean signed) {
        double[] axis = evenly(-1, 1, 21);
        double[] values = new double[axis.length * axis.length];
        Arrays.setAll(values, i -> Math.sin(3 * axis[i % axis.length]) * axis[i / axis.length]);
        return new PlaneField("sin 3x times y", "value", axis, axis, values, signed);
    }

    static Map<String, Figure> figures() {
        List<ParameterBlock> named = List.of(
                new ParameterBlock("a very long name of a variable that no axis has room for", 30),
                new ParameterBlock("bias/a", 1),
                new ParameterBlock("bias/b", 1),
                new ParameterBlock("kernel", 8));
        String longText = "a caption that goes on and on, ".repeat(9);
        return Map.ofEntries(
                Map.entry("spectrum", SpectrumPlot.of(new double[] {-2, -0.5, 0, 1e-14, 0.3, 3}, 1e-9)),
                Map.entry("one eigenvalue", SpectrumPlot.of(new double[] {2.5}, 0)),
                Map.entry("zeros", SpectrumPlot.of(new double[11], 0)),
                Map.entry("tiny", SpectrumPlot.of(new double[] {-2e-150, 1e-150, 3e-150}, 0)),
                Map.entry("huge", SpectrumPlot.of(new double[] {-2e150, 1e150, 3e150}, 0)),
                Map.entry("subnormal", SpectrumPlot.of(new double[] {-Double.MIN_VALUE, Double.MIN_VALUE, 1e-320}, 0)),
                Map.entry("largest", SpectrumPlot.of(new double[] {-1e300, 1e-300, 1e300}, 0)),
                Map.entry("wide", SpectrumPlot.of(new double[] {-3e9, -1e-7, 1e-8, 1e-7, 1e-6, 2e9}, 1e-12)),
                Map.entry("many", SpectrumPlot.of(evenly(-1, 2, 1500), 1e-3, longText, Scale.SYMMETRIC_LOG)),
                Map.entry("heat map", HeatMapPlot.of(matrix(11, 1))),
                Map.entry("one cell", HeatMapPlot.of(new double[][] {{0}})),
                Map.entry("large heat map", HeatMapPlot.of(matrix(201, 1e-20))),
                Map.entry("blocks", HeatMapPlot.of(matrix(40, 1), named, longText, longText, Scale.SYMMETRIC_LOG)),
                Map.entry("saddle", SaddleMapPlot.of(monkeySaddle(41), longText)),
                Map.entry("fine saddle", SaddleMapPlot.of(monkeySaddle(201), "x^3 - 3 x y^2")),
                Map.entry(
                        "fields",
                        PlaneFieldPlot.of(
                                List.of(field(true), field(false)),
                                List.of(new PlaneMark(
                                        longText, PlaneMark.Style.POINTS, new double[] {0}, new double[] {1})),
                                "Fields",
                                longText)),
                Map.entry(
                        "density",
                        DensityPlot.of(
                                evenly(-4, 4, 801),
                                Arrays.stream(evenly(-4, 4, 801))
                                        .map(x -> Math.exp(-8 * x * x))
                                        .toArray(),
                                evenly(-1, 1, 900),
                                "Ritz values",
                                DensityPlot.TITLE,
                                longText)),
                Map.entry("slices", SlicePlot.of(cosine(), straight(), "at 0")),
                Map.entry("one slice", SlicePlot.of(List.of(cosine()), "Cosine", longText)),
                Map.entry(
                        "constant slice",
                        SlicePlot.of(List.of(slice("any", step -> 7, step -> 0, 0)), "Constant", "")));
    }
}
