package org.curvature4j.internal.cli.shell;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.internal.cli.options.Choice;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Scripts that have a shell complete the names of commands, of options, and of what can be chosen by an option. */
public final class Completion {
    /** The shells that there is one for. */
    public static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    private Completion() {}

    /**
     * The script for one of {@link #SHELLS}.
     *
     * @param root with all commands
     */
    public static String script(String shell, CommandLine root) {
        return switch (shell) {
            case "bash" -> bash(root);
            case "zsh" -> zsh(root);
            default -> fish(root);
        };
    }

    private static String bash(CommandLine root) {
        String script = AutoComplete.bash(root.getCommandName(), root);
        for (CommandLine command : commands(root)) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                // picocli takes the names of Java's constants.
                List<String> names = Choice.names(option.type());
                if (!names.isEmpty()) {
                    String end = " # " + option.longestName() + " values";
                    script = script.replace(array(option.completionCandidates()) + end, array(names) + end);
                }
            }
        }
        return script;
    }

    private static String array(Iterable<String> words) {
        return "(\"" + String.join("\" \"", words) + "\")";
    }

    /** As a function that zsh loads when it first completes: defines that of bash, and answers by it. */
    private static String zsh(CommandLine root) {
        String name = root.getCommandName();
        return "#compdef " + name + "\n" + bash(root) + "\n_bash_complete -o default -F _complete_" + name + "\n";
    }

    private static String fish(CommandLine root) {
        String complete = "complete -c " + root.getCommandName();
        StringBuilder script = new StringBuilder(complete + " -f\n");
        for (CommandLine command : commands(root)) {
            CommandSpec spec = command.getCommandSpec();
            script.append(complete)
                    .append(" -n __fish_use_subcommand -a ")
                    .append(spec.name())
                    .append(" -d ")
                    .append(quoted(spec.usageMessage().description()[0]))
                    .append('\n');
            for (OptionSpec option : spec.options()) {
                script.append(complete)
                        .append(" -n '__fish_seen_subcommand_from ")
                        .append(spec.name())
                        .append("' -l ")
                        .append(option.longestName().substring(2))
                        .append(value(option))
                        .append(" -d ")
                        .append(quoted(option.description()[0]))
                        .append('\n');
            }
        }
        return script.toString();
    }

    /** What may follow an option: nothing, one of several words, a file, or what only the user knows. */
    private static String value(OptionSpec option) {
        if (option.arity().max() == 0) {
            return "";
        }
        List<String> names = names(option);
        if (!names.isEmpty()) {
            return " -x -a " + quoted(String.join(" ", names));
        }
        return option.paramLabel().matches(".*(FILE|DIR).*") ? " -r -F" : " -x";
    }

    /** What can be chosen by an option; none where that is no short list. */
    private static List<String> names(OptionSpec option) {
        List<String> names = Choice.names(option.type());
        if (!names.isEmpty() || option.completionCandidates() == null) {
            return names;
        }
        List<String> candidates = new ArrayList<>();
        option.completionCandidates().forEach(candidates::add);
        return candidates;
    }

    static List<CommandLine> commands(CommandLine root) {
        return root.getSubcommands().values().stream()
                .filter(command -> !command.getCommandSpec().usageMessage().hidden())
                .toList();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
