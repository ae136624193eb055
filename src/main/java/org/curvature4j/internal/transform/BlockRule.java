package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/**
 * Values that are nothing outside some blocks along one axis, as the cotangents of slices are: a parameter vector cut
 * into weights gives a gradient that is a sum of such values.
 */
enum BlockRule implements Rule {
    /**
     * A sum of two values whose blocks don't overlap is the blocks side by side; where blocks coincide, they are added.
     * Outside a value's blocks are structural zeros, so what stands there in the other value stays as it is.
     */
    PLUS_DISJOINT {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (node.op() != Elementwise.ADD || !node.dtype().isFloat()) {
                return null;
            }
            for (int axis = 0; axis < node.shape().rank(); axis++) {
                List<Block> left = blocks(node.operand(0), axis);
                List<Block> right = blocks(node.operand(1), axis);
                if (left != null && right != null) {
                    List<Block> merged = merge(ops, left, right);
                    if (merged != null) {
                        return join(ops, merged, node, axis);
                    }
                }
            }
            return null;
        }
    };

    /**
     * The sum of several values, null of none: of many whose blocks don't overlap, the blocks side by side at once, where
     * this rule would join them two at a time and copy all before.
     */
    static @Nullable Node sum(Ops ops, List<Node> values) {
        if (values.size() > 2 && values.stream().allMatch(value -> value.op() instanceof ShapeOp.Pad)) {
            Node whole = values.get(0);
            for (int axis = 0; axis < whole.shape().rank(); axis++) {
                List<Block> blocks = apart(values, axis);
                if (blocks != null) {
                    return join(ops, blocks, whole, axis);
                }
            }
        }
        Node sum = null;
        for (Node value : values) {
            sum = ops.plus(sum, value);
        }
        return sum;
    }

    /** The blocks of values of one block each, in order; null where some overlap. */
    private static @Nullable List<Block> apart(List<Node> values, int axis) {
        List<Block> all = new ArrayList<>();
        for (Node value : values) {
            List<Block> own = value.dtype().isFloat() ? blocks(value, axis) : null;
            if (own == null) {
                return null;
            }
            all.addAll(own);
        }
        all.sort(Comparator.comparingLong(Block::from).thenComparingLong(Block::to));
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i).from < all.get(i - 1).to) {
                return null;
            }
        }
        return all;
    }

    /** The value in slices {@code from} (included) to {@code to} (excluded) along an axis. */
    private record Block(long from, long to, Node value) {}

    /** A value's blocks along an axis; null where it isn't made of blocks with nothing between them. */
    private static @Nullable List<Block> blocks(Node node, int axis) {
        if (node.op() instanceof ShapeOp.Pad pad) {
            Node value = node.operand(0);
            long size = value.shape().dim(axis);
            boolean alongAxis = value.shape().with(axis, node.shape().dim(axis)).equals(node.shape());
            long from = pad.before().get(axis);
            return alongAxis ? List.of(new Block(from, from + size, value)) : null;
        } else if (!(node.op() instanceof Concat concat) || concat.axis() != axis) {
            return null;
        }
        List<Block> blocks = new ArrayList<>();
        long position = 0;
        for (Node part : node.operands()) {
            long end = position + part.shape().dim(axis);
            if (!Literals.isNothing(part)) {
                blocks.add(new Block(position, end, part));
            }
            position = end;
        }
        return blocks.size() < node.operands().size() ? blocks : null;
    }

    /** Both values' blocks in order; null where some overlap without coinciding. */
    private static @Nullable List<Block> merge(Ops ops, List<Block> left, List<Block> right) {
        List<Block> all = new ArrayList<>(left);
        all.addAll(right);
        all.sort(Comparator.comparingLong(Block::from).thenComparingLong(Block::to));
        List<Block> merged = new ArrayList<>();
        for (Block block : all) {
            Block last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || last.to <= block.from) {
                merged.add(block);
            } else if (last.from == block.from && last.to == block.to) {
                merged.set(merged.size() - 1, new Block(last.from, last.to, ops.add(last.value, block.value)));
            } else {
                return null;
            }
        }
        return merged;
    }

    private static Node join(Ops ops, List<Block> blocks, Node whole, int axis) {
        List<Node> parts = new ArrayList<>();
        long position = 0;
        for (Block block : blocks) {
            addNothing(ops, parts, whole, axis, block.from - position);
            parts.add(block.value);
            position = block.to;
        }
        addNothing(ops, parts, whole, axis, whole.shape().dim(axis) - position);
        return ops.concat(parts, axis);
    }

    private static void addNothing(Ops ops, List<Node> parts, Node whole, int axis, long size) {
        if (size > 0) {
            Shape shape = whole.shape().with(axis, size);
            parts.add(ops.zeros(whole.type().withShape(shape)));
        }
    }
}
