package org.curvature4j.spectrum;

import java.util.Locale;

/** Numbers for people, the same in every locale. */
final class Numbers {

    private Numbers() {}

    /** Six significant digits without trailing zeros; "infinite" and "undefined" in words. */
    static String brief(double value) {
        if (Double.isNaN(value)) {
            return "undefined";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "infinite" : "-infinite";
        }
        if (value == 0) {
            return "0";
        }
        String text = String.format(Locale.ROOT, "%.6g", value);
        int exponent = text.indexOf('e');
        String digits = exponent < 0 ? text : text.substring(0, exponent);
        String power = exponent < 0 ? "" : text.substring(exponent);
        if (digits.contains(".")) {
            digits = digits.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return digits + power;
    }

    /** "1 direction", "3 directions", with thousands grouped. */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d ", number) + (number == 1 ? one : many);
    }
}
