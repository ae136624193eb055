package org.curvature4j.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.curvature4j.internal.cli.CommandRun;
import org.curvature4j.internal.cli.report.StandardOutput;

/**
 * The program {@code curvature}. Exit codes: 0 done, 1 the computation was refused or failed, with the reason on the
 * standard error stream, 2 the command line can't be meant. What files hold, and whether it fits, is never told by 2.
 */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        StandardOutput out = new StandardOutput();
        int code = new CommandRun(writer(out), writer(System.err)).run(List.of(arguments), out::problem);
        System.exit(code);
    }

    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, Charset.defaultCharset()), true);
    }

    /**
     * Runs one command.
     *
     * @param out takes the result
     * @param err takes what went wrong
     * @return the exit code
     */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandRun(out, err).run(List.of(arguments));
    }
}
