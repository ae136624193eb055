package org.curvature4j.io;

import java.util.Locale;
import java.util.regex.Pattern;
import org.curvature4j.internal.io.Printable;

/** A cell of a table: the number in it, or what it is instead. */
final class CsvCell {
    private static final int LONGEST_SHOWN = 40;

    /** Digits and separators, with an exponent, a hexadecimal prefix or a unit: numbers of other places and programs. */
    private static final Pattern OTHER_NUMBER = Pattern.compile(
            "[-+]?(0[xX][0-9a-fA-F.]+|[.,]?\\d[\\d.,'\u2019_\\s\u00a0\u202f]*([eEdD][-+]?\\d+)?\\s*[%fFdDlL]?)");

    private CsvCell() {}

    static boolean isNumber(String cell) {
        return !Double.isNaN(number(cell)) || cell.equalsIgnoreCase("nan");
    }

    /** The number in the cell, or NaN if it is no number. */
    static double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        char last = cell.charAt(cell.length() - 1);
        // Java's reader passes over control characters before a number.
        if (cell.charAt(0) > ' ' && (Character.isDigit(last) || last == '.')) {
            try {
                // Java also reads hexadecimal numbers, which no table means.
                return cell.indexOf('x') >= 0 || cell.indexOf('X') >= 0 ? Double.NaN : Double.parseDouble(cell);
            } catch (NumberFormatException e) {
                return Double.NaN;
            }
        }
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    /** Whether it can be a column's name: it has letters, or no digits, and isn't a number in another notation. */
    static boolean isName(String cell) {
        boolean digits = cell.codePoints().anyMatch(Character::isDigit);
        boolean letters = cell.codePoints().anyMatch(Character::isLetter);
        return !digits || (letters && !OTHER_NUMBER.matcher(cell).matches());
    }

    /** How to write it so that it is read, in parentheses; empty where there is nothing to advise. */
    static String hint(String cell) {
        if (cell.indexOf(',') >= 0 && isNumber(cell.replace(',', '.'))) {
            return " (write decimal points, not commas)";
        }
        if (cell.startsWith("\"")) {
            return " (no space before a quote)";
        }
        return isName(cell) ? "" : " (numbers are written as in -1.5e3)";
    }

    /** The cell as it can be shown in a message: not too long, without control characters. */
    static String printable(String cell) {
        return Printable.name(cell.length() <= LONGEST_SHOWN ? cell : cell.substring(0, LONGEST_SHOWN) + "...");
    }
}
