package org.curvature4j.io;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The cells of one line of a table, and the numbers in them. */
final class CsvLine {
    private static final int LONGEST_SHOWN = 40;

    private CsvLine() {}

    /**
     * Splits a line that isn't blank; cells are stripped of surrounding space and of quotes.
     *
     * @param delimiter a space stands for any run of white space
     * @return the cells; empty if a quote isn't closed
     */
    static List<String> split(String line, char delimiter) {
        if (delimiter == ' ') {
            return List.of(line.strip().split("\\s+"));
        }
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == delimiter && !quoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return quoted ? List.of() : cells;
    }

    static boolean isNumber(String cell) {
        return !Double.isNaN(number(cell)) || cell.equalsIgnoreCase("nan");
    }

    /** The number in the cell, or NaN if it is no number. */
    static double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        char last = cell.charAt(cell.length() - 1);
        if (Character.isDigit(last) || last == '.') {
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

    /** The cell as it can be shown in a message: not too long, without control characters. */
    static String printable(String cell) {
        String shown = cell.length() <= LONGEST_SHOWN ? cell : cell.substring(0, LONGEST_SHOWN) + "...";
        return shown.replaceAll("\\p{Cntrl}", "?");
    }
}
