package org.curvature4j.internal.text;

/** Text inside HTML, SVG and XML. */
public final class Markup {
    private Markup() {}

    /** Text as content or as an attribute's value, without the control characters that XML can't hold; lines stay lines. */
    public static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\n]]", " ")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
