package org.curvature4j.op;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.walk.Reverse;
import org.curvature4j.internal.walk.Walk;
import org.jspecify.annotations.Nullable;

/**
 * The cotangents of a scan's operands: a scan in the other direction, whose states are the cotangents of states and the sums
 * of those of what doesn't change. Each step's body pulls them back through one step of the scan, at the states that it began
 * with, which a scan that keeps them has as outputs; it keeps those that are needed only.
 */
final class ScanCotangent {
    private final Scan scan;
    private final Graph body;
    private final Ops ops;
    private final Node node;
    private final List<Boolean> wanted;
    private final List<Integer> varying;
    private final Set<Integer> carried = new HashSet<>();

    /**
     * @param node the scan's application
     * @param wanted the operands whose cotangents are to be found
     */
    ScanCotangent(Scan scan, Ops ops, Node node, List<Boolean> wanted) {
        this.scan = scan;
        this.body = scan.body();
        this.ops = ops;
        this.node = node;
        this.wanted = wanted;
        this.varying = varying();
    }

    /** The body's inputs that vary with a wanted operand in some step. */
    private List<Integer> varying() {
        Set<Integer> inputs = new TreeSet<>();
        Set<Integer> found = IntStream.range(0, wanted.size())
                .filter(i -> wanted.get(i) && body.inputs().get(i).dtype().isFloat())
                .boxed()
                .collect(Collectors.toSet());
        while (inputs.addAll(found)) {
            Set<Node> active = Reverse.active(body, List.copyOf(inputs));
            found = IntStream.range(0, scan.states())
                    .filter(i -> active.contains(body.outputs().get(i)))
                    .boxed()
                    .collect(Collectors.toSet());
        }
        return List.copyOf(inputs);
    }

    List<@Nullable Node> cotangents(Node cotangent) {
        List<@Nullable Node> arriving = Packing.of(scan).present(ops, cotangent);
        for (int i : varying) {
            if (i < scan.states() && arriving.get(i) != null) {
                carried.add(i);
            }
        }
        Step step = new Step(arriving);
        while (carried.addAll(step.reached())) {
            step = new Step(arriving);
        }
        return step.apply();
    }

    /** The body's cotangent, with cotangents of the states that some reach. */
    private final class Step {
        private final ScanMaker maker = new ScanMaker();
        private final List<@Nullable Node> arriving;
        private final List<Node> values = new ArrayList<>();
        private final Map<Integer, Node> seeds = new LinkedHashMap<>();
        private final Map<Integer, Node> pulled = new TreeMap<>();

        Step(List<@Nullable Node> arriving) {
            this.arriving = arriving;
            for (int i = 0; i < body.inputs().size(); i++) {
                // Of states the values at the begin of each step, as slices.
                boolean changes = i < scan.states() || scan.isScanned(i);
                values.add(changes ? maker.slice(type(i)) : maker.unchanging(type(i)));
            }
            List<@Nullable Node> cotangents = new ArrayList<>();
            for (int i = 0; i < body.outputs().size(); i++) {
                boolean is = i < scan.states() ? carried.contains(i) : arriving.get(i) != null;
                Node seed = null;
                if (is) {
                    seed = i < scan.states()
                            ? maker.state(type(i))
                            : maker.slice(body.outputs().get(i).type());
                    seeds.put(i, seed);
                }
                cotangents.add(seed);
            }
            GraphBuilder builder = maker.ops().builder();
            Map<Node, Node> known = Reverse.cotangents(
                    builder,
                    body,
                    Walk.copying(builder, body, values),
                    Reverse.active(body, varying),
                    cotangents,
                    this::sum);
            for (int i : varying) {
                Node found = known.get(body.inputs().get(i));
                if (found != null) {
                    pulled.put(i, found);
                }
            }
        }

        private TensorType type(int input) {
            return body.inputs().get(input).type();
        }

        private @Nullable Node sum(List<Node> arrived) {
            Node sum = null;
            for (Node one : arrived) {
                sum = maker.ops().plus(sum, one);
            }
            return sum;
        }

        /** The states that cotangents reach. */
        Set<Integer> reached() {
            Set<Integer> reached = new HashSet<>(pulled.keySet());
            reached.removeIf(i -> i >= scan.states());
            return reached;
        }

        List<@Nullable Node> apply() {
            List<Integer> results = new ArrayList<>();
            seeds.forEach((i, seed) -> {
                if (i < scan.states()) {
                    Node next = pulled.get(i);
                    maker.next(seed, next == null ? maker.ops().zeros(type(i)) : next, isResult(i));
                    results.addAll(isResult(i) ? List.of(i) : List.of());
                }
            });
            Map<Integer, Node> sums = new LinkedHashMap<>();
            pulled.forEach((i, term) -> {
                if (i >= scan.states() + scan.scanned() && isResult(i)) {
                    Node sum = maker.state(type(i));
                    maker.next(sum, maker.ops().add(sum, term), true);
                    sums.put(i, sum);
                }
            });
            results.addAll(sums.keySet());
            pulled.forEach((i, slice) -> {
                if (scan.isScanned(i) && isResult(i)) {
                    maker.output(slice);
                    results.add(i);
                }
            });
            List<@Nullable Node> cotangents = new ArrayList<>(Collections.nCopies(wanted.size(), null));
            if (!results.isEmpty()) {
                List<Node> made = applied(sums.values());
                for (int k = 0; k < made.size(); k++) {
                    cotangents.set(results.get(k), made.get(k));
                }
            }
            return cotangents;
        }

        private boolean isResult(int input) {
            return wanted.get(input) && body.inputs().get(input).dtype().isFloat();
        }

        private List<Node> applied(Collection<Node> sums) {
            maker.close();
            List<Node> begins = begins();
            for (int i = 0; i < values.size(); i++) {
                maker.bind(values.get(i), i < scan.states() ? begins.get(i) : node.operand(i));
            }
            seeds.forEach((i, seed) -> {
                Node given = arriving.get(i);
                maker.bind(seed, given == null ? ops.zeros(type(i)) : given);
            });
            sums.forEach(sum -> maker.bind(sum, ops.zeros(sum.type())));
            return maker.apply(ops, scan.length(), !scan.reverse());
        }

        /** The states with which each step began, of those that are needed; of others the first. */
        private List<Node> begins() {
            List<Node> begins = new ArrayList<>(node.operands().subList(0, scan.states()));
            List<Integer> needed = IntStream.range(0, scan.states())
                    .filter(i -> maker.needs(values.get(i)))
                    .boxed()
                    .toList();
            if (!needed.isEmpty()) {
                ScanMaker keeping = new ScanMaker();
                List<Node> inputs = keeping.inputsOf(scan);
                Walk walk = Walk.copying(keeping.ops().builder(), body, inputs);
                for (int i = 0; i < scan.states(); i++) {
                    keeping.next(inputs.get(i), walk.image(body.outputs().get(i)), false);
                }
                needed.forEach(i -> keeping.output(inputs.get(i)));
                keeping.close();
                for (int i = 0; i < inputs.size(); i++) {
                    keeping.bind(inputs.get(i), node.operand(i));
                }
                List<Node> kept = keeping.apply(ops, scan.length(), scan.reverse());
                for (int k = 0; k < kept.size(); k++) {
                    begins.set(needed.get(k), kept.get(k));
                }
            }
            return begins;
        }
    }
}
