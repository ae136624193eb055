package org.curvature4j.internal.tutorial;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;

/**
 * Matrices, points and differences as the console and the write-up show them: the same text on every machine as long as the numbers agree to the
 * digits shown.
 */
final class Notation {
    private Notation() {}

    /** One significant digit for a difference that is measured: 3e-16, or 0. */
    static String measured(double difference) {
        return difference == 0 ? "0" : String.format(Locale.ROOT, "%.1e", difference);
    }

    /** Seventeen significant digits, which tell any double from all others; Java's own shortest text is another by version. */
    static String full(double value) {
        return new BigDecimal(value).round(new MathContext(17)).toPlainString();
    }

    /** The smallest power of ten that is at least this positive number, as its exponent. */
    static int powerAbove(double value) {
        return (int) Math.ceil(Math.log10(value));
    }

    /** The lines of a matrix in brackets, each number as wide as the widest. */
    static List<String> lines(double[][] matrix, int decimals) {
        int width = Arrays.stream(matrix)
                .flatMapToDouble(Arrays::stream)
                .mapToInt(value -> Numbers.fixed(value, decimals).length())
                .max()
                .orElse(0);
        String[] rows = Arrays.stream(matrix)
                .map(row -> Arrays.stream(row)
                        .mapToObj(value -> String.format("%" + width + "s", Numbers.fixed(value, decimals)))
                        .collect(Collectors.joining(", ", "[", "]")))
                .toArray(String[]::new);
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (i == 0 ? "[" : " ") + rows[i] + (i == rows.length - 1 ? "]" : ",");
        }
        return List.of(rows);
    }

    /** A matrix for LaTeX. */
    static String latex(double[][] matrix, int decimals) {
        return Arrays.stream(matrix)
                .map(row -> Arrays.stream(row)
                        .mapToObj(value -> Numbers.fixed(value, decimals))
                        .collect(Collectors.joining(" & ")))
                .collect(Collectors.joining(" \\\\ ", "\\begin{bmatrix} ", " \\end{bmatrix}"));
    }

    /** A point as people write it: (1.2, -0.8). */
    static String point(double[] coordinates, int decimals) {
        return joined(coordinates, value -> Numbers.fixed(value, decimals), "(", ")");
    }

    static String joined(double[] values, DoubleFunction<String> text, String prefix, String suffix) {
        StringJoiner joiner = new StringJoiner(", ", prefix, suffix);
        for (double value : values) {
            joiner.add(text.apply(value));
        }
        return joiner.toString();
    }
}
