package org.curvature4j.internal.engine.code;

import static java.lang.Math.fma;

/**
 * Reduces angles of any size to x = k pi / 2 + r with |r| up to pi / 4 as Payne and Hanek do (Radian reduction for
 * trigonometric functions, SIGNUM Newsletter 18, 1983): of the digits of 2 / pi only those matter whose products with x aren't
 * multiples of 4; 190 bits behind the point are computed of x 2 / pi, of which doubles cancel 62 at most.
 */
final class FarAngle {
    private static final double HALF_PI = 1.5707963267948966;
    private static final double HALF_PI_REST = 6.123233995736766e-17;

    /** The bits of 2 / pi, after 64 zeros. */
    private static final long[] TWO_OVER_PI = {
        0x0000000000000000L, 0xa2f9836e4e441529L, 0xfc2757d1f534ddc0L, 0xdb6295993c439041L,
        0xfe5163abdebbc561L, 0xb7246e3a424dd2e0L, 0x06492eea09d1921cL, 0xfe1deb1cb129a73eL,
        0xe88235f52ebb4484L, 0xe99c7026b45f7e41L, 0x3991d639835339f4L, 0x9c845f8bbdf9283bL,
        0x1ff897ffde05980fL, 0xef2f118b5a0a6d1fL, 0x6d367ecf27cb09b7L, 0x4f463f669e5fea2dL,
        0x7527bac7ebe5f17bL, 0x3d0739f78a5292eaL, 0x6bfb5fb11f8d5d08L, 0x56033046fc7b6babL,
        0xf0cfbc209af4361dL, 0xa9e391615ee61b08L
    };

    private FarAngle() {}

    /** r, not a number of what isn't finite. */
    static double reduced(double x) {
        double product = high(x) * HALF_PI;
        return Math.copySign(0x1p-64, x) * (product + small(x, product)) + 0 * x;
    }

    /** What is left of r when it is rounded. */
    static double rest(double x) {
        double product = high(x) * HALF_PI;
        double small = small(x, product);
        return Math.copySign(0x1p-64, x) * (product - (product + small) + small);
    }

    private static double small(double x, double product) {
        double high = high(x);
        long words = word(x, 1);
        // The rest has no sign: half of it has.
        double rest = ((words << 2 | word(x, 2) >>> 62) >>> 1) * 0x1p-63;
        double low = fraction(x) - (long) high + rest;
        return fma(high, HALF_PI, -product) + fma(high, HALF_PI_REST, low * HALF_PI);
    }

    /** The fraction of a quarter, in 2^-64, rounded to a double. */
    private static double high(double x) {
        return fraction(x);
    }

    private static long fraction(double x) {
        return word(x, 0) << 2 | word(x, 1) >>> 62;
    }

    /** k, but for multiples of 4. */
    static double quarters(double x) {
        long product = word(x, 0);
        double k = (product >>> 62) + (product >>> 61 & 1);
        return x < 0 ? -k : k;
    }

    /** One of the three words, the highest first, of x 2 / pi modulo 4, without the sign. */
    private static long word(double x, int which) {
        long bits = Double.doubleToRawLongBits(x);
        long mantissa = (bits & 0xfffffffffffffL) | 0x10000000000000L;
        // The first bit whose product counts; x isn't finite or small here only where nothing comes of it.
        int first = Math.max(0, Math.min(1035, (int) (bits >>> 52 & 0x7ff) - 1075 + 62));
        long last = digits(first + 128);
        long middle = digits(first + 64);
        long middleLow = mantissa * middle;
        long middleSum = middleLow + high(mantissa, last);
        long carry = Long.compareUnsigned(middleSum, middleLow) < 0 ? 1 : 0;
        return which == 2
                ? mantissa * last
                : which == 1 ? middleSum : mantissa * digits(first) + high(mantissa, middle) + carry;
    }

    /** 64 bits from the given one on. */
    private static long digits(int first) {
        int word = first >> 6;
        int shift = first & 63;
        long next = TWO_OVER_PI[word + 1] >>> 1 >>> (63 - shift);
        return TWO_OVER_PI[word] << shift | next;
    }

    /** The upper half of the product of a positive number and one without a sign. */
    private static long high(long positive, long unsigned) {
        return Math.multiplyHigh(positive, unsigned) + (positive & unsigned >> 63);
    }
}
