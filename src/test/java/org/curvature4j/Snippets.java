package org.curvature4j;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code that pages show is code that tests run. In a test it stands between the comments {@code // snippet: name} and
 * {@code // end}, in a page it is a Java block below the comment {@code <!-- snippet: name -->}.
 */
public final class Snippets {
    private static final Pattern IN_JAVA =
            Pattern.compile("^( *)// snippet: (\\S+)\\n(.*?)^ *// end\\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern IN_PAGE =
            Pattern.compile("^<!-- snippet: (\\S+) -->\\n```java\\n(.*?)^```\\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ANY_JAVA = Pattern.compile("^```java$", Pattern.MULTILINE);

    private Snippets() {}

    /** The snippets of a test class, without their indentation, by name. */
    public static Map<String, String> ofTest(Class<?> test) {
        Path file = Path.of("src/test/java", test.getName().replace('.', '/') + ".java");
        Map<String, String> snippets = new LinkedHashMap<>();
        for (Matcher match = IN_JAVA.matcher(read(file)); match.find(); ) {
            snippets.put(match.group(2), match.group(3).replaceAll("(?m)^" + match.group(1), ""));
        }
        return snippets;
    }

    /** The snippets of a page by name. */
    public static Map<String, String> ofPage(Path page) {
        Map<String, String> snippets = new LinkedHashMap<>();
        for (Matcher match = IN_PAGE.matcher(read(page)); match.find(); ) {
            snippets.put(match.group(1), match.group(2));
        }
        return snippets;
    }

    /** How many Java blocks a page has, named or not. */
    public static long blocksOf(Path page) {
        return ANY_JAVA.matcher(read(page)).results().count();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
