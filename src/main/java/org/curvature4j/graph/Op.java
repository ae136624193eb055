package org.curvature4j.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation with everything that the transforms ask of it. Implementations are immutable, and equal when they
 * compute the same thing, so that a builder can share their results.
 *
 * <p>A tangent or cotangent of {@code null} stands for a structural zero: a value known to be zero because nothing
 * reaches it, never a zero that happened to be computed.
 */
public interface Op {

    /** The name that prints and errors show, attributes included. */
    String name();

    /** The graphs that it applies inside, for those who look at every operation; none for most. */
    default List<Graph> bodies() {
        return List.of();
    }

    /**
     * The type of the result.
     *
     * @throws IllegalArgumentException where the operands don't fit, saying what was expected and what came
     */
    TensorType infer(List<TensorType> operands);

    /**
     * Forward mode: the tangent of {@code node}, given its operands' tangents.
     *
     * @param node an application of this operation inside {@code builder}
     */
    @Nullable
    Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents);

    /** Whether {@link #jvp} needs this operand's tangent; where it doesn't, none is computed. */
    default boolean needsTangent(int operand) {
        return true;
    }

    /**
     * Reverse mode: the cotangent of each operand, given the result's.
     *
     * @param wanted for each operand, whether its cotangent is needed; others may be left null
     */
    List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted);

    /**
     * Whether its derivative changes with its operands between its kinks: whether it has a second derivative that isn't
     * zero. An operation that is linear piece by piece doesn't bend.
     */
    boolean bends();

    /**
     * Where an application has a kink, a jump, or a derivative that is infinite or a mere convention: where x is 0 for the
     * absolute value, where two elements are the largest, where a bound and what it is compared with are equal. A value
     * that is infinite itself, such as that of 1 / x, counts as none. Of a decomposition, where a matrix has none, or where
     * rounding alone decides on it or on its derivatives.
     *
     * <p>To count them at a point, apply this to the nodes that depend on the variables through operands of which
     * {@link #needsTangent} is true, and evaluate the booleans: the largest element that a softmax holds constant, and
     * ties between data, then stay out.
     *
     * @param node an application of this operation inside {@code builder}
     * @return booleans in a shape that broadcasts to the node's; null where it has no such place
     */
    @Nullable
    Node kink(GraphBuilder builder, Node node);

    /** What {@link #kink} tells of a point, in words that go on from a number of points. */
    default String kinkWords() {
        return "on its kink, where derivatives are a convention or NaN";
    }

    /**
     * This operation over a batch: the axis of the batch is the last one of each batched operand and of the result.
     *
     * @param operands in {@code builder}, those batched with one more axis than {@code node}'s
     * @param node the application without a batch, for its types
     */
    Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size);

    /**
     * Which inputs each element of the result can depend on: given float operands that are positive where they depend
     * on something and zero elsewhere, a node of the result's shape with the same meaning. An operation may claim too
     * much, never too little.
     *
     * @param dependences one an operand; null where nothing is depended on
     */
    @Nullable
    Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences);
}
