package org.curvature4j.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;

/** Nodes in an order in which each comes after those that it takes values from: the file's own where it is one. */
final class OnnxOrder {
    private OnnxOrder() {}

    /**
     * Sorts nodes.
     *
     * @param known says which are names of values that no node gives
     * @throws IllegalArgumentException for a cycle, or a value that nothing gives
     */
    static List<NodeProto> of(List<NodeProto> nodes, Predicate<String> known) {
        Map<String, Integer> makers = new HashMap<>();
        for (int i = 0; i < nodes.size(); i++) {
            for (String output : nodes.get(i).getOutputList()) {
                makers.putIfAbsent(output, i);
            }
        }
        List<List<Integer>> users = new ArrayList<>();
        int[] open = new int[nodes.size()];
        nodes.forEach(node -> users.add(new ArrayList<>()));
        for (int i = 0; i < nodes.size(); i++) {
            for (String name : needed(nodes.get(i))) {
                Integer maker = makers.get(name);
                if (maker != null && !known.test(name)) {
                    users.get(maker).add(i);
                    open[i]++;
                } else if (!known.test(name)) {
                    throw new IllegalArgumentException(title(nodes.get(i))
                            + ": expected inputs that the model or its nodes give, got '" + name + "'");
                }
            }
        }
        return sorted(nodes, users, open);
    }

    private static List<NodeProto> sorted(List<NodeProto> nodes, List<List<Integer>> users, int[] open) {
        List<NodeProto> sorted = new ArrayList<>();
        Queue<Integer> ready = new PriorityQueue<>();
        for (int i = 0; i < open.length; i++) {
            if (open[i] == 0) {
                ready.add(i);
            }
        }
        while (!ready.isEmpty()) {
            int next = ready.remove();
            sorted.add(nodes.get(next));
            for (int user : users.get(next)) {
                if (--open[user] == 0) {
                    ready.add(user);
                }
            }
        }
        for (int i = 0; i < open.length; i++) {
            if (open[i] > 0) {
                throw new IllegalArgumentException(
                        title(nodes.get(i)) + ": expected inputs that don't depend on it, got a cycle");
            }
        }
        return sorted;
    }

    private static String title(NodeProto node) {
        return OnnxLibrary.title(node) + (node.getOutputCount() == 0 ? "" : " -> '" + node.getOutput(0) + "'");
    }

    /** The values that a node takes, those that graphs inside it take from outside among them; each once. */
    static Set<String> needed(NodeProto node) {
        Set<String> names = new LinkedHashSet<>(node.getInputList());
        names.addAll(captured(node));
        names.remove("");
        return names;
    }

    /** The values that graphs inside a node take from outside. */
    static Set<String> captured(NodeProto node) {
        Set<String> names = new LinkedHashSet<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            if (attribute.hasG()) {
                names.addAll(free(attribute.getG()));
            }
            attribute.getGraphsList().forEach(graph -> names.addAll(free(graph)));
        }
        return names;
    }

    private static Set<String> free(GraphProto graph) {
        Set<String> own = new HashSet<>();
        graph.getInputList().stream().map(ValueInfoProto::getName).forEach(own::add);
        graph.getInitializerList().stream().map(TensorProto::getName).forEach(own::add);
        graph.getNodeList().forEach(node -> own.addAll(node.getOutputList()));
        Set<String> names = new LinkedHashSet<>();
        graph.getNodeList().forEach(node -> names.addAll(needed(node)));
        graph.getOutputList().stream().map(ValueInfoProto::getName).forEach(names::add);
        names.removeAll(own);
        return names;
    }
}
