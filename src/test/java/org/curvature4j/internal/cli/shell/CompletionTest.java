package org.curvature4j.internal.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.curvature4j.internal.cli.RootCommand;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Values;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;

/** What a shell offers is what the program takes, all of it. */
class CompletionTest {
    private static final Pattern FISH =
            Pattern.compile("seen_subcommand_from ([a-z]+)' -l ([a-z-]+) -x -a '([^']+)'", Pattern.MULTILINE);
    private static final Pattern BASH = Pattern.compile("_option_args=\\(\"(.*)\"\\) # (--[a-z-]+) values");

    private static CommandLine root() {
        CommandLine root = RootCommand.line(List.of());
        Values.register(root, Values::rows);
        Choice.register(root);
        return root;
    }

    @Test
    void everyWordThatIsOfferedIsTaken() {
        List<MatchResult> offers =
                FISH.matcher(Completion.script("fish", root())).results().toList();

        assertThat(offers).hasSizeGreaterThan(30).anyMatch(offer -> offer.group(3)
                .contains("gauss-newton"));
        for (MatchResult offer : offers) {
            for (String word : offer.group(3).split(" ")) {
                assertThatCode(() -> parse(offer.group(1), "--" + offer.group(2) + "=" + word))
                        .as("curvature %s --%s=%s", offer.group(1), offer.group(2), word)
                        .doesNotThrowAnyException();
            }
        }
    }

    /** Other options may be missing. */
    private static void parse(String command, String option) {
        try {
            root().parseArgs(command, option);
        } catch (MissingParameterException e) {
            assertThat(e.getMissing()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void theOthersOfferTheSameWords(String shell) {
        List<String> words = BASH.matcher(Completion.script(shell, root()))
                .results()
                .map(found -> found.group(2).substring(2) + " " + found.group(1).replace("\" \"", " "))
                .toList();
        List<String> expected = FISH.matcher(Completion.script("fish", root()))
                .results()
                .map(found -> found.group(2) + " " + found.group(3))
                .toList();

        assertThat(words).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void everyCommandAndOptionIsNamed(String shell) {
        String script = Completion.script(shell, root());
        List<String> missing = new ArrayList<>();
        for (CommandLine command : Completion.commands(root())) {
            for (OptionSpec option : command.getCommandSpec().options()) {
                String name = option.longestName();
                if (!script.contains(shell.equals("fish") ? " -l " + name.substring(2) : name)) {
                    missing.add(command.getCommandName() + " " + name);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(script).contains("hessian", "doctor").doesNotContain("generate-share");
    }
}
