package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Ops;
import org.curvature4j.op.Packing;
import org.curvature4j.op.Scan;
import org.jspecify.annotations.Nullable;

/** A loop with less inside: known values in its body in place of operands, and without some states and outputs. */
final class ScanEdit {
    private final Scan scan;
    private final List<Node> operands;
    private final Map<Integer, Leaf.Literal> known = new HashMap<>();
    private final Set<Integer> constant = new HashSet<>();
    private final Set<Integer> without = new HashSet<>();

    private ScanEdit(Scan scan, List<Node> operands) {
        this.scan = scan;
        this.operands = operands;
    }

    static ScanEdit of(Scan scan, List<Node> operands) {
        return new ScanEdit(scan, operands);
    }

    /** Without these results, which nobody reads: structural zeros stand for them. */
    ScanEdit without(Set<Integer> results) {
        without.addAll(results);
        return this;
    }

    /** With a value in the body, the same in all steps, in place of an operand; of one that is unused any. */
    ScanEdit with(int input, Leaf.Literal value) {
        known.put(input, value);
        return this;
    }

    /** With a state that never changes as what it is, a value that is the same for all steps. */
    ScanEdit constant(int state) {
        constant.add(state);
        return this;
    }

    Node apply(Ops ops) {
        GraphBuilder builder = new GraphBuilder();
        List<Integer> states = kept(0, scan.states());
        states.removeAll(constant);
        states.removeAll(without);
        List<Integer> scanned = kept(scan.states(), scan.states() + scan.scanned());
        List<Integer> fixed = new ArrayList<>(constant);
        fixed.removeAll(without);
        fixed.addAll(kept(scan.states() + scan.scanned(), operands.size()));
        List<Integer> order = new ArrayList<>(states);
        order.addAll(scanned);
        order.addAll(fixed);
        Node[] arguments = new Node[operands.size()];
        for (int i : order) {
            arguments[i] = builder.input(
                    scan.body().inputName(i), scan.body().inputs().get(i).type());
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                TensorType type = scan.body().inputs().get(i).type();
                arguments[i] = known.containsKey(i) ? builder.apply(known.get(i)) : builder.structural(type, 0);
            }
        }
        List<Node> results = builder.inline(scan.body(), List.of(arguments));
        List<Integer> left = IntStream.range(0, results.size())
                .filter(i -> !without.contains(i) && !constant.contains(i))
                .boxed()
                .toList();
        Scan edited = left.isEmpty()
                ? null
                : new Scan(
                        builder.build(left.stream().map(results::get).toList()),
                        states.size(),
                        scanned.size(),
                        scan.length(),
                        scan.reverse());
        Node packed = edited == null
                ? null
                : ops.builder().apply(edited, order.stream().map(operands::get).toList());
        return packed != null && left.size() == results.size() ? packed : joined(ops, left, packed);
    }

    private List<Integer> kept(int from, int to) {
        List<Integer> kept = new ArrayList<>();
        for (int i = from; i < to; i++) {
            if (!known.containsKey(i)) {
                kept.add(i);
            }
        }
        return kept;
    }

    /** The result in its old order. */
    private Node joined(Ops ops, List<Integer> left, @Nullable Node packed) {
        List<Shape> shapes = Packing.of(scan).shapes();
        List<Node> all = new ArrayList<>();
        long from = 0;
        for (int i = 0; i < shapes.size(); i++) {
            Shape flat = Shape.of(shapes.get(i).size());
            if (packed != null && left.contains(i)) {
                all.add(ops.slice(packed, 0, from, from + flat.dim(0)));
                from += flat.dim(0);
            } else {
                DType dtype = scan.body().outputs().get(i).dtype();
                all.add(
                        constant.contains(i)
                                ? ops.reshape(operands.get(i), flat)
                                : ops.zeros(new TensorType(dtype, flat)));
            }
        }
        return ops.concat(all, 0);
    }
}
