package org.curvature4j.onnx;

import java.util.IdentityHashMap;
import org.curvature4j.internal.composition.ConstantFolding;
import org.curvature4j.internal.text.Arguments;
import org.curvature4j.op.Ops;

/** How much one node may come to: steps of loops and functions within functions multiply. */
final class OnnxWork {
    private static final int DEEPEST = 64;
    private static final int MOST = 100_000;

    private final IdentityHashMap<Ops, ConstantFolding> foldings = new IdentityHashMap<>();
    private int depth;
    private int nodes;

    /** Goes into a body of nodes; {@link #leave} must follow. */
    void enter(int size) {
        depth++;
        nodes = Math.addExact(nodes, size);
        Arguments.refuseIf(nodes > MOST, "loops and functions", "at most " + MOST + " nodes when written out", "more");
        Arguments.refuseIf(
                depth > DEEPEST, "functions", "at most " + DEEPEST + " inside each other", "more (one calls itself?)");
    }

    void leave() {
        depth--;
    }

    /** What is known of values in a graph, once for all steps. */
    ConstantFolding folding(Ops ops) {
        return foldings.computeIfAbsent(ops, ConstantFolding::new);
    }
}
