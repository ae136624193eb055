package org.curvature4j.internal.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.curvature4j.internal.cli.report.NearMiss;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in the words of all messages: what was expected, what was got, what may be meant. */
public final class UsageMessage {
    private static final Pattern ARGUMENT = Pattern.compile("^([a-z]+(?: [a-z]+)*): expected ");

    private UsageMessage() {}

    /** The message, without what program it is from. */
    public static String of(ParameterException problem) {
        CommandLine command = problem.getCommandLine();
        List<String> unknown = command.getUnmatchedArguments().stream()
                .filter(word -> word.startsWith("-"))
                .toList();
        // An option that is missing may be the one whose name was misspelt.
        if (!unknown.isEmpty()
                && (problem instanceof MissingParameterException || problem instanceof UnmatchedArgumentException)) {
            return unknownOption(command, unknown.get(0));
        }
        if (problem instanceof UnmatchedArgumentException unmatched) {
            return unknownWord(command, unmatched.getUnmatched().get(0));
        }
        if (problem instanceof MissingParameterException missing) {
            return missing.getMissing().stream().map(UsageMessage::missing).collect(Collectors.joining("; "));
        }
        if (problem instanceof OverwrittenOptionException twice
                && twice.getOverwritten() instanceof OptionSpec option) {
            return again(option.longestName());
        }
        if (problem.getArgSpec() instanceof OptionSpec option) {
            String name = option.longestName();
            if (problem.getCause() instanceof TypeConversionException reason) {
                return name + ": " + reason.getMessage();
            }
            if (option.typeInfo().isMap() && !String.valueOf(problem.getValue()).contains("=")) {
                return name + ": expected " + option.paramLabel() + ", got '" + problem.getValue() + "'";
            }
        }
        return String.valueOf(problem.getMessage());
    }

    /**
     * What the library refused, by the option that it comes from: its messages begin with an argument's name, as in {@code
     * count: expected ...}.
     */
    static RuntimeException byOption(CommandSpec command, RuntimeException refusal) {
        String message = String.valueOf(refusal.getMessage());
        Matcher matcher = ARGUMENT.matcher(message);
        String option = matcher.find() ? "--" + matcher.group(1).replace(' ', '-') : "";
        boolean isGiven = command.findOption(option) != null
                && command.commandLine().getParseResult().hasMatchedOption(option);
        return isGiven ? new IllegalArgumentException(option + message.substring(matcher.end(1)), refusal) : refusal;
    }

    /** An option that may be given once was given twice. */
    static String again(String name) {
        return name + ": expected once, got again";
    }

    private static String unknownOption(CommandLine command, String word) {
        String name = word.split("=", 2)[0];
        List<String> names = command.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
        return name + ": unknown option" + NearMiss.hint(name, names);
    }

    private static String unknownWord(CommandLine command, String word) {
        List<String> names = new ArrayList<>(command.getSubcommands().keySet());
        return names.isEmpty()
                ? "expected options, got '" + word + "'"
                : "expected a command, got '" + word + "'" + NearMiss.hint(word, names);
    }

    private static String missing(ArgSpec argument) {
        String name = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
        return name + ": expected " + argument.paramLabel() + ", got none";
    }
}
