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
        return emit(type, List.of(a, b), new Operation.Contract(einsum, isSymmetric(einsum, (Slot) a, (Slot) b)));
    }

    /** Whether one operand is the other, scaled by what is the same for all rows and columns: X'DX. */
    private boolean isSymmetric(Einsum einsum, Slot a, Slot b) {
        String left = einsum.left();
        String right = einsum.right();
        List<Integer> free = IntStream.range(0, left.length())
                .filter(axis -> einsum.result().indexOf(left.charAt(axis)) >= 0 && right.indexOf(left.charAt(axis)) < 0)
                .boxed()
                .toList();
        boolean alike = a.type().equals(b.type())
                && free.size() == 1
                && IntStream.range(0, left.length())
                        .allMatch(axis -> free.contains(axis) || left.charAt(axis) == right.charAt(axis));
        if (!alike || a.isSame(b)) {
            return alike;
        }
        Factors.Ratio ratio = isAsMade(a) && isAsMade(b) ? new Factors(makers).ratio(a, b) : null;
        return ratio != null && ratio.isSameAlong(axis -> axis == free.get(0));
    }

    private static boolean isAsMade(Slot slot) {
        return slot.type().equals(slot.root().type());
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
