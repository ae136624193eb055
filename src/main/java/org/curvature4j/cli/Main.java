package org.curvature4j.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import org.curvature4j.io.Printable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program {@code curvature}. Exit codes: 0 done, 1 the computation was refused or failed, with the reason on the
 * standard error stream, 2 the command line wasn't understood.
 */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        int code = run(arguments, writer(System.out), writer(System.err));
        System.exit(code);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, Charset.defaultCharset());
    }

    /**
     * Runs one command.
     *
     * @param out takes the result
     * @param err takes what went wrong
     * @return the exit code
     */
    public static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(new RootCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setParameterExceptionHandler((wrong, words) -> usage(wrong, err))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command, err));
        CommandLine completion = line.getSubcommands().get("generate-completion");
        if (completion != null) {
            completion.getCommandSpec().usageMessage().hidden(true);
        }
        try {
            return line.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            return Failure.of(e).print(err, List.of(arguments).contains(CommonOptions.VERBOSE), e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    private static int usage(ParameterException wrong, PrintWriter err) {
        CommandLine command = wrong.getCommandLine();
        err.println(Printable.text(Failure.PREFIX + wrong.getMessage()));
        UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
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
