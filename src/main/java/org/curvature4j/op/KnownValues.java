package org.curvature4j.op;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.Op;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/** The values of operations on known numbers, where every engine gives the same bits. */
public final class KnownValues {
    private KnownValues() {}

    /**
     * The elements of an application's result, row-major.
     *
     * @param literals what its operands are known to be
     * @return null for an operation whose result depends on how it is computed
     * @throws IllegalArgumentException if integers are divided by 0
     */
    public static double @Nullable [] of(Node node, List<Leaf.Literal> literals) {
        Op op = node.op();
        TensorType type = node.type();
        Leaf.Literal first = literals.get(0);
        Shape from = first.type().shape();
        Shape to = type.shape();
        if (op instanceof Kernel kernel) {
            return Arithmetic.has(kernel, type.dtype()) ? computed(kernel, type, literals) : null;
        } else if (op instanceof ShapeOp.Reshape) {
            return elements(first);
        } else if (op instanceof ShapeOp.Broadcast) {
            return picked(first, Strides.of(from).broadcast(to));
        } else if (op instanceof ShapeOp.Permute permute) {
            return picked(first, Strides.of(from).axes(permute.axes()));
        } else if (op instanceof ShapeOp.Slice slice) {
            return picked(first, Strides.of(from).block(slice.starts(), to));
        } else if (op instanceof ShapeOp.Pad pad) {
            double[] padded = zeros(to);
            place(first, Strides.of(to).block(pad.before(), from), padded);
            return padded;
        } else if (op instanceof Indexing.Gather gather) {
            return gathered(first, gather, to);
        } else if (op instanceof Concat concat) {
            return joined(literals, concat.axis(), to);
        } else if (op instanceof StopGradient) {
            return elements(first);
        } else if (op instanceof IndexCheck check) {
            return Arrays.stream(elements(first)).map(check::checked).toArray();
        } else if (op instanceof Extremum extremum) {
            return KnownReductions.hasOrder(first) ? KnownReductions.extremes(first, extremum, to) : null;
        }
        return type.dtype().isFloat() ? null : KnownReductions.whole(op, first, to);
    }

    /** All elements of a literal, row-major. */
    public static double[] elements(Leaf.Literal literal) {
        if (!literal.isUniform()) {
            return literal.values();
        }
        double[] elements = zeros(literal.type().shape());
        Arrays.fill(elements, literal.values()[0]);
        return elements;
    }

    static double[] zeros(Shape shape) {
        return new double[Math.toIntExact(shape.size())];
    }

    private static double[] computed(Kernel kernel, TensorType type, List<Leaf.Literal> literals) {
        double[][] operands = literals.stream()
                .map(literal ->
                        picked(literal, Strides.of(literal.type().shape()).broadcast(type.shape())))
                .toArray(double[][]::new);
        DType dtype = type.dtype();
        double[] x = new double[operands.length];
        double[] result = zeros(type.shape());
        for (int i = 0; i < result.length; i++) {
            for (int k = 0; k < x.length; k++) {
                x[k] = operands[k][i];
            }
            result[i] = Arithmetic.of(kernel, dtype, x);
        }
        return result;
    }

    static double[] picked(Leaf.Literal literal, Strides from) {
        double[] elements = elements(literal);
        return Arrays.stream(from.positions())
                .mapToDouble(position -> elements[position])
                .toArray();
    }

    private static void place(Leaf.Literal literal, Strides to, double[] values) {
        double[] elements = elements(literal);
        int[] positions = to.positions();
        for (int i = 0; i < positions.length; i++) {
            values[positions[i]] = elements[i];
        }
    }

    private static double[] gathered(Leaf.Literal literal, Indexing.Gather gather, Shape to) {
        double[] result = zeros(to);
        for (int i = 0; i < gather.indices().count(); i++) {
            Strides source = Strides.of(literal.type().shape())
                    .slice(gather.axis(), gather.indices().get(i), 1);
            double[] slice = picked(literal, source);
            int[] positions = Strides.of(to).slice(gather.axis(), i, 1).positions();
            for (int k = 0; k < positions.length; k++) {
                result[positions[k]] = slice[k];
            }
        }
        return result;
    }

    private static double[] joined(List<Leaf.Literal> parts, int axis, Shape to) {
        double[] result = zeros(to);
        long start = 0;
        for (Leaf.Literal part : parts) {
            long size = part.type().shape().dim(axis);
            place(part, Strides.of(to).slice(axis, start, size), result);
            start += size;
        }
        return result;
    }
}
