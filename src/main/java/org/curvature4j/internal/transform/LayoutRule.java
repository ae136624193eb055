package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Cast;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Indexing;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/** Detours in layout. All of these move elements and compute nothing, so every value comes through to the bit. */
enum LayoutRule implements Rule {
    /** An operation that leaves each element where it is, as it is. */
    IDENTITY {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            boolean moves = node.op() instanceof ShapeOp
                    || node.op() instanceof Cast
                    || node.op() instanceof Concat
                    || node.op() instanceof Indexing.Gather;
            if (!moves
                    || node.operands().size() != 1
                    || !node.type().equals(node.operand(0).type())) {
                return null;
            }
            boolean stays = true;
            if (node.op() instanceof ShapeOp.Permute permute) {
                stays = isAscending(permute.axes());
            } else if (node.op() instanceof Indexing.Gather gather) {
                stays = IntStream.range(0, gather.indices().count())
                        .allMatch(i -> gather.indices().get(i) == i);
            }
            return stays ? node.operand(0) : null;
        }
    },

    /** Row-major order doesn't depend on the shape in between. */
    RESHAPE_OF_RESHAPE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof ShapeOp.Reshape && node.operand(0).op() instanceof ShapeOp.Reshape
                    ? ops.reshape(node.operand(0).operand(0), node.shape())
                    : null;
        }
    },

    /** Two permutations are one. */
    PERMUTE_OF_PERMUTE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp.Permute outer
                    && node.operand(0).op() instanceof ShapeOp.Permute inner)) {
                return null;
            }
            List<Integer> axes =
                    outer.axes().stream().map(axis -> inner.axes().get(axis)).toList();
            return ops.permute(node.operand(0).operand(0), axes);
        }
    },

    /** Moving axes of size 1 about leaves the row-major order of the elements as it is. */
    PERMUTE_OF_UNIT_AXES {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp.Permute permute)) {
                return null;
            }
            Shape from = node.operand(0).shape();
            List<Integer> moved =
                    permute.axes().stream().filter(axis -> from.dim(axis) != 1).toList();
            return isAscending(moved) ? ops.reshape(node.operand(0), node.shape()) : null;
        }
    },

    /** A block of a block. */
    SLICE_OF_SLICE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof ShapeOp.Slice outer && node.operand(0).op() instanceof ShapeOp.Slice inner
                    ? ops.slice(node.operand(0).operand(0), shift(outer.starts(), inner.starts(), 1), node.shape())
                    : null;
        }
    },

    /** A block of what was padded, that lies in it, or beside it where nothing is ({@link ShapeOp.Pad}). */
    SLICE_OF_PAD {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp.Slice slice && node.operand(0).op() instanceof ShapeOp.Pad pad)) {
                return null;
            }
            Node padded = node.operand(0).operand(0);
            List<Long> starts = shift(slice.starts(), pad.before(), -1);
            boolean inside = true;
            for (int axis = 0; axis < starts.size(); axis++) {
                long from = starts.get(axis);
                long to = from + node.shape().dim(axis);
                long size = padded.shape().dim(axis);
                if (to <= 0 || from >= size) {
                    return ops.zeros(node.type());
                }
                inside &= from >= 0 && to <= size;
            }
            return inside ? ops.slice(padded, starts, node.shape()) : null;
        }
    },

    /** A block that lies in one of the parts that were joined. */
    SLICE_OF_CONCAT {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp.Slice slice && node.operand(0).op() instanceof Concat concat)) {
                return null;
            }
            long from = slice.starts().get(concat.axis());
            long to = from + node.shape().dim(concat.axis());
            long position = 0;
            for (Node part : node.operand(0).operands()) {
                long end = position + part.shape().dim(concat.axis());
                if (position <= from && to <= end) {
                    List<Long> starts = new ArrayList<>(slice.starts());
                    starts.set(concat.axis(), from - position);
                    return ops.slice(part, starts, node.shape());
                }
                position = end;
            }
            return null;
        }
    },

    /** Parts that were themselves joined along the same axis; parts without elements. */
    CONCAT_OF_CONCAT {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Concat concat)) {
                return null;
            }
            List<Node> parts = new ArrayList<>();
            for (Node part : node.operands()) {
                if (part.op().equals(concat)) {
                    parts.addAll(part.operands());
                } else if (part.shape().dim(concat.axis()) != 0) {
                    parts.add(part);
                }
            }
            return parts.isEmpty() || parts.equals(node.operands()) ? null : ops.concat(parts, concat.axis());
        }
    };

    private static boolean isAscending(List<Integer> axes) {
        return IntStream.range(1, axes.size()).allMatch(i -> axes.get(i - 1) < axes.get(i));
    }

    private static List<Long> shift(List<Long> starts, List<Long> by, int sign) {
        return IntStream.range(0, starts.size())
                .mapToObj(axis -> starts.get(axis) + sign * by.get(axis))
                .toList();
    }
}
