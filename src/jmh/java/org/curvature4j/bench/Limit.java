package org.curvature4j.bench;

import java.util.Locale;
import java.util.Map;
import org.curvature4j.internal.engine.backend.MachineSpeed;

/**
 * What the machine itself takes for a task at least: the longer one of moving its inputs and results, at the speed at which
 * memory is written, and of its arithmetic, at the speed of the fastest matrix product measured. Results that fit the
 * processor's cache may be written faster.
 *
 * @param bytes of inputs and results at a point
 * @param operations additions and multiplications at a point, by the shortest way known
 */
record Limit(double bytes, double operations) {
    static Limit of(Workload workload) {
        return switch (workload) {
            case HESSIAN_221, SINGLE_POINT -> new Limit(8.0 * 11 + workload.resultBytes(), 254);
            // Golub and Van Loan, Matrix Computations, 4th edition, section 8.3: values, and values and vectors.
            case SPECTRUM_221 -> new Limit(8.0 * 11 + workload.resultBytes(), 254 + 4 / 3.0 * cube(11));
            // Products of half the width take half the time.
            case SPECTRUM_FLOAT -> new Limit(4.0 * 11 + workload.resultBytes(), (254 + 4 / 3.0 * cube(11)) / 2);
            case EIGENVALUES_20 -> new Limit(8.0 * 400 + workload.resultBytes(), 4 / 3.0 * cube(20));
            case EIGENVALUES_32 -> new Limit(8.0 * 1024 + workload.resultBytes(), 4 / 3.0 * cube(32));
            case SPECTRUM_VECTORS_221 -> new Limit(8.0 * 11 + workload.resultBytes(), 254 + 9 * cube(11));
            case JACOBIAN_2 -> jacobian(workload, 2);
            case JACOBIAN_16 -> jacobian(workload, 16);
            case JACOBIAN_64 -> jacobian(workload, 64);
            // Forward and backward, W2 diag(s) W1, and the symmetric sums over the two layers' units.
            case NET_OF_INPUT ->
                new Limit(8.0 * 8 + workload.resultBytes(), 2 * (8 * 32 + 2 * 32 * 32) + 2 * 32 * 32 * 8 + 2 * 72 * 32);
            // Values, two slopes and a Laplacian of each unit, from those of the layer before.
            case LAPLACIAN -> new Limit(8.0 * 2 + workload.resultBytes(), 2 * 2 * 64 + 4 * 2 * 64 * 64);
            case PER_EXAMPLE -> new Limit(8.0 * 11 + workload.resultBytes(), 97 * 97);
            case PARAMETERS_385 -> parameters(workload, 385);
            case PARAMETERS_1201 -> parameters(workload, 1201);
            case PRODUCT -> new Limit(3.0 * workload.resultBytes(), kept() + again());
            case FIXED_PRODUCT -> new Limit(2.0 * workload.resultBytes(), again());
            case LANCZOS -> new Limit(0, kept() + WorkloadInputs.LANCZOS_STEPS * again());
            case DENSITY -> new Limit(0, WorkloadInputs.PROBES * WorkloadInputs.PROBE_STEPS * ofDigits());
            case SADDLE -> new Limit(8.0 * 2 + workload.resultBytes(), 12);
            case HESSIAN_KEPT,
                    SPECTRUM_KEPT,
                    PREPARATION_750,
                    PREPARATION_1500,
                    PREPARATION_3000,
                    PREPARATION_OF_SINES,
                    FIRST_RESULT -> new Limit(Double.NaN, Double.NaN);
        };
    }

    private static double cube(double n) {
        return n * n * n;
    }

    private static Limit jacobian(Workload workload, int n) {
        return new Limit(8.0 * n + workload.resultBytes(), 3.0 * n * n);
    }

    /** J'J, of which half is the other half. */
    private static Limit parameters(Workload workload, double parameters) {
        return new Limit(workload.resultBytes(), WorkloadInputs.REGRESSION_ROWS * parameters * parameters);
    }

    /** Of the classifier's products at a point, those that depend on the point alone. */
    private static double kept() {
        return 2 * (multiplications(0) + 2 * (multiplications(1) + multiplications(2)));
    }

    /** Those that depend on the direction. */
    private static double again() {
        return 2 * (2 * multiplications(0) + 6 * (multiplications(1) + multiplications(2)));
    }

    /** Those of the digits' net that depend on the direction. */
    private static double ofDigits() {
        int[] widths = WorkloadInputs.DIGITS;
        return 2.0 * WorkloadInputs.DIGITS_ROWS * (2 * widths[0] * widths[1] + 6 * widths[1] * widths[2]);
    }

    private static double multiplications(int layer) {
        return (double) WorkloadInputs.CLASSIFIER_ROWS
                * WorkloadInputs.CLASSIFIER[layer]
                * WorkloadInputs.CLASSIFIER[layer + 1];
    }

    /** How much of the limit a time is, and which limit; nothing where there is none. */
    static String share(Task task, double seconds, Map<String, Double> machine) {
        Limit limit = of(task.workload());
        double memory = task.points() * limit.bytes / (1e9 * machine.getOrDefault(MachineSpeed.WRITTEN, Double.NaN));
        double product = machine.entrySet().stream()
                .filter(speed -> speed.getKey().startsWith("gemm"))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(Double.NaN);
        double arithmetic = task.points() * limit.operations / (1e9 * product);
        double least = Math.max(memory, arithmetic);
        return Double.isNaN(least)
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.0f %% %s",
                        100 * least / seconds,
                        memory > arithmetic ? "memory" : "arithmetic");
    }
}
