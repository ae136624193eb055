package org.curvature4j.internal.engine.tile;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.host.HostArray;
import org.curvature4j.internal.host.NativeArrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Values of a graph's inputs, as engines take them over: each of its input's shape and element type. */
public final class Feeds {
    private Feeds() {}

    /**
     * The values in their inputs' types, refused if they don't fit.
     *
     * @return in place of each the array itself where it has the type, else a new one, which {@link #close} frees
     * @throws IllegalArgumentException if there are more or fewer values than inputs, or one has another shape or a number
     *     that its input's type doesn't hold
     */
    public static List<INDArray> typed(List<TensorType> types, List<INDArray> values) {
        if (values.size() != types.size()) {
            throw new IllegalArgumentException(
                    "feeds: expected " + types.size() + " values, one for each of " + types + ", got " + values.size());
        }
        List<INDArray> typed = new ArrayList<>();
        try {
            for (int i = 0; i < types.size(); i++) {
                typed.add(typed("feed " + i, types.get(i), values.get(i)));
            }
            return typed;
        } catch (RuntimeException e) {
            close(typed, values.subList(0, typed.size()));
            throw e;
        }
    }

    /** One value, as above. */
    public static INDArray typed(String name, TensorType type, INDArray value) {
        HostArray.requireNumbers(name, value);
        if (!Shape.of(value.shape()).equals(type.shape())) {
            throw new IllegalArgumentException(
                    name + ": expected " + type + ", got " + value.dataType() + " " + Shape.of(value.shape()));
        }
        return HostArray.as(name, value, NativeArrays.dataType(type.dtype()));
    }

    /** Closes those of {@link #typed} that are new. */
    public static void close(List<INDArray> typed, List<INDArray> values) {
        for (int i = 0; i < typed.size(); i++) {
            if (typed.get(i) != values.get(i)) {
                typed.get(i).close();
            }
        }
    }

    /** As {@link #typed}, all of them copies, outside of workspaces. */
    public static List<INDArray> copies(List<TensorType> types, List<INDArray> values) {
        List<INDArray> typed = typed(types, values);
        List<INDArray> copies = new ArrayList<>();
        for (int i = 0; i < typed.size(); i++) {
            copies.add(typed.get(i) == values.get(i) ? HostArray.copyOf(values.get(i)) : typed.get(i));
        }
        return copies;
    }

    /** Frees copies. */
    public static void free(List<INDArray> copies) {
        copies.stream().filter(INDArray::closeable).forEach(INDArray::close);
    }
}
