package org.curvature4j.internal.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Numbers;
import org.jspecify.annotations.Nullable;

/** A table whose columns can be sorted; of a long one, or a wide one, the beginning. */
final class TableText {
    private static final int MOST_ROWS = 500;
    private static final int MOST_COLUMNS = 40;

    /** As JSON has them. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private final String caption;
    private final List<String> heads;
    private final String look;
    private final List<List<?>> rows = new ArrayList<>();

    TableText(String caption, List<String> heads) {
        this(caption, heads, "");
    }

    private TableText(String caption, List<String> heads, String look) {
        this.caption = caption;
        this.heads = heads;
        this.look = look;
    }

    /** Of facts of all kinds below each other. */
    static TableText ofFacts(String caption) {
        return new TableText(caption, List.of("quantity", "value"), " facts");
    }

    void row(List<?> cells) {
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    String html() {
        StringBuilder html = new StringBuilder("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .append(Markup.text(caption))
                .append("\"><table class=\"sortable")
                .append(look)
                .append("\"><caption>")
                .append(Markup.text(caption + left()))
                .append("</caption>\n<thead><tr>");
        heads.stream().limit(MOST_COLUMNS).forEach(head -> html.append("<th scope=\"col\">")
                .append(Markup.text(head))
                .append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        rows.stream().limit(MOST_ROWS).forEach(row -> {
            html.append("<tr>");
            row.stream().limit(MOST_COLUMNS).forEach(cell -> html.append(cell(cell)));
            html.append("</tr>\n");
        });
        return html.append("</tbody></table></div>\n").toString();
    }

    private String left() {
        List<String> shown = new ArrayList<>();
        if (rows.size() > MOST_ROWS) {
            shown.add(MOST_ROWS + " of " + Numbers.grouped(rows.size()) + " rows");
        }
        if (heads.size() > MOST_COLUMNS) {
            shown.add(MOST_COLUMNS + " of " + Numbers.grouped(heads.size()) + " columns");
        }
        return shown.isEmpty() ? "" : " (the first " + String.join(" and ", shown) + "; the JSON has all)";
    }

    /** Whether a list holds text, and nothing else. */
    static boolean isWords(List<?> list) {
        return list.stream().allMatch(each -> each instanceof String && !isNumber(each));
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || NO_NUMBERS.contains(String.valueOf(value));
    }

    /** A number as JSON has it, so that none of its digits is lost. */
    private static String cell(@Nullable Object value) {
        boolean number = isNumber(value);
        String text = String.valueOf(value);
        if (value instanceof List<?> list && isWords(list)) {
            text = list.stream().map(String::valueOf).collect(Collectors.joining(", "));
        }
        return "<td" + (number ? " class=\"number\"" : "") + ">" + Markup.text(text) + "</td>";
    }
}
