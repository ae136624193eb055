package org.curvature4j.cli;

import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.CurvatureCommand;
import org.curvature4j.internal.cli.RootCommand;
import org.curvature4j.internal.cli.UsageMessage;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.Program;
import org.curvature4j.internal.cli.report.StandardOutput;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.io.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/**
 * The program {@code curvature}. Exit codes: 0 done, 1 the computation was refused or failed, with the reason on the
 * standard error stream, 2 the command line can't be meant. What files hold, and whether it fits, is never told by 2.
 */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        StandardOutput out = new StandardOutput();
        int code = run(arguments, writer(out), writer(System.err), out::problem);
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
        return run(arguments, out, err, () -> StandardOutput.LOST);
    }

    /** @param problem in words, if {@code out} fails; empty where nobody need hear of it */
    private static int run(String[] arguments, PrintWriter out, PrintWriter err, Supplier<String> problem) {
        int code = execute(arguments, out, err);
        if (out.checkError()) {
            String words = problem.get();
            if (!words.isEmpty()) {
                err.println(Failure.PREFIX + words);
            }
            code = code == CommandLine.ExitCode.OK ? CommandLine.ExitCode.SOFTWARE : code;
        }
        err.flush();
        return code;
    }

    private static int execute(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = RootCommand.line(List.of(arguments))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((wrong, words) -> usage(wrong, err))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command, err));
        Values.register(line);
        Choice.register(line);
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            return Failure.of(e).print(err, List.of(arguments).contains(Failure.VERBOSE), e);
        }
    }

    private static int usage(ParameterException problem, PrintWriter err) {
        CommandLine command = problem.getCommandLine();
        err.println(Printable.text(Failure.PREFIX + UsageMessage.of(problem)));
        String name = command.getCommandSpec().qualifiedName().substring(Program.NAME.length());
        err.println("Try '" + Words.shell(Program.called()) + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private static int report(Exception failure, CommandLine command, PrintWriter err) {
        if (failure instanceof UsageException) {
            return usage(new ParameterException(command, String.valueOf(failure.getMessage())), err);
        }
        boolean verbose = command.getCommand() instanceof CurvatureCommand ours && ours.verbose();
        return Failure.of(failure).print(err, verbose, failure);
    }
}
