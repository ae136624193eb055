package org.curvature4j.optimize;

import java.util.Optional;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.curvature4j.spectrum.Spectrum;
import org.curvature4j.spectrum.SpectrumOptions;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The most negative curvature of an operator, where it is surely negative: beyond 1e-8 of the largest magnitude.
 *
 * @param value the eigenvalue, or a Ritz value near it
 * @param direction its vector of norm 1
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record NegativeCurvature(double value, double[] direction) {
    /** Square root of rounding: what products of a Hessian can't decide isn't called negative. */
    private static final double SURE = 1e-8;

    /** A tenth of the fall by the quadratic model, step^2 value / 2. */
    private static final double ENOUGH = 0.05;

    private static final double SHORTEST = 1e-12;
    private static final int MOST_DOUBLINGS = 30;

    /** Up to here all eigenvalues are taken; beyond, Lanczos finds the ends of the spectrum. */
    private static final int MOST_DENSE = 100;

    /** A rough vector will do: a Ritz value is the curvature along it, whether or not it has converged. */
    private static final double ROUGH = 1e-3;

    private static final int MOST_PRODUCTS = 400;

    static Optional<NegativeCurvature> of(LinearOperator hessian) {
        int n = hessian.columns();
        if (n > MOST_DENSE) {
            Eigenpairs ends = Lanczos.eigenpairs(
                    hessian, LanczosOptions.bothEnds(2).tolerance(ROUGH).mostProducts(MOST_PRODUCTS));
            double[] values = ends.eigenvalues();
            int lowest = values[0] <= values[1] ? 0 : 1;
            return surely(values[lowest], values[1 - lowest], ends.vector(lowest));
        }
        try (INDArray matrix = HostArray.copyOf(hessian.toDense(), DataType.DOUBLE, n, n)) {
            Spectrum spectrum = Spectrum.of(matrix, SpectrumOptions.withVectors());
            double[] values = spectrum.eigenvalues();
            return surely(values[0], values[n - 1], spectrum.vector(0));
        }
    }

    private static Optional<NegativeCurvature> surely(double smallest, double largest, double[] vector) {
        return smallest < -SURE * Math.max(-smallest, largest)
                ? Optional.of(new NegativeCurvature(smallest, vector))
                : Optional.empty();
    }

    /**
     * A point along it that is lower: from the point, against the slope, halved until the value falls by a tenth of what
     * the curvature promises, or doubled as long as it goes on falling.
     */
    Optional<Iterate> leave(CountedObjective objective, Iterate from) {
        double[] downhill = direction.clone();
        if (Vectors.dot(downhill, from.gradient()) > 0) {
            Vectors.scale(-1, downhill);
        }
        double step = Math.max(1, Vectors.norm(from.point()) / 10);
        double value = objective.value(from.ahead(step, downhill));
        while (!(value <= from.value() + ENOUGH * step * step * this.value)) {
            step /= 2;
            double[] point = from.ahead(step, downhill);
            if (step < SHORTEST || java.util.Arrays.equals(point, from.point())) {
                return Optional.empty();
            }
            value = objective.value(point);
        }
        for (int doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
            double further = objective.value(from.ahead(2 * step, downhill));
            if (!(further < value) || !Double.isFinite(further)) {
                break;
            }
            step *= 2;
            value = further;
        }
        Iterate at = objective.at(from.ahead(step, downhill));
        return at.isFinite() && at.value() < from.value() ? Optional.of(at) : Optional.empty();
    }
}
