package org.curvature4j.internal.study;

import org.curvature4j.internal.text.Numbers;

/** Numbers as the sentences of the write-up have them. */
final class Phrases {
    private static final String[] SMALL = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"
    };

    private Phrases() {}

    /** A power of ten that bounds a difference of rounding, which itself is another on every machine. */
    static String below(double difference) {
        return difference == 0 ? "0" : "below 1e" + (int) Math.ceil(Math.log10(difference));
    }

    /** A count as a word, up to ten. */
    static String word(int number) {
        return number < SMALL.length ? SMALL[number] : Numbers.grouped(number);
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
