package org.curvature4j.internal.engine.gpu.tiles;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.host.HostArray;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A plan on a device: its memory, and its kernels with the addresses that they work on. Runs in a lane of its owner's, which frees it. */
final class PlanMemory {
    /** Numbers of an array that are converted at a time. */
    private static final int BLOCK = 1 << 20;

    private final ProgramCode code;
    private final Lane lane;
    private final Buffer own;
    private final List<Buffer> outside;
    private final Map<String, DeviceKernel> kernels;
    private final IdentityHashMap<List<Launch>, List<Ready>> ready = new IdentityHashMap<>();

    /** A kernel with its arguments as they are given to it. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Ready(DeviceKernel kernel, long blocks, int threads, long[] arguments) {}

    /**
     * Takes the memory and computes what depends on constants alone.
     *
     * @param outside memory of others that the code works on, by its number
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    PlanMemory(Lane lane, ProgramCode code, Buffer... outside) {
        this.code = code;
        this.lane = lane;
        this.outside = List.of(outside);
        this.own = lane.allocate(code.bytes());
        this.kernels =
                lane.device().kernels(code.kernels().text(), code.kernels().entries());
        for (ProgramCode.Content content : code.contents()) {
            upload(content.numbers(), content.numbers().length, content.place());
            run(content.then());
        }
        run(code.once());
        lane.queue().await();
    }

    private Buffer buffer(long place) {
        int number = Places.number(place);
        return number < 0 ? own : outside.get(number);
    }

    /** Copies the first numbers of an array to a place. */
    void upload(double[] numbers, int count, long place) {
        lane.upload(numbers, count, buffer(place), code.offset(place));
    }

    /** Copies numbers from a place, which all kernels before have written. */
    void download(long place, double[] numbers, int count) {
        lane.download(buffer(place), code.offset(place), numbers, count);
    }

    /** Copies the numbers of an array, and makes of them what is wanted. */
    void feed(Arrival arrival, INDArray value) {
        long length = HostArray.length(value);
        double[] block = new double[(int) Math.min(BLOCK, length)];
        try (HostArray source = HostArray.reading("feed", value)) {
            for (long from = 0; from < length; from += BLOCK) {
                int count = (int) Math.min(BLOCK, length - from);
                source.read(from, block, count);
                upload(block, count, arrival.place() + from * Double.BYTES);
            }
        }
        run(arrival.then());
    }

    /** Queues kernels. */
    void run(List<Launch> launches) {
        for (Ready launch : ready.computeIfAbsent(launches, this::prepared)) {
            lane.queue().launch(launch.kernel, launch.blocks, launch.threads, launch.arguments);
        }
    }

    private List<Ready> prepared(List<Launch> launches) {
        List<Ready> prepared = new ArrayList<>();
        for (Launch launch : launches) {
            long[] arguments = launch.places().stream()
                    .mapToLong(place -> buffer(place).address() + code.offset(place))
                    .toArray();
            DeviceKernel kernel = requireNonNull(kernels.get(launch.entry()), launch.entry());
            prepared.add(new Ready(kernel, launch.blocks(), launch.threads(), arguments));
        }
        return prepared;
    }

    /** Queues the removal of the marks that index checks left, before they run. */
    void clearMarks() {
        for (IndexText.Mark check : code.checks()) {
            lane.queue().clear(own, code.offset(check.place()), Long.BYTES);
        }
    }

    /** Waits for what is queued. */
    void await() {
        lane.queue().await();
    }

    /**
     * Looks for indices that were refused, once the queue was waited for.
     *
     * @throws IllegalArgumentException if one was, as {@link org.curvature4j.op.IndexCheck#checked} does it
     */
    void check() {
        for (IndexText.Mark check : code.checks()) {
            double[] mark = new double[2];
            download(check.place(), mark, mark.length);
            if (Double.doubleToRawLongBits(mark[0]) != 0) {
                check.check().checked(mark[1]);
            }
        }
    }
}
