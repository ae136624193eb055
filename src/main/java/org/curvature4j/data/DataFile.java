package org.curvature4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.io.Csv;
import org.curvature4j.io.DataFileException;
import org.curvature4j.io.Npy;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Data sets in files: {@code .npy} arrays, and tables of numbers in text ({@code .csv}, with or without a line of column
 * names). A line or a slice along the first axis is an example.
 */
public final class DataFile {
    private final Path file;
    private final List<String> names;
    private final INDArray values;

    private DataFile(Path file, List<String> names, INDArray values) {
        this.file = file;
        this.names = names;
        this.values = values;
    }

    /**
     * Reads features and, from a table, targets: its last column. An array in a {@code .npy} file is all features.
     *
     * @throws DataFileException if the file can't be read as such, or has a number that isn't finite; the message names
     *     its row and column
     */
    public static Dataset load(Path file) {
        DataFile read = read(file);
        return isTable(file) ? read.withTarget(read.columns() - 1) : read.features();
    }

    /**
     * Reads features and targets from one table, in text or a 2-D array.
     *
     * @param column the targets' name in the first line, or their number, counted from 1
     * @throws DataFileException as {@link #load(Path)}, or if there is no such column
     */
    public static Dataset load(Path file, String column) {
        DataFile read = read(file);
        return read.withTarget(read.indexOf(column));
    }

    /**
     * Reads features and targets from two files, all columns of each.
     *
     * @throws DataFileException as {@link #load(Path)}, or if they differ in the number of rows
     */
    public static Dataset load(Path features, Path targets) {
        DataFile first = read(features);
        DataFile second = read(targets);
        if (first.values.size(0) != second.values.size(0)) {
            throw new DataFileException(
                    targets,
                    "expected " + first.values.size(0) + " rows as in " + features + ", got " + second.values.size(0));
        }
        return Dataset.of(first.values, second.values).named(first.names);
    }

    /** Whether a file is taken for text: its name ends in {@code .csv}. */
    public static boolean isTable(Path file) {
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
    }

    private static DataFile read(Path file) {
        DataFile read;
        if (isTable(file)) {
            Csv.Table table = Csv.read(file);
            read = new DataFile(file, table.columns(), table.values());
        } else {
            read = new DataFile(file, List.of(), Npy.read(file));
        }
        if (read.values.rank() < 1 || read.values.isEmpty()) {
            throw new DataFileException(
                    file, "expected an array with rows, got one of shape " + Examples.shape(read.values));
        }
        read.checkFinite();
        return read;
    }

    private void checkFinite() {
        long position = Examples.firstNotFinite(file.toString(), values);
        if (position >= 0) {
            long each = values.length() / values.size(0);
            int column = (int) (position % each);
            String name = names.isEmpty() ? "" : " (" + names.get(column) + ")";
            throw new DataFileException(
                    file,
                    "row " + (position / each + 1) + ", column " + (column + 1) + name
                            + ": expected a finite number, got NaN or an infinity (rows of numbers, counted from 1)");
        }
    }

    private int columns() {
        if (values.rank() != 2 || values.size(1) < 2) {
            throw new DataFileException(
                    file,
                    "expected 2 or more columns, the features and the target, got shape " + Examples.shape(values));
        }
        return (int) values.size(1);
    }

    private int indexOf(String column) {
        int columns = columns();
        int found = names.indexOf(column);
        if (found >= 0 && found == names.lastIndexOf(column)) {
            return found;
        }
        if (found < 0 && column.matches("\\d{1,9}")) {
            int number = Integer.parseInt(column);
            if (number >= 1 && number <= columns) {
                return number - 1;
            }
        }
        String known = names.isEmpty() ? "" : ", or one of " + (columns > 12 ? names.subList(0, 12) + " ..." : names);
        throw new DataFileException(
                file,
                "expected the name of one column, or its number from 1 to " + columns + known + ", got '" + column + "'"
                        + (found < 0 ? "" : ", which several have"));
    }

    private Dataset features() {
        return Dataset.of(values).named(names);
    }

    private Dataset withTarget(int column) {
        int columns = columns();
        INDArray features = HostArray.outsideWorkspaces(() -> {
            List<INDArray> parts = new ArrayList<>();
            for (int[] ends : new int[][] {{0, column}, {column + 1, columns}}) {
                if (ends[0] < ends[1]) {
                    parts.add(values.get(NDArrayIndex.all(), NDArrayIndex.interval(ends[0], ends[1])));
                }
            }
            return parts.size() == 1 ? parts.get(0).dup('c') : Nd4j.concat(1, parts.toArray(new INDArray[0]));
        });
        INDArray target = HostArray.outsideWorkspaces(
                () -> values.get(NDArrayIndex.all(), NDArrayIndex.interval(column, column + 1))
                        .dup('c'));
        List<String> left = new ArrayList<>(names);
        if (!left.isEmpty()) {
            left.remove(column);
        }
        return Dataset.of(features, target).named(left);
    }
}
