package org.curvature4j.internal.study;

import org.curvature4j.curvature.DataOperator;
import org.curvature4j.krylov.Eigenpairs;
import org.curvature4j.krylov.Lanczos;
import org.curvature4j.krylov.LanczosOptions;
import org.curvature4j.operator.Vectors;
import org.curvature4j.training.Epoch;

/**
 * The curvature after an epoch, as far as Lanczos runs tell it.
 *
 * @param undecided how many examples the curvature of the softmax came from, see {@link Undecided}
 * @param leading the largest eigenvalues of the Hessian, with vectors
 * @param smallest the smallest eigenvalue
 * @param gaps among the leading ones, up to twice as many as there are classes
 * @param gradientNorm the length of the gradient of the loss over all data
 * @param gradientShare the share of its squared length in the space of the first (classes - 1) eigenvectors
 */
record EpochCurvature(
        Epoch epoch,
        int undecided,
        Eigenpairs leading,
        double smallest,
        Gaps gaps,
        double gradientNorm,
        double gradientShare) {

    static EpochCurvature of(TrainedNet.Stop stop, StudyOptions options) {
        try (DataOperator hessian = stop.loss().hessian()) {
            return of(stop, hessian, options);
        }
    }

    static EpochCurvature of(TrainedNet.Stop stop, DataOperator hessian, StudyOptions options) {
        // One more than are shown, for the gap after the last.
        LanczosOptions top = LanczosOptions.top(options.pairs() + 1).seed(options.seed());
        Eigenpairs leading = Lanczos.eigenpairs(hessian, top);
        Eigenpairs last = Lanczos.eigenpairs(
                hessian, LanczosOptions.bottom(1).valuesOnly().seed(options.seed()));
        double[] gradient = stop.loss().gradient();
        return new EpochCurvature(
                stop.epoch(),
                stop.undecided(),
                leading,
                last.eigenvalues()[0],
                Gaps.of(leading.eigenvalues(), 2 * StudyOptions.CLASSES),
                Vectors.norm(gradient),
                Subspaces.share(gradient, leading, StudyOptions.CLASSES - 1));
    }

    /** An eigenvalue by its number, from 1. */
    double eigenvalue(int number) {
        return leading.eigenvalues()[number - 1];
    }
}
