package org.curvature4j.transform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;

/**
 * The parts in which a graph uses its first input: a flat vector of parameters is cut into tensors before anything is
 * computed with it, and derivatives by these have structure that derivatives by the vector hide.
 *
 * @param blocks in order and apart; what lies between them isn't used
 */
record PointBlocks(List<Block> blocks) {

    /**
     * One part.
     *
     * @param leaf the node that is this part, in the shape in which it is used
     */
    record Block(long offset, long size, Node leaf) {
        long end() {
            return offset + size;
        }
    }

    static PointBlocks of(Graph graph) {
        Node point = graph.inputs().get(0);
        List<Node> users = users(graph, point);
        boolean cut = point.shape().rank() == 1
                && !users.isEmpty()
                && !graph.outputs().contains(point)
                && users.stream().allMatch(user -> user.op() instanceof ShapeOp.Slice);
        if (cut) {
            List<Block> blocks = users.stream()
                    .map(slice -> new Block(start(slice), slice.type().size(), leaf(graph, slice)))
                    .sorted(Comparator.comparingLong(Block::offset))
                    .toList();
            if (areApart(blocks)) {
                return new PointBlocks(blocks);
            }
        }
        return new PointBlocks(List.of(new Block(0, point.type().size(), point)));
    }

    private static long start(Node slice) {
        return ((ShapeOp.Slice) slice.op()).starts().get(0);
    }

    private static boolean areApart(List<Block> blocks) {
        for (int i = 1; i < blocks.size(); i++) {
            if (blocks.get(i).offset() < blocks.get(i - 1).end()) {
                return false;
            }
        }
        return true;
    }

    private static List<Node> users(Graph graph, Node node) {
        return graph.nodes().stream()
                .filter(user -> user.operands().contains(node))
                .toList();
    }

    private static Node leaf(Graph graph, Node slice) {
        List<Node> users = users(graph, slice);
        boolean reshaped = users.size() == 1
                && users.get(0).op() instanceof ShapeOp.Reshape
                && !graph.outputs().contains(slice);
        return reshaped ? users.get(0) : slice;
    }

    /** A matrix over the whole point from one for each two blocks; zeros where a block isn't. */
    Node assemble(Ops ops, Node[][] parts, TensorType point) {
        List<Node> rows = new ArrayList<>();
        long next = 0;
        for (int p = 0; p < parts.length; p++) {
            addGap(ops, rows, point.withShape(Shape.of(blocks.get(p).offset() - next, point.size())), 0);
            rows.add(row(ops, parts[p], blocks.get(p).size(), point));
            next = blocks.get(p).end();
        }
        addGap(ops, rows, point.withShape(Shape.of(point.size() - next, point.size())), 0);
        return ops.concat(rows, 0);
    }

    private Node row(Ops ops, Node[] parts, long height, TensorType point) {
        List<Node> columns = new ArrayList<>();
        long next = 0;
        for (int q = 0; q < parts.length; q++) {
            addGap(ops, columns, point.withShape(Shape.of(height, blocks.get(q).offset() - next)), 1);
            columns.add(parts[q]);
            next = blocks.get(q).end();
        }
        addGap(ops, columns, point.withShape(Shape.of(height, point.size() - next)), 1);
        return ops.concat(columns, 1);
    }

    private static void addGap(Ops ops, List<Node> parts, TensorType type, int axis) {
        if (type.shape().dim(axis) > 0) {
            parts.add(ops.zeros(type));
        }
    }
}
