package org.curvature4j.internal.composition;

import java.util.List;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;

/** Loops whose step is written as a function: {@link Ops#scan} with the body made for the types of what it is applied to. */
public final class Steps {
    private Steps() {}

    /** What a step computes of its inputs. */
    @FunctionalInterface
    public interface Step {
        /** The next states, then slices of outputs. */
        List<Node> of(Ops ops, List<Node> states, List<Node> slices, List<Node> unchanging);
    }

    /**
     * Runs a step for each slice along the first axes.
     *
     * @param length the number of steps, and of slices of each scanned tensor
     * @param reverse whether the first step is that of the last slices
     * @return the last states, then the outputs, each of shape [length, ...]
     */
    public static List<Node> run(
            Ops o,
            long length,
            boolean reverse,
            List<Node> states,
            List<Node> scanned,
            List<Node> unchanging,
            Step step) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inside = states.stream()
                .map(state -> builder.freshInput("state", state.type()))
                .toList();
        List<Node> slices = scanned.stream()
                .map(sequence -> builder.freshInput("slice", slice(sequence)))
                .toList();
        List<Node> same = unchanging.stream()
                .map(value -> builder.freshInput("unchanging", value.type()))
                .toList();
        List<Node> results = step.of(new Ops(builder), inside, slices, same);
        return o.scan(builder.build(results), length, reverse, states, scanned, unchanging);
    }

    /** The type of a step's part of what is scanned. */
    public static TensorType slice(Node sequence) {
        List<Long> dims = Axes.dims(sequence);
        return sequence.type().withShape(Axes.shape(dims.subList(1, dims.size())));
    }
}
