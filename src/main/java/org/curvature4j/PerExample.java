package org.curvature4j;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.transform.Dependence;
import org.curvature4j.internal.transform.Simplifier;
import org.curvature4j.internal.transform.Vjp;

/** Makes sure that a graph with a batch axis treats each example alone, so that it may be differentiated one by one. */
final class PerExample {
    private PerExample() {}

    /**
     * Throws if examples influence each other, by structure: whatever the numbers.
     *
     * @param two the graph for two examples
     * @param one the graph for one
     * @param batched names of the inputs with a batch axis
     * @param output the output's name
     * @param mayBeSum whether the output may be a sum or mean over the examples, each with a term of its own
     */
    static void check(Graph two, Graph one, Set<String> batched, String output, boolean mayBeSum) {
        Shape single = one.outputs().get(0).shape();
        Shape pair = two.outputs().get(0).shape();
        boolean each = single.rank() > 0 && pair.equals(single.with(0, 2 * single.dim(0)));
        if (!each && !(mayBeSum && pair.equals(single))) {
            throw new IllegalArgumentException(
                    "output '" + output + "': expected a first axis that counts the examples of "
                            + batched + ", got shape " + pair + " for two examples and " + single
                            + " for one (take an output before the sum or mean over examples, or fix the size of the batch axis"
                            + " to differentiate by the whole batch)");
        }
        if (Dependence.mixesHalves(each ? two : derivative(two, batched), batched)) {
            throw new IllegalArgumentException("output '" + output + "': expected examples of " + batched
                    + " that don't influence each other, got a graph that mixes them, as statistics of a batch do"
                    + " (fix the size of the batch axis to differentiate by the whole batch)");
        }
    }

    /** What a sum has of terms with an example each: a derivative by each example in which the other isn't. */
    private static Graph derivative(Graph graph, Set<String> batched) {
        List<Integer> varying = IntStream.range(0, graph.inputs().size())
                .filter(i -> batched.contains(graph.inputName(i))
                        && graph.inputs().get(i).dtype().isFloat())
                .boxed()
                .toList();
        return Simplifier.simplify(Vjp.of(graph, varying));
    }
}
