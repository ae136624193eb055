package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.ptx.PtxModule;
import org.curvature4j.internal.gpu.ptx.Threads;
import org.curvature4j.internal.host.Resources;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One device's share of a sum: the vector, terms, and sums of the groups that it has. For one thread at a time. */
final class SumPart implements AutoCloseable {
    private static final int THREADS = 256;
    private static final String ADD = "addTo";
    private static final String PTX = ptx();

    private final Lane lane;
    private final DeviceKernel adding;
    private final Buffer vector;
    private final Buffer result;
    private final int length;
    private final int results;
    private final Deque<Buffer> spare = new ArrayDeque<>();
    private final List<SumTerm> terms = new ArrayList<>();
    private final SumTree<Buffer> tree = new SumTree<>(this::join);
    private int group = -1;

    private static String ptx() {
        PtxModule module = new PtxModule();
        module.entry(ADD, SumPart.class, ADD);
        return module.text();
    }

    SumPart(Device device, int length, int results) {
        this.length = length;
        this.results = results;
        this.lane = new Lane(device, (long) Math.max(length, results) * Double.BYTES);
        try {
            this.adding = device.kernel(PTX, ADD);
            this.vector = allocate(length);
            this.result = allocate(results);
        } catch (RuntimeException | Error e) {
            Resources.of(lane).closeAfter(e);
            throw e;
        }
    }

    /** Bytes of a device at most, beside those of terms. */
    static long bytes(int length, int results) {
        // The sum that is being made, and of the tree one block of each size and one more.
        int sums = 2 + Integer.numberOfTrailingZeros(2 * SumTree.GROUPS);
        return (length + (long) sums * results) * Double.BYTES;
    }

    private Buffer allocate(int numbers) {
        return lane.allocate(Math.max(1, numbers) * (long) Double.BYTES);
    }

    /** Adds a term; its number here. */
    int add(TermCode code, int varying, List<INDArray> others) {
        SumTerm term = new SumTerm(lane, code, varying, vector, result);
        term.feed(others);
        terms.add(term);
        return terms.size() - 1;
    }

    void feed(int term, List<INDArray> others) {
        terms.get(term).feed(others);
    }

    /** Queues the copy of the vector to the device, and begins with no sum. */
    void begin(double[] numbers) {
        reset();
        lane.upload(numbers, numbers.length, vector, 0);
    }

    /** As above, of a vector that is on the device, complete, from a byte on. */
    void begin(Buffer numbers, long fromByte) {
        reset();
        lane.queue().copy(numbers, fromByte, vector, 0, vector.bytes());
    }

    private void reset() {
        tree.take().forEach(block -> spare.push(block.sum()));
        group = -1;
    }

    /** Numbers of the vector. */
    int length() {
        return length;
    }

    /** The vector, as it was copied here. */
    void vector(double[] numbers) {
        lane.download(vector, 0, numbers, numbers.length);
    }

    /** Queues the addition of a term to the sum of a group, which isn't one before the last. */
    void add(int term, int to) {
        if (group != to) {
            endGroup();
            group = to;
            lane.queue().clear(result, 0, result.bytes());
        }
        terms.get(term).add();
    }

    private void endGroup() {
        if (group >= 0) {
            Buffer sum = spare.isEmpty() ? allocate(results) : spare.pop();
            lane.queue().copy(result, 0, sum, 0, result.bytes());
            tree.add(new SumTree.Block<>(group, 1, sum));
            group = -1;
        }
    }

    private void join(Buffer sum, Buffer other) {
        long blocks = (results + THREADS - 1L) / THREADS;
        if (blocks > 0) {
            lane.queue().launch(adding, blocks, THREADS, sum.address(), other.address(), results);
        }
        spare.push(other);
    }

    static void addTo(double[] sum, double[] other, int count) {
        long at = Threads.index();
        if (at < count) {
            double[] to = Threads.from(sum, at);
            to[0] = to[0] + Threads.from(other, at)[0];
        }
    }

    /** Queues the last additions of {@link #sums}, so that other devices are asked meanwhile. */
    void end() {
        endGroup();
    }

    /** Waits, and gives the sums that this has, downloaded. */
    List<SumTree.Block<double[]>> sums() {
        await();
        List<SumTree.Block<double[]>> sums = new ArrayList<>();
        for (SumTree.Block<Buffer> block : tree.take()) {
            double[] numbers = new double[results];
            lane.download(block.sum(), 0, numbers, results);
            spare.push(block.sum());
            sums.add(new SumTree.Block<>(block.from(), block.size(), numbers));
        }
        return sums;
    }

    /** Of all groups, to this machine. */
    void total(double[] sum) {
        Buffer total = total();
        await();
        lane.download(total, 0, sum, sum.length);
    }

    /** Of all groups, to memory of the device from a byte on. */
    void total(Buffer to, long toByte) {
        lane.queue().copy(total(), 0, to, toByte, result.bytes());
        await();
    }

    /** Numbers of this machine to memory of the device. */
    void write(double[] numbers, Buffer to, long toByte) {
        lane.upload(numbers, numbers.length, to, toByte);
        lane.queue().await();
    }

    private Buffer total() {
        Buffer total = tree.total();
        spare.push(total);
        return total;
    }

    private void await() {
        lane.queue().await();
        terms.forEach(SumTerm::check);
    }

    /** Waits before what is queued for loses its memory; quiet where the device is lost. */
    void drain() {
        lane.queue().drain();
    }

    /** One term, without its weight. */
    void one(int term, double[] numbers, double[] value) {
        begin(numbers);
        terms.get(term).store();
        await();
        lane.download(result, 0, value, value.length);
    }

    @Override
    public void close() {
        lane.close();
    }
}
