package org.curvature4j.internal.engine.gpu.tiles;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;

/**
 * A plan on a device: its memory, its kernels and the queue in which they run. For one thread at a time; owns what it has,
 * until it is closed.
 */
final class PlanMemory implements AutoCloseable {
    /** Bytes of a copy to or from the device at once. */
    private static final long STAGE = 8L << 20;

    private final ProgramCode code;
    private final Device device;
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final Queue queue;
    private final Buffer buffer;
    private final HostBuffer stage;
    private final Map<String, DeviceKernel> kernels = new HashMap<>();

    /** A kernel with its arguments as they are given to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ready(DeviceKernel kernel, long blocks, int threads, long[] arguments) {}

    private final Map<List<Launch>, List<Ready>> ready = new java.util.IdentityHashMap<>();

    /**
     * Takes the memory and computes what depends on constants alone.
     *
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    PlanMemory(Device device, ProgramCode code) {
        this.code = code;
        this.device = device;
        try {
            this.queue = own(device.queue());
            this.buffer = own(device.allocate(code.bytes()));
            this.stage = own(device.allocateHost(Math.max(1 << 10, Math.min(STAGE, code.bytes()))));
            for (ProgramCode.Content content : code.contents()) {
                upload(content.numbers(), content.numbers().length, content.place());
                run(content.then().list());
            }
            run(code.once());
            queue.await();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        owned.add(0, part);
        return part;
    }

    /** Numbers that {@link #move} copies one part at a time. */
    private interface Part {
        void of(int from, int count, long place);
    }

    private void inParts(int count, long place, Part part) {
        int most = (int) (stage.bytes() / Double.BYTES);
        for (int from = 0; from < count; from += most) {
            part.of(from, Math.min(most, count - from), place + (long) from * Double.BYTES);
        }
    }

    /** Copies the first numbers of an array to a place. */
    void upload(double[] numbers, int count, long place) {
        inParts(count, place, (from, some, at) -> {
            stage.write(0, numbers, from, some);
            queue.upload(stage, 0, buffer, code.offset(at), (long) some * Double.BYTES);
            queue.await();
        });
    }

    /** Copies numbers from a place, which all kernels before have written. */
    void download(long place, double[] numbers, int count) {
        inParts(count, place, (from, some, at) -> {
            queue.download(buffer, code.offset(at), stage, 0, (long) some * Double.BYTES);
            queue.await();
            stage.read(0, numbers, from, some);
        });
    }

    /** Queues kernels. */
    void run(List<Launch> launches) {
        for (Ready launch : ready.computeIfAbsent(launches, this::prepared)) {
            queue.launch(launch.kernel, launch.blocks, launch.threads, launch.arguments);
        }
    }

    private List<Ready> prepared(List<Launch> launches) {
        List<Ready> prepared = new ArrayList<>();
        for (Launch launch : launches) {
            DeviceKernel kernel =
                    kernels.computeIfAbsent(launch.entry(), entry -> device.kernel(code.text(), entry));
            long[] arguments = launch.places().stream()
                    .mapToLong(place -> buffer.address() + code.offset(place))
                    .toArray();
            prepared.add(new Ready(kernel, launch.blocks(), launch.threads(), arguments));
        }
        return prepared;
    }

    /** Removes the marks that index checks left, before they run. */
    void clearMarks() {
        for (ProgramCode.Check check : code.checks()) {
            queue.clear(buffer, code.offset(check.place()), Long.BYTES);
        }
    }

    /**
     * Waits for what is queued.
     *
     * @throws IllegalArgumentException if an index was refused, as {@link org.curvature4j.op.IndexCheck#checked} does it
     */
    void await() {
        for (ProgramCode.Check check : code.checks()) {
            long[] mark = new long[2];
            queue.download(buffer, code.offset(check.place()), stage, 0, 2 * Long.BYTES);
            queue.await();
            stage.read(0, mark, 0, mark.length);
            if (mark[0] != 0) {
                check.check().checked(Double.longBitsToDouble(mark[1]));
            }
        }
        queue.await();
    }

    /** The memory, for others to read what lies in it. */
    Buffer buffer() {
        return buffer;
    }

    Queue queue() {
        return queue;
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (AutoCloseable part : owned) {
            try {
                part.close();
            } catch (RuntimeException e) {
                failure = e;
            } catch (Exception e) {
                failure = new IllegalStateException(e);
            }
        }
        owned.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
