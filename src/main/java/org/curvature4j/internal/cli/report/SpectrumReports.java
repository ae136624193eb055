package org.curvature4j.internal.cli.report;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.spectrum.Inertia;
import org.curvature4j.spectrum.SpectraSummary;
import org.curvature4j.spectrum.Spectrum;

/** Spectra in both forms of a report. */
public final class SpectrumReports {
    /** More eigenvalues than these aren't listed for people, only those at both ends. */
    private static final int MOST_LISTED = 60;

    private static final int AT_AN_END = 12;
    private static final int IN_A_LINE = 6;

    private SpectrumReports() {}

    /** Adds counts and extremes of a batch. */
    public static void describe(Report report, SpectraSummary summary) {
        Map<String, Long> classes = new LinkedHashMap<>();
        summary.counts().forEach((kind, number) -> classes.put(kind.words(), number));
        String present = classes.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> Numbers.grouped(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining("\n"));
        report.line("shapes", present.isEmpty() ? "none: the batch is empty" : present);
        report.field("classes", classes);
        if (summary.smallest().index() >= 0) {
            report.line("eigenvalues", "from " + at(summary.smallest()) + "\nto " + at(summary.largest()));
            report.field("smallest", summary.smallest());
            report.field("largest", summary.largest());
        }
        if (summary.worstCondition().index() >= 0) {
            report.line("condition", "number of the surely curved directions up to " + at(summary.worstCondition()));
            report.field("worstCondition", summary.worstCondition());
        }
        if (summary.histogram().total() > 0) {
            report.line("histogram", Decades.of(summary.histogram()));
            report.field("histogram", summary.histogram().bins());
        }
    }

    private static String at(SpectraSummary.Extreme extreme) {
        return Numbers.brief(extreme.value()) + " (matrix " + extreme.index() + ")";
    }

    /** Adds one spectrum with all that is known of it. */
    public static void describe(Report report, Spectrum spectrum, long index, boolean named) {
        if (named) {
            report.text("Matrix " + index);
        }
        report.line("eigenvalues", listed(spectrum.eigenvalues()));
        report.line("meaning", spectrum.report());
        Inertia inertia = spectrum.inertia();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("index", index);
        fields.put("eigenvalues", spectrum.eigenvalues());
        fields.put("classification", spectrum.classification().words());
        fields.put("positive", inertia.positive());
        fields.put("negative", inertia.negative());
        fields.put("nearZero", inertia.nearZero());
        fields.put("undecided", inertia.undecided());
        fields.put("tolerance", inertia.tolerance());
        fields.put("errorBound", inertia.errorBound());
        fields.put("conditionNumber", spectrum.conditionNumber());
        fields.put("effectiveConditionNumber", spectrum.effectiveConditionNumber());
        fields.put("sharpness", spectrum.sharpness());
        fields.put("residual", spectrum.residual());
        fields.put("interpretation", spectrum.interpretation());
        report.field("matrix", fields);
    }

    private static String listed(double[] values) {
        StringJoiner lines = new StringJoiner("\n");
        StringBuilder line = new StringBuilder();
        int inLine = 0;
        for (int k = 0; k < values.length; k++) {
            boolean hidden = values.length > MOST_LISTED && k >= AT_AN_END && k < values.length - AT_AN_END;
            if (hidden) {
                if (k == AT_AN_END) {
                    lines.add("... " + (values.length - 2 * AT_AN_END) + " more ...");
                }
                continue;
            }
            line.append(String.format(Locale.ROOT, "%-13s", fixed(values[k])));
            if (++inLine == IN_A_LINE || k == values.length - 1) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
                inLine = 0;
            }
        }
        return values.length == 0 ? "none" : lines.toString();
    }

    /** Five decimals, as the lesson prints them, where these say something; else six digits. */
    private static String fixed(double value) {
        double size = Math.abs(value);
        return value == 0 || (size < 1e5 && size >= 1e-3)
                ? String.format(Locale.ROOT, "%.5f", value)
                : String.format(Locale.ROOT, "%.4e", value);
    }
}
