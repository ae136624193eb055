package org.curvature4j.internal.gpu;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for a device by asking again and again, since a driver that is told to wait can't be told to stop: where no display
 * hangs on a card, nothing else ends a kernel that never ends. The pauses are a sixteenth of the time waited, so that short
 * kernels lose microseconds and long ones cost no core.
 */
final class Patience {
    private static final int SHARE = 16;
    private static final long LONGEST_PAUSE = 1_000_000;

    /** Below, a thread that sleeps would oversleep. */
    private static final long SHORTEST_SLEEP = 100_000;

    /** Who interrupts what takes no longer than this gets the result, as on the CPU. */
    private static final long DEAF = 1_000_000_000;

    private static volatile long most = Duration.ofMinutes(10).toNanos();

    private Patience() {}

    /** How a wait ended. */
    enum End {
        DONE,
        TOO_LONG,
        INTERRUPTED
    }

    /** For waits that begin from now on. */
    static void atMost(Duration duration) {
        most = duration.isZero() ? Long.MAX_VALUE : duration.toNanos();
    }

    static Duration most() {
        return Duration.ofNanos(most);
    }

    /** Waits; an interrupt stays set. */
    static End await(BooleanSupplier done) {
        boolean interrupted = false;
        long start = System.nanoTime();
        long limit = most;
        try {
            while (!done.getAsBoolean()) {
                long waited = System.nanoTime() - start;
                interrupted |= Thread.interrupted();
                if (interrupted && waited > Math.min(DEAF, limit)) {
                    return End.INTERRUPTED;
                } else if (waited > limit) {
                    return End.TOO_LONG;
                }
                pause(Math.min(waited / SHARE, LONGEST_PAUSE));
            }
            return End.DONE;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void pause(long nanos) {
        if (nanos >= SHORTEST_SLEEP) {
            LockSupport.parkNanos(nanos);
            return;
        }
        long start = System.nanoTime();
        do {
            Thread.onSpinWait();
        } while (System.nanoTime() - start < nanos);
    }
}
