package org.curvature4j.internal.engine.program;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Select;
import org.jspecify.annotations.Nullable;

/**
 * Writes down kernels for targets whose kernels are this project's own: choices broadcast, the largest element is NaN where
 * one is, and contractions over all points of a batch are operations.
 */
public abstract class DirectRecorder extends Recorder {
    private final Map<Slot, Instruction> makers = new HashMap<>();

    @Override
    public Slot emit(TensorType type, List<Value> inputs, Operation operation) {
        Slot output = super.emit(type, inputs, operation);
        makers.put(output, instructions().get(instructions().size() - 1));
        return output;
    }

    @Override
    public Value reduce(Reduction reduction, Value x, List<Integer> axes) {
        return rawReduce(reduction, x, axes);
    }

    @Override
    public @Nullable Value contract(Einsum einsum, Value a, Value b) {
        if (!hasBatchLast(einsum)) {
            return null;
        }
        TensorType type = einsum.infer(List.of(a.type(), b.type()));
        Slot left = (Slot) a;
        Slot right = (Slot) b;
        int free = freeAxis(einsum, left, right);
        Factors.Ratio ratio = free < 0 ? null : ratio(left, right);
        boolean symmetric = ratio != null && ratio.isSameAlong(axis -> axis == free);
        if (ratio != null
                && symmetric
                && weightsSquares()
                && ratio.first().size() + ratio.second().size() == 1) {
            boolean first = ratio.second().isEmpty();
            Slot weights = (first ? ratio.first() : ratio.second()).get(0);
            if (weights.type().equals(left.type().withShape(left.type().shape().with(free, 1)))) {
                return emit(type, List.of(first ? right : left, weights), new Operation.WeightedSquare(einsum, first));
            }
        }
        return emit(type, List.of(a, b), new Operation.Contract(einsum, symmetric));
    }

    /** Whether the target multiplies by weights while it contracts. */
    protected boolean weightsSquares() {
        return false;
    }

    /** The axis of the left operand that the right one has under another label, the only one that differs; -1 if there is no such. */
    private static int freeAxis(Einsum einsum, Slot a, Slot b) {
        String left = einsum.left();
        String right = einsum.right();
        int[] free = IntStream.range(0, left.length())
                .filter(axis -> einsum.result().indexOf(left.charAt(axis)) >= 0 && right.indexOf(left.charAt(axis)) < 0)
                .toArray();
        boolean alike = a.type().equals(b.type())
                && free.length == 1
                && IntStream.range(0, left.length())
                        .allMatch(axis -> axis == free[0] || left.charAt(axis) == right.charAt(axis));
        return alike ? free[0] : -1;
    }

    /** How one operand differs from the other of its type, by factors with the axes of both; null where that isn't known. */
    private Factors.@Nullable Ratio ratio(Slot a, Slot b) {
        if (a.isSame(b)) {
            return new Factors.Ratio(a.type().shape(), List.of(), List.of());
        }
        Factors.Ratio ratio = new Factors(makers).ratio(a, b);
        return ratio != null && ratio.shape().equals(a.type().shape()) ? ratio : null;
    }

    private static boolean hasBatchLast(Einsum einsum) {
        String last = einsum.result().substring(Math.max(0, einsum.result().length() - 1));
        return !last.isEmpty() && einsum.left().endsWith(last) && einsum.right().endsWith(last);
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        return emit(
                type.withDType(yes.type().dtype()), List.of(condition, yes, no), new Operation.Scalar(new Select()));
    }
}
