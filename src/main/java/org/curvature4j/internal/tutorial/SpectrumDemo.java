package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.io.Template;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.HeatMapPlot;
import org.curvature4j.plot.Scale;
import org.curvature4j.plot.SpectrumPlot;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Spectrum;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Demo 2: the Hessian of the 2-2-1 net's output in all its 11 numbers, its eigenvalues and what they mean. */
final class SpectrumDemo {
    /** As many as the lesson prints. */
    private static final int DECIMALS = 5;

    private SpectrumDemo() {}

    static Part solve(long seed, TwoTwoOnePoint net) {
        List<Check> checks = checks(net);
        Map<String, Figure> figures = new LinkedHashMap<>();
        String caption = "y = W2 tanh(W1 x + b1) + b2 in its 11 numbers, at the standard normal point of seed " + seed;
        double[] values = net.spectrum().eigenvalues();
        figures.put(
                "demo-2-spectrum",
                SpectrumPlot.of(values, net.spectrum().inertia().tolerance(), caption, Scale.LINEAR));
        figures.put(
                "demo-2-hessian",
                HeatMapPlot.of(
                        net.hessian().toDoubleMatrix(), TwoTwoOnePoint.BLOCKS, "Hessian of y", caption, Scale.LINEAR));
        return new Part(markdown(seed, net, checks), console(seed, net, checks), figures);
    }

    private static List<Check> checks(TwoTwoOnePoint net) {
        INDArray byHand = Nd4j.createFromArray(TwoTwoOnePoint.hessianByHand(net.numbers()));
        INDArray differences = FiniteDifferences.hessian(net.function(), net.theta());
        INDArray general =
                Nd4j.createFromArray(GeneralSpectrum.of(net.hessian()).realParts());
        return List.of(
                Check.of(Check.Kind.EXACT, "formula against automatic differentiation", byHand, net.hessian()),
                Check.of(
                        Check.Kind.SECOND_DIFFERENCES,
                        "automatic against finite differences",
                        net.hessian(),
                        differences.reshape(net.hessian().shape())),
                Check.of(
                        Check.Kind.EXACT,
                        "eigenvalues by LAPACK against ND4J's eig",
                        net.spectrum().values(),
                        general));
    }

    private static String markdown(long seed, TwoTwoOnePoint net, List<Check> checks) {
        Spectrum spectrum = net.spectrum();
        double[] values = spectrum.eigenvalues();
        return Template.fill(
                SpectrumDemo.class,
                "demo-2",
                Map.ofEntries(
                        Map.entry("seed", Long.toString(seed)),
                        Map.entry("theta", theta(net.numbers())),
                        Map.entry("eigenvalues", eigenvalues(values)),
                        Map.entry(
                                "positive", Integer.toString(spectrum.inertia().positive())),
                        Map.entry(
                                "negative", Integer.toString(spectrum.inertia().negative())),
                        Map.entry("zero", Integer.toString(spectrum.inertia().nearZero())),
                        Map.entry("sharpness", Numbers.fixed(spectrum.sharpness(), 3)),
                        Map.entry("lowest", Numbers.fixed(values[0], 3)),
                        Map.entry("condition", Numbers.fixed(spectrum.effectiveConditionNumber(), 1)),
                        Map.entry("interpretation", spectrum.interpretation()),
                        Map.entry("checks", Check.table(checks))));
    }

    /** Every digit, so that others can compute the same with other tools. */
    private static String theta(double[] theta) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < theta.length; i++) {
            text.append(String.format("%-8s %s\n", TwoTwoOnePoint.NAMES.get(i), Notation.full(theta[i])));
        }
        return text.toString().stripTrailing();
    }

    private static String eigenvalues(double[] values) {
        return Arrays.stream(values)
                .mapToObj(value -> Numbers.fixed(value, DECIMALS))
                .collect(Collectors.joining("  "));
    }

    private static String console(long seed, TwoTwoOnePoint net, List<Check> checks) {
        Spectrum spectrum = net.spectrum();
        String values = Arrays.stream(spectrum.eigenvalues())
                .mapToObj(value -> String.format("    %10s\n", Numbers.fixed(value, DECIMALS)))
                .collect(Collectors.joining());
        return "Demo 2: spectrum of the Hessian of y = W2 tanh(W1 x + b1) + b2 in all 11 numbers, seed " + seed + "\n"
                + "  Eigenvalues:\n" + values
                + spectrum.report()
                        .lines()
                        .skip(1)
                        .map(line -> "  " + line + "\n")
                        .collect(Collectors.joining())
                + Check.lines(checks);
    }
}
