package org.curvature4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * The columns that hold an argument's numbers: one of arrays, or one for each number.
 *
 * @param argument in words, for messages
 * @param fields positions of the columns
 * @param names of the columns
 * @param arrays whether there is one, of arrays
 * @param length numbers in a row
 */
record Columns(String argument, List<Integer> fields, List<String> names, boolean arrays, int length)
        implements Serializable {

    /**
     * @param length numbers that the argument has
     * @throws IllegalArgumentException where the columns aren't there or can't hold so many numbers
     */
    static Columns of(StructType schema, String argument, long length, List<String> names) {
        Arguments.refuseIf(
                names.isEmpty(), argument, "columns with " + length + " numbers, or one with arrays of them", "none");
        List<Integer> fields =
                names.stream().map(name -> field(schema, argument, name)).toList();
        boolean arrays = names.size() == 1 && schema.fields()[fields.get(0)].dataType() instanceof ArrayType;
        for (int field : fields) {
            DataType type = schema.fields()[field].dataType();
            boolean fits = arrays ? type instanceof ArrayType array && isNumber(array.elementType()) : isNumber(type);
            Arguments.refuseIf(
                    !fits,
                    argument + ", column '" + schema.fields()[field].name() + "'",
                    names.size() == 1 ? "numbers or arrays of numbers" : "numbers",
                    type.simpleString());
        }
        Arguments.refuseIf(
                !arrays && names.size() != length,
                argument,
                length + " columns of a number each, or one of arrays",
                names);
        return new Columns(argument, fields, List.copyOf(names), arrays, Math.toIntExact(length));
    }

    /** Those of some names alone, whatever characters these have. */
    static Dataset<Row> select(Dataset<Row> rows, Stream<String> names) {
        return rows.select(names.map(name -> functions.col("`" + name.replace("`", "``") + "`"))
                .toArray(Column[]::new));
    }

    private static int field(StructType schema, String argument, String name) {
        String[] known = schema.fieldNames();
        int field = Arrays.asList(known).indexOf(name);
        Arguments.refuseIf(field < 0, argument, "columns of " + Arrays.toString(known), "'" + name + "'");
        return field;
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof BooleanType;
    }

    /**
     * Writes a row's numbers to a position.
     *
     * @param index of the row in its partition, for messages
     * @throws IllegalArgumentException if one is missing or isn't a number, or there are too few or too many
     */
    void read(Row row, long index, double[] into, int at) {
        if (!arrays) {
            for (int i = 0; i < length; i++) {
                into[at + i] = number(row.get(fields.get(i)), names.get(i), index);
            }
            return;
        }
        int field = fields.get(0);
        if (row.isNullAt(field)) {
            throw refused("arrays of " + length + " numbers", "null", names.get(0), index);
        }
        List<?> numbers = row.getList(field);
        if (numbers.size() != length) {
            throw refused("arrays of " + length + " numbers", numbers.size() + " numbers", names.get(0), index);
        }
        for (int i = 0; i < length; i++) {
            into[at + i] = number(numbers.get(i), names.get(0), index);
        }
    }

    private double number(@Nullable Object value, String column, long index) {
        double number;
        if (value instanceof Long whole) {
            number = HostArray.exact(argument + " in " + Executors.place(index), whole);
        } else if (value instanceof Number any) {
            number = any.doubleValue();
        } else if (value instanceof Boolean yes) {
            number = yes ? 1 : 0;
        } else {
            throw refused("numbers", "null", column, index);
        }
        if (Double.isNaN(number)) {
            throw refused("numbers", "NaN", column, index);
        }
        return number;
    }

    private IllegalArgumentException refused(String expected, String got, String column, long index) {
        return new IllegalArgumentException(argument + ", column '" + column + "': expected " + expected + ", got "
                + got + " in " + Executors.place(index));
    }
}
