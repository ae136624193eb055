package org.curvature4j.spectrum;

import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.blas.OpenBlas;
import org.curvature4j.internal.blas.Recomputation;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.spectrum.Routines.GeneralRoutine;
import org.curvature4j.spectrum.SelfTest.Family;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Solves a general matrix by ND4J's eig operation and holds the pairs against the matrix; where eig fails or a pair is
 * wrong, LAPACK takes its place under the same check, and Java code LAPACK's.
 */
final class GeneralEigensolver {

    private GeneralEigensolver() {}

    static GeneralSpectrum solve(INDArray matrix) {
        MatrixShapes.requireMatrix(matrix);
        Precision precision = Precision.of(matrix.dataType());
        int n = MatrixShapes.order(matrix);
        double[] entries = HostArray.numbers("matrix", matrix);
        double largest = new MatrixPreparation(n, precision, index -> "matrix").largest(entries, 0, 0);
        int scale = MatrixPreparation.scale(largest);
        for (int i = 0; i < n * n; i++) {
            entries[i] = Math.scalb(entries[i], -scale);
        }
        return solve(entries, n).spectrum(precision, scale);
    }

    private static ComplexPairs solve(double[] entries, int n) {
        if (n == 0) {
            return new ComplexPairs(entries, new double[0], new double[0]);
        }
        OpenBlas.requireRight();
        List<GeneralRoutine> first =
                SelfTest.passes(Family.GENERAL) ? Solvers.first().general() : List.of();
        return found(first, entries, n)
                .or(() -> {
                    Recomputation.add("LAPACK's dgeev", !first.isEmpty());
                    return found(Solvers.second().general(), entries, n);
                })
                .orElseThrow(() ->
                        Recomputation.refusal("matrix", "eigenpairs", "ND4J's eig, LAPACK's dgeev and from Java code"));
    }

    private static Optional<ComplexPairs> found(List<GeneralRoutine> routines, double[] entries, int n) {
        return routines.stream()
                .flatMap(routine -> routine.solve(entries, n).stream())
                .filter(pairs -> pairs.excess(entries, Math.ulp(1.0)) <= 1)
                .findFirst();
    }
}
