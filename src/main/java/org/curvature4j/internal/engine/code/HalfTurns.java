package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/** Sine and cosine of pi x, reduced exactly: zero exactly where the function is, and right to the last digits near there. */
final class HalfTurns {
    private static final double PI_REST = 1.2246467991473532e-16;

    private HalfTurns() {}

    static double sin(double x) {
        double whole = Math.rint(x);
        double r = x - whole;
        double sine = abs(r) <= 0.25 ? nearSine(r) : Math.copySign(nearCosine(0.5 - abs(r)), r);
        return isOdd(whole) ? -sine : sine;
    }

    static double cos(double x) {
        double whole = Math.rint(x);
        double r = abs(x - whole);
        double cosine = r <= 0.25 ? nearCosine(r) : nearSine(0.5 - r);
        return isOdd(whole) ? -cosine : cosine;
    }

    private static boolean isOdd(double whole) {
        return whole % 2 != 0;
    }

    private static double nearSine(double r) {
        double angle = Math.PI * r;
        return fma(rest(r, angle), Math.cos(angle), Math.sin(angle));
    }

    private static double nearCosine(double r) {
        double angle = Math.PI * r;
        return fma(-rest(r, angle), Math.sin(angle), Math.cos(angle));
    }

    /** What the product's rounding left of pi r. */
    static double rest(double r, double angle) {
        return fma(r, Math.PI, -angle) + r * PI_REST;
    }
}
