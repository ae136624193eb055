package org.curvature4j.op;

import java.util.Arrays;
import org.curvature4j.op.Kernels.Value;

/**
 * The modified Bessel function I_n(x) times e^-x, or a derivative of that product, far out (DLMF 10.40.1): (2 pi)^-1/2 times
 * the sum of (-1)^j a_j(n) x^(-j-1/2), differentiated term by term, so that nothing cancels.
 */
final class BesselExpansion {
    /** Relative, what is left out. */
    private static final double NEGLIGIBLE = 1e-18;

    private BesselExpansion() {}

    /**
     * For x from a bound on that is about 20 or more.
     *
     * @param derivatives how often it is differentiated
     */
    static Value far(Formula f, Value x, int n, int derivatives, double bound) {
        Value reciprocal = f.div(f.of(1), x);
        Value root = f.kernels().apply(Elementwise.SQRT, reciprocal);
        Value power = derivatives == 0 ? root : f.mul(root, f.pow(reciprocal, derivatives));
        return f.mul(power, f.polynomial(reciprocal, coefficients(n, derivatives, bound)));
    }

    /** (-1)^(j+k) a_j(n) (j + 1/2) (j + 3/2) ... (j + k - 1/2) / sqrt(2 pi), until a term at the bound adds nothing. */
    private static double[] coefficients(int n, int k, double bound) {
        double rising = (k % 2 == 0 ? 1 : -1) / Math.sqrt(2 * Math.PI);
        for (int i = 0; i < k; i++) {
            rising *= i + 0.5;
        }
        double[] coefficients = new double[(int) (2 * bound)];
        int count = 0;
        double first = Math.abs(rising);
        while (count < coefficients.length && Math.abs(rising) * Math.pow(bound, -count) > NEGLIGIBLE * first) {
            coefficients[count++] = rising;
            double odd = 2.0 * count - 1;
            rising *= (odd * odd - 4.0 * n * n) / (8 * count) * (odd / 2 + k) / (odd / 2);
        }
        return Arrays.copyOf(coefficients, count);
    }
}
