package org.curvature4j.onnx;

import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;

/**
 * Floating numbers of 16 bits or less: a sign, an exponent and a fraction, as IEEE 754 has them, but for the codes that
 * aren't numbers (Micikevicius et al. 2022, FP8 formats for deep learning; Noune et al. 2022, 8-bit numerical formats for
 * deep neural networks).
 */
record SmallFloat(int exponentBits, int fractionBits, int bias, Special special) {

    /** What the codes mean that aren't numbers. */
    enum Special {
        /** The largest exponent: infinities, and NaN. */
        IEEE,
        /** All bits of exponent and fraction: NaN. */
        NAN_ONLY,
        /** The code of minus zero: NaN. */
        NEGATIVE_ZERO,
        NONE
    }

    static SmallFloat of(OnnxType type) {
        return switch (type) {
            case FLOAT16 -> new SmallFloat(5, 10, 15, Special.IEEE);
            case FLOAT8E5M2 -> new SmallFloat(5, 2, 15, Special.IEEE);
            case FLOAT8E4M3FN -> new SmallFloat(4, 3, 7, Special.NAN_ONLY);
            case FLOAT8E4M3FNUZ -> new SmallFloat(4, 3, 8, Special.NEGATIVE_ZERO);
            case FLOAT8E5M2FNUZ -> new SmallFloat(5, 2, 16, Special.NEGATIVE_ZERO);
            case FLOAT4E2M1 -> new SmallFloat(2, 1, 1, Special.NONE);
            default ->
                throw new IllegalArgumentException(
                        "element type: expected floating numbers with a sign and a fraction, got " + type);
        };
    }

    /** The number of a code. */
    double value(int bits) {
        int exponent = (bits >> fractionBits) & ((1 << exponentBits) - 1);
        int fraction = bits & ((1 << fractionBits) - 1);
        boolean isNegative = ((bits >> (exponentBits + fractionBits)) & 1) == 1;
        boolean isLast = exponent == (1 << exponentBits) - 1;
        if (special == Special.NEGATIVE_ZERO && isNegative && exponent == 0 && fraction == 0) {
            return Double.NaN;
        } else if (special == Special.NAN_ONLY && isLast && fraction == (1 << fractionBits) - 1) {
            return Double.NaN;
        } else if (special == Special.IEEE && isLast) {
            double infinity = isNegative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return fraction == 0 ? infinity : Double.NaN;
        }
        double magnitude = exponent == 0
                ? Math.scalb((double) fraction, 1 - bias - fractionBits)
                : Math.scalb((double) (fraction | (1 << fractionBits)), exponent - bias - fractionBits);
        return isNegative ? -magnitude : magnitude;
    }

    private int largestExponent() {
        return (1 << exponentBits) - 1 - (special == Special.IEEE ? 1 : 0) - bias;
    }

    private double largest() {
        int codes = (2 << fractionBits) - 1 - (special == Special.NAN_ONLY ? 1 : 0);
        return Math.scalb((double) codes, largestExponent() - fractionBits);
    }

    /**
     * The nearest of these numbers, of two the one with an even code.
     *
     * @param saturate whether what is too large becomes the largest, else infinity or NaN, as the type has it
     */
    Node rounded(Ops o, Node x, boolean saturate) {
        Node size = o.apply(Elementwise.ABS, x);
        int least = 1 - bias;
        // The distance between neighbours doubles with each exponent.
        Node step = o.like(x, Math.scalb(1.0, least - fractionBits));
        for (int exponent = least + 1; exponent <= largestExponent(); exponent++) {
            Node isBeyond = o.apply(Comparison.GE, size, o.like(x, Math.scalb(1.0, exponent)));
            step = o.select(isBeyond, o.like(x, Math.scalb(1.0, exponent - fractionBits)), step);
        }
        Node nearest = o.mul(ElementwiseRules.nearest(o, o.div(size, step)), step);
        double beyond = saturate || special == Special.NONE
                ? largest()
                : special == Special.IEEE ? Double.POSITIVE_INFINITY : Double.NaN;
        Node isTooLarge = o.apply(Comparison.GT, nearest, o.like(x, largest()));
        Node rounded = o.mul(o.select(isTooLarge, o.like(x, beyond), nearest), o.sign(x));
        // A type without a code for NaN has 0 for it.
        return special == Special.NONE ? o.select(o.apply(Comparison.EQ, x, x), rounded, o.like(x, 0)) : rounded;
    }
}
