package org.curvature4j.internal.engine;

import java.util.List;
import java.util.function.Supplier;
import org.curvature4j.internal.blas.Warning;
import org.curvature4j.internal.engine.tile.BatchFunction;
import org.curvature4j.internal.engine.tile.DoesNotFit;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.UntrustedDeviceException;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.host.ArrayRows;
import org.curvature4j.internal.host.Resources;
import org.curvature4j.stream.Progress;
import org.curvature4j.stream.RowSink;
import org.curvature4j.stream.RowSource;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function that devices compute, the first points of the first batch on each of them before any other, and on the
 * processor too. Where the results differ, none is handed on: the processor computes all, or nobody does.
 */
final class CheckedFunction implements BatchFunction {
    private final BatchFunction function;
    private final List<Part> parts;
    private final DeviceCheck check;
    private final Processor processor;
    private final boolean goesOn;
    private volatile boolean checked;
    /** In place of devices that aren't to be trusted. */
    private volatile @Nullable BatchFunction instead;

    private String why = "";

    /** What one device computes of a function. */
    record Part(Device device, Rows rows) {}

    /** Computes some rows. */
    @FunctionalInterface
    interface Rows {
        void evaluate(RowSource source, @Nullable List<INDArray> feeds, RowSink sink);
    }

    /**
     * The same function on the processor.
     *
     * @param maker makes it when it is needed
     * @param kept whether others close it
     */
    record Processor(Supplier<? extends BatchFunction> maker, boolean kept) {}

    /**
     * A function.
     *
     * @param function on all devices; closed with this
     * @param parts of it, by each device
     * @param goesOn whether the processor computes all where a device fails or isn't to be trusted, instead of an error
     */
    CheckedFunction(BatchFunction function, List<Part> parts, DeviceCheck check, Processor processor, boolean goesOn) {
        this.function = function;
        this.parts = parts;
        this.check = check;
        this.processor = processor;
        this.goesOn = goesOn;
    }

    /** All rows of a function. */
    static Rows rows(BatchFunction function) {
        return (source, feeds, sink) -> {
            if (feeds == null) {
                function.evaluate(source, sink, Progress.NONE);
            } else {
                function.evaluate(source, feeds, sink, Progress.NONE);
            }
        };
    }

    @Override
    public void evaluate(RowSource source, RowSink sink, Progress progress) {
        trusted(source, null).evaluate(source, sink, progress);
    }

    @Override
    public void evaluate(RowSource source, List<INDArray> feeds, RowSink sink, Progress progress) {
        trusted(source, feeds).evaluate(source, feeds, sink, progress);
    }

    private BatchFunction trusted(RowSource source, @Nullable List<INDArray> feeds) {
        if (!checked && source.rows() > 0) {
            check(source.origin(), feeds);
        }
        BatchFunction other = instead;
        return other == null ? function : other;
    }

    /** One thread checks, the others wait for it. */
    private synchronized void check(RowSource source, @Nullable List<INDArray> feeds) {
        if (checked) {
            return;
        }
        BatchFunction onProcessor;
        try {
            onProcessor = processor.maker.get();
        } catch (DoesNotFit e) {
            DeviceCheck.tellUnchecked(parts.get(0).device, e);
            checked = true;
            return;
        }
        Resources made = processor.kept ? new Resources() : Resources.of(onProcessor);
        try {
            hold(source.part(0, check.points(source.rows())), feeds, onProcessor);
        } catch (UntrustedDeviceException | DriverException e) {
            if (!goesOn) {
                made.closeAfter(e);
                throw e;
            }
            Warning.say("the CPU computes, since " + e.getMessage());
            why = ", since " + e.getMessage();
            instead = onProcessor;
            checked = true;
            return;
        } catch (RuntimeException | Error e) {
            made.closeAfter(e);
            throw e;
        }
        made.close();
        checked = true;
    }

    private void hold(RowSource source, @Nullable List<INDArray> feeds, BatchFunction onProcessor) {
        int count = (int) source.rows();
        double[] points = new double[count * check.inputs()];
        source.read(0, count, points);
        for (Part part : parts) {
            double[] actual = new double[count * check.outputs()];
            part.rows.evaluate(source, feeds, ArrayRows.sink(actual, check.outputs()));
            check.hold(part.device, count, points, actual, all -> {
                double[] results = new double[all.length / Math.max(1, check.inputs()) * check.outputs()];
                rows(onProcessor)
                        .evaluate(
                                ArrayRows.source(all, check.inputs()), feeds, ArrayRows.sink(results, check.outputs()));
                return results;
            });
        }
    }

    @Override
    public String describe() {
        BatchFunction other = instead;
        return other == null ? function.describe() : other.describe() + why;
    }

    @Override
    public void close() {
        BatchFunction other = instead;
        (other == null || processor.kept ? Resources.of(function) : Resources.of(function, other)).close();
    }
}
