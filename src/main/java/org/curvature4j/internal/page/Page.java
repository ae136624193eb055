package org.curvature4j.internal.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page tells, in the order of its parts.
 *
 * @param title the heading
 * @param words labelled text; several lines stay lines
 * @param charts figures as {@code charts.js} takes them
 * @param results a JSON object as text, shown as tables and embedded as it is; empty for none
 * @param origin where the results come from, by what each fact is called
 */
public record Page(
        String title, List<Words> words, List<Map<String, Object>> charts, String results, Map<String, String> origin) {

    /**
     * A labelled text.
     *
     * @param label empty for text that goes on from what is above
     */
    public record Words(String label, String text) {}

    /** Copies the collections, in their order. */
    public Page {
        words = List.copyOf(words);
        charts = List.copyOf(charts);
        origin = new LinkedHashMap<>(origin);
    }

    /** The whole page; the same text for the same content. */
    public String html() {
        return new PageText(this).html();
    }
}
