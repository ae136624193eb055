package org.curvature4j.internal.engine.code;

/**
 * A function computed for many numbers by passes over blocks of them, within 2 units in the last place over the whole
 * range, on processors with a fused multiply-add (x86 since 2013, ARMv8); elsewhere Java emulates it, a hundred times
 * slower. A pass is a loop without calls and branches, short enough to be unrolled: what HotSpot turns into vector
 * instructions. It vectorises neither {@link Math#min} of doubles nor the bit patterns that exponents are taken from and put
 * into, which get passes of their own; and polynomials by Estrin's scheme (Muller, Elementary Functions, section 5.3), but
 * not by Horner's.
 */
public abstract class Blockwise {
    /** Numbers a pass: the arrays of a thread stay in the processor's first cache. */
    static final int BLOCK = 256;

    /** Loops over several arrays vectorise where each is read from its start. */
    static final class Scratch {
        final double[] x = new double[BLOCK];
        final double[] a = new double[BLOCK];
        final double[] b = new double[BLOCK];
    }

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    /** The function of any number. */
    public abstract double of(double x);

    /** Whether the passes compute the function of this number, to the last bit as {@link #of} does. */
    abstract boolean fits(double x);

    /**
     * Computes the function of the first numbers of {@code scratch.x} in their places; what those that don't fit become
     * doesn't matter.
     *
     * @return whether all of them fit
     */
    abstract boolean pass(Scratch scratch, int length);

    /**
     * The function of {@code count} numbers, the same to the last bit as {@link #of(double)}, at a fraction of its cost.
     *
     * @param x arguments, from {@code xFrom} on; not modified unless {@code z} is the same array
     * @param z results, from {@code zFrom} on; may be {@code x} if the two ranges are the same or don't overlap
     */
    public final void of(double[] x, int xFrom, double[] z, int zFrom, int count) {
        Scratch scratch = SCRATCH.get();
        for (int done = 0; done < count; done += BLOCK) {
            int length = Math.min(BLOCK, count - done);
            System.arraycopy(x, xFrom + done, scratch.x, 0, length);
            if (!pass(scratch, length)) {
                for (int i = 0; i < length; i++) {
                    double argument = x[xFrom + done + i];
                    if (!fits(argument)) {
                        scratch.x[i] = of(argument);
                    }
                }
            }
            System.arraycopy(scratch.x, 0, z, zFrom + done, length);
        }
    }

    /** Whether every magnitude is below a bound, by sums, which take one comparison for four numbers; false for NaN. */
    static boolean areAllBelow(double bound, double[] x, int length) {
        int i = 0;
        for (; i + 3 < length; i += 4) {
            if (!(Math.abs(x[i]) + Math.abs(x[i + 1]) + (Math.abs(x[i + 2]) + Math.abs(x[i + 3])) < bound)) {
                return areAllBelowOneByOne(bound, x, length);
            }
        }
        for (; i < length; i++) {
            if (!(Math.abs(x[i]) < bound)) {
                return false;
            }
        }
        return true;
    }

    private static boolean areAllBelowOneByOne(double bound, double[] x, int length) {
        for (int i = 0; i < length; i++) {
            if (!(Math.abs(x[i]) < bound)) {
                return false;
            }
        }
        return true;
    }
}
