package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.internal.cli.options.Interval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Whatever is refused of an option's value, the message has the option as it is typed. */
class OptionMessagesTest {
    private static final String DATA =
            "--model examples/net.onnx --loss squared-error --data examples/X.npy --targets examples/Y.npy";

    /** A line of each command that has options with numbers, and is done at once. */
    private static final Map<String, String> LINES = Map.ofEntries(
            Map.entry("jacobian", "--model tanh --random 2"),
            Map.entry("hessian", "--model rosenbrock --random 1"),
            Map.entry("spectrum", "--model rosenbrock --random 2"),
            Map.entry("sensitivity", "--model tanh --random 2"),
            Map.entry("slice", "--model rosenbrock --random 1 --report OUT.html"),
            Map.entry("saddle", "--grid 5 --report OUT.html"),
            Map.entry("newton", "--function rosenbrock --start -1.2,1"),
            Map.entry("train", "--widths 64-4-10 --epochs 1 --rows 20 --out OUT.fb"),
            Map.entry("lanczos", DATA + " --count 2"),
            Map.entry("density", DATA + " --steps 5 --probes 2"),
            Map.entry("trace", DATA + " --products 10"),
            Map.entry("landscape", DATA + " --grid 3 --report OUT.html"));

    /** They have no number but a seed, and take long. */
    private static final Set<String> OTHERS = Set.of("demo", "study");

    private static final List<String> WRONG = List.of("x", "-1", "0", "1", "NaN", "99999999999999999999");

    @TempDir
    private Path folder;

    private static Stream<String> commands() {
        return LINES.keySet().stream().sorted();
    }

    private static List<String> numeric(String command) {
        CommandLine line = RootCommand.line(List.of()).getSubcommands().get(command);
        return line.getCommandSpec().options().stream()
                .filter(OptionMessagesTest::isNumeric)
                .map(OptionSpec::longestName)
                .toList();
    }

    private static boolean isNumeric(OptionSpec option) {
        Class<?> type = option.type();
        return Number.class.isAssignableFrom(type)
                || type == int.class
                || type == long.class
                || type == double.class
                || type == Interval.class
                || Set.of("--threads", "--tile", "--memory").contains(option.longestName());
    }

    /** The command's line with an option's value in place of the one that it has. */
    private Object[] line(String command, String option, String value) {
        List<Object> words = new ArrayList<>(List.of(command));
        String[] given = LINES.getOrDefault(command, "").split(" ");
        for (int i = 0; i < given.length; i++) {
            if (given[i].equals(option)) {
                i++;
            } else {
                words.add(given[i].startsWith("OUT") ? folder.resolve(given[i]) : given[i]);
            }
        }
        words.add(option + "=" + value);
        return words.toArray();
    }

    @Test
    void everyCommandWithNumbersIsTried() {
        assertThat(RootCommand.line(List.of()).getSubcommands().keySet().stream()
                        .filter(command -> !OTHERS.contains(command)
                                && numeric(command).stream()
                                        .anyMatch(option -> !Set.of("--threads", "--tile", "--memory")
                                                .contains(option)))
                        .sorted())
                .isEqualTo(commands().toList());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void namesTheOption(String command) {
        for (String option : numeric(command)) {
            for (String value : WRONG) {
                Run run = Run.of(line(command, option, value));
                if (run.code() != 0) {
                    assertThat(run.err())
                            .as(Arrays.toString(line(command, option, value)))
                            .contains(option)
                            .doesNotContain("internal error");
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lanczos, --count, 1000000",
        "trace, --products, 3",
        "slice, --index, 7",
        "landscape, --along, 1000000",
        "saddle, --range, -1e150:1e150",
        "slice, --range, -1e150:1e150",
        "landscape, --range, -1e150:1e150"
    })
    void namesItWhereItIsRefusedLater(String command, String option, String value) {
        Run run = Run.of(line(command, option, value));

        if (run.code() == 0) {
            boolean isWhole = !run.out().contains("no figure") && !run.out().contains("infinite");
            assertThat(isWhole || run.out().contains(option)).as(run.out()).isTrue();
        } else {
            assertThat(run.err()).contains(option);
        }
    }

    @Test
    void aRangeThatOverflowsIsNamed() {
        Run run = Run.of(
                "saddle",
                "--function",
                "rosenbrock",
                "--grid",
                5,
                "--range=-1e150:1e150",
                "--plot",
                folder.resolve("s.png"));
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("(over --range -1e+150:1e+150; a smaller one may help)");
    }
}
