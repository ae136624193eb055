package org.curvature4j.optimize;

import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.spectrum.Spectrum;
import org.jspecify.annotations.Nullable;

/** What a minimisation came to. Immutable; arrays handed out are the caller's. */
public final class MinimizerResult {
    private final Method method;
    private final double[] point;
    private final EndReason reason;
    private final List<Iteration> trajectory;
    private final @Nullable Spectrum spectrum;

    /** Takes the point over. */
    MinimizerResult(
            Method method, double[] point, EndReason reason, List<Iteration> trajectory, @Nullable Spectrum spectrum) {
        this.method = method;
        this.point = point;
        this.reason = reason;
        this.trajectory = List.copyOf(trajectory);
        this.spectrum = spectrum;
    }

    /** How it stepped. */
    public Method method() {
        return method;
    }

    /** Where it ended, n numbers. */
    public double[] point() {
        return point.clone();
    }

    /** The function there. */
    public double value() {
        return last().value();
    }

    /** The Euclidean norm of the gradient there. */
    public double gradientNorm() {
        return last().gradientNorm();
    }

    /** Whether the gradient became as small as asked for. */
    public boolean converged() {
        return reason == EndReason.GRADIENT_SMALL;
    }

    /** Why it ended. */
    public EndReason reason() {
        return reason;
    }

    /** Steps made. */
    public int iterations() {
        return last().number();
    }

    /** Products of the Hessian with a vector, those of the classification aside; a Hessian as a whole counts n. */
    public long products() {
        return last().products();
    }

    /** All points on the way by their numbers, the start first. */
    public List<Iteration> trajectory() {
        return trajectory;
    }

    /**
     * Eigenvalues of the Hessian at the end, where asked for: a minimum, a saddle or undecided by its
     * {@link Spectrum#classification()}.
     */
    public Optional<Spectrum> spectrum() {
        return Optional.ofNullable(spectrum);
    }

    private Iteration last() {
        return trajectory.get(trajectory.size() - 1);
    }

    @Override
    public String toString() {
        return method.words() + ": value " + Numbers.brief(value()) + ", gradient " + Numbers.brief(gradientNorm())
                + " after " + iterations() + " iterations: " + reason.words();
    }
}
