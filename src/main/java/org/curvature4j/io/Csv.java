package org.curvature4j.io;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Reads tables of numbers from text: cells separated by commas, semicolons, tabs or runs of spaces, whichever the first
 * line has; one optional line of column names; cells may stand in double quotes. Blank lines and lines that begin with
 * {@code #} are skipped. {@code nan}, {@code inf} and {@code -inf} are numbers, in any case of letters.
 */
public final class Csv {
    /** The longest array of Java's. */
    private static final int MOST_CELLS = Integer.MAX_VALUE - 8;

    private final Path file;
    private char delimiter;
    private List<String> names = List.of();
    private long line;
    private int columns;
    private double[] cells = new double[1024];
    private int count;

    private Csv(Path file) {
        this.file = file;
    }

    /**
     * A table.
     *
     * @param columns the column names; empty if the file has none
     * @param values float64, shape [rows, columns], owned by the caller
     */
    public record Table(List<String> columns, INDArray values) {}

    /**
     * Reads a table.
     *
     * @throws DataFileException if there is no such file, a cell isn't a number or a line has more or fewer cells than
     *     the first; the message names line and column
     */
    public static Table read(Path file) {
        return new Csv(file).table();
    }

    private Table table() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                line++;
                String content = line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
                if (!content.isBlank() && content.charAt(0) != '#') {
                    accept(content);
                }
            }
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
        if (columns == 0) {
            throw new DataFileException(file, "expected a table of numbers, got no lines");
        }
        INDArray values = Nd4j.createUninitializedDetached(DataType.DOUBLE, 'c', count / columns, columns);
        if (!values.isEmpty()) {
            int[] done = {0};
            HostMemory.write(values, window -> {
                int some = window.remaining() / Double.BYTES;
                window.asDoubleBuffer().put(cells, done[0], some);
                done[0] += some;
            });
        }
        return new Table(names, values);
    }

    private void accept(String content) {
        boolean first = columns == 0;
        if (first) {
            delimiter = delimiterOf(content);
        }
        List<String> row = CsvLine.split(content, delimiter);
        if (row.isEmpty()) {
            throw problem("expected the end of a quoted cell in the same line");
        }
        if (first) {
            columns = row.size();
            if (row.stream().noneMatch(CsvLine::isNumber)) {
                names = List.copyOf(row);
                return;
            }
        }
        if (row.size() != columns) {
            throw problem("expected " + columns + " cells as in the first line, got " + row.size());
        }
        reserve();
        for (int column = 0; column < columns; column++) {
            cells[count++] = number(row.get(column), column);
        }
    }

    private static char delimiterOf(String content) {
        for (char candidate : new char[] {';', ',', '\t'}) {
            if (content.indexOf(candidate) >= 0) {
                return candidate;
            }
        }
        return ' ';
    }

    private void reserve() {
        if (count > MOST_CELLS - columns) {
            throw problem("expected fewer than 2^31 cells (save so large a table as .npy)");
        }
        if (cells.length < count + columns) {
            long wanted = Math.max(2L * cells.length, (long) count + columns);
            cells = Arrays.copyOf(cells, (int) Math.min(wanted, MOST_CELLS));
        }
    }

    private double number(String cell, int column) {
        double value = CsvLine.number(cell);
        if (!Double.isNaN(value) || CsvLine.isNumber(cell)) {
            return value;
        }
        String name = names.isEmpty() ? "" : " (" + names.get(column) + ")";
        String found = cell.isEmpty() ? "nothing" : "'" + CsvLine.printable(cell) + "'";
        String hint = "";
        if (cell.indexOf(',') >= 0 && CsvLine.isNumber(cell.replace(',', '.'))) {
            hint = " (write decimal points, not commas)";
        } else if (count < columns && names.isEmpty()) {
            hint = " (a line of column names has no numbers)";
        }
        throw new DataFileException(
                file, "line " + line + ", column " + (column + 1) + name + ": expected a number, got " + found + hint);
    }

    private DataFileException problem(String message) {
        return new DataFileException(file, "line " + line + ": " + message);
    }
}
