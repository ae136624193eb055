package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Leaf;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * What a backend must be able to compute: the target language of {@link Primitive#lower}. A plan records calls as buffers
 * and steps; an exporter as nodes of a SameDiff graph; generated code as expressions.
 */
public interface Kernels {

    /** A value of the backend; only the backend that made it can use it. */
    interface Value {
        /** What is held. */
        TensorType type();
    }

    /** What is made of many elements. */
    enum Reduction {
        SUM,
        /** Not a number where an element isn't. */
        MAX
    }

    /** A constant; one value stands for every element. */
    Value constant(TensorType type, double... values);

    /**
     * An elementwise operation, by a kernel of the backend or composed of several. Operands broadcast: equal ranks with
     * sizes equal or 1, or one of rank 0.
     */
    Value apply(Elementwise operation, Value... operands);

    /** A kernel of ND4J by its name, of one operand, that keeps shape and dtype: what users add from outside. */
    Value named(String kernel, Value x);

    /** A comparison or a logical operation: broadcasts as {@link #apply} does, gives booleans. */
    Value test(Comparison comparison, Value a, Value b);

    /** {@code yes} where {@code condition} holds, else {@code no}; all broadcast. */
    Value select(Value condition, Value yes, Value no);

    /** The nearest elements of another type. */
    Value cast(Value x, DType dtype);

    /** A reduction that keeps the reduced axes at size 1. */
    Value reduce(Reduction reduction, Value x, List<Integer> axes);

    /** The index, as INT64, of the first largest element along an axis, which stays at size 1. */
    Value argMax(Value x, int axis);

    /** Whole numbers, each as {@link IndexCheck#checked} has it. */
    Value index(Value x, IndexCheck check);

    /** The same elements, row-major, in another shape. */
    Value reshape(Value x, Shape shape);

    /** The axes in another order. */
    Value permute(Value x, List<Integer> axes);

    /** Repeats axes of size 1 up to the given shape of the same rank. */
    Value broadcast(Value x, Shape shape);

    /** A block of these sizes. */
    Value slice(Value x, List<Long> starts, Shape sizes);

    /** Places {@code x} at {@code before} in zeros of the given shape. */
    Value pad(Value x, List<Long> before, Shape shape);

    /** The parts one after the other along an axis. */
    Value concat(List<Value> parts, int axis);

    /** The elements at these places along an axis. */
    Value gather(Value x, int axis, Indices indices);

    /** Adds slice i of {@code x} to slice {@code indices[i]} of zeros whose axis has the given size. */
    Value scatterAdd(Value x, int axis, Indices indices, long size);

    /** As {@link Lookup.Gather}: positions are compared with all there are, unless a backend has a kernel of its own. */
    default Value gather(Value x, Value positions, int axis) {
        return Choices.gather(this, x, positions, axis);
    }

    /** As {@link Lookup.ScatterAdd}, likewise. */
    default Value scatterAdd(Value x, Value positions, int axis, Shape shape) {
        return Choices.scatterAdd(this, x, positions, axis, shape);
    }

    /** Product of two matrices, or of two equally long stacks of them (rank 3), each transposed first if asked. */
    Value matmul(Value a, Value b, boolean transposeA, boolean transposeB);

    /**
     * The backend's own computation of a contraction, where it has one that is cheaper than the lowering to matrix
     * products, or to products and a sum. Axes of size 1 have been left out.
     */
    default @Nullable Value contract(Einsum einsum, Value a, Value b) {
        return null;
    }

    /**
     * A decomposition of matrices or a solution by one: by a routine for whole matrices, or unrolled into operations on their
     * elements where these are few ({@link UnrolledMatrices}).
     */
    Value matrices(MatrixRoutine routine, Value... operands);

    /** As {@link CumulativeSum}. */
    Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse);

    /** A constant of a graph; backends that tell structural zeros from others override this. */
    default Value literal(Leaf.Literal literal) {
        return constant(literal.type(), literal.values());
    }

    /**
     * A loop; unless a backend has loops, its body once for each step.
     *
     * @param operands those of the operation, ones without elements included
     */
    default Value scan(Scan scan, List<Value> operands) {
        return Unrolled.of(this, scan, operands);
    }
}
