package org.curvature4j.internal.engine.loops;

import java.util.List;
import java.util.stream.IntStream;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.ElementwiseCode;
import org.curvature4j.internal.engine.code.ScalarCode;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.Instruction;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Recorder;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.op.Einsum;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/** Writes down kernels for loops over Java arrays, and refuses what these can't compute. */
public final class LoopRecorder extends Recorder {

    @Override
    public Slot emit(TensorType type, List<Value> inputs, Operation operation) {
        if (type.dtype() == DType.FLOAT32) {
            throw new Unsuitable("loops compute in float64 only, not in " + type.dtype());
        }
        return super.emit(type, inputs, operation);
    }

    @Override
    public @Nullable Value own(Elementwise primitive, List<Value> operands) {
        if (ScalarCode.function(primitive) == null) {
            return null;
        }
        return operands.size() == 1
                ? unary(primitive.name(), operands.get(0))
                : binary(primitive.name(), operands.get(0), operands.get(1));
    }

    @Override
    public Value unary(String kernel, Value x) {
        requireNumbers(kernel, x.type());
        ElementwiseCode.unary(kernel);
        return super.unary(kernel, x);
    }

    @Override
    public Value binary(String kernel, Value a, Value b) {
        requireNumbers(kernel, a.type());
        ElementwiseCode.binary(kernel);
        return super.binary(kernel, a, b);
    }

    private static void requireNumbers(String kernel, TensorType type) {
        if (type.dtype() != DType.FLOAT64) {
            throw new Unsuitable("'" + kernel + "' of " + type.dtype() + " has no loop");
        }
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
        return alike && (isSame(a, b) || isScaled(a, b, free.get(0)) || isScaled(b, a, free.get(0)));
    }

    private boolean isScaled(Slot x, Slot product, int axis) {
        return instructions().stream()
                .filter(instruction -> isSame(instruction.output(), product)
                        && instruction.operation().equals(new Operation.Binary("multiply")))
                .map(Instruction::inputs)
                .anyMatch(factors -> factors.stream().anyMatch(factor -> isSame(factor, x))
                        && factors.stream()
                                .anyMatch(factor ->
                                        factor.type().rank() == x.type().rank()
                                                && factor.type().shape().dim(axis) == 1));
    }

    private static boolean isSame(Slot a, Slot b) {
        return a.root() == b.root() && a.offset() == b.offset() && a.type().equals(b.type());
    }

    private static boolean hasBatchLast(Einsum einsum) {
        String last = einsum.result().substring(Math.max(0, einsum.result().length() - 1));
        return !last.isEmpty() && einsum.left().endsWith(last) && einsum.right().endsWith(last);
    }

    /** Loops are vectorised where each array begins at its memory's first element. */
    @Override
    public boolean joinsInPlace() {
        return false;
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        return emit(type.withDType(yes.type().dtype()), List.of(condition, yes, no), new Operation.Select());
    }
}
