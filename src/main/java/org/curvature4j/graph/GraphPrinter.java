package org.curvature4j.graph;

import java.util.List;
import java.util.stream.Collectors;

/** Writes a graph one node a line, for people and for golden tests. */
final class GraphPrinter {
    private static final int WINDOW = 10;

    private GraphPrinter() {}

    static String print(Graph graph) {
        String body = graph.nodes().stream().map(GraphPrinter::line).collect(Collectors.joining("\n"));
        return body + "\nreturn " + names(graph.outputs());
    }

    /** The lines before and after a node, the node marked. */
    static String around(Graph graph, Node node) {
        int position = graph.nodes().indexOf(node);
        int from = Math.max(0, position - WINDOW);
        int to = Math.min(graph.nodes().size(), position + WINDOW + 1);
        return graph.nodes().subList(from, to).stream()
                .map(shown -> (shown == node ? "> " : "  ") + line(shown))
                .collect(Collectors.joining("\n"));
    }

    private static String line(Node node) {
        String operands = node.operands().isEmpty() ? "" : " " + names(node.operands());
        String line = "%" + node.id() + ": " + node.type() + " = " + node.op().name() + operands;
        return line
                + node.op().bodies().stream()
                        .map(body -> "\n" + body.toString().indent(4).stripTrailing())
                        .collect(Collectors.joining());
    }

    private static String names(List<Node> nodes) {
        return nodes.stream().map(node -> "%" + node.id()).collect(Collectors.joining(" "));
    }
}
