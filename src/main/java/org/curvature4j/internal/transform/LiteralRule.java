package org.curvature4j.internal.transform;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/**
 * Operations on literals, done now. Layout moves values and changes none; the four operations of arithmetic are rounded
 * the same way here as by any engine, and nothing else is folded. A literal stays structural where its zeros still stand
 * for nothing.
 */
enum LiteralRule implements Rule {
    /** Equal values, to the bit, are one value for every element. */
    EQUAL_VALUES {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            Leaf.Literal literal = Literals.of(node);
            if (literal == null || literal.isUniform() || literal.values().length == 0) {
                return null;
            }
            long first = Double.doubleToRawLongBits(literal.values()[0]);
            boolean equal =
                    Arrays.stream(literal.values()).allMatch(value -> Double.doubleToRawLongBits(value) == first);
            return equal ? literal(ops, node.type(), literal.structural(), literal.values()[0]) : null;
        }
    },

    /** One value for every element stays that in any shape. */
    LAYOUT_OF_UNIFORM {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp) || node.op() instanceof ShapeOp.Pad) {
                return null;
            }
            Leaf.Literal literal = Literals.uniform(node.operand(0));
            return literal == null ? null : literal(ops, node.type(), literal.structural(), literal.values());
        }
    },

    /** Moves values, within a limit on what is stored where the result is larger than the operand. */
    LAYOUT_OF_LITERAL {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof ShapeOp shapeOp)) {
                return null;
            }
            Leaf.Literal literal = Literals.of(node.operand(0));
            if (literal == null || node.type().size() > Math.max(LIMIT, literal.values().length)) {
                return null;
            }
            double[] moved = move(shapeOp, literal, node.shape());
            return literal(ops, node.type(), literal.structural(), moved);
        }
    },

    /** Joins values; the result is structural where every part is. */
    CONCAT_OF_LITERALS {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Concat concat)
                    || !node.operands().stream().allMatch(part -> part.op() instanceof Leaf.Literal)) {
                return null;
            }
            List<Leaf.Literal> parts = node.operands().stream()
                    .map(part -> (Leaf.Literal) part.op())
                    .toList();
            long stored = parts.stream().mapToLong(part -> part.values().length).sum();
            if (node.type().size() > Math.max(LIMIT, stored)) {
                return null;
            }
            double[] joined = new double[Math.toIntExact(node.type().size())];
            Long[] starts = new Long[node.shape().rank()];
            Arrays.fill(starts, 0L);
            for (Leaf.Literal part : parts) {
                place(
                        part,
                        Strides.of(node.shape())
                                .block(List.of(starts), part.type().shape()),
                        joined);
                starts[concat.axis()] += part.type().shape().dim(concat.axis());
            }
            return literal(ops, node.type(), parts.stream().allMatch(Leaf.Literal::structural), joined);
        }
    },

    /** A negated literal. */
    NEGATED_LITERAL {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            Leaf.Literal literal = node.op() == Elementwise.NEG ? Literals.of(node.operand(0)) : null;
            return literal == null || !node.dtype().isFloat() ? null : ops.apply(negated(literal));
        }
    },

    /**
     * Arithmetic of two values. A float32 result is rounded twice, which for these operations gives what rounding once
     * does: Figueroa, When is double rounding innocuous?, SIGNUM Newsletter 30 (1995).
     */
    ARITHMETIC_OF_UNIFORM {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            DoubleBinaryOperator operator = operator(node);
            if (operator == null || !node.dtype().isFloat()) {
                return null;
            }
            Leaf.Literal left = Literals.uniform(node.operand(0));
            Leaf.Literal right = Literals.uniform(node.operand(1));
            if (left == null || right == null) {
                return null;
            }
            double value = operator.applyAsDouble(left.values()[0], right.values()[0]);
            return literal(ops, node.type(), false, node.dtype().round(value));
        }
    };

    /** A result of more elements than this is stored only where its operands are as large. */
    private static final int LIMIT = 4096;

    private static @Nullable DoubleBinaryOperator operator(Node node) {
        if (node.op() == Elementwise.ADD) {
            return Double::sum;
        } else if (node.op() == Elementwise.SUB) {
            return (a, b) -> a - b;
        } else if (node.op() == Elementwise.MUL) {
            return (a, b) -> a * b;
        }
        return node.op() == Elementwise.DIV ? (a, b) -> a / b : null;
    }

    static Leaf.Literal negated(Leaf.Literal literal) {
        double[] values = Arrays.stream(literal.values()).map(value -> -value).toArray();
        return new Leaf.Literal(literal.type(), values, literal.structural());
    }

    private static Node literal(Ops ops, TensorType type, boolean structural, double... values) {
        return ops.apply(new Leaf.Literal(type, values, structural));
    }

    private static double[] move(ShapeOp op, Leaf.Literal literal, Shape to) {
        Shape from = literal.type().shape();
        if (op instanceof ShapeOp.Reshape) {
            return literal.values();
        } else if (op instanceof ShapeOp.Pad pad) {
            double[] padded = new double[Math.toIntExact(to.size())];
            place(literal, Strides.of(to).block(pad.before(), from), padded);
            return padded;
        } else if (op instanceof ShapeOp.Slice slice) {
            return pick(literal, Strides.of(from).block(slice.starts(), to));
        } else if (op instanceof ShapeOp.Permute permute) {
            return pick(literal, Strides.of(from).axes(permute.axes()));
        }
        return pick(literal, Strides.of(from).broadcast(to));
    }

    private static double[] pick(Leaf.Literal literal, Strides from) {
        return Arrays.stream(from.positions())
                .mapToDouble(position -> literal.values()[position])
                .toArray();
    }

    private static void place(Leaf.Literal literal, Strides to, double[] values) {
        double[] elements = Literals.elements(literal);
        int[] positions = to.positions();
        for (int i = 0; i < positions.length; i++) {
            values[positions[i]] = elements[i];
        }
    }
}
