package org.curvature4j.internal.io;

import java.util.function.IntPredicate;

/**
 * Text of foreign origin as it can be shown: names of models, arrays, columns and files may hold characters that move a
 * terminal's cursor, colour it, or turn the order of what follows. They are shown by a backslash, the letter u
 * and four hexadecimal digits, as Java and JSON write them.
 */
public final class Printable {
    private Printable() {}

    /** A name, which belongs in one line: line breaks are escaped too. */
    public static String name(String name) {
        return escaped(name, Printable::isUnprintable);
    }

    /** A name of another library's as a variable's: SameDiff tells the outputs of an operation apart by a colon. */
    public static String variable(String name) {
        return name(name).replace(':', '_');
    }

    /** A message of one line or several, whose line breaks stay. Leaves JSON what it is. */
    public static String text(String text) {
        return escaped(text, point -> point != '\n' && isUnprintable(point));
    }

    /** Control characters, separators of lines and paragraphs, halves of pairs, and what turns the direction of text. */
    private static boolean isUnprintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069);
            default -> false;
        };
    }

    private static String escaped(String text, IntPredicate unprintable) {
        if (text.codePoints().noneMatch(unprintable)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (unprintable.test(point)) {
                shown.append("\\u").append(String.format("%04x", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }
}
