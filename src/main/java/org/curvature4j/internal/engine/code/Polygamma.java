package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

import org.apache.commons.numbers.gamma.Gamma;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Derivatives of the digamma function. That of order n is (-1)^(n+1) n! times the sum of (x + k)^-s over k from 0 on, with
 * s = n + 1 (DLMF 5.15.1), a Hurwitz zeta function: summed up to where Euler and Maclaurin's formula (25.11.28) holds to the
 * last digit. Below 0 the sum runs over whole numbers on both sides of 0, which are two such functions less a third.
 *
 * <p>Within a few units in the last place for x > 0, and below 0 for odd orders, which have no zeros; near the zeros of
 * even orders errors are of that size beside the terms that cancel.
 */
final class Polygamma {
    /** Bernoulli numbers of even index over the factorial of that index. */
    private static final double[] CORRECTIONS = {
        1.0 / 12,
        -1.0 / 720,
        1.0 / 30240,
        -1.0 / 1209600,
        1.0 / 47900160,
        -5.284190138687493e-10,
        1.3382536530684679e-11,
        -3.3896802963225827e-13,
        8.586062056277845e-15,
        -2.174868698558062e-16,
        5.5090028283602295e-18,
        -1.3954464685812522e-19
    };

    /** From here on, plus s, the last correction is below 1e-19 of the sum. */
    private static final double FAR = 10;

    private static final int LARGEST_FACTORIAL = 170;

    private Polygamma() {}

    /**
     * The derivative of the digamma function.
     *
     * @param order 0 or more; 0 is the digamma function itself
     * @return infinite at 0 and at negative integers for odd orders; for even ones NaN at negative integers, where the
     *     limits from both sides differ; NaN where the order isn't a whole number
     */
    static double of(double order, double x) {
        if (!(order >= 0 && order == Math.rint(order)) || Double.isNaN(x) || x == Double.NEGATIVE_INFINITY) {
            return Double.NaN;
        } else if (order == 0) {
            return Digamma.of(x);
        }
        double s = order + 1;
        boolean even = s % 2 == 0;
        double sum;
        double unit;
        if (x == 0) {
            return even ? Double.POSITIVE_INFINITY : -1 / x;
        } else if (x == Double.POSITIVE_INFINITY) {
            return even ? 0.0 : -0.0;
        } else if (x > 0) {
            unit = x;
            sum = sum(s, unit, x, 0);
        } else if (x == Math.rint(x)) {
            return even ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            double r = x - Math.rint(x);
            unit = abs(r);
            double above = sum(s, unit, r, 0);
            double below = r == x ? 0 : sum(s, unit, -r, 1) - sum(s, unit, -x, 1);
            sum = even ? above + below : above - below;
        }
        return (even ? 1 : -1) * factor(order, unit) * (sum / unit);
    }

    /** The sum of (unit / (x + k))^s over k from {@code first} on; rounding errors of the quotients are taken back. */
    private static double sum(double s, double unit, double x, int first) {
        double far = FAR + s;
        double sum = 0;
        double rest = 0;
        double k = first;
        for (; x + k < far; k++) {
            double place = x + k;
            double left = k - (place - x);
            double quotient = unit / place;
            double power = Math.pow(quotient, s);
            double correction = s * (fma(-quotient, place, unit) - quotient * left) / unit;
            double next = sum + power;
            rest += (power - (next - sum)) + power * correction;
            if (abs(power) * (1 + place / (s - 1)) < 1e-18 * abs(sum)) {
                return next + rest;
            }
            sum = next;
        }
        double place = x + k;
        double power = Math.pow(unit / place, s);
        double factor = s / place;
        double corrections = 0;
        for (int j = 0; j < CORRECTIONS.length; j++) {
            corrections = fma(CORRECTIONS[j], factor, corrections);
            factor *= (s + 2 * j + 1) / place * ((s + 2 * j + 2) / place);
        }
        return sum + (rest + power * (place / (s - 1) + (0.5 + corrections)));
    }

    /** n! / unit^n. */
    private static double factor(double n, double unit) {
        double power = Math.pow(unit, -n);
        if (n > LARGEST_FACTORIAL || power < Double.MIN_NORMAL) {
            return Math.exp(LogGamma.value(n + 1) - n * Math.log(unit));
        }
        return Gamma.value(n + 1) * power;
    }
}
