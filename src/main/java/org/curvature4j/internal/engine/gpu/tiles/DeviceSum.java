package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.curvature4j.graph.Graph;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A sum of functions of one vector on devices, such as a Hessian-vector product over minibatches: data, and what depends on
 * the point alone, stay there; a call moves one vector each way. Each device has summands in a row, and all are added as
 * {@link SumTree} has it: the same bits for any number of devices. For one thread at a time; owns the devices' memory,
 * which closing frees.
 */
public final class DeviceSum implements AutoCloseable {
    private final List<SumPart> parts = new ArrayList<>();
    private final IdentityHashMap<Graph, TermCode> codes = new IdentityHashMap<>();
    private final int summands;

    /**
     * Without terms as yet.
     *
     * @param devices that share the sum; those beyond the first eight, or beyond the summands, have nothing to do
     * @param length numbers of the vector
     * @param results numbers of the result
     * @param summands how many there will be
     */
    public DeviceSum(List<Device> devices, int length, int results, int summands) {
        this.summands = summands;
        try {
            for (Device device : sharing(devices, summands)) {
                parts.add(new SumPart(device, length, results));
            }
        } catch (RuntimeException | Error e) {
            Resources.of(parts).closeAfter(e);
            throw e;
        }
    }

    private static List<Device> sharing(List<Device> devices, int summands) {
        return devices.subList(0, Math.min(devices.size(), SumTree.groups(summands)));
    }

    /** Bytes of a device that a term takes. */
    public static long bytes(Graph graph, int varying) {
        return TermCode.of(graph, varying, 1).code().bytes();
    }

    /** Bytes that are left for terms on each device that would share such a sum. */
    public static long left(List<Device> devices, int length, int results, int summands) {
        return sharing(devices, summands).stream()
                        .mapToLong(Device::budget)
                        .min()
                        .orElse(0)
                - SumPart.bytes(length, results);
    }

    /** Summands of a device at most. */
    public static int share(List<Device> devices, int summands) {
        int[] shares = new int[devices.size()];
        int owners = sharing(devices, summands).size();
        int most = 0;
        for (int i = 0; i < summands; i++) {
            most = Math.max(most, ++shares[SumTree.owner(SumTree.group(i, summands), summands, owners)]);
        }
        return most;
    }

    /** The number of the device that computes a summand, among those of this sum. */
    public int owner(int summand) {
        return SumTree.owner(SumTree.group(summand, summands), summands, parts.size());
    }

    private SumPart part(int summand) {
        return parts.get(owner(summand));
    }

    /**
     * Adds a term, with memory of its own, on the device that computes a summand.
     *
     * @param graph one output; the same graph with the same weight shares its code
     * @param varying position of the input that is the vector
     * @param others values of all other inputs, in their order; copied
     * @param weight of the term in the sum
     * @return the term's number among those of its device
     * @throws org.curvature4j.internal.engine.code.Unsuitable if a device can't compute it
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    public int add(int summand, Graph graph, int varying, List<INDArray> others, double weight) {
        TermCode code = codes.computeIfAbsent(graph, any -> TermCode.of(graph, varying, weight));
        return part(summand).add(code, varying, others);
    }

    /** Gives a term of a summand's device other values of its inputs but the vector; copied. */
    public void feed(int summand, int term, List<INDArray> others) {
        part(summand).feed(term, others);
    }

    /** One term of a summand's device, without its weight. */
    public void evaluate(int summand, int term, double[] numbers, double[] value) {
        part(summand).one(term, numbers, value);
    }

    /** Copies the vector to the devices. */
    public void begin(double[] numbers) {
        parts.forEach(part -> part.begin(numbers));
    }

    /** As {@link #begin(double[])}, of a vector that is on the first device, complete, from a byte on. */
    void begin(Buffer numbers, long fromByte) {
        SumPart first = parts.get(0);
        first.begin(numbers, fromByte);
        if (parts.size() > 1) {
            double[] here = new double[first.length()];
            first.vector(here);
            parts.subList(1, parts.size()).forEach(part -> part.begin(here));
        }
    }

    /** Queues a summand, a term of its device; they come in their order. */
    public void add(int summand, int term) {
        part(summand).add(term, SumTree.group(summand, summands));
    }

    /** Waits, and copies the sum from the devices. */
    public void end(double[] sum) {
        parts.forEach(SumPart::end);
        if (parts.size() == 1) {
            parts.get(0).total(sum);
            return;
        }
        double[] total = joined();
        System.arraycopy(total, 0, sum, 0, sum.length);
    }

    /** As {@link #end(double[])}, to memory of the first device from a byte on. */
    void end(Buffer sum, long toByte) {
        parts.forEach(SumPart::end);
        if (parts.size() == 1) {
            parts.get(0).total(sum, toByte);
        } else {
            parts.get(0).write(joined(), sum, toByte);
        }
    }

    private double[] joined() {
        SumTree<double[]> tree = new SumTree<>((sum, other) -> {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other[i];
            }
        });
        for (SumPart part : parts) {
            part.sums().forEach(tree::add);
        }
        return tree.total();
    }

    /** Waits for what is queued, where a computation fails before its {@link #end}; the failure hears of others meanwhile. */
    public void drainAfter(Throwable failure) {
        Resources queues = new Resources();
        parts.forEach(part -> queues.add(part::drain));
        queues.closeAfter(failure);
    }

    @Override
    public void close() {
        Resources.of(parts).close();
    }
}
