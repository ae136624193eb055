package org.curvature4j.internal.cli.options;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/**
 * A stretch of numbers, written {@code -2:2}.
 *
 * @param from the smallest
 * @param to the largest
 */
public record Interval(double from, double to) {
    private static final Pattern FORM = Pattern.compile("([^:]+):([^:]+)");

    /** Refuses what isn't two ascending finite numbers. */
    static Interval parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            try {
                Interval interval =
                        new Interval(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
                if (interval.from < interval.to && Double.isFinite(interval.to - interval.from)) {
                    return interval;
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
        }
        throw new TypeConversionException(
                "expected two ascending numbers with a colon between, as in -2:2, got '" + text + "'");
    }

    /** Evenly spaced numbers; 0 is exact where it is one of them by symmetry. */
    public double[] steps(int count) {
        double[] steps = new double[count];
        for (int i = 0; i < count; i++) {
            steps[i] = (from * (count - 1 - i) + to * i) / (count - 1);
        }
        return steps;
    }
}
