package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What every help text promises: one line says what a command or an option is, and ends where its sentence ends. */
class HelpTest {
    private static final int WIDTH = 80;
    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    private static Stream<CommandSpec> commands() {
        return RootCommand.line(List.of()).getSubcommands().values().stream().map(CommandLine::getCommandSpec);
    }

    private static List<String> lines(String... words) {
        Run run = Run.of((Object[]) words);
        assertThat(run.code()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void theListOfCommandsHasALineForEach() {
        List<String> lines = lines("--help");

        commands().filter(command -> !command.usageMessage().hidden()).forEach(command -> {
            String summary = command.usageMessage().description()[0];
            assertThat(summary).matches("[A-Z].*\\.");
            assertThat(lines).anyMatch(line -> line.matches("  " + command.name() + " +" + quoted(summary)));
        });
        assertThat(lines).allMatch(line -> line.length() <= WIDTH);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyOptionHasALineOfItsOwn(CommandSpec command) {
        List<String> lines = lines(command.name(), "--help");

        for (OptionSpec option : command.options()) {
            String summary = option.description()[0];
            assertThat(summary).as(option.longestName()).matches("[A-Za-z].*\\.");
            assertThat(lines).as(option.longestName()).anyMatch(line -> line.endsWith(" " + summary));
        }
        assertThat(lines).allMatch(line -> line.length() <= WIDTH);
    }

    /** What is broken by the author isn't broken again by the screen's edge. */
    @ParameterizedTest
    @MethodSource("commands")
    void noLineIsBrokenAgain(CommandSpec command) {
        List<String> lines = lines(command.name(), "--help");

        Stream.of(command.usageMessage().description(), command.usageMessage().footer())
                .flatMap(Arrays::stream)
                .forEach(line -> assertThat(lines).contains(line));
        Stream.of(command.usageMessage().customSynopsis())
                .forEach(line -> assertThat(lines).anyMatch(shown -> shown.endsWith(line.strip())));
        for (OptionSpec option : command.options()) {
            Stream.of(option.description()).filter(line -> !line.contains("${")).forEach(line -> assertThat(lines)
                    .anyMatch(shown -> shown.endsWith(" " + line)));
        }
    }

    /** Whether a command is about a model, a named function or matrices of a file: one of several forms. */
    private static final Set<String> FORMS = Set.of("--model", "--function", "--hessians", "--wrt");

    /** What stands without brackets is needed: the command's own examples are refused without it, and it is named. */
    @ParameterizedTest
    @MethodSource("commands")
    void aSynopsisHasBracketsAroundWhatIsNotNeeded(CommandSpec command) {
        String examples = String.join("\n", command.usageMessage().footer()).replaceAll("\\\\\n *", "");
        for (String line : command.usageMessage().customSynopsis()) {
            String needed = line.replaceAll("\\[[^\\[\\]]*(\\[[^\\]]*\\])?[^\\[\\]]*\\]", "");
            OPTION.matcher(needed)
                    .results()
                    .map(MatchResult::group)
                    .filter(name -> !FORMS.contains(name))
                    .forEach(name -> {
                        Matcher example = Pattern.compile(
                                        "  curvature (" + command.name() + " .*)" + name + " \\S+(.*)")
                                .matcher(examples);
                        assertThat(example.find()).as("an example of " + name).isTrue();
                        Run run = Run.of((Object[])
                                (example.group(1) + example.group(2)).strip().split(" +"));
                        assertThat(run.code()).as(line).isEqualTo(2);
                        assertThat(run.err()).as(line).contains(name);
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void formsOfACommandStandBelowEachOther(CommandSpec command) {
        String[] forms = command.usageMessage().customSynopsis();
        assertThat(Arrays.stream(forms).skip(1)).allMatch(form -> form.startsWith(" ".repeat("Usage: ".length())));
    }

    @Test
    void isAskedForInTwoWays() {
        assertThat(Run.of("help", "spectrum")).isEqualTo(Run.of("spectrum", "--help"));
        assertThat(Run.of("help")).isEqualTo(Run.of("--help"));
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }
}
