package org.curvature4j.optimize;

/** How a {@link Minimizer} steps. */
public enum Method {
    /** Against the gradient, with a backtracking line search: the baseline. */
    GRADIENT_DESCENT("gradient-descent", "Gradient descent"),
    /** With all eigenvalues of the Hessian, the negative ones taken by magnitude: up to some thousand numbers. */
    NEWTON("newton", "Newton"),
    /** With products of the Hessian alone, by truncated conjugate gradients and a line search. */
    NEWTON_CG("newton-cg", "Newton-CG"),
    /** With products of the Hessian alone, within a radius in which the quadratic model is trusted. */
    TRUST_REGION("trust-region", "Trust region");

    private final String key;
    private final String words;

    Method(String key, String words) {
        this.key = key;
        this.words = words;
    }

    /** Its name on the command line. */
    public String key() {
        return key;
    }

    /** Its name for people. */
    public String words() {
        return words;
    }

    StepRule rule() {
        return switch (this) {
            case GRADIENT_DESCENT -> new GradientSteps();
            case NEWTON -> new DenseNewtonSteps();
            case NEWTON_CG -> new NewtonCgSteps();
            case TRUST_REGION -> new TrustRegionSteps();
        };
    }
}
