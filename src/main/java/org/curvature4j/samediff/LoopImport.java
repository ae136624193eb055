package org.curvature4j.samediff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.KnownValues;
import org.curvature4j.op.Ops;
import org.curvature4j.samediff.WhileLoop.State;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A loop of SameDiff's as a scan. The states that its condition depends on, a counter most often, are followed from their
 * first values to the end, which tells the number of steps; to the body they are given as sequences. Where a rule must know
 * them, as an index, few steps are written out.
 */
final class LoopImport {
    /** Steps that are followed; each takes some microseconds. */
    private static final int MOST_STEPS = 100_000;

    /** Steps that are written out where they must be. */
    private static final int MOST_WRITTEN_OUT = 256;

    private final SameDiff source;
    private final WhileLoop loop;
    private final Ops ops;
    private final Map<String, Node> outside;
    private final StepImport importer;
    private final List<State> counted;
    private final Map<String, List<Leaf.Literal>> known = new HashMap<>();
    private final Map<String, Node> last = new LinkedHashMap<>();
    private int steps;

    /** Imports what a step needs into a builder, given nodes for some of its variables. */
    interface StepImport {
        Map<String, Node> run(GraphBuilder builder, NeededOps needed, Map<String, Node> given);
    }

    /** @param outside nodes of the variables outside */
    LoopImport(SameDiff source, WhileLoop loop, Ops ops, Map<String, Node> outside, StepImport importer) {
        this.source = source;
        this.loop = loop;
        this.ops = ops;
        this.outside = outside;
        this.importer = importer;
        this.counted = loop.behind(source, loop.condition());
    }

    /** The last values of the states, by the names of what the loop exits to. */
    Map<String, Node> results() {
        count();
        List<State> carried = new ArrayList<>(loop.states());
        carried.removeAll(counted);
        if (!carried.isEmpty()) {
            try {
                last.putAll(scanned(carried));
            } catch (IllegalArgumentException e) {
                if (counted.isEmpty() || steps > MOST_WRITTEN_OUT) {
                    throw e;
                }
                last.putAll(writtenOut(carried));
            }
        }
        return last;
    }

    private Node outside(String name) {
        return Objects.requireNonNull(outside.get(name));
    }

    /** Follows the states of the condition until it doesn't hold. */
    private void count() {
        List<String> wanted = new ArrayList<>(List.of(loop.condition()));
        Map<State, Leaf.Literal> now = new LinkedHashMap<>();
        for (State state : counted) {
            wanted.add(state.next());
            known.put(state.merged(), new ArrayList<>());
            now.put(state, literal(outside(state.initial()), state.initial()));
        }
        NeededOps needed = loop.inside(source, wanted);
        boolean goesOn = true;
        for (steps = 0; goesOn; steps++) {
            if (steps > MOST_STEPS) {
                throw expectedSteps("more than " + MOST_STEPS);
            }
            GraphBuilder builder = new GraphBuilder();
            Map<String, Node> given = captured(builder, needed, new ArrayList<>());
            now.forEach((state, value) -> give(given, state, builder.apply(value)));
            Map<String, Node> found = importer.run(builder, needed, given);
            Leaf.Literal condition = literal(Objects.requireNonNull(found.get(loop.condition())), loop.condition());
            goesOn = KnownValues.elements(condition)[0] != 0;
            if (goesOn) {
                for (State state : counted) {
                    Objects.requireNonNull(known.get(state.merged())).add(Objects.requireNonNull(now.get(state)));
                    now.put(state, literal(Objects.requireNonNull(found.get(state.next())), state.next()));
                }
            }
        }
        steps--;
        now.forEach((state, value) -> last.put(state.exited(), ops.apply(value)));
    }

    private Leaf.Literal literal(Node node, String name) {
        if (node.op() instanceof Leaf.Literal literal) {
            return literal;
        }
        throw expectedSteps("a condition that depends on '" + name + "', which isn't constant");
    }

    private IllegalArgumentException expectedSteps(String got) {
        return new IllegalArgumentException("loop '" + loop.frame()
                + "': expected a number of steps that is known at import, got " + got
                + " (let a counter of constants end it)");
    }

    private static void give(Map<String, Node> given, State state, Node value) {
        given.put(state.merged(), value);
        given.put(state.inside(), value);
    }

