package org.curvature4j.internal.engine.nd4j;

import java.util.List;
import org.curvature4j.internal.engine.program.Step;
import org.curvature4j.op.Kernels;
import org.nd4j.imports.converters.ImportClassMapping;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;
import org.nd4j.linalg.factory.Nd4j;

/**
 * ND4J operations prepared on fixed arrays. The one place that calls ND4J's kernels: each array here has the shape and
 * dtype that the kernel writes, since ND4J's older operations don't check and corrupt memory otherwise.
 */
final class Nd4jSteps {
    private Nd4jSteps() {}

    /** An elementwise operation of ND4J's older or newer kind, by name. */
    static Step transform(String kernel, INDArray x, INDArray z) {
        requireSame(kernel, x, z);
        if (ImportClassMapping.getOpNameMapping().get(kernel) instanceof CustomOp) {
            return custom(kernel, List.of(x), z);
        }
        Op op = older(kernel);
        op.setX(x);
        op.setZ(z);
        OpExecutioner executioner = Nd4j.getExecutioner();
        return () -> executioner.exec(op);
    }

    private static Op older(String kernel) {
        try {
            Object known = ImportClassMapping.getOpNameMapping().get(kernel);
            if (known instanceof Op op) {
                // The holder's instance is shared by everybody.
                return op.getClass().getConstructor().newInstance();
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("kernel '" + kernel + "': ND4J can't make it without arguments", e);
        }
        throw new IllegalArgumentException("kernel '" + kernel
                + "': expected the name of an elementwise ND4J operation, got one that ND4J doesn't know");
    }

    private static void requireSame(String kernel, INDArray x, INDArray z) {
        if (x.dataType() != z.dataType() || !java.util.Arrays.equals(x.shape(), z.shape())) {
            throw new IllegalStateException("kernel '" + kernel + "': expected a result like " + x.shapeInfoToString()
                    + ", got " + z.shapeInfoToString());
        }
    }

    /** An operation of ND4J's newer kind, by name, with integer arguments. */
    static Step custom(String kernel, List<INDArray> inputs, INDArray output, long... arguments) {
        return prepared(kernel, context(inputs, output, arguments));
    }

    private static OpContext context(List<INDArray> inputs, INDArray output, long... arguments) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        context.setInputArrays(inputs);
        context.setOutputArrays(output);
        context.setIArguments(arguments);
        return context;
    }

    private static Step prepared(String kernel, OpContext context) {
        CustomOp op = DynamicCustomOp.builder(kernel).build();
        OpExecutioner executioner = Nd4j.getExecutioner();
        return new Step() {
            @Override
            public void run() {
                executioner.exec(op, context);
            }

            @Override
            public void close() {
                try {
                    context.close();
                } catch (Exception e) {
                    throw new IllegalStateException("kernel '" + kernel + "': its context can't be closed", e);
                }
            }
        };
    }

    /** Sum or maximum over axes that stay at size 1. */
    static Step reduce(Kernels.Reduction reduction, INDArray x, INDArray z, int... axes) {
        BaseReduceOp op =
                switch (reduction) {
                    case SUM -> new Sum(x, z, true, axes);
                    case MAX -> new Max(x, z, true, axes);
                };
        OpExecutioner executioner = Nd4j.getExecutioner();
        return () -> executioner.exec(op);
    }

    static Step argMax(List<INDArray> inputs, INDArray output, int axis) {
        OpContext context = context(inputs, output, axis);
        context.setBArguments(true);
        return prepared("argmax", context);
    }

    /** Copies into an array, from a view of any strides or with axes of size 1 repeated. */
    static Step copy(INDArray from, INDArray to) {
        return StridedCopy.can(from, to) ? StridedCopy.of(from, to) : custom("assign", List.of(to, from), to);
    }

    /**
     * Sums of the slices that go to each position of the first axis. By segments: ND4J's own scatter_add loses terms, a
     * different few in one run of a hundred, since its threads add to one place without a lock. With one axis more:
     * segments of a matrix of one row come out wrong.
     */
    static Step scatterAdd(List<INDArray> inputs, INDArray output) {
        INDArray slices = inputs.get(0);
        INDArray flat = slices.reshape(slices.size(0), 1, slices.length() / slices.size(0));
        INDArray sums = output.reshape(output.size(0), 1, output.length() / output.size(0));
        return custom("unsorted_segment_sum", List.of(flat, inputs.get(1)), sums, output.size(0));
    }

    static Step zero(INDArray output) {
        return copy(Nd4j.scalar(output.dataType(), 0), output);
    }

    static Step sequence(Step... steps) {
        return sequence(List.of(steps));
    }

    /** One after the other, however many. */
    static Step sequence(List<Step> steps) {
        return new Step() {
            @Override
            public void run() {
                steps.forEach(Step::run);
            }

            @Override
            public void close() {
                steps.forEach(Step::close);
            }
        };
    }
}
