package org.curvature4j.internal.host;

/**
 * How a thread waits for what will soon be there: batches, and steps of one, often follow each other, and to wake a thread that
 * sleeps takes 5 us, on a virtual machine whose processor sleeps then 50.
 */
final class Alert {
    private static final long SPINNING_NANOS = 20_000;

    private static final long AWAKE_NANOS = 200_000;

    private Alert() {}

    /**
     * Waits a moment; other threads that want the processor get it.
     *
     * @param since when the waiting began, of {@link System#nanoTime}
     * @return false, at once, if that is so long ago that the thread should sleep
     */
    @SuppressWarnings("ThreadPriorityCheck")
    static boolean waits(long since) {
        long waited = System.nanoTime() - since;
        if (waited < SPINNING_NANOS) {
            Thread.onSpinWait();
        } else if (waited < AWAKE_NANOS) {
            Thread.yield();
        }
        return waited < AWAKE_NANOS;
    }
}