    /** What comes from outside as nodes of a body: constants as they are, others as inputs, which are added to a list. */
    private Map<String, Node> captured(GraphBuilder builder, NeededOps needed, List<Node> unchanging) {
        Map<String, Node> given = new HashMap<>();
        for (Set<String> names : List.of(needed.taken(), needed.leaves())) {
            for (String name : names) {
                String from = loop.entered().getOrDefault(name, name);
                if (needed.leaves().contains(name) || loop.entered().containsKey(name)) {
                    Node value = outside(from);
                    if (value.op() instanceof Leaf.Literal) {
                        given.put(name, builder.apply(value.op()));
                    } else {
                        given.put(name, builder.input("unchanging." + unchanging.size(), value.type()));
                        unchanging.add(value);
                    }
                }
            }
        }
        return given;
    }

    private Map<String, Node> scanned(List<State> carried) {
        NeededOps needed = loop.inside(source, carried.stream().map(State::next).toList());
        GraphBuilder builder = new GraphBuilder();
        List<Node> initial = new ArrayList<>();
        Map<String, Node> given = new HashMap<>();
        for (State state : carried) {
            Node value = outside(state.initial());
            give(given, state, builder.input("state." + initial.size(), value.type()));
            initial.add(value);
        }
        List<Node> sequences = new ArrayList<>();
        for (State state : counted) {
            if (needed.taken().contains(state.merged()) || needed.taken().contains(state.inside())) {
                TensorType slice = outside(state.initial()).type();
                give(given, state, builder.input("slice." + sequences.size(), slice));
                sequences.add(sequence(state, slice));
            }
        }
        List<Node> unchanging = new ArrayList<>();
        given.putAll(captured(builder, needed, unchanging));
        Map<String, Node> found = importer.run(builder, needed, given);
        List<Node> next = carried.stream().map(state -> next(state, found)).toList();
        Graph body = builder.build(next);
        List<Node> results = steps == 0 ? initial : ops.scan(body, steps, false, initial, sequences, unchanging);
        return named(carried, results);
    }

    private static Map<String, Node> named(List<State> states, List<Node> values) {
        Map<String, Node> named = new LinkedHashMap<>();
        for (int i = 0; i < states.size(); i++) {
            named.put(states.get(i).exited(), values.get(i));
        }
        return named;
    }

    private Node next(State state, Map<String, Node> found) {
        Node next = Objects.requireNonNull(found.get(state.next()));
        TensorType type = outside(state.initial()).type();
        if (!next.type().equals(type)) {
            throw new IllegalArgumentException("loop '" + loop.frame() + "': expected '" + state.next()
                    + "' of the type of the state's first value, " + type + ", got " + next.type());
        }
        return next;
    }

    private Node sequence(State state, TensorType slice) {
        double[] values = Objects.requireNonNull(known.get(state.merged())).stream()
                .map(KnownValues::elements)
                .flatMapToDouble(Arrays::stream)
                .toArray();
        long[] dims = new long[slice.rank() + 1];
        dims[0] = steps;
        System.arraycopy(slice.shape().toArray(), 0, dims, 1, slice.rank());
        return ops.constant(TensorType.of(slice.dtype(), dims), values);
    }

    private Map<String, Node> writtenOut(List<State> carried) {
        NeededOps needed = loop.inside(source, carried.stream().map(State::next).toList());
        List<Node> now = carried.stream().map(state -> outside(state.initial())).toList();
        for (int step = 0; step < steps; step++) {
            Map<String, Node> given = new HashMap<>();
            for (int i = 0; i < now.size(); i++) {
                give(given, carried.get(i), now.get(i));
            }
            for (State state : counted) {
                Leaf.Literal value =
                        Objects.requireNonNull(known.get(state.merged())).get(step);
                give(given, state, ops.apply(value));
            }
            loop.entered().forEach((inside, name) -> {
                if (outside.containsKey(name)) {
                    given.put(inside, outside(name));
                }
            });
            needed.leaves().forEach(name -> given.put(name, outside(name)));
            Map<String, Node> found = importer.run(ops.builder(), needed, given);
            now = carried.stream().map(state -> next(state, found)).toList();
        }
        return named(carried, now);
    }
}
