package org.curvature4j.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.optimize.Iteration;
import org.curvature4j.optimize.MinimizerResult;
import org.curvature4j.spectrum.GeneralSpectrum;
import org.curvature4j.spectrum.Sensitivity;
import org.curvature4j.spectrum.Spectrum;

/** Results as tables: a line that says what it is, a row for each number of many, and what it means. */
final class Tables {
    private Tables() {}

    static String of(Spectrum spectrum) {
        double[] values = spectrum.eigenvalues();
        return table(
                        spectrum.toString(),
                        values.length,
                        List.of("direction", "eigenvalue"),
                        i -> List.of(Long.toString(i), number(values[(int) i])))
                + "\n"
                + Html.lines(spectrum.report().lines().skip(1).collect(Collectors.joining("\n")));
    }

    static String of(GeneralSpectrum spectrum) {
        double[] real = spectrum.realParts();
        double[] imaginary = spectrum.imaginaryParts();
        return table(
                spectrum.toString(),
                real.length,
                List.of("", "real part", "imaginary part"),
                i -> List.of(Long.toString(i), number(real[(int) i]), number(imaginary[(int) i])));
    }

    static String of(Eigenpairs pairs) {
        double[] values = pairs.eigenvalues();
        double[] residuals = pairs.residuals();
        return table(
                pairs.toString(),
                values.length,
                List.of("", "eigenvalue", "residual", "converged"),
                i -> List.of(
                        Long.toString(i),
                        number(values[(int) i]),
                        number(residuals[(int) i]),
                        pairs.converged((int) i) ? "yes" : "no"));
    }

    static String of(MinimizerResult result) {
        List<Iteration> steps = result.trajectory();
        return table(result.toString(), steps.size(), List.of("iteration", "value", "gradient", "step"), i -> {
            Iteration step = steps.get((int) i);
            return List.of(
                    Integer.toString(step.number()),
                    number(step.value()),
                    number(step.gradientNorm()),
                    number(step.stepNorm()));
        });
    }

    static String of(Sensitivity sensitivity) {
        List<Sensitivity.Rank> ranking = sensitivity.ranking();
        return table(
                sensitivity.toString(),
                ranking.size(),
                List.of("input", "norm"),
                i -> List.of(
                        ranking.get((int) i).name(), number(ranking.get((int) i).norm())));
    }

    private static String table(String caption, int count, List<String> head, LongFunction<List<String>> row) {
        String[] others = new String[head.size()];
        Arrays.fill(others, "…");
        return Html.table(caption, head, Html.ends(count, List.of(others), row));
    }

    private static String number(double value) {
        return Numbers.compact(value, 6);
    }
}
