package org.curvature4j.io;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.curvature4j.internal.io.Printable;
import org.curvature4j.internal.io.StoredFile;
import org.jspecify.annotations.Nullable;
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

    private static final char COMMENT = '#';

    /** Characters of remarks before the first line of cells, and of that line. */
    private static final int LONGEST_PREFACE = 1 << 24;

    private static final Pattern LINE = Pattern.compile("line \\d+");

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
     * @throws DataFileException if there is no such file, it has no rows, a cell isn't a number (in the first line: nor a
     *     name, which has letters, or no digits) or a line has more or fewer cells than the first; the message names line
     *     and column
     */
    public static Table read(Path file) {
        return new Csv(file).table();
    }

    private Table table() {
        try (BufferedReader text = open()) {
            delimiter = delimiterOf(text);
            // Where cells are set apart by spaces, no other delimiter occurs in the first line.
            CsvReader<CsvRecord> records = CsvReader.builder()
                    .fieldSeparator(delimiter == ' ' ? '\t' : delimiter)
                    .commentStrategy(CommentStrategy.SKIP)
                    .commentCharacter(COMMENT)
                    .ignoreDifferentFieldCount(true)
                    .acceptCharsAfterQuotes(false)
                    .ofCsvRecord(text);
            for (CsvRecord record : records) {
                line = record.getStartingLineNumber();
                List<String> row = cells(record.getFields());
                if (row.size() != 1 || !row.get(0).isEmpty()) {
                    accept(row);
                }
            }
        } catch (CsvParseException e) {
            throw damaged(e);
        } catch (UncheckedIOException e) {
            throw new DataFileException(file, "can't be read", Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
        if (columns == 0) {
            throw new DataFileException(file, "expected a table of numbers, got no lines");
        }
        if (count == 0) {
            throw new DataFileException(file, "expected rows of numbers below the names of the columns, got none");
        }
        INDArray values = Nd4j.createUninitializedDetached(DataType.DOUBLE, 'c', count / columns, columns);
        int[] done = {0};
        HostMemory.write(values, window -> {
            int some = window.remaining() / Double.BYTES;
            window.asDoubleBuffer().put(cells, done[0], some);
            done[0] += some;
        });
        return new Table(names, values);
    }

    /** The text behind its byte order mark, and a line end behind it all, which ends up in a quoted cell without an end. */
    private BufferedReader open() throws IOException {
        StoredFile.require(file, "a table of numbers");
        InputStream bytes =
                new SequenceInputStream(Files.newInputStream(file), new ByteArrayInputStream(new byte[] {'\n'}));
        BufferedReader text = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
        text.mark(1);
        if (text.read() != '\ufeff') {
            text.reset();
        }
        return text;
    }

    /** Looks ahead to the first line that is neither blank nor a remark. */
    private static char delimiterOf(BufferedReader text) throws IOException {
        text.mark(LONGEST_PREFACE);
        @Nullable String first = text.readLine();
        while (first != null && (first.isBlank() || first.charAt(0) == COMMENT)) {
            first = text.readLine();
        }
        text.reset();
        String unquoted = first == null ? "" : first.replaceAll("\"[^\"]*(\"|$)", "");
        for (char candidate : new char[] {';', ',', '\t'}) {
            if (unquoted.indexOf(candidate) >= 0) {
                return candidate;
            }
        }
        return ' ';
    }

    private List<String> cells(List<String> fields) {
        // A line end within quotes stays, for a number that has one is told by it.
        Stream<String> cells = fields.stream().map(field -> field.indexOf('\n') >= 0 ? field : field.strip());
        return delimiter == ' '
                ? cells.flatMap(cell -> Arrays.stream(cell.split("\\s+"))).toList()
                : cells.toList();
    }

    private void accept(List<String> row) {
        boolean first = columns == 0;
        if (first) {
            columns = row.size();
            if (row.stream().noneMatch(CsvCell::isNumber)) {
                IntStream.range(0, columns).forEach(column -> checkName(row.get(column), column));
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

    /** A first line of numbers that can't be read must not go for names. */
    private void checkName(String cell, int column) {
        if (!CsvCell.isName(cell) || cell.startsWith("\"")) {
            throw cell(
                    column, "expected a number or a name, got '" + CsvCell.printable(cell) + "'" + CsvCell.hint(cell));
        }
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
        double value = CsvCell.number(cell);
        if (!Double.isNaN(value) || CsvCell.isNumber(cell)) {
            return value;
        }
        if (cell.indexOf('\n') >= 0) {
            throw problem("expected the end of a quoted cell in the same line");
        }
        String found = cell.isEmpty() ? "nothing" : "'" + CsvCell.printable(cell) + "'";
        String hint = CsvCell.hint(cell);
        if (hint.isEmpty() && count < columns && names.isEmpty()) {
            hint = " (a line of column names has no numbers)";
        }
        throw cell(column, "expected a number, got " + found + hint);
    }

    private DataFileException cell(int column, String message) {
        String name = names.isEmpty() ? "" : " (" + CsvCell.printable(names.get(column)) + ")";
        return new DataFileException(file, "line " + line + ", column " + (column + 1) + name + ": " + message);
    }

    private DataFileException problem(String message) {
        return new DataFileException(file, "line " + line + ": " + message);
    }

    /** Text behind a closing quote, or a cell of many millions of characters. */
    private DataFileException damaged(CsvParseException e) {
        Matcher told = LINE.matcher(String.valueOf(e.getMessage()));
        String cause = String.valueOf((e.getCause() == null ? e : e.getCause()).getMessage());
        String where = told.find() ? told.group() : "behind line " + line;
        return new DataFileException(file, where + ": expected cells, got something else: " + Printable.name(cause));
    }
}
