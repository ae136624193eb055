package org.curvature4j.internal.transform;

import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.op.JavaKernels.Tensor;

/** Dependences as {@link Marks} find them, with every element, for tests elsewhere. */
public final class WholeMarks {
    private WholeMarks() {}

    /** Of each element of the only output, whether it can depend on elements of the inputs that aren't 0. */
    public static boolean[] of(Graph dependence, List<Tensor> marks) {
        List<Mark> given = marks.stream()
                .map(tensor -> (Mark) new Marks().constant(tensor.type(), tensor.values()))
                .toList();
        Mark found = Marks.of(dependence, given).get(0);
        return found.repeated(found.type().shape()).marked();
    }
}
