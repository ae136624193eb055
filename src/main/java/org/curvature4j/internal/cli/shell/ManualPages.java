package org.curvature4j.internal.cli.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.curvature4j.internal.engine.backend.Versions;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Pages for man, in the macros of man(7): what {@code --help} says, laid out for a reader of pages. */
public final class ManualPages {
    private static final String USAGE = "Usage: ";

    private static final List<String> EXIT_CODES = List.of(
            "0", "Done.",
            "1", "The computation or the data was refused, with the reason on the error stream.",
            "2", "The command line can't be meant.");

    private final StringBuilder text = new StringBuilder();

    private ManualPages() {}

    /**
     * All pages.
     *
     * @param root with all commands
     * @return the text of each by its name, such as {@code curvature-hessian}
     */
    public static Map<String, String> of(CommandLine root) {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put(root.getCommandName(), new ManualPages().root(root));
        for (CommandLine command : Completion.commands(root)) {
            pages.put(name(command), new ManualPages().command(command, root.getCommandName()));
        }
        return pages;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private String root(CommandLine root) {
        begin(root);
        section("Synopsis");
        line(root.getCommandName() + " COMMAND [OPTION]...");
        section("Commands");
        for (CommandLine command : Completion.commands(root)) {
            tagged("\\fB" + escaped(command.getCommandName()) + "\\fR", summary(command));
        }
        options("Options", root.getCommandSpec().options());
        end(root);
        section("See also");
        line(String.join(
                ", ",
                Completion.commands(root).stream()
                        .map(ManualPages::name)
                        .map(page -> page + "(1)")
                        .toList()));
        return text.toString();
    }

    private String command(CommandLine command, String root) {
        CommandSpec spec = command.getCommandSpec();
        begin(command);
        section("Synopsis");
        // Help puts "Usage: " before the first line and its width before the others.
        verbatim(Arrays.stream(spec.usageMessage().customSynopsis())
                .map(line -> line.replaceFirst("^ {" + USAGE.length() + "}", ""))
                .toArray(String[]::new));
        section("Description");
        Arrays.stream(spec.usageMessage().description()).forEach(this::line);
        List<OptionSpec> own = new ArrayList<>(spec.options());
        Set<OptionSpec> grouped = new HashSet<>();
        spec.argGroups().forEach(group -> grouped.addAll(group.allOptionsNested()));
        own.removeAll(grouped);
        options("Options", own);
        spec.argGroups().stream()
                .filter(group -> group.heading() != null)
                .sorted((one, other) -> Integer.compare(one.order(), other.order()))
                .forEach(this::group);
        end(command);
        section("See also");
        line(root + "(1)");
        return text.toString();
    }

    private void begin(CommandLine command) {
        String name = name(command);
        text.append(".TH ")
                .append(name.toUpperCase(Locale.ROOT).replace("-", "\\-"))
                .append(" 1 \"\" \"Curvature4j ")
                .append(Versions.own())
                .append("\" \"Curvature4j\"\n");
        section("Name");
        text.append(escaped(name))
                .append(" \\- ")
                .append(escaped(summary(command)))
                .append('\n');
    }

    private static String summary(CommandLine command) {
        return command.getCommandSpec().usageMessage().description()[0];
    }

    private void group(ArgGroupSpec group) {
        options(String.format(group.heading()).strip().replaceFirst(":$", ""), group.allOptionsNested());
    }

    private void options(String heading, List<OptionSpec> options) {
        if (options.isEmpty()) {
            return;
        }
        section(heading);
        for (OptionSpec option : options) {
            List<String> names = new ArrayList<>();
            for (String name : option.names()) {
                names.add("\\fB" + escaped(name) + "\\fR");
            }
            String several = option.splitRegex().isEmpty() ? "" : "[," + option.paramLabel() + "...]";
            String value = option.arity().max() == 0 ? "" : "=\\fI" + escaped(option.paramLabel() + several) + "\\fR";
            tagged(String.join(", ", names) + value, option.description());
        }
    }

    private void end(CommandLine command) {
        List<String> footer =
                new ArrayList<>(List.of(command.getCommandSpec().usageMessage().footer()));
        footer.removeIf(each -> each.isBlank() || each.equals("Examples:"));
        section("Examples");
        verbatim(footer.toArray(String[]::new));
        section("Exit status");
        for (int i = 0; i < EXIT_CODES.size(); i += 2) {
            tagged(EXIT_CODES.get(i), EXIT_CODES.get(i + 1));
        }
    }

    private void section(String heading) {
        text.append(".SH \"").append(escaped(heading.toUpperCase(Locale.ROOT))).append("\"\n");
    }

    private void tagged(String tag, String... lines) {
        text.append(".TP\n").append(tag).append('\n');
        Arrays.stream(lines).forEach(this::line);
    }

    private void verbatim(String... lines) {
        text.append(".nf\n");
        Arrays.stream(lines).forEach(this::line);
        text.append(".fi\n");
    }

    private void line(String line) {
        text.append(escaped(String.format(line))).append('\n');
    }

    /** As text: a point or an apostrophe at the start of a line would make it a request. */
    private static String escaped(String line) {
        String escaped = line.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
