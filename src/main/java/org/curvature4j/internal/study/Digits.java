package org.curvature4j.internal.study;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as the write-up shows them. */
final class Digits {
    private static final String[] SMALL = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
    };

    private Digits() {}

    /** A number rounded to so many significant digits, written out, or with a power of ten below 1e-5. */
    static String significant(double value, int digits) {
        if (value == 0 || !Double.isFinite(value)) {
            return value == 0 ? "0" : Double.isNaN(value) ? "none" : "infinite";
        }
        if (Math.abs(value) < 1e-5) {
            return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        return rounded.scale() < 0 ? rounded.setScale(0).toString() : rounded.toPlainString();
    }

    /** A power of ten that bounds a difference of rounding, which itself is another on every machine. */
    static String below(double difference) {
        return difference == 0 ? "0" : "below 1e" + (int) Math.ceil(Math.log10(difference));
    }

    /** A share as a percentage with one decimal. */
    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /** A count with its thousands grouped. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A count as a word, up to ten. */
    static String word(int number) {
        return number < SMALL.length ? SMALL[number] : count(number);
    }

    /** 1st, 2nd, 3rd, 4th. */
    static String ordinal(int number) {
        int tens = number % 100;
        if (tens >= 11 && tens <= 13) {
            return number + "th";
        }
        return number
                + switch (number % 10) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
    }
}
