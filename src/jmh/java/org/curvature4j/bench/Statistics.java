package org.curvature4j.bench;

import java.util.Arrays;
import java.util.Collection;

/** Order statistics of measured times; NaN stands for a measurement that wasn't made. */
final class Statistics {
    private Statistics() {}

    static double median(double... numbers) {
        double[] sorted =
                Arrays.stream(numbers).filter(x -> !Double.isNaN(x)).sorted().toArray();
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    static double median(Collection<Double> numbers) {
        return median(numbers.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The number below which that share of them lies. */
    static double quantile(double share, Collection<Double> numbers) {
        double[] sorted = numbers.stream()
                .mapToDouble(Double::doubleValue)
                .filter(x -> !Double.isNaN(x))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
