package org.curvature4j;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs a test where the stack is small, so that recursion over the size of a graph overflows it at modest sizes. */
public final class SmallStack {
    private static final long BYTES = 256 << 10;

    /** What may throw. */
    public interface Body {
        void run() throws Exception;
    }

    private SmallStack() {}

    public static void run(Body body) throws InterruptedException {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                null,
                () -> {
                    try {
                        body.run();
                    } catch (Throwable e) {
                        thrown.set(e);
                    }
                },
                "small stack",
                BYTES);
        thread.start();
        thread.join();
        Throwable failure = thrown.get();
        if (failure != null) {
            throw new AssertionError(failure.toString(), failure);
        }
    }
}
