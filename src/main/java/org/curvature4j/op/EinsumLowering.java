package org.curvature4j.op;

import java.util.List;
import java.util.stream.Collectors;
import org.curvature4j.graph.Shape;
import org.curvature4j.op.Kernels.Value;

/**
 * Picks the kernels of a contraction by its axes. Without an axis common to both operands and the result it is one
 * matrix product, transposed rather than permuted where a flag does it. With such a batch axis it is an elementwise
 * product and a sum while the matrices are small (the batch axis is last and contiguous, where that is fast), and a
 * batched matrix product when they are large.
 */
final class EinsumLowering {
    /** From this size in all three of its dimensions a batched product beats multiply-and-sum; measured on CPU. */
    private static final long LARGE = 16;

    private final Kernels kernels;
    private final Einsum einsum;
    private final Value a;
    private final Value b;
    private final String batch;
    private final String rows;
    private final String columns;
    private final String summed;

    private EinsumLowering(Kernels kernels, Einsum einsum, Value a, Value b) {
        this.kernels = kernels;
        this.einsum = einsum;
        this.a = a;
        this.b = b;
        String left = einsum.left();
        String right = einsum.right();
        String result = einsum.result();
        this.batch = keep(result, label -> left.indexOf(label) >= 0 && right.indexOf(label) >= 0);
        this.rows = keep(result, label -> right.indexOf(label) < 0);
        this.columns = keep(result, label -> left.indexOf(label) < 0);
        this.summed = keep(left, label -> result.indexOf(label) < 0);
    }

    /** A contraction, axes of size 1 left out: they would only hide that nothing has to be permuted. */
    static Value of(Kernels kernels, Einsum einsum, Value a, Value b) {
        EinsumLowering whole = new EinsumLowering(kernels, einsum, a, b);
        Einsum core = new Einsum(
                whole.longAxes(einsum.left()), whole.longAxes(einsum.right()), whole.longAxes(einsum.result()));
        Value result = new EinsumLowering(
                        kernels,
                        core,
                        kernels.reshape(a, whole.shape(core.left())),
                        kernels.reshape(b, whole.shape(core.right())))
                .lower();
        return kernels.reshape(result, whole.shape(einsum.result()));
    }

    private String longAxes(String labels) {
        return keep(labels, label -> size((char) label) != 1);
    }

    private Value lower() {
        if (summed.isEmpty()) {
            return product(einsum.result());
        }
        if (batch.isEmpty()) {
            return asMatrices("");
        }
        Value own = kernels.contract(einsum, a, b);
        if (own != null) {
            return own;
        }
        boolean large = size(rows) >= LARGE && size(columns) >= LARGE && size(summed) >= LARGE;
        return large ? asMatrices(batch) : productAndSum();
    }

    /** One matrix product, or a stack of them over the batch axes, which then lead. */
    private Value asMatrices(String stack) {
        // Rows and columns change places where a row is the result's last axis, (AB)' = B'A', so that if anything has
        // to
        // be permuted after the product, at least the last axis stays where it is.
        boolean swap = !columns.isEmpty() && !rows.isEmpty() && rows.indexOf(last(einsum.result())) >= 0;
        Value first = swap ? b : a;
        Value second = swap ? a : b;
        String firstLabels = swap ? einsum.right() : einsum.left();
        String secondLabels = swap ? einsum.left() : einsum.right();
        String firstFree = swap ? columns : rows;
        String secondFree = swap ? rows : columns;
        boolean transposeFirst = firstLabels.equals(stack + summed + firstFree);
        boolean transposeSecond = secondLabels.equals(stack + secondFree + summed);
        Value x = matrix(
                first, firstLabels, stack, transposeFirst ? summed : firstFree, transposeFirst ? firstFree : summed);
        Value y = matrix(
                second,
                secondLabels,
                stack,
                transposeSecond ? secondFree : summed,
                transposeSecond ? summed : secondFree);
        Value product = kernels.matmul(x, y, transposeFirst, transposeSecond);
        String order = stack + firstFree + secondFree;
        return arrange(kernels.reshape(product, shape(order)), order, einsum.result());
    }

    private Value matrix(Value value, String labels, String stack, String rowLabels, String columnLabels) {
        Value arranged = arrange(value, labels, stack + rowLabels + columnLabels);
        Shape shape = stack.isEmpty()
                ? Shape.of(size(rowLabels), size(columnLabels))
                : Shape.of(size(stack), size(rowLabels), size(columnLabels));
        return kernels.reshape(arranged, shape);
    }

    private Value productAndSum() {
        String order = mergedOrder();
        Value product = product(order);
        List<Integer> axes = summed.chars().mapToObj(order::indexOf).sorted().toList();
        Value sum = kernels.reduce(Kernels.Reduction.SUM, product, axes);
        String kept = keep(order, label -> summed.indexOf(label) < 0);
        return arrange(kernels.reshape(sum, shape(kept)), kept, einsum.result());
    }

    /** All axes in one order that agrees with both operands' and the result's, so that nothing is permuted; or any. */
    private String mergedOrder() {
        StringBuilder order = new StringBuilder();
        List<String> chains = List.of(einsum.left(), einsum.right(), einsum.result());
        String all = summed + einsum.result();
        while (order.length() < all.length()) {
            String taken = order.toString();
            int next = all.chars()
                    .filter(label -> taken.indexOf(label) < 0)
                    .filter(label -> chains.stream().allMatch(chain -> leads(chain, taken, label)))
                    .findFirst()
                    .orElse(-1);
            if (next < 0) {
                return all;
            }
            order.append((char) next);
        }
        return order.toString();
    }

    /** Whether every axis before this one in the chain is taken already. */
    private static boolean leads(String chain, String taken, int label) {
        int position = chain.indexOf(label);
        return position < 0 || chain.substring(0, position).chars().allMatch(before -> taken.indexOf(before) >= 0);
    }

    /** The elementwise product over the given axes, each operand stretched over those that it lacks. */
    private Value product(String order) {
        return kernels.apply(Elementwise.MUL, spread(a, einsum.left(), order), spread(b, einsum.right(), order));
    }

    private Value spread(Value value, String labels, String order) {
        String own = keep(order, label -> labels.indexOf(label) >= 0);
        Value arranged = arrange(value, labels, own);
        return kernels.reshape(
                arranged,
                Shape.of(order.chars()
                        .mapToLong(label -> labels.indexOf(label) >= 0 ? size((char) label) : 1)
                        .toArray()));
    }

    private Value arrange(Value value, String from, String to) {
        return from.equals(to)
                ? value
                : kernels.permute(value, to.chars().mapToObj(from::indexOf).toList());
    }

    private static char last(String labels) {
        return labels.charAt(labels.length() - 1);
    }

    private Shape shape(String labels) {
        return Shape.of(labels.chars().mapToLong(label -> size((char) label)).toArray());
    }

    private long size(String labels) {
        return shape(labels).size();
    }

    private long size(char label) {
        return einsum.size(label, a.type().shape(), b.type().shape());
    }

    private static String keep(String labels, java.util.function.IntPredicate wanted) {
        return labels.chars()
                .filter(wanted)
                .mapToObj(label -> String.valueOf((char) label))
                .collect(Collectors.joining());
    }
}
