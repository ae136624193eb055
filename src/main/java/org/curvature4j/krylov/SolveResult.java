package org.curvature4j.krylov;

import java.util.Optional;
import org.curvature4j.internal.text.Numbers;
import org.jspecify.annotations.Nullable;

/** What a solve of A x = b came to. Immutable; arrays handed out are the caller's. */
public final class SolveResult {
    private final double[] solution;
    private final double residualNorm;
    private final double rightHandNorm;
    private final SolveReason reason;
    private final int iterations;
    private final int products;
    private final double @Nullable [] negativeCurvature;

    /** Takes the arrays over. */
    SolveResult(
            double[] solution,
            double residualNorm,
            double rightHandNorm,
            SolveReason reason,
            int iterations,
            int products,
            double @Nullable [] negativeCurvature) {
        this.solution = solution;
        this.residualNorm = residualNorm;
        this.rightHandNorm = rightHandNorm;
        this.reason = reason;
        this.iterations = iterations;
        this.products = products;
        this.negativeCurvature = negativeCurvature;
    }

    /** x, n numbers; the best there is where the solve didn't converge. */
    public double[] solution() {
        return solution.clone();
    }

    /** The norm of b - A x, computed from this x by a product of its own. */
    public double residualNorm() {
        return residualNorm;
    }

    /** The residual's norm divided by that of b; 0 for b = 0. */
    public double relativeResidual() {
        return rightHandNorm == 0 ? 0 : residualNorm / rightHandNorm;
    }

    /** Whether the residual is as small as asked for. */
    public boolean converged() {
        return reason == SolveReason.CONVERGED;
    }

    /** Why it ended. */
    public SolveReason reason() {
        return reason;
    }

    /** Steps made. */
    public int iterations() {
        return iterations;
    }

    /** Products of the operator with a vector, those for residuals included. */
    public int products() {
        return products;
    }

    /**
     * Where conjugate gradients met it: p of norm 1 with p'Ap of zero or less. The solution is then the iterate before.
     */
    public Optional<double[]> negativeCurvature() {
        return Optional.ofNullable(negativeCurvature).map(double[]::clone);
    }

    @Override
    public String toString() {
        return (converged() ? "solved" : "not solved") + " to a relative residual of "
                + Numbers.brief(relativeResidual()) + " in " + iterations + " iterations: " + reason.words();
    }
}
