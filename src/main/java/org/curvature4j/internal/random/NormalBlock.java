package org.curvature4j.internal.random;

/**
 * Many numbers of a stream at once, with the bits of {@link StandardNormal#value}. All are computed as if they were near the
 * centre, by loops that HotSpot vectorises; then those that aren't, one in seven, are computed again. One by one, each of
 * these takes the processor by surprise.
 */
final class NormalBlock {
    /** Numbers a pass: its arrays stay in the processor's first cache. */
    private static final int LENGTH = 512;

    private final double[] uniform;
    private final double[] argument;
    private final double[] above;
    private final double[] below;
    private final double[] values;
    private final int[] tails;

    /** @param most numbers that are asked for at once */
    NormalBlock(int most) {
        int length = Math.min(LENGTH, most);
        uniform = new double[length];
        argument = new double[length];
        above = new double[length];
        below = new double[length];
        values = new double[length];
        tails = new int[length];
    }

    /** Numbers as {@link StandardNormal#fill} gives them. */
    void fill(long seed, long first, double[] into, int offset, int count) {
        for (int done = 0; done < count; done += LENGTH) {
            pass(seed, first + done, Math.min(LENGTH, count - done));
            System.arraycopy(values, 0, into, offset + done, Math.min(LENGTH, count - done));
        }
    }

    private void pass(long seed, long first, int count) {
        for (int i = 0; i < count; i++) {
            uniform[i] = StandardNormal.uniform(seed, first + i);
        }
        centre(uniform, argument, count);
        polynomial(StandardNormal.CENTRE_ABOVE, argument, above, count);
        polynomial(StandardNormal.CENTRE_BELOW, argument, below, count);
        product(uniform, above, below, values, count);
        tails(findTails(uniform, tails, count));
    }

    private static void centre(double[] uniform, double[] argument, int count) {
        for (int i = 0; i < count; i++) {
            double q = uniform[i] - 0.5;
            argument[i] = StandardNormal.CENTRE_SQUARE - q * q;
        }
    }

    /** Coefficients from the constant on. */
    private static void polynomial(double[] coefficients, double[] argument, double[] values, int count) {
        // Read within the loop, they would be read again after each number that is written.
        double c0 = coefficients[0];
        double c1 = coefficients[1];
        double c2 = coefficients[2];
        double c3 = coefficients[3];
        double c4 = coefficients[4];
        double c5 = coefficients[5];
        double c6 = coefficients[6];
        double c7 = coefficients[7];
        for (int i = 0; i < count; i++) {
            double x = argument[i];
            values[i] = ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0;
        }
    }

    private static void product(double[] uniform, double[] above, double[] below, double[] values, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = (uniform[i] - 0.5) * (above[i] / below[i]);
        }
    }

    /** Which numbers aren't near the centre: without a branch, by the sign of what is left of the way to the border. */
    private static int findTails(double[] uniform, int[] tails, int count) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            tails[found] = i;
            double left = StandardNormal.CENTRE - Math.abs(uniform[i] - 0.5);
            found += (int) (Double.doubleToRawLongBits(left) >>> 63);
        }
        return found;
    }

    private void tails(int found) {
        double largest = 0;
        for (int i = 0; i < found; i++) {
            double p = uniform[tails[i]];
            double root = StandardNormal.root(Math.min(p, 1 - p));
            largest = Math.max(largest, root);
            argument[i] = root - StandardNormal.TAIL_START;
        }
        polynomial(StandardNormal.TAIL_ABOVE, argument, above, found);
        polynomial(StandardNormal.TAIL_BELOW, argument, below, found);
        for (int i = 0; i < found; i++) {
            int at = tails[i];
            values[at] = Math.copySign(above[i] / below[i], uniform[at] - 0.5);
        }
        if (largest > StandardNormal.TAIL_END) {
            for (int i = 0; i < found; i++) {
                values[tails[i]] = StandardNormal.quantile(uniform[tails[i]]);
            }
        }
    }
}
