package org.curvature4j.internal.engine.loops;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.DirectRecorder;
import org.curvature4j.internal.engine.program.Operation;
import org.curvature4j.internal.engine.program.Slot;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.UnrolledMatrices;

/** Writes down kernels for loops over Java arrays, and refuses what these can't compute. */
public final class LoopRecorder extends DirectRecorder {
    /** Rows of matrices up to which operations on their elements are faster than a call of LAPACK for each. */
    private static final long LARGEST_MATRIX = 8;

    @Override
    public Slot emit(TensorType type, List<Value> inputs, Operation operation) {
        if (type.dtype() == DType.FLOAT32) {
            throw new Unsuitable("loops compute in float64 only, not in " + type.dtype());
        }
        return super.emit(type, inputs, operation);
    }

    @Override
    protected LoopRecorder another() {
        return new LoopRecorder();
    }

    @Override
    public Value apply(Elementwise operation, Value... operands) {
        return JavaDialect.spells(operation) ? raw(operation, operands) : operation.compose(this, operands);
    }

    @Override
    public Value raw(Elementwise operation, Value... operands) {
        requireNumbers(operation.name(), operands[0].type());
        return super.raw(operation, operands);
    }

    /** Small ones over all points of a tile at once. */
    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        return UnrolledMatrices.suits(routine, LARGEST_MATRIX, operands)
                ? UnrolledMatrices.of(this, routine, operands)
                : super.matrices(routine, operands);
    }

    @Override
    public Value named(String kernel, Value x) {
        throw new Unsuitable("'" + kernel + "' has no scalar code");
    }

    @Override
    protected boolean weightsSquares() {
        return true;
    }

    private static void requireNumbers(String kernel, TensorType type) {
        if (type.dtype() != DType.FLOAT64) {
            throw new Unsuitable("'" + kernel + "' of " + type.dtype() + " has no loop");
        }
    }

    /** Loops are vectorised where each array begins at its memory's first element. */
    @Override
    public boolean joinsInPlace() {
        return false;
    }
}
