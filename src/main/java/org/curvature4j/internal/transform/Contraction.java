package org.curvature4j.internal.transform;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.op.Ops;

/**
 * Products of several tensors, two at a time, in the order of least work ({@link ContractionOrder}).
 * Equal parts are computed once, since a builder makes equal nodes one.
 */
final class Contraction {
    /** All orders of so many tensors are looked at; of more, the first ones are multiplied as they come. */
    private static final int MOST = 10;

    private final Ops ops;
    private final List<Factor> factors;
    private final List<Axis> wanted;
    private final Map<Integer, Factor> made = new HashMap<>();
    private final int[] split;

    private Contraction(Ops ops, List<Factor> factors, List<Axis> wanted) {
        this.ops = ops;
        this.factors = factors;
        this.wanted = wanted;
        this.split = ContractionOrder.of(factors, wanted);
    }

    /**
     * The product over the wanted axes, in their order, summed over all others.
     *
     * @param wanted different axes that run
     */
    static Node of(Ops ops, DType dtype, List<Factor> factors, List<Axis> wanted) {
        if (factors.isEmpty()) {
            return ops.broadcast(ops.scalar(dtype, 1), Factor.shape(wanted));
        }
        List<Factor> left = new ArrayList<>(factors);
        while (left.size() > MOST) {
            Factor product =
                    new Contraction(ops, left.subList(0, 2), outside(left.subList(2, left.size()), wanted)).compute();
            left.subList(0, 2).clear();
            left.add(0, product);
        }
        Factor product = new Contraction(ops, left, wanted).compute();
        return ops.broadcast(aligned(ops, product, wanted), Factor.shape(wanted));
    }

    /** A tensor with its axes in another order. */
    static Node arrange(Ops ops, Node node, List<Axis> from, List<Axis> to) {
        return ops.permute(node, to.stream().map(from::indexOf).toList());
    }

    private static Node aligned(Ops ops, Factor factor, List<Axis> wanted) {
        List<Axis> own = wanted.stream().filter(factor.axes()::contains).toList();
        List<Axis> places = wanted.stream()
                .map(axis -> own.contains(axis) ? axis : new Axis(1))
                .toList();
        return ops.reshape(arrange(ops, factor.node(), factor.axes(), own), Factor.shape(places));
    }

    private static List<Axis> outside(List<Factor> others, List<Axis> wanted) {
        Set<Axis> needed = new LinkedHashSet<>(wanted);
        others.forEach(factor -> needed.addAll(factor.axes()));
        return List.copyOf(needed);
    }

    private Factor compute() {
        return make(split.length - 1);
    }

    /** What is left of a subset's axes once it is multiplied: what others or the result need; first what is yet summed. */
    private List<Axis> remaining(int subset) {
        Set<Axis> own = new LinkedHashSet<>();
        List<Factor> others = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            if ((subset >> i & 1) != 0) {
                own.addAll(factors.get(i).axes());
            } else {
                others.add(factors.get(i));
            }
        }
        own.retainAll(outside(others, wanted));
        return own.stream().sorted(Comparator.comparingInt(wanted::indexOf)).toList();
    }

    private Factor make(int subset) {
        Factor known = made.get(subset);
        if (known == null) {
            int part = split[subset];
            known = part == 0
                    ? alone(factors.get(Integer.numberOfTrailingZeros(subset)), remaining(subset))
                    : product(make(part), make(subset & ~part), remaining(subset));
            made.put(subset, known);
        }
        return known;
    }

    /** One factor, summed over what nothing else has. */
    private Factor alone(Factor factor, List<Axis> kept) {
        if (factor.axes().size() == kept.size()) {
            return factor;
        }
        List<Axis> order = factor.axes().stream().filter(kept::contains).toList();
        List<Integer> lone = new ArrayList<>();
        for (int axis = 0; axis < factor.axes().size(); axis++) {
            if (!order.contains(factor.axes().get(axis))) {
                lone.add(axis);
            }
        }
        return new Factor(ops.reshape(ops.sum(factor.node(), lone), Factor.shape(order)), order);
    }

    private Factor product(Factor a, Factor b, List<Axis> result) {
        if (a.axes().isEmpty() || b.axes().isEmpty() || (a.axes().equals(b.axes()) && result.equals(a.axes()))) {
            return new Factor(ops.mul(a.node(), b.node()), a.axes().isEmpty() ? b.axes() : a.axes());
        }
        List<Axis> names = new ArrayList<>(a.axes());
        b.axes().stream().filter(axis -> !names.contains(axis)).forEach(names::add);
        String formula = labels(names, a.axes()) + "," + labels(names, b.axes()) + "->" + labels(names, result);
        return new Factor(ops.einsum(formula, a.node(), b.node()), result);
    }

    private static String labels(List<Axis> names, List<Axis> axes) {
        char[] labels = new char[axes.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (char) ('a' + names.indexOf(axes.get(i)));
        }
        return new String(labels);
    }
}
