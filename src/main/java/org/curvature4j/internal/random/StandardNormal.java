package org.curvature4j.internal.random;

/**
 * Standard normal numbers that are functions of a seed and an index alone: number {@code i} is the same whatever was
 * drawn before it, on every platform, with every number of threads.
 *
 * <p>The bits come from SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014,
 * figure 17, with the mixing function's variant 13 of D. Stafford), which is a counter through a mixing function; the
 * seed is mixed too, so that neighbouring seeds share no stretch of numbers in practice. A number's upper 52 bits make a
 * uniform number in the middle of one of 2^52 equal cells of (0, 1), and the inverse of the normal distribution function
 * makes that normal: Wichura, Algorithm AS 241, procedure PPND16, Applied Statistics 37 (1988) 477-484, right
 * to a relative 7e-16. Only additions, multiplications, divisions, square roots and {@link StrictLogarithm} are used, each
 * defined to the last bit.
 */
@SuppressWarnings("FloatingPointLiteralPrecision") // The constants have the digits of the paper.
public final class StandardNormal {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
    /** 2^-52, the width of a cell. */
    private static final double CELL = 0x1p-52;
    /** How far from 1/2 the formula for the centre goes, and its square. */
    static final double CENTRE = 0.425;

    static final double CENTRE_SQUARE = 0.180625;
    /** From where to where the root's formula for the tail goes, the first an offset. */
    static final double TAIL_START = 1.6;

    static final double TAIL_END = 5;
    /** From so many on it pays to compute them together. */
    private static final int MANY = 32;

    private StandardNormal() {}

    /** Number {@code index} of the stream of {@code seed}; any values of both are allowed. */
    public static double value(long seed, long index) {
        return quantile(uniform(seed, index));
    }

    /**
     * Numbers {@code first} to {@code first + count - 1} of the stream, as {@link #value} gives them.
     *
     * @param into takes the numbers from {@code offset} on
     */
    public static void fill(long seed, long first, double[] into, int offset, int count) {
        if (count >= MANY) {
            new NormalBlock(count).fill(seed, first, into, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            into[offset + i] = value(seed, first + i);
        }
    }

    /**
     * A seed for another stream, unrelated to the first: for a model's parameters beside its points, say.
     *
     * @param stream a small number of the caller's choice
     */
    public static long otherSeed(long seed, long stream) {
        return mix(mix(seed) ^ (stream + 1) * GOLDEN_GAMMA);
    }

    /** 64 random bits. For seed 0 these are the outputs of SplitMix64 started at 0. */
    static long bits(long seed, long index) {
        return mix(mix(seed) + (index + 1) * GOLDEN_GAMMA);
    }

    /** A uniform number strictly between 0 and 1, exact, as is its distance from 1/2 and from 1. */
    public static double uniform(long seed, long index) {
        return ((bits(seed, index) >>> 12) + 0.5) * CELL;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /**
     * Where the standard normal distribution function reaches {@code p}.
     *
     * @param p strictly between 0 and 1
     */
    static double quantile(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= CENTRE) {
            double r = CENTRE_SQUARE - q * q;
            return q * ratio(r, CENTRE_ABOVE, CENTRE_BELOW);
        }
        double r = root(q < 0 ? p : 1 - p);
        double size = r <= TAIL_END
                ? ratio(r - TAIL_START, TAIL_ABOVE, TAIL_BELOW)
                : ratio(r - TAIL_END, FAR_ABOVE, FAR_BELOW);
        return q < 0 ? -size : size;
    }

    /** Of which the formulas for the tails are, for the probability of what lies further out. */
    static double root(double outside) {
        return Math.sqrt(-StrictLogarithm.of(outside));
    }

    /** The quotient of two polynomials of degree 7, coefficients from the constant on. */
    private static double ratio(double x, double[] above, double[] below) {
        double numerator = above[7];
        double denominator = below[7];
        for (int i = 6; i >= 0; i--) {
            numerator = numerator * x + above[i];
            denominator = denominator * x + below[i];
        }
        return numerator / denominator;
    }

    // AS 241, the coefficients a, b for |q| <= 0.425; c, d for r <= 5; e, f beyond.
    static final double[] CENTRE_ABOVE = {
        3.3871328727963666080e0,
        1.3314166789178437745e2,
        1.9715909503065514427e3,
        1.3731693765509461125e4,
        4.5921953931549871457e4,
        6.7265770927008700853e4,
        3.3430575583588128105e4,
        2.5090809287301226727e3
    };
    static final double[] CENTRE_BELOW = {
        1.0,
        4.2313330701600911252e1,
        6.8718700749205790830e2,
        5.3941960214247511077e3,
        2.1213794301586595867e4,
        3.9307895800092710610e4,
        2.8729085735721942674e4,
        5.2264952788528545610e3
    };
    static final double[] TAIL_ABOVE = {
        1.42343711074968357734e0,
        4.63033784615654529590e0,
        5.76949722146069140550e0,
        3.64784832476320460504e0,
        1.27045825245236838258e0,
        2.41780725177450611770e-1,
        2.27238449892691845833e-2,
        7.74545014278341407640e-4
    };
    static final double[] TAIL_BELOW = {
        1.0,
        2.05319162663775882187e0,
        1.67638483018380384940e0,
        6.89767334985100004550e-1,
        1.48103976427480074590e-1,
        1.51986665636164571966e-2,
        5.47593808499534494600e-4,
        1.05075007164441684324e-9
    };
    private static final double[] FAR_ABOVE = {
        6.65790464350110377720e0,
        5.46378491116411436990e0,
        1.78482653991729133580e0,
        2.96560571828504891230e-1,
        2.65321895265761230930e-2,
        1.24266094738807843860e-3,
        2.71155556874348757815e-5,
        2.01033439929228813265e-7
    };
    private static final double[] FAR_BELOW = {
        1.0,
        5.99832206555887937690e-1,
        1.36929880922735805310e-1,
        1.48753612908506148525e-2,
        7.86869131145613259100e-4,
        1.84631831751005468180e-5,
        1.42151175831644588870e-7,
        2.04426310338993978564e-15
    };
}
