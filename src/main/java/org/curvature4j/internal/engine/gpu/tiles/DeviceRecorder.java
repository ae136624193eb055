package org.curvature4j.internal.engine.gpu.tiles;

import java.util.Arrays;
import java.util.List;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.code.JavaDialect;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.program.DirectRecorder;
import org.curvature4j.op.Elementwise;
import org.curvature4j.op.MatrixRoutine;
import org.curvature4j.op.Scan;
import org.curvature4j.op.UnrolledMatrices;

/** Writes down kernels for a device, composed of others where loops over Java arrays compose them. */
final class DeviceRecorder extends DirectRecorder {
    /** Steps are written out, each with kernels of its own; more of them take longer to assemble than to run. */
    private static final int MOST_UNROLLED = 500;

    /** Rows of matrices up to which kernels on their elements are few enough to be compiled and launched. */
    private static final long LARGEST_MATRIX = 4;

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

    /** A device has no loops. */
    @Override
    public Value scan(Scan scan, List<Value> operands) {
        if (scan.applications() > MOST_UNROLLED) {
            throw new Unsuitable("a loop of " + (long) scan.applications() + " operations in all its steps, more than "
                    + MOST_UNROLLED + ", stays on the processor");
        }
        return unrolled(scan, operands);
    }

    /** Small ones by operations on their elements; there is no LAPACK on a device. */
    @Override
    public Value matrices(MatrixRoutine routine, Value... operands) {
        if (!UnrolledMatrices.suits(routine, LARGEST_MATRIX, operands)) {
            throw new Unsuitable(UnrolledMatrices.refusal(routine, LARGEST_MATRIX, operands));
        }
        return UnrolledMatrices.of(this, routine, operands);
    }

    /** A thread sums what belongs to one element of all, along the axis; other axes that go to one element are summed after. */
    @Override
    public Value scatterAdd(Value x, Value positions, int axis, Shape shape) {
        Shape apart = x.type().shape().with(axis, shape.dim(axis));
        List<Integer> summed =
                Arrays.stream(shape.axesExpandedTo(apart)).boxed().toList();
        return reduce(Reduction.SUM, super.scatterAdd(x, positions, axis, apart), summed);
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
