package org.curvature4j.internal.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prose of write-ups: Markdown among the resources, with {@code {{names}}} where results go. */
public final class Template {
    private static final Pattern NAME = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

    private Template() {}

    /**
     * The text of a template with its names filled in.
     *
     * @param home a class that the file lies beside, in its package
     * @param name of the file, without its ending {@code .md}
     * @param values a text for every name in the template, and for no other
     * @throws IllegalStateException if there is no such file, or a value is missing or has no place
     */
    public static String fill(Class<?> home, String name, Map<String, String> values) {
        String template = read(home, name + ".md");
        Set<String> unused = new HashSet<>(values.keySet());
        String filled = NAME.matcher(template).replaceAll(match -> {
            String value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalStateException(
                        name + ".md: expected a value for {{" + match.group(1) + "}}, got none");
            }
            unused.remove(match.group(1));
            return Matcher.quoteReplacement(value);
        });
        if (!unused.isEmpty()) {
            throw new IllegalStateException(name + ".md: expected places for all values, got none for " + unused);
        }
        return filled;
    }

    private static String read(Class<?> home, String file) {
        try (InputStream stream = home.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + ": expected beside " + home.getName() + ", got none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
