package org.curvature4j.internal.engine.gpu;

import java.math.BigDecimal;
import java.math.MathContext;
import org.curvature4j.internal.gpu.interpreter.Tally.Counts;

/**
 * How long an H100 would take for what was counted, on paper. Its float64 units end 17e12 instructions a second, each a fused
 * multiplication and addition at best, which are 34 TFLOP/s, and its schedulers issue as many instructions of any kind
 * as 32 threads of 4 x 132 warps at 2 GHz have, 34e12.
 *
 * @param asked what
 * @param counts of it all
 * @param overlapped whether tiles come and go while others are computed; else one after the other
 */
record ModelledTime(String asked, Counts counts, boolean overlapped) {
    private static final double REACHED = 0.5;
    private static final double FLOAT64 = REACHED * 17e12;
    private static final double ISSUED = REACHED * 34e12;
    private static final double MEMORY = 0.7 * 3.35e12;
    private static final double BUS = 25e9;
    private static final double LAUNCH = 2.5e-6;

    /** Instructions that a division or a root is made of, about. */
    private static final double DIVISION = 10;

    static final String HEADING =
            """
            | asked of an H100 | kernels | float64, 1e9 | all, 1e9 | memory, MB | bus, MB | arithmetic, ms | memory, ms | bus, ms | launches, ms | together, ms |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    private double float64() {
        return counts.float64() + DIVISION * counts.divisions();
    }

    private double all() {
        return float64() + counts.others();
    }

    private double bytes() {
        return counts.read() + counts.written();
    }

    private double arithmetic() {
        return Math.max(float64() / FLOAT64, all() / ISSUED);
    }

    private double memory() {
        return bytes() / MEMORY;
    }

    private double bus() {
        double bytes = overlapped ? Math.max(counts.up(), counts.down()) : counts.up() + counts.down();
        return bytes / BUS;
    }

    private double launches() {
        return LAUNCH * counts.launches();
    }

    /** Seconds. */
    double together() {
        double there = Math.max(arithmetic(), memory());
        return (overlapped ? Math.max(there, bus()) : there + bus()) + launches();
    }

    /** A row of the table. */
    String row() {
        double bus = counts.up() + counts.down();
        double[] numbers = {
            counts.launches(),
            float64() / 1e9,
            all() / 1e9,
            bytes() / 1e6,
            bus / 1e6,
            1e3 * arithmetic(),
            1e3 * memory(),
            1e3 * bus(),
            1e3 * launches(),
            1e3 * together()
        };
        StringBuilder row = new StringBuilder("| ").append(asked).append(" |");
        for (double number : numbers) {
            row.append(' ').append(rounded(number)).append(" |");
        }
        return row.append('\n').toString();
    }

    private static String rounded(double number) {
        BigDecimal three = new BigDecimal(number).round(new MathContext(3));
        return three.signum() == 0 ? "0" : three.stripTrailingZeros().toPlainString();
    }
}
