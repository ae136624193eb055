package org.curvature4j.internal.tutorial;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two computations of the same numbers, and how far they are apart.
 *
 * @param compared what against what
 * @param numbers how many numbers were compared
 * @param scale the largest magnitude among them
 * @param difference the largest difference, measured
 * @param power a power of ten that bounds the difference. Rounding differs from one machine to another, this bound
 *     doesn't, so the write-up has it
 */
record Check(String compared, long numbers, double scale, double difference, int power) {

    /** How the two were computed, which says what difference to expect; all numbers relative to the scale. */
    enum Kind {
        /** Two exact ways: they differ by rounding. */
        EXACT(1e-14, 1e-9),
        /** An exact way and {@link FiniteDifferences#jacobian}. */
        FIRST_DIFFERENCES(2e-11, 1e-6),
        /** An exact way and {@link FiniteDifferences#hessian}. */
        SECOND_DIFFERENCES(5e-10, 1e-4);

        /** What rounding alone may make of it; a difference below isn't told more precisely. */
        private final double rounding;
        /** What no function of the lesson exceeds at points of a few units: beyond, one of the two is wrong. */
        private final double limit;

        Kind(double rounding, double limit) {
            this.rounding = rounding;
            this.limit = limit;
        }
    }

    /**
     * Compares arrays of equal shape.
     *
     * @throws IllegalStateException if they don't agree: something is wrong with the library or the machine
     */
    static Check of(Kind kind, String compared, INDArray one, INDArray other) {
        if (!one.equalShapes(other)) {
            throw new IllegalStateException(compared + ": expected equal shapes, got " + Arrays.toString(one.shape())
                    + " and " + Arrays.toString(other.shape()));
        }
        // In Java: ND4J's maximum leaves NaN out.
        double[] ones = JavaRows.flat(one);
        double[] others = JavaRows.flat(other);
        double scale = 0;
        double difference = 0;
        for (int i = 0; i < ones.length; i++) {
            scale = Math.max(scale, Math.abs(ones[i]));
            difference = Math.max(difference, Math.abs(ones[i] - others[i]));
        }
        if (!(difference <= kind.limit * scale)) {
            throw new IllegalStateException(compared + ": expected a difference of at most " + kind.limit * scale
                    + ", got " + difference + " (numbers up to " + scale + ")");
        }
        int power = Notation.powerAbove(Math.max(kind.rounding * scale, difference));
        return new Check(compared, ones.length, scale, difference, power);
    }

    /** For the console, with the difference as measured on this machine. */
    String line() {
        return String.format(
                "    %-47s %s of %s numbers up to %s\n",
                compared, Notation.measured(difference), Numbers.grouped(numbers), Numbers.fixed(scale, 2));
    }

    /** For the console, all of them. */
    static String lines(List<Check> checks) {
        return checks.stream().map(Check::line).collect(Collectors.joining("", "  Largest differences:\n", ""));
    }

    /** For the write-up. */
    static String table(List<Check> checks) {
        return checks.stream()
                .map(check -> "\n| " + check.compared + " | " + Numbers.grouped(check.numbers) + " | "
                        + Numbers.fixed(check.scale, 2) + " | at most $10^{" + check.power + "}$ |")
                .collect(Collectors.joining(
                        "",
                        "| Compared | Numbers | Largest magnitude | Largest difference |\n| :--- | ---: | ---: | ---: |",
                        ""));
    }
}
