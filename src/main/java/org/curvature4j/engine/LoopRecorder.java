package org.curvature4j.engine;

import java.util.List;
import org.curvature4j.graph.DType;
import org.curvature4j.graph.TensorType;
import org.curvature4j.op.Elementwise;
import org.jspecify.annotations.Nullable;

/** Writes down kernels for loops over Java arrays, and refuses what these can't compute. */
final class LoopRecorder extends Recorder {

    @Override
    Slot emit(TensorType type, List<Value> inputs, Operation operation) {
        if (type.dtype() == DType.FLOAT32) {
            throw new ScalarAlgebra.Unsuitable("loops compute in float64 only, not in " + type.dtype());
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
            throw new ScalarAlgebra.Unsuitable("'" + kernel + "' of " + type.dtype() + " has no loop");
        }
    }

    @Override
    public Value select(Value condition, Value yes, Value no) {
        TensorType type = joined(joined(yes.type(), no.type()), condition.type());
        return emit(type.withDType(yes.type().dtype()), List.of(condition, yes, no), new Operation.Select());
    }
}
