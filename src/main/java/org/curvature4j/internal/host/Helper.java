package org.curvature4j.internal.host;

import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that helps whoever asks, one task at a time, and is kept for the next one: to start a thread takes 50 to
 * 100 us, to wake one 5. It ends after a while without work.
 */
final class Helper implements Runnable {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** What takes the place of a task where there is none. */
    private enum State implements Runnable {
        NONE,
        ENDED;

        @Override
        public void run() {
            throw new IllegalStateException("helper: expected a task, got " + this);
        }
    }

    /** Those without work, the last used first. Whoever takes one out of it may give it a task. */
    private static final ConcurrentLinkedDeque<Helper> IDLE = new ConcurrentLinkedDeque<>();

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final AtomicReference<Runnable> task;
    private final Thread thread;

    private Helper(Runnable first) {
        task = new AtomicReference<>(first);
        thread = new Thread(null, this, "curvature4j-worker-" + STARTED.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(Helper.class.getClassLoader());
    }

    /**
     * Runs a task, which must not throw, on another thread soon.
     *
     * @throws OutOfMemoryError if the system gives no more threads
     */
    static void run(Runnable task) {
        for (Helper idle = IDLE.poll(); idle != null; idle = IDLE.poll()) {
            if (idle.task.compareAndSet(State.NONE, task)) {
                LockSupport.unpark(idle.thread);
                return;
            }
        }
        new Helper(task).thread.start();
    }

    @Override
    public void run() {
        for (Runnable next = current(); next != State.ENDED; next = awaited()) {
            next.run();
            // What a task left behind must not disturb the next one.
            Thread.interrupted();
            task.set(State.NONE);
            IDLE.push(this);
        }
    }

    private Runnable awaited() {
        long since = System.nanoTime();
        while (task.get() == State.NONE) {
            if (Alert.waits(since)) {
                continue;
            }
            long left = KEPT_NANOS - (System.nanoTime() - since);
            if (left > 0) {
                LockSupport.parkNanos(this, left);
            } else if (task.compareAndSet(State.NONE, State.ENDED)) {
                IDLE.remove(this);
            }
        }
        return current();
    }

    private Runnable current() {
        return Objects.requireNonNull(task.get());
    }
}
