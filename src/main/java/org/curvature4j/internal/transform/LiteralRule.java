package org.curvature4j.internal.transform;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Arithmetic;
import org.curvature4j.op.Concat;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;
import org.curvature4j.op.ShapeOp;
import org.jspecify.annotations.Nullable;

/**
 * Operations on literals, done now. Layout moves values and changes none; exact functions are rounded the same way here as by
 * any engine, and nothing else is folded. A literal stays structural where its zeros still stand
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
            return node.op() instanceof ShapeOp ? moved(ops, node) : null;
        }
    },

    /** Joins values; the result is structural where every part is. */
    CONCAT_OF_LITERALS {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof Concat ? moved(ops, node) : null;
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

    /** Exact functions of one value for every element. */
    EXACT_OF_UNIFORM {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!(node.op() instanceof Elementwise operation)
                    || !node.dtype().isFloat()
                    || !Arithmetic.has(operation, node.dtype())) {
                return null;
            }
            double[] operands = new double[node.operands().size()];
            for (int i = 0; i < operands.length; i++) {
                Leaf.Literal literal = Literals.uniform(node.operand(i));
                if (literal == null) {
                    return null;
                }
                operands[i] = literal.values()[0];
            }
            return literal(ops, node.type(), false, Arithmetic.of(operation, node.dtype(), operands));
        }
    };

    /** A result of more elements than this is stored only where its operands are as large. */
    private static final int LIMIT = 4096;

    private static @Nullable Node moved(Ops ops, Node node) {
        if (!node.operands().stream().allMatch(part -> part.op() instanceof Leaf.Literal)) {
            return null;
        }
        List<Leaf.Literal> parts =
                node.operands().stream().map(part -> (Leaf.Literal) part.op()).toList();
        long stored = parts.stream().mapToLong(part -> part.values().length).sum();
        double[] moved = node.type().size() > Math.max(LIMIT, stored) ? null : KnownValues.of(node, parts);
        return moved == null
                ? null
                : literal(ops, node.type(), parts.stream().allMatch(Leaf.Literal::structural), moved);
    }

    static Leaf.Literal negated(Leaf.Literal literal) {
        double[] values = Arrays.stream(literal.values()).map(value -> -value).toArray();
        return new Leaf.Literal(literal.type(), values, literal.structural());
    }

    private static Node literal(Ops ops, TensorType type, boolean structural, double... values) {
        return ops.apply(new Leaf.Literal(type, values, structural));
    }
}
