package org.curvature4j.curvature;

import java.util.List;
import org.curvature4j.internal.engine.DeviceCheck;
import org.curvature4j.internal.engine.DeviceCheck.Promise;
import org.curvature4j.internal.engine.VectorFunction;
import org.curvature4j.internal.engine.backend.Backend;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.engine.code.Unsuitable;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.Device;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A function of one vector, summed over minibatches: on GPUs where they are asked for, else, and where a GPU can't
 * compute it, on the CPU. Sums of products round otherwise on a GPU, so that it isn't taken unasked.
 */
final class BatchSum implements AutoCloseable {
    private final Batches batches;
    private final DataTerm term;
    private Terms terms;
    /** Whether each device's first term is still to be held against the CPU's. */
    private boolean unchecked;
    /** The CPU, and why, where a GPU was asked for that can't. */
    private @Nullable String instead;

    private boolean closed;

    BatchSum(Batches batches, DataTerm term) {
        this.batches = batches;
        this.term = term;
        DeviceChoice choice = Backend.get().settings().device();
        List<Device> devices = choice.kind() == DeviceChoice.Kind.GPU ? choice.devices() : List.of();
        this.unchecked = !devices.isEmpty();
        this.terms = devices.isEmpty() ? new HostTerms(batches, term) : new DeviceTerms(batches, term, devices);
    }

    /** Computes the sum; the result's numbers are overwritten. */
    synchronized void evaluate(double[] vector, double[] result) {
        compute(vector, result.length, () -> terms.sum(vector, result));
    }

    /** As {@link #evaluate(double[], double[])}, for several vectors, each to the same bits. */
    synchronized void evaluate(double[][] vectors, double[][] results) {
        if (vectors.length > 0) {
            compute(vectors[0], results[0].length, () -> terms.sums(vectors, results));
        }
    }

    /** As {@link #evaluate(double[], double[])}, of ND4J's arrays; whether these are what it is computed on. */
    synchronized boolean evaluate(INDArray vector, INDArray result) {
        boolean[] done = new boolean[1];
        compute(() -> done[0] = terms instanceof HostTerms here && here.sum(vector, result));
        return done[0];
    }

    /** One batch's term, without its weight. */
    synchronized void one(Batch batch, double[] vector, double[] result) {
        compute(vector, result.length, () -> terms.one(batch, vector, result));
    }

    /**
     * Vectors where the sum is computed; null where that is on the heap or their memory doesn't suffice.
     *
     * @param length numbers of a vector
     * @param count of vectors
     */
    synchronized @Nullable DeviceVectors vectors(int length, int count) {
        @Nullable DeviceVectors[] made = new DeviceVectors[1];
        compute(() -> made[0] = terms instanceof DeviceTerms onDevice ? onDevice.vectors(length, count) : null);
        return made[0];
    }

    /** Computes the sum where {@link #vectors} made these. */
    synchronized void evaluate(DeviceVectors vectors, DeviceVector vector, DeviceVector result) {
        if (unchecked) {
            double[] here = vectors.read(vector);
            compute(here, here.length, () -> ((DeviceTerms) terms).sum(vectors, vector, result));
        } else {
            compute(() -> ((DeviceTerms) terms).sum(vectors, vector, result));
        }
    }

    private void compute(double[] vector, int results, Runnable work) {
        compute(() -> {
            if (unchecked && terms instanceof DeviceTerms onDevices) {
                if (onDevices.count() == 1) {
                    check(onDevices, batches.first(), vector, results);
                } else {
                    batches.forEach(batch -> check(onDevices, batch, vector, results));
                }
                unchecked = false;
            }
            work.run();
        });
    }

    /** Where it is computed, and why there where a GPU was asked for; what that refuses shows at the first sum. */
    synchronized String describe() {
        return instead == null ? terms.describe() : instead;
    }

    /** Why the CPU computes although a GPU was asked for, to follow a description; empty if that isn't so. */
    synchronized String why() {
        return instead == null ? "" : ", on " + instead;
    }

    private void compute(Runnable work) {
        if (closed) {
            throw new IllegalStateException("operator: expected an open one, got one that is closed");
        }
        try {
            work.run();
        } catch (Unsuitable e) {
            // The terms have one graph each, which is refused before anything is computed.
            unchecked = false;
            instead = VectorFunction.processorSince(e);
            terms.close();
            terms = new HostTerms(batches, term);
            work.run();
        }
    }

    /** Holds a device's first term to the CPU's. */
    private void check(DeviceTerms onDevices, Batch batch, double[] vector, int results) {
        @Nullable Device device = onDevices.firstOf(batch);
        if (device == null) {
            return;
        }
        double[] actual = new double[results];
        onDevices.one(batch, vector, actual);
        Promise promise = Promise.of(term.graph(batch.shapes()));
        try (Terms here = new HostTerms(batches, term)) {
            DeviceCheck.holdVector(device, promise, vector, actual, (one, result) -> here.one(batch, one, result));
        } catch (IllegalArgumentException e) {
            DeviceCheck.tellUnchecked(device, e);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        terms.close();
    }
}
