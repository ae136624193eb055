package org.curvature4j.internal.study;

import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.LinearOperator;

/**
 * The Gauss-Newton matrix G beside the Hessian H.
 *
 * @param leading the largest eigenvalues of G, with vectors
 * @param gaps among these
 * @param overlapBelow of the spaces of the first (classes - 1) eigenvectors of both, see {@link Subspaces#overlap}
 * @param overlap of the spaces of the first (classes) eigenvectors
 * @param restSmallest the smallest eigenvalue of H - G
 * @param restLargest the largest eigenvalue of H - G
 */
record GaussNewtonComparison(
        Eigenpairs leading, Gaps gaps, double overlapBelow, double overlap, double restSmallest, double restLargest) {

    static GaussNewtonComparison of(
            LinearOperator hessian, LinearOperator gaussNewton, Eigenpairs ofHessian, StudyOptions options) {
        Eigenpairs leading = Lanczos.eigenpairs(
                gaussNewton, LanczosOptions.top(options.pairs()).seed(options.seed()));
        double[] ends = Lanczos.eigenpairs(
                        hessian.minus(gaussNewton),
                        LanczosOptions.bothEnds(2).valuesOnly().seed(options.seed()))
                .eigenvalues();
        return new GaussNewtonComparison(
                leading,
                Gaps.of(leading.eigenvalues(), leading.count() - 1),
                Subspaces.overlap(ofHessian, leading, StudyOptions.CLASSES - 1),
                Subspaces.overlap(ofHessian, leading, StudyOptions.CLASSES),
                ends[1],
                ends[0]);
    }
}
