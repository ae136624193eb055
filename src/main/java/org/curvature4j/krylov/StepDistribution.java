package org.curvature4j.krylov;

import java.util.Arrays;

/** A distribution of finitely many values: each has a share, and the shares add up to 1. */
final class StepDistribution {
    private final double[] values;
    /** The share of all values up to this one. */
    private final double[] upTo;

    private StepDistribution(double[] values, double[] upTo) {
        this.values = values;
        this.upTo = upTo;
    }

    /** The mean of the quadratures. */
    static StepDistribution of(Quadrature... quadratures) {
        int count = Arrays.stream(quadratures).mapToInt(q -> q.nodes().length).sum();
        double[][] pairs = new double[count][];
        int next = 0;
        for (Quadrature quadrature : quadratures) {
            for (int i = 0; i < quadrature.nodes().length; i++) {
                pairs[next++] = new double[] {quadrature.nodes()[i], quadrature.weights()[i] / quadratures.length};
            }
        }
        Arrays.sort(pairs, java.util.Comparator.comparingDouble(pair -> pair[0]));
        double[] values = new double[count];
        double[] upTo = new double[count];
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += pairs[i][1];
            values[i] = pairs[i][0];
            upTo[i] = sum;
        }
        return new StepDistribution(values, upTo);
    }

    /** Equal shares. */
    static StepDistribution of(double[] numbers) {
        double[] sorted = numbers.clone();
        Arrays.sort(sorted);
        double[] upTo = new double[sorted.length];
        Arrays.setAll(upTo, i -> (i + 1.0) / upTo.length);
        return new StepDistribution(sorted, upTo);
    }

    /** The share of the values at most this one. */
    double upTo(double value) {
        int index = Arrays.binarySearch(values, value);
        if (index >= 0) {
            while (index + 1 < values.length && values[index + 1] == value) {
                index++;
            }
            return upTo[index];
        }
        return index == -1 ? 0 : upTo[-index - 2];
    }

    double smallest() {
        return values[0];
    }

    double largest() {
        return values[values.length - 1];
    }

    /** The Wasserstein distance of order 1: the area between the two distribution functions. */
    double distance(StepDistribution other) {
        double area = 0;
        double here = 0;
        double there = 0;
        double place = Math.min(values[0], other.values[0]);
        int i = 0;
        int j = 0;
        while (i < values.length || j < other.values.length) {
            boolean mine = j == other.values.length || (i < values.length && values[i] <= other.values[j]);
            double next = mine ? values[i] : other.values[j];
            area += Math.abs(here - there) * (next - place);
            place = next;
            if (mine) {
                here = upTo[i++];
            } else {
                there = other.upTo[j++];
            }
        }
        return area;
    }
}
