package org.curvature4j.spectrum;

/** Reads what {@link StateWriter} wrote, and refuses what it didn't. */
final class StateReader {
    private final String what;
    private final long[] numbers;
    private int at;

    /** @param what as in "a summary of spectra" */
    StateReader(String what, long... numbers) {
        this.what = what;
        this.numbers = numbers;
    }

    /** @throws IllegalArgumentException if it isn't so */
    void require(boolean right) {
        if (!right) {
            throw new IllegalArgumentException("summary: expected the state of " + what + ", got other numbers"
                    + " (was it damaged, or written by another version?)");
        }
    }

    long next() {
        require(at < numbers.length);
        return numbers[at++];
    }

    /** The next, which lies in a range. */
    long next(long least, long most) {
        long number = next();
        require(number >= least && number <= most);
        return number;
    }

    /** The next, of which there are at least as many numbers left. */
    long count() {
        return next(0, numbers.length - at - 1L);
    }

    double nextDouble() {
        return Double.longBitsToDouble(next());
    }

    double[] doubles(int count) {
        require(count <= numbers.length - at);
        double[] some = new double[count];
        for (int i = 0; i < count; i++) {
            some[i] = nextDouble();
        }
        return some;
    }

    boolean isAtEnd() {
        return at == numbers.length;
    }
}
