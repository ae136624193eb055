package org.curvature4j.curvature;

import java.util.List;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.gpu.Device;

/**
 * A function of one vector, summed over minibatches in their order: on a GPU where one is asked for, else, and where a GPU can't
 * compute it, on the CPU. Sums of products round otherwise on a GPU, so that it isn't taken unasked.
 */
final class BatchSum implements AutoCloseable {
    private final Batches batches;
    private final DataTerm term;
    private Terms terms;
    private boolean closed;

    BatchSum(Batches batches, DataTerm term) {
        this.batches = batches;
        this.term = term;
        this.terms = terms(batches, term);
    }

    private static Terms terms(Batches batches, DataTerm term) {
        DeviceChoice choice = Backend.get().settings().device();
        List<Device> devices = choice.kind() == DeviceChoice.Kind.GPU ? choice.devices() : List.of();
        return devices.isEmpty() ? new HostTerms(batches, term) : new DeviceTerms(batches, term, devices.get(0));
    }

    /** Computes the sum; the result's numbers are overwritten. */
    synchronized void evaluate(double[] vector, double[] result) {
        compute(() -> terms.sum(vector, result));
    }

    /** One batch's term, without its weight. */
    synchronized void one(Batch batch, double[] vector, double[] result) {
        compute(() -> terms.one(batch, vector, result));
    }

    private void compute(Runnable work) {
        if (closed) {
            throw new IllegalStateException("operator: expected an open one, got one that is closed");
        }
        try {
            work.run();
        } catch (Unsuitable e) {
            // The terms have one graph each, which is refused before anything is computed.
            terms.close();
            terms = new HostTerms(batches, term);
            work.run();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        terms.close();
    }
}
