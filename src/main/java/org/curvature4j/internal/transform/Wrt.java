package org.curvature4j.internal.transform;

import java.util.List;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Reverse;

/** What varies when a graph is differentiated with respect to some of its inputs. */
final class Wrt {
    private Wrt() {}

    static void check(Graph graph, int input) {
        Node node = graph.inputs().get(input);
        if (!node.dtype().isFloat()) {
            throw new IllegalArgumentException("with respect to '" + graph.inputName(input)
                    + "': expected a floating input, got " + node.type() + " (integers and booleans don't vary)");
        }
    }

    /** The floating nodes that depend on the given inputs. */
    static Set<Node> active(Graph graph, List<Integer> inputs) {
        inputs.forEach(input -> check(graph, input));
        return Reverse.active(graph, inputs);
    }
}
