package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.curvature4j.Hessian;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.EigenvalueGrid;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.SaddleMapPlot;
import org.curvature4j.spectrum.Classification;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumBatch;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Exercise 3: the Hessian of the monkey saddle f(x, y) = x^3 - 3xy^2, at the origin and over a grid. */
final class SaddleExercise {
    private static final PlaneGrid PLANE = new PlaneGrid(2, 201);
    /** Where finite differences are taken: they cost 16 n^2 values a point. */
    private static final PlaneGrid PLACES = new PlaneGrid(2, 5);
    /** An eigenvalue is at least 6 times a step of the grid, 0.12, wherever it isn't 0. */
    private static final double TOLERANCE = 1e-9;

    private SaddleExercise() {}

    static Part solve() {
        ModelGraph model = Functions.monkeySaddle();
        TensorFunction function = TensorFunction.of(model.sd(), model.output(), model.input());
        INDArray points = PLANE.points();
        INDArray places = PLACES.points();
        try (Hessian hessian = Hessian.of(function)) {
            INDArray hessians = hessian.batch(points);
            SpectrumBatch spectra = Spectrum.batch(hessians);
            INDArray origin = hessian.at(Nd4j.zeros(points.dataType(), 2));
            double[][] grid = JavaRows.of(points);
            List<Check> checks = List.of(
                    Check.of(Check.Kind.EXACT, "Hessians: formula against automatic", hessiansByHand(grid), hessians),
                    Check.of(
                            Check.Kind.SECOND_DIFFERENCES,
                            "Hessians: automatic against finite differences",
                            hessian.batch(places),
                            FiniteDifferences.hessian(function, places)),
                    Check.of(
                            Check.Kind.EXACT,
                            "eigenvalues: formula against LAPACK",
                            valuesByHand(grid),
                            spectra.values()));
            return new Part(
                    markdown(origin, spectra, checks),
                    console(origin, spectra, checks),
                    Map.of("exercise-3-saddle-map", figure(spectra)));
        }
    }

    private static INDArray hessiansByHand(double[][] points) {
        return Nd4j.createFromArray(Arrays.stream(points)
                .map(p -> new double[][] {{6 * p[0], -6 * p[1]}, {-6 * p[1], -6 * p[0]}})
                .toArray(double[][][]::new));
    }

    private static INDArray valuesByHand(double[][] points) {
        return Nd4j.createFromArray(Arrays.stream(points)
                .map(p -> new double[] {-6 * Math.hypot(p[0], p[1]), 6 * Math.hypot(p[0], p[1])})
                .toArray(double[][]::new));
    }

    private static String markdown(INDArray origin, SpectrumBatch spectra, List<Check> checks) {
        return Template.fill(
                SaddleExercise.class,
                "exercise-3",
                Map.of(
                        "side", Integer.toString(PLANE.side()),
                        "origin", Notation.latex(origin.toDoubleMatrix(), 0),
                        "points", Numbers.grouped(spectra.size()),
                        "saddles", count(spectra, Classification.SADDLE),
                        "flats", count(spectra, Classification.FLAT),
                        "convex", count(spectra, Classification.CONVEX),
                        "concave", count(spectra, Classification.CONCAVE),
                        "checks", Check.table(checks)));
    }

    private static String console(INDArray origin, SpectrumBatch spectra, List<Check> checks) {
        StringBuilder text = new StringBuilder(
                """
                Exercise 3: Hessian of the monkey saddle f(x, y) = x^3 - 3 x y^2
                  H = [[6x, -6y], [-6y, -6x]], eigenvalues +-6 sqrt(x^2 + y^2). At the origin H =
                """);
        Notation.lines(origin.toDoubleMatrix(), 1)
                .forEach(line -> text.append("    ").append(line).append('\n'));
        return text + "  Of " + Numbers.grouped(spectra.size()) + " points of [-2, 2] x [-2, 2]: "
                + count(spectra, Classification.SADDLE) + " saddle, " + count(spectra, Classification.CONVEX)
                + " convex, " + count(spectra, Classification.CONCAVE) + " concave, "
                + count(spectra, Classification.FLAT) + " flat (the origin)\n" + Check.lines(checks);
    }

    private static String count(SpectrumBatch spectra, Classification kind) {
        return Numbers.grouped(spectra.counts().getOrDefault(kind, 0L));
    }

    private static Figure figure(SpectrumBatch spectra) {
        double[] values = JavaRows.flat(spectra.values());
        EigenvalueGrid grid = new EigenvalueGrid(PLANE.axis(), PLANE.axis(), values, TOLERANCE);
        return SaddleMapPlot.of(grid, "f(x, y) = x^3 - 3 x y^2");
    }
}
