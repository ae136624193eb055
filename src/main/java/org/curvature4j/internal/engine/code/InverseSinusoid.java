package org.curvature4j.internal.engine.code;

import static java.lang.Math.abs;
import static java.lang.Math.fma;

/**
 * Arc functions. The arc tangent of y / x is that of t = (y - c x) / (x + c y) and the constant arc tangent of c, with c of 0,
 * 1/2, 1, 3/2 and infinity so that |t| is up to 7/16, and one division (Cody and Waite's scheme, with fdlibm's constants c). The
 * arc sine is x + x^3 R(x^2) up to 1/2; beyond, asin x = pi / 2 - 2 asin sqrt((1 - x) / 2), where the root's rest is added.
 * The polynomials interpolate at Chebyshev nodes, with 66 digits, with relative errors of 2^-57 in the results.
 */
final class InverseSinusoid {
    private static final double HALF_PI = 1.5707963267948966;
    private static final double HALF_PI_REST = 6.123233995736766e-17;
    private static final double PI_REST = 1.2246467991473532e-16;

    private InverseSinusoid() {}

    static double atan(double x) {
        return Double.isNaN(x) ? x : Math.copySign(angle(abs(x), 1), x);
    }

    /** The angle of the point (x, y), as {@link Math#atan2} has it. */
    static double atan2(double y, double x) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        double right = abs(x);
        double up = abs(y);
        if (right == Double.POSITIVE_INFINITY && up == right) {
            right = 1;
            up = 1;
        } else if (up > 0x1p1000 || right > 0x1p1000) {
            right *= 0x1p-60;
            up *= 0x1p-60;
        } else if (up < 0x1p-900 && right < 0x1p-900) {
            right *= 0x1p120;
            up *= 0x1p120;
        }
        double angle = angle(up, right);
        double turned = Double.doubleToRawLongBits(x) < 0 ? Math.PI - (angle - PI_REST) : angle;
        return Math.copySign(turned, y);
    }

    /** Of a point with no negative coordinate. */
    private static double angle(double y, double x) {
        if (y == 0) {
            return 0;
        } else if (y < 0.4375 * x) {
            return arc(y / x, 0, 0);
        } else if (y < 0.6875 * x) {
            return arc((2 * y - x) / fma(2, x, y), 0.4636476090008061, 2.2698777452961687e-17);
        } else if (y < 1.1875 * x) {
            return arc((y - x) / (x + y), 0.7853981633974483, 3.061616997868383e-17);
        } else if (y < 2.4375 * x) {
            return arc(fma(-1.5, x, y) / fma(1.5, y, x), 0.982793723247329, 1.3903311031230998e-17);
        }
        return arc(-x / y, HALF_PI, HALF_PI_REST);
    }

    private static double arc(double t, double base, double baseRest) {
        double z = t * t;
        double z2 = z * z;
        double z4 = z2 * z2;
        double p0 = fma(z, -0.1999999999999997, 0.3333333333333333);
        double p1 = fma(z, -0.11111111110153861, 0.14285714285705997);
        double p2 = fma(z, -0.07692305624498978, 0.09090909033322568);
        double p3 = fma(z, -0.05881607126271881, 0.06666618822057546);
        double p4 = fma(z, -0.04701887666736345, 0.05255135806213889);
        double p5 = fma(z, -0.029171962357654856, 0.04037615888958563);
        double low = fma(z4, fma(z2, p3, p2), fma(z2, p1, p0));
        double high = fma(z4, 0.012516453095688529, fma(z2, p5, p4));
        return base - (fma(t * z, fma(z4 * z4, high, low), -baseRest) - t);
    }

    static double asin(double x) {
        double a = abs(x);
        if (a <= 0.5) {
            return fma(x, beyond(x * x), x);
        }
        double z = 0.5 * (1 - a);
        double root = Math.sqrt(z);
        double half = HALF_PI - 2 * root;
        return Math.copySign(half - (2 * rest(root, z) - HALF_PI_REST - (HALF_PI - half - 2 * root)), x);
    }

    static double acos(double x) {
        if (abs(x) <= 0.5) {
            double head = HALF_PI - x;
            return head - (fma(x, beyond(x * x), -HALF_PI_REST) - (HALF_PI - head - x));
        }
        double z = 0.5 * (1 - abs(x));
        double root = Math.sqrt(z);
        double rest = rest(root, z);
        return x > 0 ? 2 * (root + rest) : Math.PI - (2 * root + (2 * rest - PI_REST));
    }

    /** asin(s) - s for the root s of z, with what is left of the root. */
    private static double rest(double root, double z) {
        double left = root == 0 ? 0 : fma(-root, root, z) / (root + root);
        return fma(root, beyond(z), left);
    }

    /** asin(s) / s - 1 for z = s^2 up to 1/4. */
    private static double beyond(double z) {
        double z2 = z * z;
        double z4 = z2 * z2;
        double p0 = fma(z, 0.07500000000000118, 0.16666666666666666);
        double p1 = fma(z, 0.03038194447553234, 0.044642857142551895);
        double p2 = fma(z, 0.017352816540325496, 0.02237215744350722);
        double p3 = fma(z, 0.011566459612121669, 0.01396378001220357);
        double p4 = fma(z, 0.009319560794767446, 0.009621842970100282);
        double p5 = fma(z, 0.019554513336123378, 0.0030448799094556773);
        double p6 = fma(z, 0.02961201126495512, -0.01924167174674304);
        double low = fma(z4, fma(z2, p3, p2), fma(z2, p1, p0));
        double high = fma(z4, p6, fma(z2, p5, p4));
        return z * fma(z4 * z4, high, low);
    }
}
