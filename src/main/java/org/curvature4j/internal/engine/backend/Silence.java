package org.curvature4j.internal.engine.backend;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** Keeps what ND4J prints of itself while it starts out of the user's sight. */
final class Silence {

    private Silence() {}

    /**
     * Runs a task while nothing reaches {@code System.out} and {@code System.err}, of any thread: kept to ND4J's static
     * initialiser for that reason.
     *
     * @return what the task returns
     */
    static <T> T during(Supplier<T> task) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try {
            System.setOut(nowhere);
            System.setErr(nowhere);
            return task.get();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }
}
