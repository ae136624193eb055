package org.curvature4j.internal.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.stream.RowSink;

/** Matrices that are few and small enough to be read, kept to be printed in place of a file. */
public final class SmallMatrices implements RowSink {
    private static final int MOST = 10;
    private static final int MOST_ROWS = 12;
    private static final int LINE = 84;

    private final double[] numbers;
    private final int count;
    private final int rows;
    private final int columns;

    /** @throws UsageException if nobody would want to read them */
    public SmallMatrices(long count, long rows, long columns) {
        if (count > MOST || rows > MOST_ROWS || columns > MOST_ROWS) {
            throw new UsageException("--out: expected a file or a folder for " + Words.count(count, "matrix") + " of "
                    + rows + " x " + columns + ", got none (without it up to " + MOST + " of at most " + MOST_ROWS
                    + " x " + MOST_ROWS + " are printed)");
        }
        this.count = (int) count;
        this.rows = (int) rows;
        this.columns = (int) columns;
        this.numbers = new double[this.count * this.rows * this.columns];
    }

    @Override
    public void write(long first, int some, double[] from) {
        int length = rows * columns;
        System.arraycopy(from, 0, numbers, (int) first * length, some * length);
    }

    /** One of them. */
    public double[][] matrix(int index) {
        double[][] matrix = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(numbers, (index * rows + row) * columns, matrix[row], 0, columns);
        }
        return matrix;
    }

    /**
     * Adds all of them.
     *
     * @param label one of them, where there is only one
     * @param down what the rows are called
     * @param across what the columns are called
     */
    public void describe(Report report, String label, List<String> down, List<String> across) {
        List<double[][]> matrices = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            matrices.add(matrix(index));
            String about = count == 1 ? label : "point " + index;
            // A terminal's lines end; what doesn't fit a page is moved below the reader's eye.
            report.line(
                    about,
                    table(matrix(index), down, across, LINE),
                    table(matrix(index), down, across, Integer.MAX_VALUE));
        }
        report.field("matrices", matrices);
    }

    private static String table(double[][] matrix, List<String> down, List<String> across, int most) {
        int width = longest(down.stream());
        int column = 2 + Math.max(longest(across.stream()), longest(cells(matrix)));
        StringJoiner lines = new StringJoiner("\n");
        int some = Math.max(1, (most - width) / column);
        for (int from = 0; from < across.size(); from += some) {
            int to = Math.min(from + some, across.size());
            StringBuilder head = new StringBuilder(" ".repeat(width));
            across.subList(from, to).forEach(name -> head.append(right(name, column)));
            lines.add(head);
            for (int row = 0; row < matrix.length; row++) {
                StringBuilder line = new StringBuilder(
                        down.get(row) + " ".repeat(width - down.get(row).length()));
                for (int i = from; i < to; i++) {
                    line.append(right(Numbers.brief(matrix[row][i]), column));
                }
                lines.add(line);
            }
        }
        return lines.toString();
    }

    private static Stream<String> cells(double[][] matrix) {
        return Stream.of(matrix).flatMapToDouble(DoubleStream::of).mapToObj(Numbers::brief);
    }

    private static int longest(Stream<String> words) {
        return words.mapToInt(String::length).max().orElse(0);
    }

    private static String right(String text, int width) {
        return " ".repeat(width - text.length()) + text;
    }
}
