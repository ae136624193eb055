package org.curvature4j.notebook;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.curvature4j.internal.text.Markup;

/** Fragments of HTML without styles, which a notebook's own are for. */
final class Html {
    /** How many of each end stand for many rows, columns or numbers. */
    private static final int ENDS = 5;

    private Html() {}

    /** A paragraph whose lines stay lines. */
    static String lines(String text) {
        return "<p>" + Markup.escaped(text.strip()).replaceAll("\\R", "<br/>") + "</p>";
    }

    /** @param head the columns' headings; empty for none */
    static String table(String caption, List<String> head, List<List<String>> rows) {
        StringJoiner html = new StringJoiner("\n");
        html.add("<table>");
        html.add("<caption>" + Markup.escaped(caption) + "</caption>");
        if (!head.isEmpty()) {
            html.add("<thead>" + row(head, "th") + "</thead>");
        }
        html.add("<tbody>");
        rows.forEach(cells -> html.add(row(cells, "td")));
        return html.add("</tbody>").add("</table>").toString();
    }

    private static String row(List<String> cells, String tag) {
        return cells.stream()
                .map(cell -> "<" + tag + ">" + Markup.escaped(cell) + "</" + tag + ">")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    /** All of a few, and of many the first and the last with something in the place of the others. */
    static <T> List<T> ends(long count, T others, LongFunction<T> each) {
        List<T> shown = new ArrayList<>();
        boolean few = count <= 2 * ENDS + 1;
        for (long i = 0; i < (few ? count : ENDS); i++) {
            shown.add(each.apply(i));
        }
        if (!few) {
            shown.add(others);
            for (long i = count - ENDS; i < count; i++) {
                shown.add(each.apply(i));
            }
        }
        return shown;
    }
}
