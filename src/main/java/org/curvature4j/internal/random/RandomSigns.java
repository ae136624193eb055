package org.curvature4j.internal.random;

/** Random signs that are functions of a seed and an index alone, as {@link StandardNormal}'s numbers are, 64 from one draw. */
public final class RandomSigns {
    private RandomSigns() {}

    /**
     * Signs {@code first} to {@code first + count - 1} of the stream of a seed, each +1 or -1.
     *
     * @param first at least 0
     * @param into takes the signs from {@code offset} on
     */
    public static void fill(long seed, long first, double[] into, int offset, int count) {
        long bits = 0;
        for (int i = 0; i < count; i++) {
            long index = first + i;
            if (i == 0 || (index & 63) == 0) {
                bits = StandardNormal.bits(seed, index >>> 6);
            }
            into[offset + i] = (bits >>> (index & 63) & 1) == 0 ? 1 : -1;
        }
    }
}
