package org.curvature4j.curvature;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.curvature4j.graph.Graph;
import org.curvature4j.graph.Shape;
import org.curvature4j.internal.engine.gpu.tiles.DeviceSum;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVector;
import org.curvature4j.internal.engine.gpu.tiles.DeviceVectors;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.transform.Simplifier;
import org.jspecify.annotations.Nullable;

/**
 * The terms of a sum over minibatches, computed on a device: batches, and what depends on the point alone, stay there while
 * its memory suffices; otherwise each batch is copied and computed anew with each call.
 */
final class DeviceTerms implements Terms {
    private final Batches batches;
    private final DataTerm term;
    private final Device device;
    private final Map<Map<String, Shape>, Graph> graphs = new LinkedHashMap<>();
    private final Map<Map<String, Shape>, Integer> shared = new LinkedHashMap<>();
    private @Nullable DeviceSum sum;
    private boolean kept;

    DeviceTerms(Batches batches, DataTerm term, Device device) {
        this.batches = batches;
        this.term = term;
        this.device = device;
    }

    private Graph graph(Batch batch) {
        return graphs.computeIfAbsent(batch.shapes(), shapes -> Simplifier.simplify(term.graph(shapes)));
    }

    private DeviceSum opened(Batch batch) {
        DeviceSum open = sum;
        if (open == null) {
            Graph graph = graph(batch);
            int varying = term.varying(graph);
            long each = DeviceSum.bytes(graph, varying);
            long memory = device.budget();
            HostTerms.requireFitting(each, memory, batch, "that of another device");
            kept = each <= memory / batches.count();
            open = new DeviceSum(
                    device,
                    Math.toIntExact(graph.inputs().get(varying).type().size()),
                    Math.toIntExact(graph.outputs().get(0).type().size()));
            sum = open;
        }
        return open;
    }

    /** The number of a batch's term, with its values. */
    private int number(Batch batch) {
        DeviceSum open = opened(batch);
        if (kept) {
            if (batch.index() == open.size()) {
                add(open, batch);
            }
            return batch.index();
        }
        Integer number = shared.get(batch.shapes());
        if (number == null) {
            shared.put(batch.shapes(), open.size());
            add(open, batch);
            return open.size() - 1;
        }
        open.feed(number, term.others(batch));
        return number;
    }

    private void add(DeviceSum open, Batch batch) {
        Graph graph = graph(batch);
        open.add(graph, term.varying(graph), term.others(batch), term.weight(batch));
    }

    @Override
    public void sum(double[] vector, double[] result) {
        sum(open -> open.begin(vector), open -> open.end(result));
    }

    /** As {@link #sum(double[], double[])}, of vectors that stay on the device. */
    void sum(DeviceVectors vectors, DeviceVector vector, DeviceVector result) {
        sum(open -> vectors.begin(open, vector), open -> vectors.end(open, result));
    }

    private void sum(Consumer<DeviceSum> begin, Consumer<DeviceSum> end) {
        DeviceSum open = opened(batches.first());
        if (kept && open.size() == batches.count()) {
            begin.accept(open);
            open.add();
        } else {
            begin.accept(open);
            batches.forEach(batch -> open.add(number(batch)));
        }
        end.accept(open);
    }

    /**
     * Memory of the device for vectors, which data come before; null where what is left doesn't suffice.
     *
     * @param length numbers of a vector
     * @param count of vectors
     */
    @Nullable
    DeviceVectors vectors(int length, int count) {
        batches.forEach(this::number);
        if (DeviceVectors.bytes(length, count) > device.budget()) {
            return null;
        }
        try {
            return new DeviceVectors(device, length, count);
        } catch (DriverException e) {
            if (e.isOutOfMemory()) {
                // Others took it meanwhile.
                return null;
            }
            throw e;
        }
    }

    @Override
    public void one(Batch batch, double[] vector, double[] result) {
        int number = number(batch);
        opened(batch).evaluate(number, vector, result);
    }

    @Override
    public String describe() {
        return device.toString();
    }

    @Override
    public void close() {
        if (sum != null) {
            sum.close();
        }
    }
}
