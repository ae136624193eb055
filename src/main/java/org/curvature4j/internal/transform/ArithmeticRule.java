package org.curvature4j.internal.transform;

import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Comparison;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Select;
import org.jspecify.annotations.Nullable;

/**
 * Identities of IEEE 754 arithmetic that hold for every operand. Absent on purpose, because they don't: x * 0 (NaN for
 * an infinite x, -0.0 for a negative one), x + 0.0 (turns -0.0 into 0.0), x - x and x / x (NaN), -(a - b) as b - a
 * (turns -0.0 into 0.0), and anything that associates or distributes.
 */
enum ArithmeticRule implements Rule {
    /** x * 1 is x, exactly, for NaN, infinities and -0.0 too. */
    TIMES_ONE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (node.op() != Elementwise.MUL) {
                return null;
            } else if (Literals.isAll(node.operand(1), 1)) {
                return ops.broadcast(node.operand(0), node.shape());
            }
            return Literals.isAll(node.operand(0), 1) ? ops.broadcast(node.operand(1), node.shape()) : null;
        }
    },

    /** x / 1 is x, exactly. */
    OVER_ONE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() == Elementwise.DIV && Literals.isAll(node.operand(1), 1)
                    ? ops.broadcast(node.operand(0), node.shape())
                    : null;
        }
    },

    /** x - 0.0 is x: -0.0 - 0.0 is -0.0. (x - (-0.0) isn't: it takes -0.0 to 0.0.) */
    MINUS_ZERO {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() == Elementwise.SUB && Literals.isAll(node.operand(1), 0.0)
                    ? ops.broadcast(node.operand(0), node.shape())
                    : null;
        }
    },

    /** x + (-0.0) is x: 0.0 + (-0.0) is 0.0 and -0.0 + (-0.0) is -0.0. */
    PLUS_NEGATIVE_ZERO {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (node.op() != Elementwise.ADD) {
                return null;
            } else if (Literals.isAll(node.operand(1), -0.0)) {
                return ops.broadcast(node.operand(0), node.shape());
            }
            return Literals.isAll(node.operand(0), -0.0) ? ops.broadcast(node.operand(1), node.shape()) : null;
        }
    },

    /** x * (-1) and x / (-1) are -x: only the sign changes. */
    TIMES_MINUS_ONE {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            boolean product = node.op() == Elementwise.MUL;
            if (!product && node.op() != Elementwise.DIV) {
                return null;
            } else if (Literals.isAll(node.operand(1), -1)) {
                return ops.broadcast(ops.neg(node.operand(0)), node.shape());
            }
            return product && Literals.isAll(node.operand(0), -1)
                    ? ops.broadcast(ops.neg(node.operand(1)), node.shape())
                    : null;
        }
    },

    /** -(-x) is x: the sign changes twice. */
    NEG_OF_NEG {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return isNeg(node) && isNeg(node.operand(0)) ? node.operand(0).operand(0) : null;
        }
    },

    /** x + (-y) is x - y, which IEEE 754 defines so, and addition commutes. */
    ADD_OF_NEG {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (node.op() != Elementwise.ADD) {
                return null;
            } else if (isNeg(node.operand(1))) {
                return ops.sub(node.operand(0), node.operand(1).operand(0));
            }
            return isNeg(node.operand(0))
                    ? ops.sub(node.operand(1), node.operand(0).operand(0))
                    : null;
        }
    },

    /** x - (-y) is x + y. (-x - y isn't -(x + y): for x = 0.0 and y = -0.0 it is 0.0, the other -0.0.) */
    SUB_OF_NEG {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() == Elementwise.SUB && isNeg(node.operand(1))
                    ? ops.add(node.operand(0), node.operand(1).operand(0))
                    : null;
        }
    },

    /** The signs of two factors, or of numerator and denominator, cancel: rounding to nearest is symmetric. */
    NEG_TIMES_NEG {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return isProductOrQuotient(node) && isNeg(node.operand(0)) && isNeg(node.operand(1))
                    ? ops.apply(
                            node.op(),
                            node.operand(0).operand(0),
                            node.operand(1).operand(0))
                    : null;
        }
    },

    /** (-x) c is x (-c), and so for quotients: the sign goes into a factor that is known. */
    NEG_TIMES_LITERAL {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!isProductOrQuotient(node)) {
                return null;
            }
            Node left = node.operand(0);
            Node right = node.operand(1);
            if (isNeg(left) && isFactor(right)) {
                return ops.apply(node.op(), left.operand(0), negated(ops, right));
            }
            return isNeg(right) && isFactor(left) ? ops.apply(node.op(), negated(ops, left), right.operand(0)) : null;
        }
    },

    /** -(x c) is x (-c), and so for quotients: the negation costs nothing in a factor that is known. */
    NEG_OF_TIMES_LITERAL {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!isNeg(node) || !isProductOrQuotient(node.operand(0))) {
                return null;
            }
            Node product = node.operand(0);
            if (isFactor(product.operand(1))) {
                return ops.apply(product.op(), product.operand(0), negated(ops, product.operand(1)));
            }
            return isFactor(product.operand(0))
                    ? ops.apply(product.op(), negated(ops, product.operand(0)), product.operand(1))
                    : null;
        }
    },

    /** (-x) y is -(x y) where that is no larger: outside, a sum absorbs the sign. */
    NEG_FACTOR {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            if (!isProductOrQuotient(node)) {
                return null;
            }
            Node left = node.operand(0);
            Node right = node.operand(1);
            if (isNeg(left) && left.shape().equals(node.shape())) {
                return ops.neg(ops.apply(node.op(), left.operand(0), right));
            }
            return isNeg(right) && right.shape().equals(node.shape())
                    ? ops.neg(ops.apply(node.op(), left, right.operand(0)))
                    : null;
        }
    },

    /** x + x is 2 x, exactly, and overflows where it does; as a product it absorbs signs. */
    PLUS_ITSELF {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() == Elementwise.ADD && node.operand(0) == node.operand(1)
                    ? ops.mul(node.operand(0), 2)
                    : null;
        }
    },

    /** Both branches the same: the condition has no say. */
    SELECT_SAME {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            return node.op() instanceof Select && node.operand(1) == node.operand(2)
                    ? ops.broadcast(node.operand(1), node.shape())
                    : null;
        }
    },

    /** A condition that is known everywhere. */
    SELECT_KNOWN {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            Leaf.Literal condition = node.op() instanceof Select ? Literals.uniform(node.operand(0)) : null;
            return condition == null
                    ? null
                    : ops.broadcast(node.operand(condition.values()[0] != 0 ? 1 : 2), node.shape());
        }
    },

    /** Commutative operations take their operands in the order in which they were made, so that equals are shared. */
    OPERANDS_IN_ORDER {
        @Override
        public @Nullable Node rewrite(Ops ops, Node node) {
            boolean commutes = node.op() == Elementwise.ADD
                    || node.op() == Elementwise.MUL
                    || node.op() == Comparison.EQ
                    || node.op() == Comparison.NE
                    || node.op() == Comparison.AND
                    || node.op() == Comparison.OR
                    || node.op() == Comparison.XOR;
            return commutes && node.operand(0).id() > node.operand(1).id()
                    ? ops.apply(node.op(), node.operand(1), node.operand(0))
                    : null;
        }
    };

    private static boolean isNeg(Node node) {
        return node.op() == Elementwise.NEG;
    }

    private static boolean isProductOrQuotient(Node node) {
        return node.op() == Elementwise.MUL || node.op() == Elementwise.DIV;
    }

    private static boolean isFactor(Node node) {
        return Literals.uniform(node) != null && node.dtype().isFloat();
    }

    private static Node negated(Ops ops, Node literal) {
        return ops.apply(LiteralRule.negated((Leaf.Literal) literal.op()));
    }
}
