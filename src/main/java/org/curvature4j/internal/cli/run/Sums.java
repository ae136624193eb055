package org.curvature4j.internal.cli.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.curvature4j.KinkReport;

/** What rows come to, by name, as whole numbers that a file can hold. */
public final class Sums {
    private Sums() {}

    /**
     * Of two ranges of rows, the second following the first.
     *
     * @param rules how two of a name become one; numbers of kinks are added
     */
    static Map<String, long[]> joined(
            Map<String, long[]> before, Map<String, long[]> following, Map<String, BinaryOperator<long[]>> rules) {
        Map<String, long[]> all = new LinkedHashMap<>(before);
        following.forEach((name, sum) -> all.merge(name, sum, rules.getOrDefault(name, Sums::added)));
        return all;
    }

    private static long[] added(long[] one, long[] other) {
        long[] sums = one.clone();
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other[i];
        }
        return sums;
    }

    /** Points, those of them on any kink, and those on the kinks of each operation. */
    public static long[] of(KinkReport kinks) {
        List<Long> counts = new ArrayList<>(List.of(kinks.points(), kinks.onKinks()));
        kinks.operations().forEach(operation -> counts.add(operation.points()));
        return counts.stream().mapToLong(Long::longValue).toArray();
    }

    /** The same function's report with the numbers that were counted on the way, if they were. */
    static KinkReport kinks(KinkReport report, Map<String, long[]> sums) {
        if (!sums.containsKey(Computation.KINKS)) {
            return report;
        }
        long[] counts = sums.get(Computation.KINKS);
        List<KinkReport.Count> operations = new ArrayList<>();
        for (KinkReport.Count operation : report.operations()) {
            operations.add(new KinkReport.Count(
                    operation.operation(), operation.variable(), counts[2 + operations.size()], operation.words()));
        }
        return new KinkReport(counts[0], counts[1], operations, report.flat());
    }
}
