package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Alternatives;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Bundle;
import org.curvature4j.op.Ops;

/** Branches and loops. What decides how often a loop runs must be known when the model is loaded. */
final class ControlRules {
    private static final String LOOP = "many steps as one operation, if their body is alike in all, else written out";

    private ControlRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("If", KINKS, "one branch where the condition is known, else both and a choice", ControlRules::branch);
        rules.add("Loop", SMOOTH, LOOP + "; known numbers of steps and conditions", ControlRules::loop);
        rules.add("Scan", SMOOTH, LOOP, ControlRules::scan);
    }

    private static List<Node> branch(OnnxCall call) {
        if (call.isKnown(0)) {
            return call.body(call.number(0) != 0 ? "then_branch" : "else_branch", List.of());
        }
        List<Node> yes = branch(call, "then_branch", true);
        List<Node> no = branch(call, "else_branch", false);
        List<Node> chosen = new ArrayList<>();
        for (int i = 0; i < Math.min(yes.size(), no.size()); i++) {
            boolean isTensor = !(yes.get(i).op() instanceof Bundle || no.get(i).op() instanceof Bundle);
            if (!isTensor || !yes.get(i).type().equals(no.get(i).type())) {
                throw call.expected(
                        "branches of one type where a computed value chooses",
                        Bundle.describe(yes.get(i)) + " and " + Bundle.describe(no.get(i)));
            }
            chosen.add(Alternatives.chosen(call.ops(), call.input(0), yes.get(i), no.get(i)));
        }
        return chosen;
    }

    private static List<Node> branch(OnnxCall call, String name, boolean side) {
        OnnxScope scope = call.outside().inside();
        for (String captured : call.captured()) {
            Node value = call.outside().get(captured);
            if (value != null && !(value.op() instanceof Bundle)) {
                OnnxType type = scope.types().of(List.of(captured)).get(0);
                scope.put(captured, type, Alternatives.entered(call.ops(), call.input(0), side, value));
            }
        }
        return call.in(call.ops(), scope).body(name, List.of());
    }

    private static List<Node> loop(OnnxCall call) {
        Ops o = call.ops();
        long most = call.has(0) ? (long) call.number(0) : Long.MAX_VALUE;
        Node yes = o.scalar(DType.BOOL, 1);
        Node condition = call.has(1) ? call.input(1) : yes;
        List<Node> initial = call.values(2);
        if (call.has(0) && holds(condition)) {
            List<Node> compact = OnnxLoop.counted(call, initial, most);
            if (compact != null) {
                return compact;
            }
        }
        OnnxSteps steps = new OnnxSteps(call, initial);
        long step = 0;
        for (; step < most && holds(condition); step++) {
            Node number = o.scalar(DType.INT64, (double) step);
            condition = steps.step(1, List.of(number, yes), List.of()).get(0);
        }
        return steps.results(1, List.of(o.scalar(DType.INT64, (double) step), yes), List.of());
    }

    private static boolean holds(Node condition) {
        if (!(condition.op() instanceof Leaf.Literal literal) || literal.values().length != 1) {
            throw OnnxCall.unknown("a condition known when the model is loaded", condition);
        }
        return literal.values()[0] != 0;
    }

    private static List<Node> scan(OnnxCall call) {
        return call.opset() < 9 ? batchScan(call) : axisScan(call);
    }

    private static List<Node> axisScan(OnnxCall call) {
        Ops o = call.ops();
        OnnxAttributes attributes = call.attributes();
        List<Node> inputs = call.values(0);
        int states = states(call, inputs.size());
        List<Node> sequences = new ArrayList<>();
        for (int i = states; i < inputs.size(); i++) {
            int axis = call.axis(at(attributes.longs("scan_input_axes"), i - states), call.rank(i));
            Node first = Axes.move(o, call.input(i), axis, 0);
            boolean isReversed = at(attributes.longs("scan_input_directions"), i - states) != 0;
            sequences.add(isReversed ? Axes.reversed(o, first, 0) : first);
        }
        List<Node> results =
                new ArrayList<>(scanned(call, inputs.subList(0, states), sequences, length(call, sequences)));
        for (int i = states; i < results.size(); i++) {
            Node result = results.get(i);
            boolean isReversed = at(attributes.longs("scan_output_directions"), i - states) != 0;
            int axis = call.axis(
                    at(attributes.longs("scan_output_axes"), i - states),
                    result.shape().rank());
            results.set(i, Axes.move(o, isReversed ? Axes.reversed(o, result, 0) : result, 0, axis));
        }
        return results;
    }

    private static int states(OnnxCall call, int inputs) {
        long scanned = call.attributes().integer("num_scan_inputs", 0);
        if (scanned < 1 || scanned > inputs) {
            throw call.expected("from 1 to " + inputs + " inputs that are scanned", scanned);
        }
        return inputs - (int) scanned;
    }

    private static long at(long[] values, int index) {
        return index < values.length ? values[index] : 0;
    }

    private static long length(OnnxCall call, List<Node> sequences) {
        long length = sequences.get(0).shape().dim(0);
        if (sequences.stream().anyMatch(sequence -> sequence.shape().dim(0) != length)) {
            throw call.expected(
                    "sequences of one length",
                    sequences.stream().map(Node::type).toList());
        }
        return length;
    }

    /**
     * The states after the last element of some sequences, and what the body made at each element, along the first axis as
     * the sequences' elements are: as one operation where there are many of them, if the body allows.
     */
    private static List<Node> scanned(OnnxCall call, List<Node> states, List<Node> sequences, long length) {
        Ops o = call.ops();
        List<Node> compact = OnnxLoop.scanned(call, states, sequences, length);
        if (compact != null) {
            return compact;
        }
        OnnxSteps steps = new OnnxSteps(call, states);
        for (long i = 0; i < length; i++) {
            long place = i;
            steps.step(
                    0,
                    List.of(),
                    sequences.stream().map(x -> Axes.at(o, x, 0, place)).toList());
        }
        List<Node> none = sequences.stream()
                .map(x -> o.builder()
                        .literal(
                                x.type()
                                        .withShape(Axes.shape(Axes.dims(x)
                                                .subList(1, x.shape().rank()))),
                                0))
                .toList();
        return steps.results(0, List.of(), none);
    }

    /** Before version 9: over axis 1, one sequence after the other of axis 0, the first of the inputs their lengths. */
    private static List<Node> batchScan(OnnxCall call) {
        Ops o = call.ops();
        List<Node> inputs = call.values(1);
        int states = states(call, inputs.size());
        long longest = call.size(1 + states, 1);
        List<List<Node>> results = new ArrayList<>();
        for (int batch = 0; batch < call.size(1, 0); batch++) {
            int place = batch;
            List<Node> parts = inputs.stream().map(x -> Axes.at(o, x, 0, place)).toList();
            long length = call.has(0) ? call.longs(0)[batch] : longest;
            List<Node> sequences = new ArrayList<>();
            for (int i = states; i < parts.size(); i++) {
                Node used = o.slice(parts.get(i), 0, 0, length);
                boolean isReversed = at(call.attributes().longs("directions"), i - states) != 0;
                sequences.add(isReversed ? Axes.reversed(o, used, 0) : used);
            }
            List<Node> outputs = new ArrayList<>(scanned(call, parts.subList(0, states), sequences, length));
            for (int i = states; i < outputs.size(); i++) {
                outputs.set(i, o.pad(outputs.get(i), 0, 0, longest - length, 0));
            }
            results.add(outputs);
        }
        return IntStream.range(0, results.get(0).size())
                .mapToObj(i ->
                        Axes.stack(o, results.stream().map(row -> row.get(i)).toList(), 0))
                .toList();
    }
}
