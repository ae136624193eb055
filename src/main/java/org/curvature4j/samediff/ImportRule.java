package org.curvature4j.samediff;

import java.util.List;
import org.curvature4j.graph.Node;

/**
 * How one SameDiff operation becomes primitives. Whatever is written with {@link org.curvature4j.op.Ops} has derivatives
 * of every order and batches, so a rule states the operation's value and nothing else.
 */
@FunctionalInterface
public interface ImportRule {

    /**
     * The operation's outputs, in SameDiff's order.
     *
     * @throws IllegalArgumentException where the operands or attributes don't fit; the importer adds which operation of
     *     the graph it was
     */
    List<Node> apply(OpCall call);
}
