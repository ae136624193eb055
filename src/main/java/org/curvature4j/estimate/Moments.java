package org.curvature4j.estimate;

/** Means and standard errors of vectors, component by component, in one pass (Welford, Technometrics 4, 1962). */
final class Moments {
    private final double[] means;
    /** Root of the sum of squared deviations: its square could leave the range of doubles. */
    private final double[] spreads;

    private int count;

    Moments(int n) {
        means = new double[n];
        spreads = new double[n];
    }

    void add(double[] numbers) {
        count++;
        for (int i = 0; i < means.length; i++) {
            double before = numbers[i] - means[i];
            means[i] += before / count;
            double part = before * Math.sqrt((count - 1.0) / count);
            spreads[i] = length(spreads[i], part);
        }
    }

    /** Of the vectors; the array itself. */
    double[] means() {
        return means;
    }

    /** Of the means: a new array. */
    double[] standardErrors() {
        double[] errors = spreads.clone();
        double divisor = Math.sqrt((double) count * (count - 1));
        for (int i = 0; i < errors.length; i++) {
            errors[i] /= divisor;
        }
        return errors;
    }

    /** sqrt(a^2 + b^2); Math.hypot is right everywhere and slow. */
    private static double length(double a, double b) {
        double square = a * a + b * b;
        return square > 1e-250 && square < 1e250 ? Math.sqrt(square) : Math.hypot(a, b);
    }
}
