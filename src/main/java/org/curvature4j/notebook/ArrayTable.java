package org.curvature4j.notebook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.curvature4j.internal.text.Numbers;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arrays as tables: type and shape, first and last rows and columns; of a batch, its first and its last matrix. */
final class ArrayTable {
    private static final int DIGITS = 6;
    private static final String OTHERS = "…";

    private ArrayTable() {}

    /** The number in a row and a column. */
    private interface Cell {
        String at(long row, long column);
    }

    static String of(INDArray array) {
        if (array.wasClosed()) {
            return Html.lines("an array that is closed");
        }
        String caption = array.dataType().name().toLowerCase(Locale.ROOT) + " " + Arrays.toString(array.shape());
        if (array.isEmpty() || array.rank() < 2) {
            return grid(caption, array.isEmpty() ? 0 : 1, array.length(), (i, j) -> cell(array, j));
        }
        int batch = array.rank() - 2;
        long[] shape = Arrays.copyOf(array.shape(), batch);
        long matrices = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        long size = array.size(-2) * array.size(-1);
        return LongStream.of(0, matrices - 1)
                .distinct()
                .mapToObj(matrix -> grid(
                        caption + (batch == 0 ? "" : " at " + Arrays.toString(place(shape, matrix))),
                        array.size(-2),
                        array.size(-1),
                        (i, j) -> cell(array, matrix * size + i * array.size(-1) + j)))
                .collect(Collectors.joining("\n"));
    }

    static String of(double[] numbers) {
        return grid("double[" + numbers.length + "]", 1, numbers.length, (i, j) -> text(numbers[(int) j]));
    }

    static String of(double[][] rows) {
        return Html.table(
                "double[" + rows.length + "][]",
                List.of(),
                Html.ends(
                        rows.length,
                        List.of(OTHERS),
                        i -> cells(0, rows[(int) i].length, (row, j) -> text(rows[(int) i][(int) j]))));
    }

    /** Java's arrays as a line, or a line for each row. */
    static String text(double[] numbers) {
        return Html.ends(numbers.length, "...", j -> text(numbers[(int) j])).toString();
    }

    static String text(double[][] rows) {
        return String.join("\n", Html.ends(rows.length, "...", i -> text(rows[(int) i])));
    }

    private static String grid(String caption, long rows, long columns, Cell cell) {
        return Html.table(caption, List.of(), Html.ends(rows, List.of(OTHERS), i -> cells(i, columns, cell)));
    }

    private static List<String> cells(long row, long columns, Cell cell) {
        return Html.ends(columns, OTHERS, j -> cell.at(row, j));
    }

    /** An element by its place in C order, whatever the layout. */
    private static String cell(INDArray array, long index) {
        long[] place = place(array.shape(), index);
        DataType type = array.dataType();
        if (type.isFPType()) {
            return text(array.getDouble(place));
        }
        if (type.isIntType()) {
            return Long.toString(array.getLong(place));
        }
        return type == DataType.BOOL ? Boolean.toString(array.getDouble(place) != 0) : array.getString(index);
    }

    private static long[] place(long[] shape, long index) {
        long[] place = new long[shape.length];
        long rest = index;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            place[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return place;
    }

    private static String text(double number) {
        return Numbers.compact(number, DIGITS);
    }
}
