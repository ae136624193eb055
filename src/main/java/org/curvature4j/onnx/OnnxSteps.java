package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.List;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Axes;

/** A loop written out: values that go from step to step, and what each step adds to its outputs. */
final class OnnxSteps {
    private final OnnxCall call;
    private final List<List<Node>> parts = new ArrayList<>();
    private List<Node> states;

    OnnxSteps(OnnxCall call, List<Node> states) {
        this.call = call;
        this.states = states;
    }

    /** Goes on by one; gives what the body has before the states, {@code ahead} values. */
    List<Node> step(int ahead, List<Node> before, List<Node> after) {
        List<Node> outputs = run(ahead, before, after);
        int count = ahead + states.size();
        states = outputs.subList(ahead, count);
        for (int i = count; i < outputs.size(); i++) {
            if (parts.size() <= i - count) {
                parts.add(new ArrayList<>());
            }
            parts.get(i - count).add(outputs.get(i));
        }
        return outputs.subList(0, ahead);
    }

    private List<Node> run(int ahead, List<Node> before, List<Node> after) {
        List<Node> arguments = new ArrayList<>(before);
        arguments.addAll(states);
        arguments.addAll(after);
        List<Node> outputs = call.body("body", arguments);
        if (outputs.size() < ahead + states.size()) {
            throw call.expected("a body with at least " + (ahead + states.size()) + " outputs", outputs.size());
        }
        return outputs;
    }

    /** The states, then each output's parts along a first axis; of a loop without a step, as one would make them. */
    List<Node> results(int ahead, List<Node> before, List<Node> after) {
        List<Node> results = new ArrayList<>(states);
        if (parts.isEmpty() && call.outputCount() > states.size()) {
            for (Node part : run(ahead, before, after).subList(ahead + states.size(), call.outputCount() + ahead)) {
                Node one = Axes.stack(call.ops(), List.of(part), 0);
                results.add(call.ops().slice(one, 0, 0, 0));
            }
        }
        parts.forEach(output -> results.add(Axes.stack(call.ops(), output, 0)));
        return results;
    }
}
