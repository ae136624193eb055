package org.curvature4j.internal.cli.report;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import org.curvature4j.internal.text.Numbers;

/** Numbers, shapes, sizes and times as people read them. */
public final class Words {
    private Words() {}

    /** "1 point", "3 points", with thousands grouped. */
    public static String count(long number, String one) {
        return Numbers.count(number, one, plural(one));
    }

    /** {@code a, b or c}. */
    public static String either(List<String> names) {
        int last = names.size() - 1;
        return last < 1 ? String.join("", names) : String.join(", ", names.subList(0, last)) + " or " + names.get(last);
    }

    static String plural(String one) {
        return one.equals("matrix") ? "matrices" : one + "s";
    }

    /** {@code [2, 3]}. */
    public static String shape(long... sizes) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        for (long size : sizes) {
            text.add(Long.toString(size));
        }
        return text.toString();
    }

    /** A duration with three digits. */
    public static String seconds(double seconds) {
        if (seconds < 1e-3) {
            return String.format(Locale.ROOT, "%.3g us", seconds * 1e6);
        }
        return seconds < 1
                ? String.format(Locale.ROOT, "%.3g ms", seconds * 1e3)
                : String.format(Locale.ROOT, "%.3g s", seconds);
    }

    /** As a word is typed into a shell: quoted where the shell would take it apart. */
    public static String shell(String word) {
        return word.matches("[\\w./:=,+@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
