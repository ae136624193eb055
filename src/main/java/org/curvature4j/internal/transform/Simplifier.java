package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Ops;
import org.jspecify.annotations.Nullable;

/**
 * Shortens a graph without changing what it computes: common subexpressions become one, what no output needs falls
 * away, and small named rules take out structural zeros, ones, and detours in layout; {@link Rule} says what a rule may
 * do. Simplifying again changes nothing.
 */
public final class Simplifier {
    /** In the order in which they are tried: first those that make a node disappear. */
    private static final List<Rule> RULES = Stream.<Rule[]>of(
                    ZeroRule.values(),
                    LiteralRule.values(),
                    ArithmeticRule.values(),
                    LayoutRule.values(),
                    BlockRule.values(),
                    BroadcastRule.values(),
                    SumRule.values(),
                    ContractionRule.values())
            .flatMap(Stream::of)
            .toList();

    /** More rewrites than this at one node, or passes over a graph, mean that rules undo each other. */
    private static final int LIMIT = 1000;

    private final List<Rule> rules;
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private @Nullable Rule fired;

    private Simplifier(List<Rule> rules) {
        this.rules = rules;
    }

    /** The same function of the same inputs, shorter. */
    public static Graph simplify(Graph graph) {
        return simplify(graph, RULES);
    }

    static List<Rule> rules() {
        return RULES;
    }

    static Graph simplify(Graph graph, List<Rule> rules) {
        Graph current = graph;
        for (int pass = 0; pass < LIMIT; pass++) {
            Simplifier simplifier = new Simplifier(rules);
            current = simplifier.rebuild(current);
            if (simplifier.fired == null) {
                return current;
            }
        }
        throw new IllegalStateException(
                "simplifier: expected rules that come to an end, got " + LIMIT + " passes over\n" + current);
    }

    private Graph rebuild(Graph graph) {
        Map<Node, Node> images = new HashMap<>();
        List<Node> inputs = Walk.declareInputs(builder, graph);
        for (int i = 0; i < inputs.size(); i++) {
            images.put(graph.inputs().get(i), inputs.get(i));
        }
        for (Node node : graph.nodes()) {
            if (!images.containsKey(node)) {
                List<Node> operands = node.operands().stream().map(images::get).toList();
                images.put(node, settle(builder.apply(node.op(), operands)));
            }
        }
        List<Node> outputs = new ArrayList<>();
        for (Node output : graph.outputs()) {
            outputs.add(images.get(output));
        }
        return builder.build(outputs);
    }

    /** Rewrites an application until no rule applies to it; what a rule made below it waits for the next pass. */
    private Node settle(Node node) {
        Node current = node;
        for (int count = 0; count < LIMIT; count++) {
            Node next = step(current);
            if (next == null) {
                return current;
            }
            current = next;
        }
        throw new IllegalStateException("simplifier: expected rules that come to an end, got " + LIMIT + " rewrites of "
                + node + ", the last by " + (fired == null ? "none" : fired.name()));
    }

    private @Nullable Node step(Node node) {
        for (Rule rule : rules) {
            Node next = rule.rewrite(ops, node);
            if (next != null) {
                if (!next.type().equals(node.type())) {
                    throw new IllegalStateException("rule " + rule.name() + ": expected " + node.type() + ", got "
                            + next.type() + " (rewriting " + node + " to " + next + ")");
                }
                fired = rule;
                return next;
            }
        }
        return null;
    }
}
