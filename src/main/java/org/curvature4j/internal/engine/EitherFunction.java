package org.curvature4j.internal.engine;

import java.util.function.BiPredicate;
import org.curvature4j.internal.blas.Warning;
import org.curvature4j.internal.engine.fused.FusedFunction;
import org.curvature4j.internal.engine.gpu.TilePipeline;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
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
final class EitherFunction implements BatchFunction {
    private final BatchFunction gpu;
    private final @Nullable FusedFunction processor;
    private final BiPredicate<RowSource, RowSink> faster;
    private final boolean forced;
    private volatile @Nullable RuntimeException failure;

    private EitherFunction(
            BatchFunction gpu,
            @Nullable FusedFunction processor,
            BiPredicate<RowSource, RowSink> faster,
            boolean forced) {
        this.gpu = gpu;
        this.processor = processor;
        this.faster = faster;
        this.forced = forced;
    }

    /**
     * All batches by GPUs.
     *
     * @param gpu closed with this
     * @param processor for single points, if it has the same bits; closed with this
     */
    static EitherFunction byGpu(BatchFunction gpu, @Nullable FusedFunction processor) {
        return new EitherFunction(gpu, processor, (source, sink) -> true, true);
    }

    /**
     * Each batch by whichever is expected to be faster; a GPU that fails or isn't to be trusted leaves all to the processor.
     * Parameters as above.
     *
     * @param faster whether GPUs are expected to be
     */
    static EitherFunction byFaster(BatchFunction gpu, FusedFunction processor, BiPredicate<RowSource, RowSink> faster) {
        return new EitherFunction(gpu, processor, faster, false);
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        FusedFunction other = processor;
        if (forced || other == null) {
            byGpu(source, sink, progress);
        } else if (failure != null || !faster.test(source, sink) || !isByGpu(source, sink, progress)) {
            other.evaluate(source, sink, progress);
        }
    }

    private void byGpu(RowSource source, RowSink sink, Progress progress) {
        try {
            gpu.evaluate(source, sink, progress);
        } catch (DriverException e) {
            throw TilePipeline.told(e);
        }
    }

    /** Whether GPUs computed a batch; if not, none of its results was handed on. */
    private boolean isByGpu(RowSource source, RowSink sink, Progress progress) {
        try {
            gpu.evaluate(source, sink, progress);
            return true;
        } catch (DriverException | UntrustedDeviceException e) {
            failure = e;
            Warning.say("the CPU goes on, with the same bits; " + e.getMessage());
            return false;
        }
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
        RuntimeException failed = failure;
        // Without the GPUs' names, which would tell whoever keeps them that results depend on these.
        return other.describe() + ", on GPUs with the same bits where these are expected to be faster"
                + (failed == null ? "" : ", given up: " + failed.getMessage());
    }

    @Override
    public String describeOne() {
        FusedFunction other = processor;
        if (other == null) {
            return gpu.describe();
        }
        return other.describe()
                + (forced ? ", on the CPU since a GPU wouldn't have begun before a single point is done" : "");
    }

    @Override
    public void close() {
        try {
            (processor == null ? Resources.of(gpu) : Resources.of(gpu, processor)).close();
        } catch (DriverException e) {
            // All results are there. Whoever asked for the GPU hears of it, nobody else misses it.
            if (forced) {
                throw e;
            }
        }
    }
}
