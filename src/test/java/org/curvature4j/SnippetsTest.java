package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code that pages show is code that tests run. In a class named *SnippetsTest it stands between the comments
 * {@code // snippet: name} and {@code // end}, in a page it is a Java block below the comment {@code <!-- snippet: name -->}.
 * Those for Spark are compiled and run by the profile spark, and compared here like all others.
 */
class SnippetsTest {
    private static final Pattern IN_JAVA =
            Pattern.compile("^( *)// snippet: (\\S+)\\n(.*?)^ *// end\\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern IN_PAGE =
            Pattern.compile("^<!-- snippet: (\\S+) -->\\n```java\\n(.*?)^```\\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ANY_JAVA = Pattern.compile("^```java$", Pattern.MULTILINE);

    @Test
    void pagesShowWhatTestsRun() {
        List<Map.Entry<String, String>> shown = Pages.all().stream()
                .flatMap(page -> IN_PAGE.matcher(Pages.read(page)).results())
                .map(match -> Map.entry(match.group(1), aligned(match.group(2))))
                .toList();
        List<Map.Entry<String, String>> run = Stream.of("src/test/java", "src/spark-test/java")
                .flatMap(tests -> Pages.below(Path.of(tests), "SnippetsTest.java"))
                .flatMap(test -> IN_JAVA.matcher(Pages.read(test)).results())
                .map(match -> Map.entry(
                        match.group(2), aligned(closed(match.group(3).replaceAll("(?m)^" + match.group(1), "")))))
                .toList();
        assertThat(shown).hasSizeGreaterThan(50).containsExactlyInAnyOrderElementsOf(run);
    }

    static Stream<Path> pages() {
        return Pages.all().stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyJavaBlockHasItsName(Path page) {
        String text = Pages.read(page);
        assertThat(ANY_JAVA.matcher(text).results().count())
                .as(
                        "Java blocks, of which each is named by a comment <!-- snippet: name --> and run by a *SnippetsTest")
                .isEqualTo(IN_PAGE.matcher(text).results().count());
    }

    /** With the ends of blocks that a test goes on with, below the beginnings of their statements. */
    private static String closed(String code) {
        Deque<String> open = new ArrayDeque<>();
        int parentheses = 0;
        String indent = "";
        for (String line : code.split("\n")) {
            if (parentheses == 0) {
                indent = line.replaceAll("\\S.*", "");
            }
            for (char character : line.replaceAll("//.*", "").toCharArray()) {
                switch (character) {
                    case '(' -> parentheses++;
                    case ')' -> parentheses--;
                    case '{' -> open.push(indent);
                    case '}' -> open.poll();
                    default -> {}
                }
            }
        }
        return code + open.stream().map(before -> before + "}\n").collect(Collectors.joining());
    }

    /** Pages may align comments, which the formatter of tests doesn't. */
    private static String aligned(String code) {
        return code.replaceAll(" +//", " //");
    }
}
