package org.curvature4j.dl4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.curvature4j.graph.Node;
import org.curvature4j.samediff.HeldOp;
import org.curvature4j.samediff.ImportRules;
import org.curvature4j.samediff.OpCall;

/** A layer, vertex or loss of a network in a SameDiff graph. */
final class LayerOp extends HeldOp {
    private final String title;
    private final LayerRule rule;
    private final int inputs;
    private final List<String> parameters;

    /**
     * @param title for reports and messages
     * @param inputs how many operands aren't parameters
     * @param parameters Deeplearning4j's names of the operands that come after; then one more, whose first axis counts the
     *     network's examples, where the rule has to know
     */
    LayerOp(String title, LayerRule rule, int inputs, List<String> parameters) {
        this.title = title;
        this.rule = rule;
        this.inputs = inputs;
        this.parameters = List.copyOf(parameters);
    }

    @Override
    public String opName() {
        return title;
    }

    @Override
    protected String kind() {
        return "a layer of Deeplearning4j";
    }

    @Override
    public ImportRules.Entry entry() {
        return new ImportRules.Entry(title, "Layers of Deeplearning4j", rule.smoothness(), "", this::apply);
    }

    private List<Node> apply(OpCall call) {
        Map<String, Node> named = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            named.put(parameters.get(i), call.input(inputs + i));
        }
        long examples = rule.countsExamples()
                ? call.input(inputs + parameters.size()).shape().dim(0)
                : 0;
        List<Node> own = call.inputs().subList(0, inputs);
        try {
            return List.of(
                    rule.body().apply(new LayerCall(call.ops(), own, named, examples, UnaryOperator.identity())));
        } catch (ArithmeticException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            IllegalArgumentException failure =
                    call.expected("operands and settings that fit together", "ones that don't: " + e.getMessage());
            failure.initCause(e);
            throw failure;
        }
    }
}
