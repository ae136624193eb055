package org.curvature4j.internal.engine.program;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Strides;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;

/**
 * Prepares operations on one kind of memory. Arrays are row-major, and outputs have the shape and dtype that the
 * operation gives; see {@link Kernels} for what each computes.
 *
 * @param <A> an array
 */
public interface Target<A> {
    Step scalar(Kernel kernel, List<A> operands, A z);

    /** Only programs for ND4J's arrays have it. */
    default Step named(String kernel, A x, A z) {
        throw new IllegalStateException(kernel + ": expected a target that has ND4J's kernels");
    }

    Step cast(A x, A z, DType from, DType to);

    Step reduce(Kernels.Reduction reduction, A x, A z, List<Integer> axes);

    Step argMax(A x, A z, int axis);

    Step index(A x, A z, IndexCheck check);

    Step permute(A x, A z, List<Integer> axes);

    Step broadcast(A x, A z);

    Step slice(A x, A z, List<Long> starts);

    Step pad(A x, A z, List<Long> before);

    Step concat(List<A> parts, A z, int axis);

    Step gather(A x, A positions, A z, int axis, Indices indices);

    Step scatterAdd(A x, A positions, A z, Indices indices);

    /** As {@link org.curvature4j.op.Lookup.Gather}, of float64 numbers. */
    Step lookup(A x, A positions, A z, int axis);

    /** As {@link org.curvature4j.op.Lookup.ScatterAdd}, of float64 numbers, added in the operand's order. */
    Step addAt(A x, A positions, A z, int axis);

    Step product(A a, A b, A z, boolean transposeA, boolean transposeB);

    /** The sum of products; only programs for targets that can add to a product have it. */
    default Step summedProducts(List<Operation.Term> terms, List<A> factors, A z) {
        throw new IllegalStateException("sum of products: expected a target that adds to a product");
    }

    /** Adds to the elements of a result at these places of its row-major order; only programs for such targets have it. */
    default Step addInto(A x, Strides places, A z) {
        throw new IllegalStateException("sum of some elements: expected a target that adds to a product");
    }

    /** By a kernel of the target's own; others are lowered to products and sums. */
    default Step contract(Einsum einsum, boolean symmetric, A a, A b, A z) {
        throw new IllegalStateException(einsum.name() + ": expected a target with a kernel for contractions");
    }

    /** A contraction of what is weighted with what isn't; only programs for targets that weight on the way have it. */
    default Step weightedSquare(Einsum einsum, boolean weightsLeft, A x, A weights, A z) {
        throw new IllegalStateException(einsum.name() + ": expected a target that weights what it contracts");
    }

    /** In one pass over memory; only programs for targets that generate kernels have it. */
    default Step joined(List<Operation.Member> members, List<A> inputs, A z) {
        throw new IllegalStateException("joined operations: expected a target that generates kernels");
    }

    /** Only programs for targets with LAPACK have it; for others matrices are unrolled. */
    default Step matrices(MatrixRoutine routine, List<A> operands, A z) {
        throw new IllegalStateException(routine + ": expected a target with routines for matrices");
    }

    Step cumulativeSum(A x, A z, int axis, boolean exclusive, boolean reverse);

    /** A loop; only programs for targets that have loops have it. */
    default Step repeat(LoopBody body, List<A> operands, A z) {
        throw new IllegalStateException(body.scan().name() + ": expected a target with loops");
    }
}
