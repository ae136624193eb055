package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Ops;

/**
 * A tensor with its axes by name.
 *
 * @param axes one for each of the tensor's, all different and none of size 1
 */
record Factor(Node node, List<Axis> axes) {
    Factor {
        axes = List.copyOf(axes);
    }

    /**
     * A tensor that broadcasts against others.
     *
     * @param along the axes of what it broadcasts to; the tensor has as many, each of the same size or 1, or has rank 0
     */
    static Factor of(Ops ops, Node node, List<Axis> along) {
        List<Axis> axes = new ArrayList<>();
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            if (node.shape().dim(axis) != 1) {
                axes.add(along.get(axis));
            }
        }
        return new Factor(ops.reshape(node, shape(axes)), axes);
    }

    /** Whether it is the same at every point. */
    boolean isConstant() {
        return node.isConstant();
    }

    /** The sizes of axes. */
    static Shape shape(List<Axis> axes) {
        return Shape.of(axes.stream().mapToLong(Axis::size).toArray());
    }

    /** The same tensor under other names. */
    Factor renamed(UnaryOperator<Axis> names) {
        return new Factor(node, axes.stream().map(names).toList());
    }
}
