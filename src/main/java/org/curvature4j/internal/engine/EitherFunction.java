package org.curvature4j.internal.engine;

import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.gpu.GpuFunction;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;

/**
 * A function that GPUs compute, and the processor where it has the same bits, so that it doesn't matter which of them does:
 * single points the processor, which has them before a GPU would have begun; batches GPUs, or whichever is expected to be
 * faster.
 */
@SuppressWarnings("OperatorPrecedence")
final class EitherFunction implements BatchFunction {
    private final GpuFunction gpu;
    private final @Nullable FusedFunction processor;
    private final boolean forced;
    private volatile @Nullable DriverException failure;

    private EitherFunction(GpuFunction gpu, @Nullable FusedFunction processor, boolean forced) {
        this.gpu = gpu;
        this.processor = processor;
        this.forced = forced;
    }

    /**
     * All batches by GPUs.
     *
     * @param gpu closed with this
     * @param processor for single points, if it has the same bits; closed with this
     */
    static EitherFunction byGpu(GpuFunction gpu, @Nullable FusedFunction processor) {
        return new EitherFunction(gpu, processor, true);
    }

    /** Each batch by whichever is expected to be faster; a GPU that fails leaves all to the processor. Parameters as above. */
    static EitherFunction byFaster(GpuFunction gpu, FusedFunction processor) {
        return new EitherFunction(gpu, processor, false);
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        FusedFunction other = processor;
        if (forced || other == null || failure == null && gpu.isExpectedFaster(source, sink)) {
            try {
                gpu.evaluate(source, sink, progress);
                return;
            } catch (DriverException e) {
                if (forced || other == null) {
                    throw new IllegalStateException(
                            "device: expected a batch to be computed, got " + e.getMessage()
                                    + " (--device cpu does without a GPU)",
                            e);
                }
                failure = e;
            }
        }
        other.evaluate(source, sink, progress);
    }

    @Override
    public void evaluate(double[] point, double[] result) {
        if (processor == null) {
            BatchFunction.super.evaluate(point, result);
        } else {
            processor.evaluate(point, result);
        }
    }

    @Override
    public String describe() {
        FusedFunction other = processor;
        if (forced || other == null) {
            return gpu.describe() + (other == null ? "" : ", single points on the CPU with the same bits");
        }
        DriverException failed = failure;
        return other.describe() + "; the same bits where a GPU is expected to be faster"
                + (failed == null ? ": " + gpu.describe() : ", given up: " + failed.getMessage());
    }

    @Override
    public void close() {
        (processor == null ? Resources.of(gpu) : Resources.of(gpu, processor)).close();
    }
}
