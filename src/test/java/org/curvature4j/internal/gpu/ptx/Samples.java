package org.curvature4j.internal.gpu.ptx;

/** Kernels for the tests: each group of instructions, computed by the JVM and by a device. */
final class Samples {
    private static final double ROOT = Math.sqrt(2);
    private static final double[] TABLE = {1, -0.0, Double.NaN, 1e300};
    private static final long[] LONGS = {Long.MIN_VALUE, 7};

    private Samples() {}

    static double doubles(double x, double y) {
        double sum = x + y * ROOT - x / y;
        double fused = Math.fma(x, y, -sum);
        return Math.max(Math.min(fused, Math.abs(y)), Math.rint(x) + Math.floor(x) * Math.ceil(y))
                + Math.sqrt(Math.abs(sum))
                + Math.copySign(x, y)
                + Math.signum(y);
    }

    static double floats(double x, double y) {
        float a = (float) x;
        float b = (float) y;
        return Math.max(a * b, a / b) + Math.fma(a, b, 1f) - Math.min(-a, b) + (int) a + (long) b + Math.abs(a);
    }

    static long longs(long x, long y, int n) {
        long a = x * y + (x ^ y) - ((x & ~y) | 5L);
        a += x << n;
        a ^= y >> n;
        a ^= a >>> (64 - n);
        return Long.rotateLeft(a, 13) / (y | 1) % 1000003
                + Math.multiplyHigh(x, y)
                + Math.max(x, y)
                + Long.numberOfLeadingZeros(y);
    }

    static long ints(int x, int y) {
        int a = x * y + (x ^ y) - ((x & ~y) | 5);
        a += x << y;
        a ^= y >> x;
        a ^= a >>> x;
        a = -a;
        int sum = (byte) a + (short) x + (char) y + a / (y | 1) + x % (y | 1);
        return sum;
    }

    static long casts(double x) {
        return (int) x + ((long) x) * 3 + Math.getExponent(x) + (long) (float) x + (Double.isNaN(x) ? 11 : 0);
    }

    @SuppressWarnings("CompareToZero") // that the JVM and a device give the same number is what is tested
    static double branches(double x, double y) {
        double sum = x < y ? 1 : 2;
        sum += x <= y ? 4 : 8;
        sum += x > y ? 16 : 32;
        sum += x >= y ? 64 : 128;
        sum += x == y ? 256 : 512;
        sum += x != y ? 1024 : 2048;
        boolean both = (x < 1 && !(y > 2)) || Double.isNaN(x);
        return (both ? sum : -sum) + Double.compare(x, y);
    }

    static double loops(double x, int n) {
        double[] powers = new double[8];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * x;
        }
        double sum = 0;
        int k = 0;
        while (true) {
            if (k == n) {
                break;
            }
            sum += powers[k++ & 7] * TABLE[k & 3 & 1];
            powers[k & 7] -= sum;
        }
        do {
            sum = sum * 0.5;
        } while (sum > 100);
        return sum + LONGS[n & 1] + sum(powers, n & 7);
    }

    private static double sum(double[] x, int count) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += x[i];
        }
        return sum;
    }

    static double switches(int n) {
        double x =
                switch (n) {
                    case 0 -> 3;
                    case 1 -> 5;
                    case 1000 -> 7;
                    default -> Math.scalb(1.1, n);
                };
        return x + (n > 3 ? n > 5 ? 1 : 2 : n < -3 ? 3 : 4);
    }

    /** Everything above, a thread for each row of arguments. */
    static void all(double[] x, double[] y, long[] a, long[] b, double[] z, long[] c, long rows) {
        long index = Threads.index();
        if (index >= rows) {
            return;
        }
        int i = (int) index;
        z[8 * i] = doubles(x[i], y[i]);
        z[8 * i + 1] = floats(x[i], y[i]);
        z[8 * i + 2] = branches(x[i], y[i]);
        z[8 * i + 3] = loops(x[i], (int) a[i] & 63);
        z[8 * i + 4] = switches((int) a[i]);
        double[] own = Threads.from(z, 8 * index);
        own[5] = x[i];
        c[4 * i] = longs(a[i], b[i], (int) a[i]);
        c[4 * i + 1] = ints((int) a[i], (int) b[i]);
        c[4 * i + 2] = casts(x[i]);
    }

    /** Sums over a block by shared memory, and by shuffles and an atomic addition over all. */
    static void sums(double[] x, double[] z, long[] count, int n, double scale) {
        double[] shared = Threads.shared(64);
        int thread = Threads.inBlock();
        shared[thread] = Threads.index() < n ? Threads.from(x, Threads.index())[0] * scale : 0;
        Threads.barrier();
        for (int half = Threads.blockSize() / 2; half > 0; half /= 2) {
            if (thread < half) {
                shared[thread] += shared[thread + half];
            }
            Threads.barrier();
        }
        double swapped = Threads.shuffle(shared[0] + thread, Threads.lane() ^ 1);
        Threads.from(z, Threads.index())[0] = swapped;
        Threads.add(count, 0, thread);
        Threads.lower(count, 1, thread - 5L);
    }

    /** Too long to be written out twice; its array is in memory of the device or of the thread. */
    static void functions(double[] z, int one) {
        double[] own = new double[2];
        own[1] = z[1];
        z[0] = z[0] > 1 ? mixed(z, one) + mixed(own, one) : 0;
        z[1] = mixed(z, one - 1);
    }

    private static double mixed(double[] z, int at) {
        double x = z[at];
        x = x * x + 1 - x / 3 * x - 1 + x * 7 - x / 5;
        x = x * x + 2 - x / 3 * x - 1 + x * 7 - x / 6;
        x = x * x + 3 - x / 3 * x - 1 + x * 7 - x / 7;
        x = x * x + 4 - x / 3 * x - 1 + x * 7 - x / 8;
        x = x * x + 5 - x / 3 * x - 1 + x * 7 - x / 9;
        x = x * x + 6 - x / 3 * x - 1 + x * 7 - x / 2;
        x = x * x + 7 - x / 4 * x - 2 + x * 7 - x / 3;
        x = x * x + 8 - x / 4 * x - 2 + x * 7 - x / 4;
        z[at] = x;
        return Math.max(x, 1e-3) + at;
    }
}
