package org.curvature4j.tutorial;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The write-up's prose, Markdown beside this class, with {@code {{names}}} where results go. */
final class Template {
    private static final Pattern NAME = Pattern.compile("\\{\\{([a-z0-9-]+)}}");

    private Template() {}

    /**
     * The text of a template with its names filled in.
     *
     * @param name of the file, without its ending
     * @param values a text for every name in the template, and for no other
     */
    static String fill(String name, Map<String, String> values) {
        String template = read(name + ".md");
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

    private static String read(String file) {
        try (InputStream stream = Template.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + ": expected beside " + Template.class.getName() + ", got none");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
