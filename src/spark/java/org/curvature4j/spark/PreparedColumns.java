package org.curvature4j.spark;

import java.util.EnumMap;
import java.util.Map;
import org.curvature4j.PreparedFunction;
import org.curvature4j.TensorFunction;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.spark.Derived.Matrix;

/** A function's derivatives, each prepared when it is first asked for; for all tasks of an executor at the same time. */
final class PreparedColumns implements AutoCloseable {
    private final TensorFunction function;
    private final Map<Matrix, PreparedFunction> prepared = new EnumMap<>(Matrix.class);

    PreparedColumns(TensorFunction function) {
        this.function = function;
    }

    TensorFunction function() {
        return function;
    }

    synchronized PreparedFunction get(Matrix matrix) {
        return prepared.computeIfAbsent(matrix, one -> one.of(function).prepare());
    }

    @Override
    public synchronized void close() {
        Resources.of(prepared.values()).close();
        prepared.clear();
    }
}
