package org.curvature4j.internal.composition;

import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/** Activation functions, each in a form that neither overflows nor loses NaN. */
public final class Activations {
    /** Klambauer et al. 2017, Self-normalizing neural networks, section 2 (the fixed point with mean 0, variance 1). */
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double SELU_SCALE = 1.0507009873554805;
    /** Hendrycks and Gimpel 2016, Gaussian error linear units, section 2: the sigmoid and the tanh approximation. */
    private static final double GELU_SIGMOID = 1.702;

    private static final double GELU_TANH = 0.044715;

    private Activations() {}

    /** max(x, cutoff) whose derivative at the cutoff is 0. NaN comes through. */
    public static Node relu(Ops o, Node x, double cutoff) {
        Node bound = o.like(x, cutoff);
        return o.select(o.apply(Comparison.LE, x, bound), bound, x);
    }

    /** Between two bounds, at which the derivative is 1. NaN comes through. */
    public static Node clip(Ops o, Node x, Node low, Node high) {
        Node raised = o.select(o.apply(Comparison.LT, x, low), low, x);
        return o.select(o.apply(Comparison.GT, x, high), high, raised);
    }

    public static Node clip(Ops o, Node x, double low, double high) {
        return clip(o, x, o.like(x, low), o.like(x, high));
    }

    /** x above 0, slope x elsewhere. The slope meets no positive x, whose infinity would spread to its derivative. */
    public static Node leaky(Ops o, Node x, Node slope) {
        Node zero = o.like(x, 0);
        Node isPositive = o.apply(Comparison.GT, x, zero);
        return o.select(isPositive, x, o.mul(o.select(isPositive, zero, x), slope));
    }

    /** Held between -bound and bound: beyond, a function has its limit already, and its parts would overflow. */
    private static Node within(Ops o, Node x, double bound, double singleBound) {
        double limit = x.dtype() == DType.FLOAT32 ? singleBound : bound;
        Node lowered = o.apply(Elementwise.MIN, x, o.like(x, limit));
        return o.apply(Elementwise.MAX, lowered, o.like(x, -limit));
    }

    /** x above 0, alpha (e^x - 1) elsewhere. The exponential sees no positive operand, whose infinity would spread. */
    public static Node elu(Ops o, Node x, double alpha) {
        Node zero = o.like(x, 0);
        Node isPositive = o.apply(Comparison.GT, x, zero);
        Node negative = o.apply(Elementwise.EXPM1, o.select(isPositive, zero, x));
        return o.select(isPositive, x, o.mul(negative, alpha));
    }

    public static Node selu(Ops o, Node x) {
        return o.mul(elu(o, x, SELU_ALPHA), SELU_SCALE);
    }

    /** x times the logistic function of 1.702 x, which is what ND4J calls gelu. */
    public static Node gelu(Ops o, Node x) {
        return o.mul(x, o.sigmoid(o.mul(x, GELU_SIGMOID)));
    }

    public static Node geluTanh(Ops o, Node x) {
        Node inner = within(o, x, 1e9, 1e9);
        Node cubic = o.add(inner, o.mul(o.pow(inner, 3), GELU_TANH));
        Node tanh = o.apply(Elementwise.TANH, o.mul(cubic, Math.sqrt(2 / Math.PI)));
        return o.mul(o.mul(x, 0.5), o.onePlus(tanh));
    }

    public static Node softplus(Ops o, Node x) {
        return o.apply(Elementwise.SOFTPLUS, x);
    }

    public static Node logSigmoid(Ops o, Node x) {
        return o.neg(softplus(o, o.neg(x)));
    }

    public static Node mish(Ops o, Node x) {
        return o.mul(x, o.apply(Elementwise.TANH, softplus(o, x)));
    }

    public static Node softsign(Ops o, Node x) {
        Node finite = within(o, x, 1e300, 1e30);
        return o.div(finite, o.onePlus(o.apply(Elementwise.ABS, finite)));
    }

    /** 1.7159 g(2x/3) with g(y) = sign(y) (1 - 1 / (1 + |y| + y^2 + 1.41645 y^4)), as libnd4j defines it. */
    public static Node rationalTanh(Ops o, Node x) {
        Node y = o.mul(within(o, x, 1e60, 1e9), 2.0 / 3);
        Node size = o.apply(Elementwise.ABS, y);
        Node square = o.square(y);
        Node quartic = o.mul(o.square(square), 1.41645);
        Node denominator = o.add(o.add(o.onePlus(size), square), quartic);
        // 1 - 1 / d is (d - 1) / d, whose factor y keeps the sign and the accuracy near 0.
        Node bracket = o.add(o.onePlus(size), o.mul(o.mul(square, size), 1.41645));
        return o.mul(o.div(o.mul(y, bracket), denominator), 1.7159);
    }
}
