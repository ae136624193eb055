package org.curvature4j.spark;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.curvature4j.internal.text.Arguments;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** What the graph says of a placeholder with examples along its first axis. */
final class Placeholder implements Serializable {
    private static final long serialVersionUID = 1;

    private final String name;
    private final DataType type;
    private final long[] shape;

    private Placeholder(String name, DataType type, long[] shape) {
        this.name = name;
        this.type = type;
        this.shape = shape;
    }

    /** @throws IllegalArgumentException if there is no such placeholder, or its sizes but the first are open */
    static Placeholder of(SameDiff graph, String name) {
        List<String> known = graph.inputs().stream().sorted().toList();
        Arguments.refuseIf(!known.contains(name), "data", "placeholders of " + known, "'" + name + "'");
        SDVariable variable = graph.getVariable(name);
        long[] shape = variable.placeholderShape();
        boolean fits = shape != null
                && shape.length >= 1
                && Arrays.stream(shape).skip(1).allMatch(size -> size > 0);
        Arguments.refuseIf(
                !fits,
                "placeholder '" + name + "'",
                "a shape that is open (-1) on its first axis alone, of examples",
                shape == null ? "none" : Arrays.toString(shape));
        return new Placeholder(name, variable.dataType(), shape.clone());
    }

    String name() {
        return name;
    }

    DataType type() {
        return type;
    }

    /** Numbers of an example. */
    int length() {
        return Math.toIntExact(Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact));
    }

    long[] shapeOf(int examples) {
        long[] some = shape.clone();
        some[0] = examples;
        return some;
    }
}
