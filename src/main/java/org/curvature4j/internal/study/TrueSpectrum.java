package org.curvature4j.internal.study;

import java.util.Arrays;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.spectrum.Inertia;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * All eigenvalues of a Hessian, from the dense matrix: what estimates are held against.
 *
 * @param values descending
 * @param inertia how many are positive, negative, and zero to rounding
 */
@SuppressWarnings("ArrayRecordComponent") // made and used within this package, never compared
record TrueSpectrum(double[] values, Inertia inertia) {
    /** The share of the largest magnitude below which an eigenvalue counts to the bulk at zero. */
    private static final double SMALL = 0.01;

    static TrueSpectrum of(LinearOperator hessian) {
        int n = hessian.rows();
        Spectrum spectrum =
                Spectrum.of(HostArray.copyOf(hessian.toDense(), DataType.DOUBLE, n, n), SpectrumOptions.valuesOnly());
        double[] ascending = spectrum.eigenvalues();
        double[] descending = new double[n];
        Arrays.setAll(descending, k -> ascending[n - 1 - k]);
        return new TrueSpectrum(descending, spectrum.inertia());
    }

    double largest() {
        return values[0];
    }

    double smallest() {
        return values[values.length - 1];
    }

    double trace() {
        return Arrays.stream(values).sum();
    }

    /** What the largest ones make of the trace. */
    double shareOfTrace(int count) {
        return Arrays.stream(values, 0, count).sum() / trace();
    }

    /** The share of eigenvalues that are less than 1 % of the largest magnitude. */
    double shareNearZero() {
        double limit = SMALL * Math.max(largest(), -smallest());
        return (double) Arrays.stream(values)
                        .filter(value -> Math.abs(value) < limit)
                        .count()
                / values.length;
    }
}
