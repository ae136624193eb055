package org.curvature4j.internal.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.internal.cli.options.Values;
import org.curvature4j.internal.cli.report.Failure;
import org.curvature4j.internal.cli.report.Program;
import org.curvature4j.internal.cli.report.StandardOutput;
import org.curvature4j.internal.cli.report.UsageException;
import org.curvature4j.internal.cli.report.Words;
import org.curvature4j.internal.cli.run.Computation;
import org.curvature4j.internal.io.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;

/** One run of the command line: parses, computes, reports, and tells what went wrong. */
public final class CommandRun {
    private final PrintWriter out;
    private final PrintWriter err;
    private BatchCommand.@Nullable Elsewhere elsewhere;
    private Function<String, RowFile> rows = Values::rows;

    /**
     * @param out takes the result
     * @param err takes what went wrong
     */
    public CommandRun(PrintWriter out, PrintWriter err) {
        this.out = out;
        this.err = err;
    }

    /** Has batches computed by shards; commands that don't compute any are refused. */
    public CommandRun elsewhere(BatchCommand.Elsewhere where) {
        elsewhere = where;
        return this;
    }

    /** Has names of rows mean what is said here: such as those of points. */
    public CommandRun rows(Function<String, RowFile> named) {
        rows = named;
        return this;
    }

    /** Runs one command and returns its exit code. */
    public int run(List<String> arguments) {
        return run(arguments, () -> StandardOutput.LOST);
    }

    /** @param problem in words, if the writer of results fails; empty where nobody need hear of it */
    public int run(List<String> arguments, Supplier<String> problem) {
        int code = execute(arguments);
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

    /**
     * What a command line computes, opened but not run; its settings stay those of this JVM.
     *
     * @param rows what names of rows mean
     * @return the caller closes it
     * @throws IllegalArgumentException if the command doesn't compute a batch, or it can't be opened
     */
    public static Computation open(List<String> arguments, Function<String, RowFile> rows) {
        CommandLine line = line(arguments, rows);
        BatchCommand command = batch(line, arguments);
        line.parseArgs(arguments.toArray(String[]::new));
        return command.openApart();
    }

    private static CommandLine line(List<String> arguments, Function<String, RowFile> rows) {
        CommandLine line = RootCommand.line(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        Values.register(line, rows);
        Choice.register(line);
        return line;
    }

    private static BatchCommand batch(CommandLine line, List<String> arguments) {
        String name = arguments.isEmpty() ? "none" : arguments.get(0);
        @Nullable CommandLine command = line.getSubcommands().get(name);
        if (command != null && command.getCommand() instanceof BatchCommand batch) {
            return batch;
        }
        List<String> batches = RootCommand.line(List.of()).getSubcommands().entrySet().stream()
                .filter(entry -> entry.getValue().getCommand() instanceof BatchCommand)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        throw new UsageException(
                "command: expected one that computes a batch, of " + batches + ", got " + Words.shell(name));
    }

    private int execute(List<String> arguments) {
        CommandLine line = line(arguments, rows)
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler((wrong, words) -> usage(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> report(failure, command));
        BatchCommand.Elsewhere where = elsewhere;
        if (where != null) {
            try {
                batch(line, arguments).computeBy(where);
            } catch (UsageException e) {
                return usage(new ParameterException(line, String.valueOf(e.getMessage())));
            }
        }
        try {
            return line.execute(arguments.toArray(String[]::new));
        } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
            return Failure.of(e).print(err, arguments.contains(Failure.VERBOSE), e);
        }
    }

    private int usage(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        err.println(Printable.text(Failure.PREFIX + UsageMessage.of(problem)));
        String name = command.getCommandSpec().qualifiedName().substring(Program.NAME.length());
        err.println("Try '" + Words.shell(Program.called()) + name + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    private int report(Exception failure, CommandLine command) {
        if (failure instanceof UsageException) {
            return usage(new ParameterException(command, String.valueOf(failure.getMessage())));
        }
        boolean verbose = command.getCommand() instanceof CurvatureCommand ours && ours.verbose();
        return Failure.of(failure).print(err, verbose, failure);
    }
}
