package org.curvature4j.internal.cli.report;

/** How long a computation took. */
public final class Timing {
    private Timing() {}

    /**
     * Adds the time since a start.
     *
     * @param start by {@code System.nanoTime}
     * @param unit one of what was computed
     */
    public static void describe(Report report, long start, long count, String unit) {
        double seconds = (System.nanoTime() - start) / 1e9;
        String each =
                count > 1 ? ", " + Words.seconds(seconds / count) + (unit.startsWith("e") ? " an " : " a ") + unit : "";
        report.line("time", Words.seconds(seconds) + each);
        report.field("seconds", seconds);
    }
}
