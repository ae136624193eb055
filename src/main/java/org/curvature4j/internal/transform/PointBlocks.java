package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.ElementwiseOp;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;

/**
 * The parts in which a graph uses its first input: a flat vector of parameters is cut into tensors before anything is
 * computed with it, and derivatives by these have structure that derivatives by the vector hide.
 *
 * @param blocks in order and apart; what lies between them isn't used
 */
record PointBlocks(List<Block> blocks) {
    /** A point in more parts is taken as one: their number squared is the number of parts of the matrix. */
    private static final int MOST = 256;

    /** Pairs of parts that meet in operations, each a product to prepare; that many take seconds. */
    private static final long MOST_PAIRS = 200_000;

    /** So few pairs cost nothing, however small the parts are. */
    private static final long FEW_PAIRS = 1000;

    /** Numbers of the matrix to a pair, below which its parts have no structure worth a product of their own. */
    private static final long LEAST_EACH = 4;

    private static final BitSet NONE = new BitSet();

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
        Map<Node, List<Node>> all = users(graph);
        List<Node> users = all.getOrDefault(point, List.of());
        boolean cut = point.shape().rank() == 1
                && !users.isEmpty()
                && !graph.outputs().contains(point)
                && users.stream().allMatch(user -> user.op() instanceof ShapeOp.Slice);
        if (cut) {
            List<Block> blocks = users.stream()
                    .map(slice -> new Block(start(slice), slice.type().size(), leaf(graph, slice, all)))
                    .sorted(Comparator.comparingLong(Block::offset))
                    .toList();
            if (areApart(blocks) && areWorthApart(graph, blocks)) {
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

    /** Whether the parts meet in so few places that looking at each two of them pays. */
    private static boolean areWorthApart(Graph graph, List<Block> blocks) {
        if (blocks.size() > MOST) {
            return false;
        }
        long numbers = graph.inputs().get(0).type().size();
        long limit = Math.min(MOST_PAIRS, Math.max(FEW_PAIRS, numbers * numbers / LEAST_EACH));
        return pairs(graph, blocks) <= limit;
    }

    /** How many two parts meet in operations that may bend, each counted where it does. */
    private static long pairs(Graph graph, List<Block> blocks) {
        Map<Node, BitSet> reaching = new HashMap<>();
        for (int block = 0; block < blocks.size(); block++) {
            BitSet own = new BitSet();
            own.set(block);
            reaching.put(blocks.get(block).leaf(), own);
        }
        long pairs = 0;
        for (Node node : graph.nodes()) {
            if (!reaching.containsKey(node)) {
                BitSet here = new BitSet();
                node.operands().forEach(operand -> here.or(reaching.getOrDefault(operand, NONE)));
                reaching.put(node, here);
                boolean bends = node.op() instanceof Einsum || node.op() instanceof ElementwiseOp;
                long count = here.cardinality();
                pairs += bends ? count * (count + 1) / 2 : 0;
            }
        }
        return pairs;
    }

    private static Map<Node, List<Node>> users(Graph graph) {
        Map<Node, List<Node>> users = new HashMap<>();
        for (Node user : graph.nodes()) {
            for (Node operand : new LinkedHashSet<>(user.operands())) {
                users.computeIfAbsent(operand, any -> new ArrayList<>()).add(user);
            }
        }
        return users;
    }

    private static Node leaf(Graph graph, Node slice, Map<Node, List<Node>> all) {
        List<Node> users = all.getOrDefault(slice, List.of());
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
