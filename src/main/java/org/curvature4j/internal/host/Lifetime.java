package org.curvature4j.internal.host;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How long something that owns memory may be used, from any number of threads: until it is closed. Uses under way then come
 * to their end, and the last one frees the memory; later ones are refused. Closing again does nothing. Nobody waits, so that
 * closing from inside a use is safe too.
 */
public final class Lifetime implements AutoCloseable {
    /** Beside this, the bits of {@link #state} count the uses under way. */
    private static final int CLOSED = Integer.MIN_VALUE;

    private final String name;
    private final Runnable freeing;
    private final AtomicInteger state = new AtomicInteger();

    /**
     * @param name of what lives, for messages
     * @param freeing frees its memory; run once
     */
    public Lifetime(String name, Runnable freeing) {
        this.name = name;
        this.freeing = freeing;
    }

    /**
     * Begins a use, which {@link #exit} ends.
     *
     * @throws IllegalStateException after closing
     */
    public void enter() {
        int now;
        do {
            now = state.get();
            if (now < 0) {
                throw closed(name);
            }
        } while (!state.compareAndSet(now, now + 1));
    }

    /**
     * Runs a use.
     *
     * @throws IllegalStateException after closing
     */
    public void use(Runnable task) {
        enter();
        try {
            task.run();
        } finally {
            exit();
        }
    }

    /**
     * For what holds no memory while it runs.
     *
     * @throws IllegalStateException after closing
     */
    public void requireOpen() {
        if (state.get() < 0) {
            throw closed(name);
        }
    }

    /** Ends a use. */
    public void exit() {
        if (state.decrementAndGet() == CLOSED) {
            freeing.run();
        }
    }

    /** What is said of something used after it was closed. */
    public static IllegalStateException closed(String name) {
        return new IllegalStateException(name + ": expected an open one, got one that was closed");
    }

    @Override
    public void close() {
        if (state.getAndUpdate(now -> now | CLOSED) == 0) {
            freeing.run();
        }
    }
}
