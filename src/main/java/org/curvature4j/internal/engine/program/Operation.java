package org.curvature4j.internal.engine.program;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Strides;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.IndexCheck;
import org.curvature4j.op.Indices;
import org.curvature4j.op.Kernel;
import org.curvature4j.op.Kernels;
import org.curvature4j.op.MatrixRoutine;

/** What an instruction computes, apart from the arrays. */
public sealed interface Operation {

    /** Prepares this on arrays of one kind of memory. */
    <A> Step bind(Target<A> target, List<A> inputs, A output);

    /** A kernel on numbers, a comparison, a connective or a choice; operands broadcast, but for those of a choice. */
    record Scalar(Kernel kernel) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.scalar(kernel, inputs, output);
        }
    }

    /** A kernel of ND4J by its name. */
    record Named(String kernel) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.named(kernel, inputs.get(0), output);
        }
    }

    record Cast(DType from, DType to) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.cast(inputs.get(0), output, from, to);
        }
    }

    record Reduce(Kernels.Reduction reduction, List<Integer> axes) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.reduce(reduction, inputs.get(0), output, axes);
        }
    }

    record ArgMax(int axis) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.argMax(inputs.get(0), output, axis);
        }
    }

    record Index(IndexCheck check) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.index(inputs.get(0), output, check);
        }
    }

    record Permute(List<Integer> axes) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.permute(inputs.get(0), output, axes);
        }
    }

    record Broadcast() implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.broadcast(inputs.get(0), output);
        }
    }

    record Slice(List<Long> starts) implements Operation {
        public Slice {
            starts = List.copyOf(starts);
        }

        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.slice(inputs.get(0), output, starts);
        }
    }

    record Pad(List<Long> before) implements Operation {
        public Pad {
            before = List.copyOf(before);
        }

        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.pad(inputs.get(0), output, before);
        }
    }

    /** Adds to some elements of a result that is there already; recorded only for targets that add to a product. */
    record AddInto(Strides places) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.addInto(inputs.get(0), places, output);
        }
    }

    record Concat(int axis) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.concat(inputs, output, axis);
        }
    }

    /** The second operand holds the same indices, for targets that want them as an array. */
    record Gather(int axis, Indices indices) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.gather(inputs.get(0), inputs.get(1), output, axis, indices);
        }
    }

    /** Along the first axis; the second operand as for {@link Gather}. */
    record ScatterAdd(Indices indices) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.scatterAdd(inputs.get(0), inputs.get(1), output, indices);
        }
    }

    /** By computed positions. */
    record Lookup(int axis) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.lookup(inputs.get(0), inputs.get(1), output, axis);
        }
    }

    /** At computed positions. */
    record AddAt(int axis) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.addAt(inputs.get(0), inputs.get(1), output, axis);
        }
    }

    record Product(boolean transposeA, boolean transposeB) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.product(inputs.get(0), inputs.get(1), output, transposeA, transposeB);
        }
    }

    /**
     * The sum of products of matrices, two operands a term; recorded only for targets that add to a product.
     *
     * @param terms one or more, added in this order
     */
    record SummedProducts(List<Term> terms) implements Operation {
        public SummedProducts {
            terms = List.copyOf(terms);
        }

        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.summedProducts(terms, inputs, output);
        }
    }

    /**
     * A product times a number.
     *
     * @param symmetric whether the result is the same, to rounding, with its rows and columns exchanged
     */
    record Term(Product product, double scale, boolean symmetric) {
        Term times(double number) {
            return new Term(product, number * scale, symmetric);
        }
    }

    /**
     * Recorded only for targets that have a kernel for it.
     *
     * @param symmetric whether the result is the same, to rounding, with its rows and columns exchanged
     */
    record Contract(Einsum einsum, boolean symmetric) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.contract(einsum, symmetric, inputs.get(0), inputs.get(1), output);
        }
    }

    /**
     * The contraction of a tensor with itself, one of the two times weights that lack the one axis in which the operands differ:
     * X'DX. Recorded only for targets that have a kernel for it.
     *
     * @param weightsLeft whether it is the left one that is multiplied, which decides the last digits
     */
    record WeightedSquare(Einsum einsum, boolean weightsLeft) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.weightedSquare(einsum, weightsLeft, inputs.get(0), inputs.get(1), output);
        }
    }

    /** A routine on stacks of matrices. */
    record Matrices(MatrixRoutine routine) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.matrices(routine, inputs, output);
        }
    }

    record CumulativeSum(int axis, boolean exclusive, boolean reverse) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.cumulativeSum(inputs.get(0), output, axis, exclusive, reverse);
        }
    }

    /** A loop, whose operands are those that have elements. */
    record Repeat(LoopBody body) implements Operation {
        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.repeat(body, inputs, output);
        }
    }

    /**
     * Elementwise operations one after the other, each of whose results has as many elements as the last, which is the
     * result; recorded only for targets that compute them in one pass.
     *
     * @param members in order; what moves elements reads inputs alone
     */
    record Joined(List<Member> members) implements Operation {
        public Joined {
            members = List.copyOf(members);
        }

        @Override
        public <A> Step bind(Target<A> target, List<A> inputs, A output) {
            return target.joined(members, inputs, output);
        }
    }

    /**
     * One of several operations that are computed together.
     *
     * @param operands numbers of inputs; -1, -2 and so on stand for the first member, the second and so on
     * @param type of its result
     */
    record Member(Operation operation, List<Integer> operands, TensorType type) {}
}
