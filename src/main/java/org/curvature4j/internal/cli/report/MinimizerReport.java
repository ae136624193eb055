package org.curvature4j.internal.cli.report;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.optimize.Iteration;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.spectrum.Spectrum;

/** What minimisations came to, in words and fields. */
public final class MinimizerReport {
    /** Longer points are in the file only. */
    private static final int MOST_SHOWN = 10;

    private MinimizerReport() {}

    /** Adds a line and an entry of {@code runs} for each. */
    public static void describe(List<MinimizerResult> results, Report report) {
        for (MinimizerResult result : results) {
            report.line(
                    result.method() == results.get(0).method() ? "methods" : "",
                    result.method().words() + ": " + (result.converged() ? "converged" : "not converged") + " after "
                            + Words.count(result.iterations(), "iteration") + ", "
                            + Words.count(result.products(), "product")
                            + (result.converged() ? "" : ": " + result.reason().words()) + "\nvalue "
                            + Numbers.brief(result.value()) + ", gradient " + Numbers.brief(result.gradientNorm())
                            + end(result));
        }
        report.field("runs", results.stream().map(MinimizerReport::fields).toList());
    }

    private static String end(MinimizerResult result) {
        double[] point = result.point();
        String place = point.length > MOST_SHOWN
                ? ""
                : ", at (" + Arrays.stream(point).mapToObj(Numbers::brief).collect(Collectors.joining(", ")) + ")";
        String shape = result.spectrum()
                .map(spectrum -> ", " + spectrum.classification().words() + " there")
                .orElse("");
        return place + shape;
    }

    private static Map<String, Object> fields(MinimizerResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", result.method().key());
        fields.put("converged", result.converged());
        fields.put("reason", result.reason().name());
        fields.put("value", result.value());
        fields.put("gradientNorm", result.gradientNorm());
        fields.put("iterations", result.iterations());
        fields.put("products", result.products());
        if (result.point().length <= MOST_SHOWN) {
            fields.put("point", result.point());
        }
        result.spectrum().ifPresent(spectrum -> addSpectrum(spectrum, fields));
        List<Iteration> way = result.trajectory();
        fields.put("values", way.stream().mapToDouble(Iteration::value).toArray());
        fields.put(
                "gradientNorms",
                way.stream().mapToDouble(Iteration::gradientNorm).toArray());
        fields.put("stepNorms", way.stream().mapToDouble(Iteration::stepNorm).toArray());
        fields.put(
                "escapes",
                way.stream().filter(Iteration::escape).map(Iteration::number).toList());
        return fields;
    }

    private static void addSpectrum(Spectrum spectrum, Map<String, Object> fields) {
        double[] values = spectrum.eigenvalues();
        fields.put("classification", spectrum.classification().name());
        fields.put("smallestEigenvalue", values[0]);
        fields.put("largestEigenvalue", values[values.length - 1]);
    }
}
