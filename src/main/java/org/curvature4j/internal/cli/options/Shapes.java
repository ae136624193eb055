package org.curvature4j.internal.cli.options;

import java.util.LinkedHashMap;
import java.util.Map;
import org.curvature4j.internal.cli.report.UsageException;

/** Shapes of placeholders as {@code --shape} takes them. */
public final class Shapes {
    private Shapes() {}

    /**
     * By the placeholders' names.
     *
     * @throws UsageException if one isn't sizes with commas between; nothing stands for the shape of one number
     */
    public static Map<String, long[]> parse(Map<String, String> texts) {
        Map<String, long[]> parsed = new LinkedHashMap<>();
        texts.forEach((name, text) -> parsed.put(name, sizes(name, text)));
        return parsed;
    }

    private static long[] sizes(String name, String text) {
        String[] parts = text.isBlank() ? new String[0] : text.split(",", -1);
        long[] sizes = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i].strip();
            if (!part.matches("\\d{1,18}")) {
                throw new UsageException("--shape: expected sizes as in " + name + "=1,28,28, got '" + text + "'");
            }
            sizes[i] = Long.parseLong(part);
        }
        return sizes;
    }
}
