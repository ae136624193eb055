package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.Pages;
import org.curvature4j.internal.cli.options.Choice;
import org.curvature4j.internal.cli.options.Values;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The commands that the README and the pages print, run in the order printed; what is large is made small. */
class DocumentedCommandsTest {
    private static final String PROGRAM = "./scripts/curvature ";

    /** Those that have tests of their own, and take long. */
    private static final Set<String> LONG = Set.of("demo", "study", "doctor");

    /** Of what a cluster leaves: the profile spark runs these. */
    private static final Set<String> OF_CLUSTERS = Set.of("merge");

    private static final String FILE = ".*\\.(npy|png|svg|fb|csv|html)";

    @TempDir
    Path folder;

    private static List<Path> pages() {
        return Pages.all();
    }

    /** The words behind the program's name, of each line that begins with it. */
    private static List<List<String>> commands(Path page) {
        return Pages.read(page)
                .replace("\\\n", " ")
                .lines()
                .filter(line -> line.startsWith(PROGRAM))
                .map(line -> line.substring(PROGRAM.length())
                        .replaceFirst(" #.*", "")
                        .strip())
                .map(line -> List.of(line.split(" +")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void areUnderstood(Path page) {
        for (List<String> words : commands(page)) {
            CommandLine line = RootCommand.line(List.of());
            Values.register(line, Values::rows);
            Choice.register(line);
            assertThat(line.parseArgs(words.toArray(String[]::new)).errors()).isEmpty();
        }
    }

    @TestFactory
    Stream<DynamicTest> run() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path page : pages()) {
            for (List<String> words : commands(page)) {
                if (!LONG.contains(words.get(0)) && !OF_CLUSTERS.contains(words.get(0))) {
                    tests.add(DynamicTest.dynamicTest(page + ": " + String.join(" ", words), () -> run(words)));
                }
            }
        }
        return tests.stream();
    }

    private void run(List<String> words) {
        Run run = Run.of(smaller(words).stream().map(this::placed).toArray());

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out()).isNotEmpty();
    }

    /** The same command over fewer points, examples or epochs. */
    private static List<String> smaller(List<String> words) {
        List<String> smaller = new ArrayList<>(words);
        int random = words.indexOf("--random") + 1;
        if (random > 0 && words.get(random).length() > 3) {
            smaller.set(random, "100");
        }
        boolean trains = words.get(0).equals("train");
        if (words.contains("digits") || (trains && !words.contains("--data"))) {
            smaller.addAll(List.of("--rows", "60"));
        }
        int epochs = words.indexOf("--epochs") + 1;
        if (epochs > 0) {
            smaller.set(epochs, "1");
        } else if (trains) {
            smaller.addAll(List.of("--epochs", "1"));
        }
        if (words.get(0).equals("landscape")) {
            smaller.addAll(List.of("--grid", "5"));
        }
        if (words.get(0).equals("density")) {
            smaller.addAll(List.of("--probes", "2", "--steps", "10"));
        }
        return smaller;
    }

    /** Files and folders of results are the test's; those in examples are read where they are. */
    private String placed(String word) {
        boolean ours = !word.contains("examples/") && (word.matches(FILE) || word.startsWith("runs/"));
        return ours ? folder.resolve(word).toString() : word;
    }
}
