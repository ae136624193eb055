package org.curvature4j.internal.io;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Work that a program does when it is told to stop (Ctrl-C), what came last first: what holds a file ends before what
 * guards it. Close it when there is nothing left to do. While there is no such work, the JVM has no hook for it.
 */
public final class AtExit implements AutoCloseable {
    private static final Deque<AtExit> PENDING = new ArrayDeque<>();

    private static @Nullable Thread hook;

    private final Runnable work;

    private AtExit(Runnable work) {
        this.work = work;
    }

    /** Remembers some work; during the program's end it is too late for more, and it isn't done. */
    public static AtExit run(Runnable work) {
        AtExit added = new AtExit(work);
        synchronized (PENDING) {
            try {
                if (hook == null) {
                    Thread thread = new Thread(AtExit::runAll, "curvature-exit");
                    Runtime.getRuntime().addShutdownHook(thread);
                    hook = thread;
                }
                PENDING.push(added);
            } catch (IllegalStateException e) {
                // The program is ending.
                return added;
            }
        }
        return added;
    }

    private static void runAll() {
        for (AtExit next = poll(); next != null; next = poll()) {
            next.work.run();
        }
    }

    private static @Nullable AtExit poll() {
        synchronized (PENDING) {
            return PENDING.poll();
        }
    }

    @Override
    public void close() {
        synchronized (PENDING) {
            PENDING.remove(this);
            if (PENDING.isEmpty() && hook != null) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                    hook = null;
                } catch (IllegalStateException e) {
                    // The program is ending: the hook is about to find that there is nothing to do.
                    return;
                }
            }
        }
    }
}
