package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Shape;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * What a backend must be able to compute: the target language of {@link Primitive#lower}. Elementwise kernels go by the
 * names of ND4J's operations. A plan records calls as buffers and steps; an exporter as nodes of a SameDiff graph.
 *
 * <p>Where ND4J's own kernel is inaccurate, a primitive's lowering is a combination of several kernels that isn't.
 */
public interface Kernels {

    /** A value of the backend; only the backend that made it can use it. */
    interface Value {
        TensorType type();
    }

    /** A constant; one value stands for every element. */
    Value constant(TensorType type, double... values);

    /**
     * The backend's own computation of an elementary function, where it has one as accurate as the lowering from several
     * kernels and cheaper.
     */
    default @Nullable Value own(Elementwise primitive, List<Value> operands) {
        return null;
    }

    /** An elementwise operation that keeps shape and dtype. */
    Value unary(String kernel, Value x);

    /** An elementwise operation whose operands broadcast: equal ranks with sizes equal or 1, or one of rank 0. */
    Value binary(String kernel, Value a, Value b);

    /** A comparison or a logical operation: broadcasts as {@link #binary} does, gives booleans. */
    Value test(String kernel, Value a, Value b);

    /** {@code yes} where {@code condition} holds, else {@code no}; all broadcast. */
    Value select(Value condition, Value yes, Value no);

    Value cast(Value x, DType dtype);

    /** A reduction that keeps the reduced axes at size 1. */
    Value reduce(String kernel, Value x, List<Integer> axes);

    /** The index, as INT64, of the first largest element along an axis, which stays at size 1. */
    Value argMax(Value x, int axis);

    /** Whole numbers, each as {@link IndexCheck#checked} has it. */
    Value index(Value x, IndexCheck check);

    Value reshape(Value x, Shape shape);

    Value permute(Value x, List<Integer> axes);

    /** Repeats axes of size 1 up to the given shape of the same rank. */
    Value broadcast(Value x, Shape shape);

    Value slice(Value x, List<Long> starts, Shape sizes);

    /** Places {@code x} at {@code before} in zeros of the given shape. */
    Value pad(Value x, List<Long> before, Shape shape);

    Value concat(List<Value> parts, int axis);

    Value gather(Value x, int axis, Indices indices);

    /** Adds slice i of {@code x} to slice {@code indices[i]} of zeros whose axis has the given size. */
    Value scatterAdd(Value x, int axis, Indices indices, long size);

    /** Product of two matrices, or of two equally long stacks of them (rank 3), each transposed first if asked. */
    Value matmul(Value a, Value b, boolean transposeA, boolean transposeB);

    /**
     * The backend's own computation of a contraction, where it has one that is cheaper than the lowering to matrix
     * products, or to products and a sum. Axes of size 1 have been left out.
     */
    default @Nullable Value contract(Einsum einsum, Value a, Value b) {
        return null;
    }

    Value cumulativeSum(Value x, int axis, boolean exclusive, boolean reverse);
}
