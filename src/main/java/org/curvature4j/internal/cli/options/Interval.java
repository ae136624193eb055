package org.curvature4j.internal.cli.options;

import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.curvature4j.internal.text.Numbers;
import picocli.CommandLine.TypeConversionException;

/**
 * A stretch of numbers, written {@code -2:2}.
 *
 * @param from the smallest
 * @param to the largest
 */
public record Interval(double from, double to) {
    /** What every command calls it. */
    private static final String OPTION = "--range";

    private static final Pattern FORM = Pattern.compile("([^:]+):([^:]+)");

    /** What arithmetic on steps and figures hold without overflowing, or vanishing beside each other. */
    private static final double MOST = 1e150;

    private static final double LEAST = 1e-150;

    /** Refuses what isn't two ascending numbers of a size that steps between them have. */
    static Interval parse(String text) {
        String expected = "two ascending numbers with a colon between, as in -2:2";
        Matcher matcher = FORM.matcher(text);
        if (matcher.matches()) {
            try {
                Interval interval =
                        new Interval(Double.parseDouble(matcher.group(1)), Double.parseDouble(matcher.group(2)));
                if (interval.isDivisible()) {
                    return interval;
                }
                if (interval.from < interval.to) {
                    expected = "two numbers within ±1e150 that differ by a millionth of the larger or more, as in -2:2";
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
        }
        throw new TypeConversionException("expected " + expected + ", got '" + text + "'");
    }

    private boolean isDivisible() {
        double size = Math.max(Math.abs(from), Math.abs(to));
        return size <= MOST && to - from >= Math.max(LEAST, 1e-6 * size);
    }

    /**
     * What is computed or drawn over the stretch; where that is refused, the option is named that says how far it goes.
     *
     * @throws IllegalArgumentException as the work does, with that hint
     */
    public <T> T over(Supplier<T> work) {
        try {
            return work.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " (over " + OPTION + " " + Numbers.brief(from) + ":" + Numbers.brief(to)
                            + "; a smaller one may help)",
                    e);
        }
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
