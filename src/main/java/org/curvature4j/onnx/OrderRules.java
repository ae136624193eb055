package org.curvature4j.onnx;

import static org.curvature4j.samediff.Smoothness.KINKS;
import static org.curvature4j.samediff.Smoothness.SMOOTH;
import static org.curvature4j.samediff.Smoothness.STEP;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.composition.Cumulation;
import org.curvature4j.internal.composition.Ordering;
import org.curvature4j.op.CumulativeSum;
import org.curvature4j.op.Indices;

/** What goes through elements in an order: by size, or from one to the next. */
final class OrderRules {
    private OrderRules() {}

    static void addTo(OnnxRules rules) {
        rules.add("TopK", KINKS, "by comparing each element with all others; kinks at ties", OrderRules::top);
        rules.add("Unique", STEP, "known values", OrderRules::unique);
        rules.add("CumSum", SMOOTH, OnnxRule.single(call -> call.ops()
                .apply(new CumulativeSum(axis(call), flag(call, "exclusive"), flag(call, "reverse")), call.input(0))));
        rules.add(
                "CumProd",
                SMOOTH,
                "derivatives exact at zeros",
                OnnxRule.single(call -> Cumulation.product(
                        call.ops(), call.input(0), axis(call), flag(call, "exclusive"), flag(call, "reverse"))));
    }

    private static int axis(OnnxCall call) {
        return call.axis((long) call.number(1), call.rank(0));
    }

    private static boolean flag(OnnxCall call, String name) {
        return call.attributes().flag(name, false);
    }

    /** Values, then places; the number of them was an attribute before version 10. */
    private static List<Node> top(OnnxCall call) {
        int axis = call.axis("axis", -1);
        long count = call.attributes().has("k") ? call.attributes().integer("k", 0) : (long) call.number(1);
        if (count < 0 || count > call.size(0, axis)) {
            throw call.expected("from 0 to " + call.size(0, axis) + " elements", count);
        }
        call.affordable(Ordering.work(call.shape(0), axis, count).toArray());
        Ordering ordering = Ordering.of(
                call.ops(), call.input(0), axis, count, call.attributes().flag("largest", true));
        return List.of(ordering.values(), ordering.indices());
    }

    /** The different slices along an axis, or elements, with where they stand first, which each one is, and how often. */
    private static List<Node> unique(OnnxCall call) {
        Node x = call.input(0);
        double[] values = call.numbers(0);
        boolean isFlat = !call.attributes().has("axis");
        int axis = isFlat ? 0 : call.axis("axis", 0);
        Shape shape = isFlat ? Shape.of(x.shape().size()) : x.shape();
        int size = Math.toIntExact(shape.dim(axis));
        int inner = Math.toIntExact(shape.sizeFrom(axis + 1));
        List<List<Double>> slices = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int place = i;
            slices.add(IntStream.range(0, values.length)
                    .filter(k -> k / inner % size == place)
                    .mapToObj(k -> values[k])
                    .toList());
        }
        List<Integer> first = new ArrayList<>();
        Map<List<Double>, Integer> seen = new HashMap<>();
        for (int i = 0; i < size; i++) {
            if (seen.putIfAbsent(slices.get(i), i) == null) {
                first.add(i);
            }
        }
        if (call.attributes().flag("sorted", true)) {
            first.sort(Comparator.comparing(
                    slices::get,
                    (a, b) -> Arrays.compare(
                            a.stream().mapToDouble(v -> v).toArray(),
                            b.stream().mapToDouble(v -> v).toArray())));
        }
        Map<List<Double>, Integer> numbers = new HashMap<>();
        first.forEach(i -> numbers.put(slices.get(i), numbers.size()));
        double[] which = slices.stream().mapToDouble(numbers::get).toArray();
        double[] counts = new double[first.size()];
        DoubleStream.of(which).forEach(number -> counts[(int) number]++);
        int[] places = first.stream().mapToInt(i -> i).toArray();
        return List.of(
                call.ops().gather(call.ops().reshape(x, shape), axis, Indices.of(places)),
                integers(call, IntStream.of(places).asDoubleStream().toArray()),
                integers(call, which),
                integers(call, counts));
    }

    private static Node integers(OnnxCall call, double... values) {
        return call.ops().constant(TensorType.of(DType.INT64, values.length), values);
    }
}
