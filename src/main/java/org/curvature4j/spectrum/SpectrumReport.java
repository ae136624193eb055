package org.curvature4j.spectrum;

import java.util.Arrays;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.nd4j.linalg.api.buffer.DataType;

/** Spectra as a few lines of text. */
final class SpectrumReport {

    private SpectrumReport() {}

    static String of(Spectrum spectrum) {
        int order = spectrum.order();
        StringJoiner lines = new StringJoiner("\n");
        double[] values = spectrum.eigenvalues();
        lines.add(Numbers.count(order, "eigenvalue", "eigenvalues") + " (" + type(spectrum.dataType()) + ")"
                + (order == 0 ? "" : ", from " + Numbers.brief(values[0]) + " to " + Numbers.brief(values[order - 1])));
        Inertia inertia = spectrum.inertia();
        lines.add(spectrum.classification().words() + ": " + inertia.positive() + " positive, " + inertia.negative()
                + " negative, " + inertia.nearZero() + " near zero (within " + Numbers.brief(inertia.tolerance()) + ")"
                + (inertia.undecided() == 0 ? "" : ", of which " + inertia.undecided() + " undecided"));
        lines.add("condition number " + condition(spectrum) + ", sharpness " + Numbers.brief(spectrum.sharpness()));
        if (spectrum.hasVectors()) {
            lines.add("residual |Hv - lambda v| at most " + Numbers.brief(spectrum.residual()));
        }
        lines.add(spectrum.interpretation());
        return lines.toString();
    }

    static String of(SpectrumBatch spectra) {
        SpectraSummary summary = spectra.summary();
        StringJoiner lines = new StringJoiner("\n");
        lines.add(Numbers.count(spectra.size(), "spectrum", "spectra") + " of "
                + Numbers.count(spectra.order(), "eigenvalue", "eigenvalues") + " (" + type(spectra.dataType()) + ")");
        if (spectra.size() == 0) {
            return lines.toString();
        }
        lines.add(summary.counts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(SpectrumReport::classCount)
                .collect(Collectors.joining("; ")));
        if (spectra.order() > 0) {
            lines.add("eigenvalues from " + at(summary.smallest()) + " to " + at(summary.largest()));
            lines.add("largest condition number of the surely curved directions " + at(summary.worstCondition()));
        }
        return lines.toString();
    }

    static String of(GeneralSpectrum spectrum) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(Numbers.count(spectrum.order(), "complex eigenvalue", "complex eigenvalues") + " ("
                + type(spectrum.dataType()) + "), spectral radius " + Numbers.brief(spectrum.spectralRadius()));
        double[] real = spectrum.realParts();
        if (real.length > 0) {
            lines.add("real parts from " + Numbers.brief(real[0]) + " to " + Numbers.brief(real[real.length - 1])
                    + ", imaginary parts up to "
                    + Numbers.brief(
                            Arrays.stream(spectrum.imaginaryParts()).max().orElse(0)));
        }
        lines.add("residual |Av - lambda v| at most " + Numbers.brief(spectrum.residual()));
        return lines.toString();
    }

    private static String classCount(Map.Entry<Classification, Long> entry) {
        return Numbers.count(
                entry.getValue(), entry.getKey().words(), entry.getKey().words());
    }

    private static String at(SpectraSummary.Extreme extreme) {
        return Numbers.brief(extreme.value()) + (extreme.index() < 0 ? "" : " (matrix " + extreme.index() + ")");
    }

    private static String condition(Spectrum spectrum) {
        double condition = spectrum.conditionNumber();
        double effective = spectrum.effectiveConditionNumber();
        return Numbers.brief(condition)
                + (Double.isInfinite(condition) && !Double.isNaN(effective)
                        ? " (" + Numbers.brief(effective) + " over the curved directions)"
                        : "")
                + (spectrum.inertia().undecided() == 0
                        ? ""
                        : " without "
                                + Numbers.count(
                                        spectrum.inertia().undecided(),
                                        "undecided eigenvalue",
                                        "undecided eigenvalues"));
    }

    private static String type(DataType dataType) {
        return Precision.of(dataType).toString();
    }
}
