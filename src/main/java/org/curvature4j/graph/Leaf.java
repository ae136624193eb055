package org.curvature4j.graph;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value that no operation computes: an input or a literal. Its derivative is zero and a batch leaves it alone. */
public sealed interface Leaf extends Op {

    /** What it holds. */
    TensorType type();

    @Override
    default TensorType infer(List<TensorType> operands) {
        if (!operands.isEmpty()) {
            throw new IllegalArgumentException(name() + ": expected no operands, got " + operands);
        }
        return type();
    }

    @Override
    default @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        return null;
    }

    @Override
    default List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        return List.of();
    }

    @Override
    default boolean bends() {
        return false;
    }

    @Override
    default @Nullable Node kink(GraphBuilder builder, Node node) {
        return null;
    }

    @Override
    default Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        throw new IllegalStateException(name() + ": a leaf has no batched operand");
    }

    @Override
    default @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        return null;
    }

    /** A value that the caller supplies. */
    record Input(String label, TensorType type) implements Leaf {
        @Override
        public String name() {
            return "input " + label;
        }
    }

    /**
     * A constant. One value stands for every element; otherwise there is a value for each, row-major.
     *
     * @param structural whether a derivative rule made it (a seed of basis vectors): only then may a product with one of
     *     its zeros be dropped, since a user's zero times infinity is not a number
     */
    @SuppressWarnings("ArrayRecordComponent") // weights may be large: shared with whoever made them, never copied
    record Literal(TensorType type, double[] values, boolean structural) implements Leaf {

        public Literal {
            if (values.length != 1 && values.length != type.size()) {
                throw new IllegalArgumentException(
                        "literal: expected 1 or " + type.size() + " values for " + type + ", got " + values.length);
            }
        }

        /** Whether one value stands for every element. */
        public boolean isUniform() {
            return values.length == 1;
        }

        /** Whether every element is this value; -0.0 and 0.0 differ. */
        public boolean isAll(double value) {
            return isUniform() && Double.doubleToRawLongBits(values[0]) == Double.doubleToRawLongBits(value);
        }

        @Override
        public String name() {
            return "literal "
                    + (values.length <= 4 ? Arrays.toString(values) : "[" + values[0] + ", ... " + values.length + "]");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Literal literal
                    && type.equals(literal.type)
                    && structural == literal.structural
                    && Arrays.equals(values, literal.values);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(values);
        }
    }
}
