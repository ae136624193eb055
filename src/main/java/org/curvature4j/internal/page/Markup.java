package org.curvature4j.internal.page;

import org.curvature4j.internal.io.Json;
import org.curvature4j.internal.io.Printable;

/** Text and numbers as parts of HTML, in which nothing of foreign origin can become markup. */
final class Markup {
    private Markup() {}

    /** Text between tags or in an attribute in double quotes. */
    static String text(String text) {
        return org.curvature4j.internal.text.Markup.escaped(Printable.text(text));
    }

    /** A script element that holds data. What could end it stands only within strings, where JSON may escape it. */
    static String data(String id, String json) {
        return "<script type=\"application/json\" id=\"" + id + "\">"
                + Printable.text(json)
                        .replace("<", "\\u003c")
                        .replace(">", "\\u003e")
                        .replace("&", "\\u0026")
                + "</script>\n";
    }

    /** As {@link #data(String, String)}, of a value, in one line. */
    static String data(String id, Object value) {
        return data(id, Json.compact(value));
    }
}
