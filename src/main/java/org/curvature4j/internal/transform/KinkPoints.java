package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Origin;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.walk.Forward;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.MatrixOp;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a function that have kinks, jumps or infinite derivatives somewhere as its point varies, or no result, and
 * a function that tells which of them are at one.
 *
 * @param operations in order
 * @param indicators of the graph's inputs: for each operation 1 if some element is exactly where it has a kink, else 0, and
 *     at last 1 if any operation is; null where there are none
 * @param isFlat whether second derivatives are zero wherever they exist: built of linear operations and kinks
 */
public record KinkPoints(List<Place> operations, @Nullable Graph indicators, boolean isFlat) {

    public KinkPoints {
        operations = List.copyOf(operations);
    }

    /**
     * An operation at such a point.
     *
     * @param operation the model's; where none is known, this library's by name
     * @param words as {@link org.curvature4j.graph.Op#kinkWords}
     */
    public record Place(Origin operation, String words) {}

    /** Whether a graph has decompositions, which some matrices have no results of. */
    public static boolean hasDecompositions(Graph graph) {
        return graph.nodes().stream()
                .anyMatch(node -> node.op() instanceof MatrixOp
                        || node.op().bodies().stream().anyMatch(KinkPoints::hasDecompositions));
    }

    /** Looks at a graph as a function of its first input. */
    public static KinkPoints of(Graph graph) {
        GraphBuilder builder = new GraphBuilder();
        Ops ops = new Ops(builder);
        Walk walk = Walk.copying(builder, graph, Walk.declareInputs(builder, graph));
        DType dtype = graph.inputs().get(0).dtype();
        Set<Node> differentiated = differentiated(graph);
        Map<Place, Node> hits = new LinkedHashMap<>();
        for (Node node : graph.nodes()) {
            // A matrix of constants without a result leaves none at any point.
            boolean counts = (differentiated.contains(node) || node.op() instanceof MatrixOp)
                    && node.type().size() > 0;
            Node kink = counts ? kink(builder, walk.image(node), node.origin()) : null;
            if (kink != null) {
                Node numbers = ops.cast(kink, dtype);
                Node total = ops.reshape(ops.sum(numbers, ops.allAxes(numbers)), Shape.of(1));
                Origin known = node.origin();
                Origin origin = known == null ? new Origin(node.op().name(), "", false) : known;
                hits.merge(new Place(origin, node.op().kinkWords()), total, ops::add);
            }
        }
        if (hits.isEmpty()) {
            return new KinkPoints(List.of(), null, isFlat(graph));
        }
        List<Node> parts = new ArrayList<>(hits.values());
        parts.add(hits.values().stream().reduce(ops::add).orElseThrow());
        Node all = ops.concat(parts, 0);
        Node indicators = ops.cast(ops.apply(Comparison.GT, all, ops.like(all, 0)), dtype);
        return new KinkPoints(List.copyOf(hits.keySet()), builder.build(List.of(indicators)), isFlat(graph));
    }

    /** Whether the derivative along a direction doesn't vary with the point. */
    private static boolean isFlat(Graph graph) {
        Graph slope = Simplifier.simplify(Derivatives.directional(graph));
        Graph second = Simplifier.simplify(Jvp.of(slope, List.of(0)));
        return second.outputs().stream().allMatch(Literals::isNothing);
    }

    /** The nodes that vary with the point and on which the outputs' derivatives depend. */
    private static Set<Node> differentiated(Graph graph) {
        Set<Node> varying = new HashSet<>();
        varying.add(graph.inputs().get(0));
        for (Node node : graph.nodes()) {
            if (node.operands().stream().anyMatch(varying::contains)) {
                varying.add(node);
            }
        }
        Set<Node> needed = Forward.needed(graph);
        needed.retainAll(varying);
        return needed;
    }

    /** Booleans: where a node has a kink; null where it has none. */
    private static @Nullable Node kink(GraphBuilder builder, Node image, @Nullable Origin origin) {
        // What is linear piece by piece inside a smooth operation joins pieces that fit together.
        boolean hidden = origin != null && origin.smooth() && !image.op().bends();
        return hidden ? null : image.op().kink(builder, image);
    }
}
