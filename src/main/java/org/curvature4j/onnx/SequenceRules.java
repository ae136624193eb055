package org.curvature4j.onnx;

import static org.curvature4j.onnx.OnnxRule.single;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.internal.composition.Axes;
import org.curvature4j.internal.composition.Bundle;

/** Sequences of tensors whose length is known when the model is loaded, and values that may be there or not. */
final class SequenceRules {
    private static final String SEQUENCE = "a sequence";
    private static final String OPTIONAL = "an optional";

    private SequenceRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("SequenceEmpty", SMOOTH, single(call -> sequence(call, List.of())));
        rules.add("SequenceConstruct", SMOOTH, single(call -> sequence(call, call.all())));
        rules.add("SplitToSequence", SMOOTH, single(SequenceRules::split));
        rules.add("SequenceAt", SMOOTH, "a known position", single(call -> {
            List<Node> parts = parts(call, 0);
            return parts.get(position(call, 1, parts.size()));
        }));
        rules.add("SequenceInsert", SMOOTH, "a known position", single(SequenceRules::insert));
        rules.add("SequenceErase", SMOOTH, "a known position", single(SequenceRules::erase));
        rules.add("SequenceLength", STEP, single(call -> call.ops()
                .scalar(DType.INT64, parts(call, 0).size())));
        rules.add("ConcatFromSequence", SMOOTH, single(SequenceRules::concat));
        rules.add("SequenceMap", SMOOTH, SequenceRules::map);
        rules.add("Optional", SMOOTH, single(call -> Bundle.of(call.ops(), OPTIONAL, call.values(0))));
        rules.add("OptionalGetElement", SMOOTH, single(SequenceRules::element));
        rules.add("OptionalHasElement", STEP, single(SequenceRules::isThere));
    }

    private static Node sequence(OnnxCall call, List<Node> parts) {
        return Bundle.of(call.ops(), SEQUENCE, parts);
    }

    private static boolean isA(String kind, Node value) {
        return value.op() instanceof Bundle bundle && bundle.kind().equals(kind);
    }

    private static List<Node> parts(OnnxCall call, int input) {
        Node value = call.value(input);
        if (!isA(SEQUENCE, value)) {
            throw call.expected("a sequence as input " + (input + 1), Bundle.describe(value));
        }
        return value.operands();
    }

    /** A place in a sequence, counted from the end if it is negative. */
    private static int position(OnnxCall call, int input, int size) {
        long position = (long) call.number(input);
        if (position < -size || position >= size) {
            throw call.expected("a position from " + -size + " to " + (size - 1), position);
        }
        return (int) (position < 0 ? position + size : position);
    }

    /** Parts of stated sizes, or of one size, the last smaller; of size 1 with or without their axis. */
    private static Node split(OnnxCall call) {
        int axis = call.axis("axis", 0);
        long size = call.size(0, axis);
        if (call.has(1) && call.rank(1) > 0) {
            return sequence(call, SliceRules.split(call, call.longs(1)));
        }
        long part = call.has(1) ? (long) call.number(1) : 1;
        if (part < 1) {
            throw call.expected("parts of at least 1", part);
        }
        long[] sizes = LongStream.range(0, (size + part - 1) / part)
                .map(i -> Math.min(part, size - i * part))
                .toArray();
        List<Node> parts = SliceRules.split(call, sizes);
        boolean drops = !call.has(1) && !call.attributes().flag("keepdims", true);
        return sequence(
                call,
                drops
                        ? parts.stream()
                                .map(x -> Axes.drop(call.ops(), x, List.of(axis)))
                                .toList()
                        : parts);
    }

    private static Node insert(OnnxCall call) {
        List<Node> parts = new ArrayList<>(parts(call, 0));
        // One more place than for taking out: behind the last.
        int size = parts.size();
        long position = call.has(2) ? (long) call.number(2) : size;
        if (position < -size || position > size) {
            throw call.expected("a position from " + -size + " to " + size, position);
        }
        parts.add((int) (position < 0 ? position + size : position), call.input(1));
        return sequence(call, parts);
    }

    private static Node erase(OnnxCall call) {
        List<Node> parts = new ArrayList<>(parts(call, 0));
        parts.remove(call.has(1) ? position(call, 1, parts.size()) : parts.size() - 1);
        return sequence(call, parts);
    }

    private static Node concat(OnnxCall call) {
        List<Node> parts = parts(call, 0);
        if (parts.isEmpty() || !call.attributes().has("axis")) {
            throw call.expected("an axis and at least one tensor", Bundle.describe(call.value(0)));
        }
        long written = call.attributes().integer("axis", 0);
        int rank = parts.get(0).shape().rank();
        return call.attributes().flag("new_axis", false)
                ? Axes.stack(call.ops(), parts, call.axis(written, rank + 1))
                : call.ops().concat(parts, call.axis(written, rank));
    }

    /** A body applied to the sequences' elements at each place, and to the tensors. */
    private static List<Node> map(OnnxCall call) {
        List<Node> inputs = call.values(0);
        int size = parts(call, 0).size();
        List<List<Node>> results = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int place = i;
            results.add(call.body(
                    "body",
                    inputs.stream()
                            .map(x -> isA(SEQUENCE, x) ? x.operands().get(place) : x)
                            .toList()));
        }
        return IntStream.range(0, call.outputCount())
                .mapToObj(i ->
                        sequence(call, results.stream().map(row -> row.get(i)).toList()))
                .toList();
    }

    /** What is no optional is always there. */
    private static Node element(OnnxCall call) {
        Node value = call.value(0);
        if (!isA(OPTIONAL, value)) {
            return value;
        } else if (value.operands().isEmpty()) {
            throw call.expected("an optional that has a value", "one without");
        }
        return value.operand(0);
    }

    private static Node isThere(OnnxCall call) {
        boolean isThere = call.has(0)
                && (!isA(OPTIONAL, call.value(0)) || !call.value(0).operands().isEmpty());
        return call.ops().scalar(DType.BOOL, isThere ? 1 : 0);
    }
}
