package org.curvature4j.internal.engine.tile;

/** That a function takes more memory than the settings allow, as the message says: there may be another way to compute it. */
public final class DoesNotFit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /**
     * @param what the function's name
     * @param least bytes that it takes
     * @param given bytes that there are
     */
    public DoesNotFit(String what, long least, long given) {
        super("memory: expected at least " + kibibytes(least + 1023) + " a worker for " + what + ", got "
                + kibibytes(given)
                + " (--memory or -Dcurvature4j.memory raises it, and of fewer --threads each gets more)");
    }

    private static String kibibytes(long bytes) {
        return bytes < 1 << 10 ? bytes + " bytes" : (bytes >> 10) + "k";
    }
}
