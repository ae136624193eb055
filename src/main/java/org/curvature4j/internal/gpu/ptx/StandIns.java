package org.curvature4j.internal.gpu.ptx;

/** Methods of {@link Math} that PTX has no instruction for, from such as it has; the same bits. */
final class StandIns {
    private static final long EXPONENT = 0x7ffL;

    private StandIns() {}

    static double signum(double x) {
        return x == 0 || Double.isNaN(x) ? x : Math.copySign(1, x);
    }

    static float signum(float x) {
        return x == 0 || Float.isNaN(x) ? x : Math.copySign(1f, x);
    }

    static int getExponent(double x) {
        return (int) (Double.doubleToRawLongBits(x) >>> 52 & EXPONENT) - Double.MAX_EXPONENT;
    }

    /** Three powers of two reach from the largest number to the smallest, and only the last product rounds. */
    static double scalb(double x, int power) {
        int left = Math.max(-2100, Math.min(2100, power));
        int first = Math.max(-969, Math.min(969, left));
        int second = Math.max(-969, Math.min(969, left - first));
        return x * power(first) * power(second) * power(left - first - second);
    }

    private static double power(int exponent) {
        return Double.longBitsToDouble((long) (exponent + Double.MAX_EXPONENT) << 52);
    }
}
