package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.curvature4j.cli.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell, in processes of its own: what the page shows, what is imported, and a Java without a shell. */
class JShellCommandTest {
    private static final Pattern TYPES = Pattern.compile("^\\| `(org\\.[a-z0-9.]+)` \\| (.*) \\|$", Pattern.MULTILINE);

    @TempDir
    Path folder;

    private Run shell(String input, List<String> options, String... words) throws IOException, InterruptedException {
        Path in = Files.writeString(folder.resolve("in"), input);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Djava.awt.headless=true"));
        command.add("-Djava.util.prefs.userRoot=" + folder);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName(), "jshell"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new IllegalStateException("no end after two minutes: " + command);
        }
        return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private static String page(String name) throws IOException {
        return Files.readString(Path.of("docs", name)).replace("\r\n", "\n");
    }

    /** The page's session, and a figure where there is no display. */
    @Test
    void answersAsThePageShows() throws Exception {
        Matcher block = Pattern.compile("<!-- jshell -->\\n```text\\n(.*?)```", Pattern.DOTALL)
                .matcher(page("notebooks.md"));
        assertThat(block.find()).isTrue();
        String session = block.group(1);
        String input = session.lines()
                .filter(line -> line.startsWith("jshell> "))
                .map(line -> line.substring("jshell> ".length()) + "\n")
                .collect(Collectors.joining());

        Run run = shell(input + "show(figure)\n/exit 3\n", List.of(), "--", "--feedback", "normal");

        assertThat(run.code()).isEqualTo(3);
        List<String> answers =
                session.lines().filter(line -> line.contains(" ==> ")).toList();
        assertThat(answers).hasSize(7);
        String out = run.out().replace("\r\n", "\n");
        assertThat(out).contains(answers.toArray(String[]::new));
        Matcher saved =
                Pattern.compile("saved, as there is no display: (.*\\.png)\"").matcher(out);
        assertThat(saved.find()).as(out).isTrue();
        Path file = Path.of(saved.group(1).replace("\\\\", "\\"));
        assertThat(Files.size(file)).isGreaterThan(10_000);
        Files.delete(file);
    }

    /** No name of the table of imports means two things. */
    @Test
    void importsWhatThePagesUse() throws Exception {
        List<String> types = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (Matcher row = TYPES.matcher(page("api.md")); row.find(); ) {
            if (row.group(1).startsWith("org.nd4j") && row.group(1).contains(".ops.")) {
                continue; // of operations that are rare
            }
            for (String type : row.group(2).replace("`", "").split(", ")) {
                types.add(type + ".class");
                expected.add(row.group(1) + "." + type);
            }
        }

        Run run = shell(
                "for (Class<?> type : new Class<?>[] {" + String.join(", ", types)
                        + "}) System.out.println(type.getName());\n",
                List.of(),
                "-");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).containsExactlyElementsOf(expected);
        assertThat(expected).hasSizeGreaterThan(50);
    }

    @Test
    void saysWhereThereIsNoShell() throws Exception {
        Run run = shell("", List.of("--limit-modules", "java.se,jdk.unsupported,jdk.management"));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .startsWith("curvature: jshell: expected a JDK, got a Java without JShell, ")
                .endsWith(" (set JAVA_HOME to a JDK 17 or newer)");
    }
}
