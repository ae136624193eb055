package org.curvature4j.curvature;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
 * The terms of a sum over minibatches, computed on devices, each of which has batches in a row: these, and what depends on the
 * point alone, stay there while the memory suffices; otherwise each batch is copied and computed anew with each call.
 */
final class DeviceTerms implements Terms {
    private final Batches batches;
    private final DataTerm term;
    private final List<Device> devices;
    private final Map<Map<String, Shape>, Graph> graphs = new LinkedHashMap<>();
    private final Map<Place, Integer> terms = new HashMap<>();
    private @Nullable DeviceSum sum;
    private boolean kept;

    /** What a term of a device is for: the batch of a number where all are kept, else all batches of its shapes. */
    private record Place(int device, int batch, Map<String, Shape> shapes) {}

    DeviceTerms(Batches batches, DataTerm term, List<Device> devices) {
        this.batches = batches;
        this.term = term;
        this.devices = devices;
    }

    private Graph graph(Batch batch) {
        return graphs.computeIfAbsent(batch.shapes(), shapes -> Simplifier.simplify(term.graph(shapes)));
    }

    private DeviceSum opened(Batch batch) {
        DeviceSum open = sum;
        if (open == null) {
            Graph graph = graph(batch);
            int varying = term.varying(graph);
            int length = Math.toIntExact(graph.inputs().get(varying).type().size());
            int results = Math.toIntExact(graph.outputs().get(0).type().size());
            long each = DeviceSum.bytes(graph, varying);
            long memory = Math.max(0, DeviceSum.left(devices, length, results, batches.count()));
            HostTerms.requireFitting(each, memory, batch, "that of another device");
            kept = each <= memory / DeviceSum.share(devices, batches.count());
            open = new DeviceSum(devices, length, results, batches.count());
            sum = open;
        }
        return open;
    }

    /** The number of a batch's term on its device, with its values. */
    private int number(Batch batch) {
        DeviceSum open = opened(batch);
        Place place = kept ? place(open, batch.index()) : new Place(open.owner(batch.index()), -1, batch.shapes());
        Integer number = terms.get(place);
        if (number == null) {
            Graph graph = graph(batch);
            number = open.add(batch.index(), graph, term.varying(graph), term.others(batch), term.weight(batch));
            terms.put(place, number);
        } else if (!kept) {
            open.feed(batch.index(), number, term.others(batch));
        }
        return number;
    }

    private static Place place(DeviceSum open, int batch) {
        return new Place(open.owner(batch), batch, Map.of());
    }

    /** How many devices may share the sum. */
    int count() {
        return devices.size();
    }

    /** The device whose first term is a batch's; null where another is. */
    @Nullable
    Device firstOf(Batch batch) {
        DeviceSum open = opened(batch);
        int owner = open.owner(batch.index());
        return batch.index() == 0 || open.owner(batch.index() - 1) != owner ? devices.get(owner) : null;
    }

    @Override
    public void sum(double[] vector, double[] result) {
        sum(open -> open.begin(vector), open -> open.end(result));
    }

    /** As {@link #sum(double[], double[])}, of vectors that stay on the first device. */
    void sum(DeviceVectors vectors, DeviceVector vector, DeviceVector result) {
        sum(open -> vectors.begin(open, vector), open -> vectors.end(open, result));
    }

    private void sum(Consumer<DeviceSum> begin, Consumer<DeviceSum> end) {
        DeviceSum open = opened(batches.first());
        try {
            begin.accept(open);
            if (kept && terms.size() == batches.count()) {
                for (int batch = 0; batch < batches.count(); batch++) {
                    open.add(batch, Objects.requireNonNull(terms.get(place(open, batch))));
                }
            } else {
                batches.forEach(batch -> open.add(batch.index(), number(batch)));
            }
            end.accept(open);
        } catch (RuntimeException | Error e) {
            // The vector may be given back now, and its copying be queued still.
            open.drainAfter(e);
            throw e;
        }
    }

    /**
     * Memory of the first device for vectors, which data come before; null where what is left doesn't suffice.
     *
     * @param length numbers of a vector
     * @param count of vectors
     */
    @Nullable
    DeviceVectors vectors(int length, int count) {
        batches.forEach(this::number);
        Device device = devices.get(0);
        if (DeviceVectors.bytes(length, count) > device.budget()) {
            return null;
        }
        try {
            SpaceCheck.run(device);
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
        opened(batch).evaluate(batch.index(), number, vector, result);
    }

    @Override
    public String describe() {
        return devices.stream().map(Device::toString).collect(Collectors.joining(" and "));
    }

    @Override
    public void close() {
        if (sum != null) {
            sum.close();
        }
    }
}
