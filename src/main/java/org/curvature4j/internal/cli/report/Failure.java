package org.curvature4j.internal.cli.report;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CancellationException;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.io.DataFileException;
import org.curvature4j.spectrum.UnverifiedResultException;
import picocli.CommandLine.ExitCode;

/**
 * Why a command failed, in words: the reason where the project refused a computation, one line and where to turn for
 * everything else.
 */
public record Failure(String message) {
    /** What every message begins with. */
    public static final String PREFIX = "curvature: ";

    /** The option that asks for more than the message. */
    public static final String VERBOSE = "--verbose";

    private static final String MEMORY = "more of it: JAVA_OPTS=-Xmx8g for Java's heap; for ND4J's arrays"
            + " JAVA_OPTS=-Dorg.bytedeco.javacpp.maxphysicalbytes=16g";

    public static Failure of(Throwable cause) {
        if (cause instanceof OutOfMemoryError) {
            return new Failure("out of memory: " + cause.getMessage() + " (" + MEMORY + ")");
        }
        if (cause instanceof StackOverflowError) {
            return new Failure("out of stack: the graph is deeper than the thread's stack (JAVA_OPTS=-Xss64m)");
        }
        if (cause instanceof InvalidPathException path) {
            return new Failure("file name: expected one that this system can have, got '"
                    + Printable.name(path.getInput()) + "': " + path.getReason()
                    + " (names beyond ASCII need a locale such as LC_ALL=C.UTF-8)");
        }
        String message = cause.getMessage();
        boolean refusal = cause instanceof IllegalArgumentException
                || cause instanceof IllegalStateException
                || cause instanceof DataFileException
                || cause instanceof DriverException
                || cause instanceof UnverifiedResultException
                || cause instanceof CancellationException
                || cause instanceof IOException;
        if (refusal && message != null) {
            return new Failure(message);
        }
        return new Failure("internal error: " + cause + " (please report it; " + VERBOSE + " shows where it happened)");
    }

    /** Prints the message, and the stack trace if it is asked for; returns the exit code. */
    public int print(PrintWriter err, boolean verbose, Throwable cause) {
        err.println(Printable.text(PREFIX + message));
        if (verbose) {
            cause.printStackTrace(err);
        }
        return ExitCode.SOFTWARE;
    }
}
