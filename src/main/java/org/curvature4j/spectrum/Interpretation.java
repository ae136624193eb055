package org.curvature4j.spectrum;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.text.Numbers;

/** What a Hessian's spectrum means for training, in sentences. */
final class Interpretation {

    /**
     * From this effective condition number k on the text speaks of ill-conditioning. Steepest descent is only sure to
     * shrink the error, in the energy norm, by (k - 1) / (k + 1) a step (Nocedal and Wright, Numerical Optimization,
     * second edition, theorem 3.3): a decimal digit takes up to 1.15 k steps, here over a thousand.
     */
    private static final double ILL_CONDITIONED = 1e3;

    private Interpretation() {}

    static String of(Spectrum spectrum) {
        if (spectrum.order() == 0) {
            return "There are no directions.";
        }
        List<String> sentences = new ArrayList<>();
        Inertia inertia = spectrum.inertia();
        sentences.add(shape(spectrum.classification(), inertia));
        if (inertia.nearZero() > 0 && inertia.nearZero() < spectrum.order()) {
            sentences.add(flatness(inertia));
        }
        if (inertia.positive() + inertia.negative() > 1) {
            sentences.add(range(spectrum));
        }
        return String.join(" ", sentences);
    }

    private static String shape(Classification classification, Inertia inertia) {
        String up = Numbers.count(inertia.positive(), "direction curves", "directions curve") + " upward";
        String down = Numbers.count(inertia.negative(), "direction curves", "directions curve") + " downward";
        return switch (classification) {
            case CONVEX -> "All eigenvalues are positive: locally convex; where the gradient vanishes, a minimum.";
            case CONCAVE -> "All eigenvalues are negative: locally concave; where the gradient vanishes, a maximum.";
            case SADDLE, SADDLE_WITH_FLAT ->
                "Mixed signs, a saddle: " + up + ", " + down + "; following the latter leads off it.";
            case CONVEX_WITH_FLAT ->
                "No direction curves downward beyond tolerance, " + up + ": convex to second order.";
            case CONCAVE_WITH_FLAT ->
                "No direction curves upward beyond tolerance, " + down + ": concave to second order.";
            case FLAT -> "Every direction is flat to second order: higher derivatives decide the shape.";
            case UNDECIDED ->
                "The signs of " + Numbers.count(inertia.undecided(), "eigenvalue", "eigenvalues")
                        + " hinge on rounding: more precision or another tolerance would decide the shape.";
        };
    }

    private static String flatness(Inertia inertia) {
        return Numbers.count(inertia.nearZero(), "direction is", "directions are")
                + " flat: a flat valley, as over-parameterisation or a symmetry of the function makes it.";
    }

    private static String range(Spectrum spectrum) {
        double condition = spectrum.effectiveConditionNumber();
        if (condition < ILL_CONDITIONED) {
            return "The curvatures lie within a factor of " + Numbers.brief(condition) + ": well enough conditioned.";
        }
        return "The curvatures span a factor of " + Numbers.brief(condition)
                + ": ill-conditioned, gradient descent is slow and a minimum here sharp along its steepest directions.";
    }
}
