package org.curvature4j.internal.cli.report;

/** How long a computation took. */
public final class Timing {
    private Timing() {}

    /**
     * Adds the time since a start, and what it comes to for each of many. Preparing, drawing and writing are in it, so for
     * few that isn't the speed of the computation, and the line says so.
     *
     * @param start by {@code System.nanoTime}
     * @param count of what was computed since
     * @param unit one of it
     */
    public static void describe(Report report, long start, long count, String unit) {
        double seconds = (System.nanoTime() - start) / 1e9;
        report.line("time", words(seconds, count, unit));
        report.field("seconds", seconds);
    }

    static String words(double seconds, long count, String unit) {
        if (count <= 1) {
            return Words.seconds(seconds);
        }
        String article = unit.startsWith("e") ? " an " : " a ";
        return Words.seconds(seconds) + " in all, " + Words.seconds(seconds / count) + article + unit
                + ", preparation and files included";
    }
}
