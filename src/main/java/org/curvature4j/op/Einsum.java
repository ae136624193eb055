package org.curvature4j.op;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.graph.GraphBuilder;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * The contraction of two tensors in Einstein's notation: a character an axis, summed over those that the result lacks.
 * Matrix products, outer and inner products and batches of them are all of this form, and so are their derivatives,
 * which makes it closed. Within one operand no character stands twice, and each of an operand's characters stands in
 * the other operand or in the result. In which order the products are added is left to the kernel, and so is the sign of
 * a result that is zero.
 */
public record Einsum(String left, String right, String result) implements Primitive {

    public Einsum {
        checkDistinct(left);
        checkDistinct(right);
        checkDistinct(result);
        if (!covered(left, right + result) || !covered(right, left + result) || !covered(result, left + right)) {
            throw new IllegalArgumentException("einsum " + left + "," + right + "->" + result
                    + ": expected each character in two of the three parts (sum over a lone axis first)");
        }
    }

    private static void checkDistinct(String labels) {
        if (labels.chars().distinct().count() != labels.length()) {
            throw new IllegalArgumentException("einsum: expected distinct characters, got " + labels);
        }
    }

    private static boolean covered(String labels, String others) {
        return labels.chars().allMatch(label -> others.indexOf(label) >= 0);
    }

    @Override
    public String name() {
        return "EINSUM " + left + "," + right + "->" + result;
    }

    @Override
    public TensorType infer(List<TensorType> operands) {
        TensorType a = operands.get(0);
        TensorType b = operands.get(1);
        if (a.dtype() != b.dtype() || a.rank() != left.length() || b.rank() != right.length()) {
            throw new IllegalArgumentException(name() + ": expected operands of one dtype with " + left.length()
                    + " and " + right.length() + " axes, got " + operands);
        }
        for (int axis = 0; axis < left.length(); axis++) {
            int other = right.indexOf(left.charAt(axis));
            if (other >= 0 && a.shape().dim(axis) != b.shape().dim(other)) {
                throw new IllegalArgumentException(
                        name() + ": expected equal sizes on axis '" + left.charAt(axis) + "', got " + operands);
            }
        }
        return a.withShape(Shape.of(result.chars()
                .mapToLong(label -> size((char) label, a.shape(), b.shape()))
                .toArray()));
    }

    long size(char label, Shape a, Shape b) {
        int axis = left.indexOf(label);
        return axis >= 0 ? a.dim(axis) : b.dim(right.indexOf(label));
    }

    @Override
    public @Nullable Node jvp(GraphBuilder builder, Node node, List<@Nullable Node> tangents) {
        Node left = tangents.get(0);
        Node right = tangents.get(1);
        return new Ops(builder)
                .plus(
                        left == null ? null : builder.apply(this, left, node.operand(1)),
                        right == null ? null : builder.apply(this, node.operand(0), right));
    }

    @Override
    public List<@Nullable Node> vjp(GraphBuilder builder, Node node, Node cotangent, List<Boolean> wanted) {
        List<@Nullable Node> cotangents = new ArrayList<>();
        cotangents.add(
                wanted.get(0) ? builder.apply(new Einsum(result, right, left), cotangent, node.operand(1)) : null);
        cotangents.add(
                wanted.get(1) ? builder.apply(new Einsum(left, result, right), node.operand(0), cotangent) : null);
        return cotangents;
    }

    @Override
    public Node vmap(GraphBuilder builder, Node node, List<Node> operands, List<Boolean> batched, long size) {
        char fresh = 'a';
        while ((left + right).indexOf(fresh) >= 0) {
            fresh++;
        }
        return builder.apply(
                new Einsum(
                        batched.get(0) ? left + fresh : left, batched.get(1) ? right + fresh : right, result + fresh),
                operands);
    }

    @Override
    public @Nullable Node dependence(GraphBuilder builder, Node node, List<@Nullable Node> dependences) {
        Ops ops = new Ops(builder);
        return ops.plus(
                reached(ops, dependences.get(0), left, node.shape()),
                reached(ops, dependences.get(1), right, node.shape()));
    }

    /** What depends on marked elements of an operand, whatever the other one's are. */
    private @Nullable Node reached(Ops ops, @Nullable Node marks, String labels, Shape shape) {
        if (marks == null) {
            return null;
        }
        List<Integer> order = result.chars()
                .map(labels::indexOf)
                .filter(axis -> axis >= 0)
                .boxed()
                .collect(Collectors.toCollection(ArrayList::new));
        List<Integer> summed = IntStream.range(0, labels.length())
                .filter(axis -> result.indexOf(labels.charAt(axis)) < 0)
                .boxed()
                .toList();
        order.addAll(summed);
        Shape aligned = Shape.of(IntStream.range(0, shape.rank())
                .mapToLong(axis -> labels.indexOf(result.charAt(axis)) < 0 ? 1 : shape.dim(axis))
                .toArray());
        return ops.broadcast(ops.reshape(ops.permute(ops.sum(marks, summed), order), aligned), shape);
    }

    @Override
    public boolean bends() {
        return true;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return EinsumLowering.of(kernels, this, operands.get(0), operands.get(1));
    }
}
