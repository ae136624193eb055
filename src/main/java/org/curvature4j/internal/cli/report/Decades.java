package org.curvature4j.internal.cli.report;

import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.curvature4j.spectrum.EigenvalueHistogram;

/** A histogram of eigenvalues for people: a line for each power of ten, and one for what is far smaller than the rest. */
final class Decades {
    /** Powers of ten below the largest magnitude that have lines of their own. */
    private static final int SHOWN = 6;

    private static final int LONGEST_BAR = 40;

    private Decades() {}

    /** The lines. Bins at an edge between two decades count to that of their middle. */
    static String of(EigenvalueHistogram histogram) {
        int top = Integer.MIN_VALUE;
        for (EigenvalueHistogram.Bin bin : histogram.bins()) {
            top = Math.max(top, decade(bin));
        }
        if (top == Double.MIN_EXPONENT) {
            return "all zero";
        }
        // Ascending: -1 for the negative decade of the largest magnitude, 0 for all that is small.
        Map<Integer, Long> counts = new TreeMap<>();
        for (EigenvalueHistogram.Bin bin : histogram.bins()) {
            int steps = SHOWN - (top - decade(bin));
            boolean small = bin.upper() == bin.lower() || steps <= 0;
            counts.merge(small ? 0 : bin.upper() > 0 ? steps : -steps, bin.count(), Long::sum);
        }
        long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
        StringJoiner lines = new StringJoiner("\n");
        for (Map.Entry<Integer, Long> entry : counts.entrySet()) {
            int steps = entry.getKey();
            int lower = top - SHOWN + Math.abs(steps);
            String range = steps == 0
                    ? "below 1e" + (lower + 1)
                    : (steps < 0 ? "-1e" + (lower + 1) + " to -1e" + lower : "1e" + lower + " to 1e" + (lower + 1));
            int bar = (int) Math.ceil((double) LONGEST_BAR * entry.getValue() / most);
            lines.add(String.format(Locale.ROOT, "%-16s %,15d %s", range, entry.getValue(), "#".repeat(bar)));
        }
        return lines.toString();
    }

    /** Of the middle; of zero, and of the bin next to it, the smallest there is. */
    private static int decade(EigenvalueHistogram.Bin bin) {
        double near = Math.min(Math.abs(bin.lower()), Math.abs(bin.upper()));
        double far = Math.max(Math.abs(bin.lower()), Math.abs(bin.upper()));
        double middle = Double.isInfinite(far) ? near : near / 2 + far / 2;
        return middle == 0 ? Double.MIN_EXPONENT : (int) Math.floor(Math.log10(middle));
    }
}
