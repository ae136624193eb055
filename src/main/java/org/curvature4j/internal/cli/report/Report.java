package org.curvature4j.internal.cli.report;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.curvature4j.internal.io.Json;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.plot.Figure;
import org.curvature4j.plot.HtmlReport;
import org.jspecify.annotations.Nullable;

/** What a command has to say, kept in both forms: lines for people, fields for machines. */
public final class Report {
    private static final int LABEL = 12;
    private static final int WIDTH = 96;

    /** The field with the files that were written. */
    public static final String FILES = "files";

    /** The field with the file of the page. */
    public static final String PAGE = "report";

    private final List<String> lines = new ArrayList<>();
    private final List<Words> words = new ArrayList<>();
    private final Map<String, Object> fields = new LinkedHashMap<>();
    private final List<Runnable> later = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final Map<String, String> origin = new LinkedHashMap<>();
    private final boolean page;

    /** What a line says, as it was said. */
    private record Words(String label, String text) {}

    public Report(String command) {
        this(command, false);
    }

    /** @param page whether it also becomes a page, with figures and with where the results come from */
    public Report(String command, boolean page) {
        fields.put("command", command);
        this.page = page;
    }

    /** Whether it also becomes a page. */
    public boolean hasPage() {
        return page;
    }

    /** A figure for the page. */
    public Report figure(Figure figure) {
        figures.add(figure);
        return this;
    }

    /** Words for the page alone, of what the terminal heard as it went on. */
    public Report told(String label, String text) {
        words.add(new Words(label, text));
        return this;
    }

    /** For the page alone, where the results come from; what tells it is asked only if there is a page. */
    public Report origin(String fact, Supplier<String> value) {
        if (page) {
            origin.put(fact, value.get());
        }
        return this;
    }

    /** The page as far as it goes: its heading is the first line. */
    public HtmlReport page() {
        boolean headed = !words.isEmpty()
                && words.get(0).label.isEmpty()
                && !words.get(0).text.contains("\n");
        HtmlReport made = HtmlReport.titled(headed ? words.get(0).text : "curvature " + fields.get("command"));
        words.stream().skip(headed ? 1 : 0).forEach(each -> made.text(each.label, each.text));
        figures.forEach(made::figure);
        origin.forEach(made::origin);
        return made.results(fields);
    }

    /** A line of its own, or several. */
    public Report text(String text) {
        lines.add(text);
        return told("", text);
    }

    /** A labelled line; further lines of the text are set below its first. */
    public Report line(String label, String text) {
        return line(label, text, text);
    }

    /** As above, with other words for a page, whose lines may be longer. */
    Report line(String label, String text, String onPage) {
        String indent = " ".repeat(LABEL);
        String padded = label + " ".repeat(Math.max(1, LABEL - label.length()));
        lines.add(padded
                + text.lines()
                        .map(Report::wrapped)
                        .collect(Collectors.joining("\n"))
                        .replace("\n", "\n" + indent));
        return told(label, onPage);
    }

    /** Breaks a long line between words; what is broken off begins where the line does. */
    private static String wrapped(String line) {
        String margin = " ".repeat(line.length() - line.stripLeading().length());
        StringBuilder text = new StringBuilder();
        int column = 0;
        for (String word : line.split("(?<= )(?=[^ ])")) {
            if (column > margin.length() && column + word.stripTrailing().length() > WIDTH - LABEL) {
                text.setLength(text.toString().stripTrailing().length());
                text.append('\n').append(margin);
                column = margin.length();
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }

    /** The seed of random numbers that the results come from; for the page alone, since the fields that need it have it. */
    public Report drawn(long seed) {
        return origin("seed", () -> Long.toString(seed));
    }

    /** A field of the JSON object: numbers, strings, booleans, records, maps and lists of these. */
    public Report field(String key, Object value) {
        fields.put(key, value);
        return this;
    }

    /** Takes a field back, of what isn't there after all. */
    public void withoutField(String key) {
        fields.remove(key);
    }

    /** Adds the files that were written, those that there are. */
    public void written(@Nullable Path... files) {
        List<Path> written = Arrays.stream(files).filter(Objects::nonNull).toList();
        if (!written.isEmpty()) {
            line("written", written.stream().map(Report::sized).collect(Collectors.joining("\n")));
        }
        field(FILES, written.stream().map(Path::toString).toList());
    }

    private static String sized(Path file) {
        return file + " (" + Numbers.bytes(file.toFile().length()) + ")";
    }

    /** The fields until now, in their order; not a copy. */
    public Map<String, Object> fields() {
        return Collections.unmodifiableMap(fields);
    }

    /** Something to do when the report has been printed, such as to open a window. */
    public void afterwards(Runnable task) {
        later.add(task);
    }

    public void print(PrintWriter out, boolean json) {
        String text = json ? Json.text(fields) : String.join("\n", lines);
        Printable.text(text).lines().forEach(out::println);
        out.flush();
        later.forEach(Runnable::run);
    }
}
