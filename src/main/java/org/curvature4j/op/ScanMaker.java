package org.curvature4j.op;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * A scan in the making: its body is built first, then what it is applied to is told of what the body turned out to need.
 * What nothing that is read depends on, states included, doesn't become part of it.
 */
final class ScanMaker {
    /** What an input of a body stands for. */
    private enum Kind {
        STATE,
        SLICE,
        UNCHANGING
    }

    /** An input of the body, and of a state whether its last value is read and what comes next. */
    private static final class Input {
        private final Kind kind;
        private final Node inner;
        private boolean isRead;
        private @Nullable Node next;
        private @Nullable Node operand;

        Input(Kind kind, Node inner) {
            this.kind = kind;
            this.inner = inner;
        }
    }

    private final GraphBuilder body = new GraphBuilder();
    private final Ops ops = new Ops(body);
    private final List<Input> inputs = new ArrayList<>();
    private final List<Node> outputs = new ArrayList<>();
    private final Set<Node> needed = new HashSet<>();

    /** Where the body is built. */
    Ops ops() {
        return ops;
    }

    /** A state at the begin of a step. */
    Node state(TensorType type) {
        return input(Kind.STATE, type);
    }

    /** What a step has of a scanned operand. */
    Node slice(TensorType type) {
        return input(Kind.SLICE, type);
    }

    /** What is the same for all steps. */
    Node unchanging(TensorType type) {
        return input(Kind.UNCHANGING, type);
    }

    /** The inputs of another scan's body, of the same kinds. */
    List<Node> inputsOf(Scan scan) {
        List<Node> made = new ArrayList<>();
        for (int i = 0; i < scan.body().inputs().size(); i++) {
            TensorType type = scan.body().inputs().get(i).type();
            made.add(like(scan, i, type));
        }
        return made;
    }

    /** An input of the kind that another scan's has, of a type. */
    Node like(Scan scan, int input, TensorType type) {
        Kind other = scan.isScanned(input) ? Kind.SLICE : Kind.UNCHANGING;
        return input(input < scan.states() ? Kind.STATE : other, type);
    }

    private Node input(Kind kind, TensorType type) {
        Node inner = body.input(kind.name().charAt(0) + "" + inputs.size(), type);
        inputs.add(new Input(kind, inner));
        return inner;
    }

    private Input of(Node inner) {
        return inputs.stream().filter(input -> input.inner == inner).findFirst().orElseThrow();
    }

    /** Says what a state becomes in a step, and whether its last value is a result. */
    void next(Node state, Node next, boolean isRead) {
        Input input = of(state);
        input.next = next;
        input.isRead = isRead;
    }

    /** Adds an output: its slice of a step. */
    void output(Node slice) {
        outputs.add(slice);
    }

    /** To be called when the body is complete: finds what is needed of it. */
    void close() {
        outputs.forEach(this::need);
        boolean grows = true;
        while (grows) {
            int before = needed.size();
            for (Input input : inputs) {
                if (input.kind == Kind.STATE && (input.isRead || needed.contains(input.inner))) {
                    need(input.inner);
                    need(requireNonNull(input.next));
                }
            }
            grows = needed.size() > before;
        }
    }

    private void need(Node node) {
        List<Node> open = new ArrayList<>(List.of(node));
        while (!open.isEmpty()) {
            Node next = open.remove(open.size() - 1);
            if (needed.add(next)) {
                open.addAll(next.operands());
            }
        }
    }

    /** Whether an input plays a part. */
    boolean needs(Node inner) {
        return needed.contains(inner);
    }

    /** Says to what an input that plays a part is bound: the first value, all slices, or what doesn't change. */
    void bind(Node inner, Node operand) {
        of(inner).operand = operand;
    }

    /** Applies what was made; gives the last values of states that are read, in their order, then the outputs. */
    List<Node> apply(Ops outer, long length, boolean reverse) {
        GraphBuilder pruned = new GraphBuilder();
        List<Node> operands = new ArrayList<>();
        List<Node> results = new ArrayList<>();
        Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
        Node[] arguments = new Node[inputs.size()];
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < arguments.length; i++) {
                Input input = inputs.get(i);
                if (input.kind == kind) {
                    boolean plays = needs(input.inner);
                    String name = kind.name().toLowerCase(java.util.Locale.ROOT) + "." + counts.getOrDefault(kind, 0);
                    arguments[i] =
                            plays ? pruned.input(name, input.inner.type()) : pruned.structural(input.inner.type(), 0);
                    if (plays) {
                        counts.merge(kind, 1, Integer::sum);
                        operands.add(requireNonNull(input.operand));
                    }
                    if (plays && kind == Kind.STATE) {
                        results.add(requireNonNull(input.next));
                    }
                }
            }
        }
        List<Boolean> isRead = new ArrayList<>();
        inputs.stream()
                .filter(input -> input.kind == Kind.STATE && needs(input.inner))
                .forEach(input -> isRead.add(input.isRead));
        results.addAll(outputs);
        Graph whole = body.build(results);
        Graph made = pruned.build(pruned.inline(whole, List.of(arguments)));
        Scan scan =
                new Scan(made, counts.getOrDefault(Kind.STATE, 0), counts.getOrDefault(Kind.SLICE, 0), length, reverse);
        List<Node> parts = Packing.of(scan).parts(outer, outer.builder().apply(scan, operands));
        List<Node> read = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i >= isRead.size() || isRead.get(i)) {
                read.add(parts.get(i));
            }
        }
        return read;
    }
}
