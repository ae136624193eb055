package org.curvature4j.op;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.Node;
import org.curvature4j.graph.TensorType;
import org.jspecify.annotations.Nullable;

/**
 * Its operand, whole numbers that choose among the slices of an axis, each held to be one of these when it is computed:
 * what chooses none would otherwise give zeros without a word.
 *
 * @param operation what takes the indices, for the message
 * @param size slices on the axis
 * @param negative what numbers below 0 mean
 */
public record IndexCheck(String operation, long size, Negative negative) implements ElementwiseOp {

    /** What an index below 0 means. */
    public enum Negative {
        /** Counted from the end: -1 is the last, and becomes what it stands for. */
        FROM_THE_END,
        /** None of the slices, and allowed to be. */
        NONE,
        /** An error. */
        REFUSED
    }

    @Override
    public String name() {
        return "CHECK_INDEX of " + operation + " to " + size + " " + negative;
    }

    /**
     * An index as it is to be used.
     *
     * @throws IllegalArgumentException if it isn't one of the slices
     */
    public double checked(double index) {
        double counted = index < 0 && negative == Negative.FROM_THE_END ? index + size : index;
        boolean whole = counted == Math.rint(counted);
        if (!whole || counted >= size || (counted < 0 && negative != Negative.NONE)) {
            long least = negative == Negative.FROM_THE_END ? -size : 0;
            throw new IllegalArgumentException(operation + ": expected an index from " + least + " to " + (size - 1)
                    + ", got " + (whole ? Long.toString((long) index) : Double.toString(index)) + " (the axis has "
                    + size + ")");
        }
        return counted;
    }

    @Override
    public int arity() {
        return 1;
    }

    @Override
    public DType inferDType(List<TensorType> operands) {
        DType dtype = operands.get(0).dtype();
        if (dtype == DType.BOOL) {
            throw new IllegalArgumentException(name() + ": expected whole numbers, got " + dtype);
        }
        return dtype;
    }

    @Override
    public @Nullable Node partial(Ops ops, Node node, int operand) {
        return null;
    }

    @Override
    public boolean bends() {
        return false;
    }

    @Override
    public @Nullable Node kink(Ops ops, Node node) {
        return null;
    }

    @Override
    public Kernels.Value lower(Kernels kernels, Node node, List<Kernels.Value> operands) {
        return kernels.index(operands.get(0), this);
    }
}
