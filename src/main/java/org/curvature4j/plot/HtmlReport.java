package org.curvature4j.plot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.io.AtomicFile;
import org.curvature4j.internal.io.Json;
import org.curvature4j.internal.page.Page;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.io.DataFileException;

/**
 * A page to look at results: words, figures that zoom, turn and tell their values, tables that sort, and the results as
 * JSON. One file, which works without a network and asks for none; text in it can't become markup.
 *
 * <p>A builder: parts appear in the order in which they are added. Not for several threads at once.
 */
public final class HtmlReport {
    private final String title;
    private final List<Page.Words> words = new ArrayList<>();
    private final List<Map<String, Object>> charts = new ArrayList<>();
    private final Map<String, String> origin = new LinkedHashMap<>();
    private String results = "";

    private HtmlReport(String title) {
        this.title = Arguments.requireGiven("title", title);
    }

    /** An empty page with a heading. */
    public static HtmlReport titled(String title) {
        return new HtmlReport(title);
    }

    /**
     * Adds a finding in words.
     *
     * @param label what it is about; empty where it goes on from what is above
     * @param text one line or several, which stay lines
     */
    public HtmlReport text(String label, String text) {
        words.add(new Page.Words(Arguments.requireGiven("label", label), Arguments.requireGiven("text", text)));
        return this;
    }

    /** Adds a figure. What would make the page too large is thinned, and the page says so. */
    public HtmlReport figure(Figure figure) {
        charts.add(FigureChart.of(Arguments.requireGiven("figure", figure)));
        return this;
    }

    /**
     * Sets the results, which are shown as tables and stand in the page as JSON.
     *
     * @param results numbers, strings, booleans, records, and maps, lists and arrays of these, by name
     */
    public HtmlReport results(Map<String, ?> results) {
        this.results = Json.text(Arguments.requireGiven("results", results));
        return this;
    }

    /** Adds a fact about where the results come from, such as a version or a file's hash. */
    public HtmlReport origin(String fact, String value) {
        origin.put(Arguments.requireGiven("fact", fact), Arguments.requireGiven("value", value));
        return this;
    }

    /** The page; the same text for the same parts. A megabyte and more if it has figures, of which their library is the most. */
    public String html() {
        return new Page(title, words, charts, results, origin).html();
    }

    /**
     * Writes the page; the file appears complete or not at all, in the place of one that is there.
     *
     * @param file in a folder that exists
     * @throws DataFileException if it can't be written
     */
    public void save(Path file) {
        AtomicFile.writeText(Arguments.requireGiven("file", file), html());
    }

    @Override
    public String toString() {
        return "page \"" + title + "\", figures: " + charts.size();
    }
}
