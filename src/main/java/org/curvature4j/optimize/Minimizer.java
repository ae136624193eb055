package org.curvature4j.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.operator.LinearOperator;
import org.curvature4j.operator.Vectors;
import org.curvature4j.spectrum.Spectrum;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a minimum of an {@link Objective} from a point, by one of the {@link Method}s, and leaves saddles that it
 * comes to rest on along the most negative curvature (Conn, Gould and Toint, "Trust-Region Methods", 2000, section 6.6).
 * Deterministic.
 */
public final class Minimizer {
    /** Larger Hessians are computed where a step needs them, so that only one is held. */
    private static final int MOST_TOGETHER = 1000;

    private final CountedObjective objective;
    private final MinimizerOptions options;
    private final List<Iteration> trajectory = new ArrayList<>();
    private Iterate at;

    private Minimizer(Method method, Objective objective, double[] start, MinimizerOptions options) {
        Arguments.requireLength("start", objective.size(), start.length);
        Arguments.refuseIf(!Vectors.areFinite(start), "start", "finite numbers", "NaN or infinity among them");
        this.objective = new CountedObjective(objective, method == Method.NEWTON && start.length <= MOST_TOGETHER);
        this.options = options;
        this.at = this.objective.at(start.clone());
        if (!at.isFinite()) {
            throw new IllegalArgumentException("start: expected a point where value and gradient are finite, got "
                    + at.value() + " and a gradient of norm " + at.gradientNorm());
        }
    }

    /**
     * Minimises.
     *
     * @param start n finite numbers where value and gradient are finite; not modified
     * @return where it ended and why; ending without a minimum isn't an error
     * @throws IllegalArgumentException if the start can't be used, or a product of the Hessian isn't finite, or the method
     *     or the classification needs all eigenvalues of more than {@link MinimizerOptions#MOST_CLASSIFIED} rows
     */
    public static MinimizerResult minimize(
            Method method, Objective objective, double[] start, MinimizerOptions options) {
        boolean dense = method == Method.NEWTON || options.classify();
        if (dense && objective.size() > MinimizerOptions.MOST_CLASSIFIED) {
            throw new IllegalArgumentException((method == Method.NEWTON ? "method newton" : "classification")
                    + ": expected a function of at most " + MinimizerOptions.MOST_CLASSIFIED + " numbers, got "
                    + objective.size() + " (newton-cg and trust-region take more, without classification)");
        }
        return new Minimizer(method, objective, start, options).run(method);
    }

    private MinimizerResult run(Method method) {
        StepRule rule = method.rule();
        note(0, false);
        @Nullable EndReason reason = null;
        while (reason == null) {
            if (at.value() < options.lowest()) {
                reason = EndReason.UNBOUNDED;
            } else if (at.gradientNorm() <= options.gradientTolerance()) {
                reason = atRest();
            } else if (isSpent()) {
                reason = EndReason.ITERATIONS;
            } else {
                @Nullable Iterate next = rule.next(objective, at);
                reason = next == null ? EndReason.NO_PROGRESS : null;
                move(next, false);
            }
        }
        @Nullable Spectrum spectrum = options.classify() ? DenseNewtonSteps.spectrum(objective, at) : null;
        return new MinimizerResult(method, at.point(), reason, trajectory, spectrum);
    }

    /** The end, or null where a saddle was left. */
    private @Nullable EndReason atRest() {
        if (!options.escapeSaddles()) {
            return EndReason.GRADIENT_SMALL;
        }
        Optional<NegativeCurvature> curvature;
        try (LinearOperator hessian = objective.hessian(at.point())) {
            curvature = NegativeCurvature.of(hessian);
        }
        if (curvature.isEmpty()) {
            return EndReason.GRADIENT_SMALL;
        }
        if (isSpent()) {
            return EndReason.ITERATIONS;
        }
        @Nullable Iterate next = curvature.get().leave(objective, at).orElse(null);
        move(next, true);
        return next == null ? EndReason.SADDLE : null;
    }

    private boolean isSpent() {
        return trajectory.size() > options.mostIterations();
    }

    private void move(@Nullable Iterate next, boolean escape) {
        if (next != null) {
            double step = Vectors.norm(Vectors.difference(next.point(), at.point()));
            at = next;
            note(step, escape);
        }
    }

    private void note(double step, boolean escape) {
        Iteration iteration = new Iteration(
                trajectory.size(),
                at.value(),
                at.gradientNorm(),
                step,
                escape,
                objective.gradients(),
                objective.products());
        trajectory.add(iteration);
        options.progress().accept(iteration);
    }
}
