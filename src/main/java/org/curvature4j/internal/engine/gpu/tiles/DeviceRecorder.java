package org.curvature4j.internal.engine.gpu.tiles;

import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.DirectRecorder;
import org.curvature4j.op.Elementwise;

/** Writes down kernels for a device, composed of others where loops over Java arrays compose them. */
final class DeviceRecorder extends DirectRecorder {

    @Override
    public Value apply(Elementwise operation, Value... operands) {
        return JavaDialect.spells(operation) ? raw(operation, operands) : operation.compose(this, operands);
    }

    @Override
    public Value raw(Elementwise operation, Value... operands) {
        if (!operands[0].type().dtype().isFloat()) {
            throw new Unsuitable(
                    "'" + operation.name() + "' of " + operands[0].type().dtype() + " has no kernel for a device");
        }
        return super.raw(operation, operands);
    }

    @Override
    public Value named(String kernel, Value x) {
        throw new Unsuitable("'" + kernel + "' has no scalar code");
    }

    @Override
    public boolean joinsElementwise() {
        return true;
    }
}
