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
 * A sum of functions of one vector on a device, such as a Hessian-vector product over minibatches: data, and what depends on
 * the point alone, stay there; a call moves one vector each way. Terms are added in their order, as the processor adds
 * them. For one thread at a time; owns the device's memory, which closing frees.
 */
public final class DeviceSum implements AutoCloseable {
    private final Lane lane;
    private final Buffer vector;
    private final Buffer result;
    private final List<SumTerm> terms = new ArrayList<>();
    private final IdentityHashMap<Graph, TermCode> codes = new IdentityHashMap<>();

    /**
     * Without terms as yet.
     *
     * @param length numbers of the vector
     * @param results numbers of the result
     */
    public DeviceSum(Device device, int length, int results) {
        this.lane = new Lane(device, (long) Math.max(length, results) * Double.BYTES);
        try {
            this.vector = lane.allocate(Math.max(1, length) * (long) Double.BYTES);
            this.result = lane.allocate(Math.max(1, results) * (long) Double.BYTES);
        } catch (RuntimeException | Error e) {
            Resources.of(lane).closeAfter(e);
            throw e;
        }
    }

    /** Bytes of the device that a term takes. */
    public static long bytes(Graph graph, int varying) {
        return TermCode.of(graph, varying, 1).code().bytes();
    }

    /**
     * Adds a term, with memory of its own.
     *
     * @param graph one output; the same graph with the same weight shares its code
     * @param varying position of the input that is the vector
     * @param others values of all other inputs, in their order; copied
     * @param weight of the term in the sum
     * @throws org.curvature4j.internal.engine.code.Unsuitable if a device can't compute it
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    public void add(Graph graph, int varying, List<INDArray> others, double weight) {
        TermCode code = codes.computeIfAbsent(graph, any -> TermCode.of(graph, varying, weight));
        SumTerm term = new SumTerm(lane, code, varying, vector, result);
        term.feed(others);
        terms.add(term);
    }

    /** How many terms there are. */
    public int size() {
        return terms.size();
    }

    /** Gives a term other values of its inputs but the vector; copied. */
    public void feed(int term, List<INDArray> others) {
        terms.get(term).feed(others);
    }

    /** The sum of all terms. */
    public void evaluate(double[] numbers, double[] sum) {
        begin(numbers);
        add();
        end(sum);
    }

    /** One term, without its weight. */
    public void evaluate(int term, double[] numbers, double[] value) {
        begin(numbers);
        terms.get(term).store();
        end(value);
    }

    /** Copies the vector to the device, and sets the sum to zero. */
    public void begin(double[] numbers) {
        lane.upload(numbers, numbers.length, vector, 0);
        lane.queue().clear(result, 0, result.bytes());
    }

    /** As {@link #begin(double[])}, of a vector that is on the device, complete, from a byte on. */
    void begin(Buffer numbers, long fromByte) {
        lane.queue().copy(numbers, fromByte, vector, 0, vector.bytes());
        lane.queue().clear(result, 0, result.bytes());
    }

    /** Queues the addition of all terms. */
    public void add() {
        terms.forEach(SumTerm::add);
    }

    /** Queues the addition of one term. */
    public void add(int term) {
        terms.get(term).add();
    }

    /** Waits, and copies the sum from the device. */
    public void end(double[] sum) {
        terms.forEach(SumTerm::await);
        lane.download(result, 0, sum, sum.length);
    }

    /** As {@link #end(double[])}, to memory of the device from a byte on. */
    void end(Buffer sum, long toByte) {
        terms.forEach(SumTerm::await);
        lane.queue().copy(result, 0, sum, toByte, result.bytes());
        lane.queue().await();
    }

    @Override
    public void close() {
        lane.close();
    }
}
