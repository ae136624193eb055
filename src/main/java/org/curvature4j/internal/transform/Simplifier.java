package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.walk.Walk;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Scan;
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
                    ContractionRule.values(),
                    ScanRule.values())
            .flatMap(Stream::of)
            .toList();

    /** More rewrites than this at one node, or passes over a graph, mean that rules undo each other. */
    private static final int LIMIT = 1000;

    private final List<Rule> rules;
    private final Map<Graph, Graph> bodies;
    private final GraphBuilder builder = new GraphBuilder();
    private final Ops ops = new Ops(builder);
    private @Nullable String fired;

    /** @param bodies those of loops that were met, and what became of them */
    private Simplifier(List<Rule> rules, Map<Graph, Graph> bodies) {
        this.rules = rules;
        this.bodies = bodies;
    }

    /** The same function of the same inputs, shorter. */
    public static Graph simplify(Graph graph) {
        return simplify(graph, RULES);
    }

    static List<Rule> rules() {
        return RULES;
    }

    static Graph simplify(Graph graph, List<Rule> rules) {
        return simplify(graph, rules, new HashMap<>());
    }

    private static Graph simplify(Graph graph, List<Rule> rules, Map<Graph, Graph> bodies) {
        Graph current = graph;
        for (int pass = 0; pass < LIMIT; pass++) {
            Simplifier simplifier = new Simplifier(rules, bodies);
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
        Map<Node, Set<Integer>> unread = UnreadResults.of(graph);
        for (Node node : graph.nodes()) {
            if (!images.containsKey(node)) {
                List<Node> operands = node.operands().stream().map(images::get).toList();
                images.put(node, image(node, operands, unread.getOrDefault(node, Set.of())));
            }
        }
        List<Node> outputs = new ArrayList<>();
        for (Node output : graph.outputs()) {
            outputs.add(images.get(output));
        }
        return builder.build(outputs);
    }

    /** @param unread results of a loop that nobody reads */
    private Node image(Node node, List<Node> operands, Set<Integer> unread) {
        if (!(node.op() instanceof Scan scan)) {
            return settle(builder.apply(node.op(), operands));
        }
        Graph body = bodies.get(scan.body());
        if (body == null) {
            body = simplify(scan.body(), rules, bodies);
            bodies.put(scan.body(), body);
            bodies.put(body, body);
        }
        if (!body.equals(scan.body())) {
            fired = "body of a loop";
        }
        Scan shorter = new Scan(body, scan.states(), scan.scanned(), scan.length(), scan.reverse());
        if (unread.isEmpty()) {
            return settle(builder.apply(shorter, operands));
        }
        fired = "results that nobody reads";
        return ScanEdit.of(shorter, operands).without(unread).apply(ops);
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
                + node + ", the last by " + (fired == null ? "none" : fired));
    }

    private @Nullable Node step(Node node) {
        for (Rule rule : rules) {
            Node next = rule.rewrite(ops, node);
            if (next != null) {
                if (!next.type().equals(node.type())) {
                    throw new IllegalStateException("rule " + rule.name() + ": expected " + node.type() + ", got "
                            + next.type() + " (rewriting " + node + " to " + next + ")");
                }
                fired = rule.name();
                return next;
            }
        }
        return null;
    }
}
