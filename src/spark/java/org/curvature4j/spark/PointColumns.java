package org.curvature4j.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Columns to be appended to rows, each of arrays of float64: derivatives and spectra of a function at the rows' points. They
 * are the same bits as those of one machine, whatever the partitions. Rows are computed in blocks, so that memory is
 * bounded by a block; several columns of one matrix cost it once.
 *
 * <p>A row with a null, a NaN or an array of another length among its points or data fails its task, and with it the query,
 * saying which; so does a matrix without eigenvalues because it isn't finite. Filter such rows before.
 */
public final class PointColumns {
    private final SparkFunction function;
    private final Map<String, List<String>> data = new LinkedHashMap<>();
    private final Map<String, Derived> wanted = new LinkedHashMap<>();
    private List<String> points = List.of();

    PointColumns(SparkFunction function) {
        this.function = function;
    }

    /** The columns with the points: one of arrays of n numbers, or n of a number each, in this order. */
    public PointColumns points(String... columns) {
        points = List.of(columns);
        return this;
    }

    /** The columns of what goes with each point, likewise, by the name of the placeholder (of {@code perPoint}). */
    public PointColumns data(String placeholder, String... columns) {
        data.put(placeholder, List.of(columns));
        return this;
    }

    /** Appends the function's values, m numbers. */
    public PointColumns values(String column) {
        return add(column, Derived.VALUES);
    }

    /** Appends the gradient of a function with one result, n numbers. */
    public PointColumns gradient(String column) {
        return add(column, Derived.GRADIENT);
    }

    /** Appends the Jacobian, m by n numbers, row-major. */
    public PointColumns jacobian(String column) {
        return add(column, Derived.JACOBIAN);
    }

    /** Appends the Hessian of a function with one result, n by n numbers, row-major. */
    public PointColumns hessian(String column) {
        return add(column, Derived.HESSIAN);
    }

    /** Appends the Hessian's eigenvalues, n numbers, ascending. */
    public PointColumns eigenvalues(String column) {
        return add(column, Derived.EIGENVALUES);
    }

    /** Appends the Jacobian's singular values, as many as the lesser of m and n, descending. */
    public PointColumns singularValues(String column) {
        return add(column, Derived.SINGULAR_VALUES);
    }

    private PointColumns add(String column, Derived derived) {
        Arguments.refuseIf(
                wanted.putIfAbsent(column, derived) != null, "column", "each name once", "'" + column + "' again");
        return this;
    }

    /**
     * The rows with the columns. Nothing is computed yet: that is done when the result is written, counted or shown.
     *
     * @throws IllegalArgumentException where columns are missing, taken or of another type
     */
    public Dataset<Row> appendTo(Dataset<Row> rows) {
        Arguments.refuseIf(wanted.isEmpty(), "columns", "at least one to append, such as hessian", "none");
        StructType schema = rows.schema();
        TensorFunction local = function.function();
        List<Columns> read = new ArrayList<>();
        read.add(Columns.of(schema, "points", local.inputSize(), points));
        List<String> names = local.dataNames();
        Arguments.refuseIf(
                !data.keySet().equals(Set.copyOf(names)), "data", "columns for each of " + names, data.keySet());
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            List<String> columns = data.getOrDefault(name, List.of());
            read.add(Columns.of(schema, "data '" + name + "'", local.dataSizes().get(i), columns));
        }
        StructType extended = schema;
        for (String column : wanted.keySet()) {
            Arguments.refuseIf(
                    Arrays.asList(schema.fieldNames()).contains(column),
                    "column",
                    "a name that the rows don't have yet",
                    "'" + column + "'");
            extended = extended.add(column, DataTypes.createArrayType(DataTypes.DoubleType, false), false);
        }
        wanted.values().forEach(derived -> derived.matrix().of(local).outputShape()); // refuses several results
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(rows.sparkSession().sparkContext());
        ColumnTask task = new ColumnTask(
                function.id(),
                spark.broadcast(function.graph()),
                function.definition(),
                read,
                List.copyOf(wanted.values()),
                wanted.values().stream().map(derived -> derived.length(local)).toList(),
                function.type() == DataType.FLOAT);
        return rows.mapPartitions(task, Encoders.row(extended));
    }

    @Override
    public String toString() {
        return "columns " + wanted.keySet() + " of " + function;
    }
}
