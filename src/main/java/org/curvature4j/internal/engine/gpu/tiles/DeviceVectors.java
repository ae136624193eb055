package org.curvature4j.internal.engine.gpu.tiles;

import static org.curvature4j.internal.engine.gpu.tiles.VectorKernels.THREADS;

import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceKernel;

/**
 * Vectors of one length in a device's memory, all of which is taken at once, with the work on them. Sums are made by stretches
 * of coordinates, which are added here: their bits depend neither on the device nor on how many threads it has. For one thread
 * at a time; owns the memory, which closing frees.
 */
public final class DeviceVectors implements AutoCloseable {
    /** Vectors begin at multiples of 32 bytes, which is what a device reads at least. */
    private static final int ALIGNED = 4;

    /** Coordinates and partial sums of a stretch, where many vectors are multiplied with one, and where two are. */
    private static final int STRETCH = 2048;

    private static final int LANES = 4;
    private static final int STRETCH_OF_TWO = 1024;
    private static final int LANES_OF_TWO = 8;

    /** Vectors that combinations are made in, before they take the place of what they are made of. */
    private static final int SPARE = 2;

    private static final List<String> ENTRIES = List.of(
            VectorKernels.DOTS,
            VectorKernels.SUBTRACT,
            VectorKernels.ADD,
            VectorKernels.SCALE,
            VectorKernels.COMBINE,
            VectorKernels.PLACE);

    private final int length;
    private final int most;
    private final long stride;
    private final Lane lane;
    private final Map<String, DeviceKernel> kernels;
    private final Buffer memory;
    private final Buffer table;
    private final Buffer partial;
    private final Buffer spare;
    private int made;

    /**
     * None as yet.
     *
     * @param length numbers of a vector
     * @param most vectors that will be made
     * @throws org.curvature4j.internal.gpu.driver.DriverException if the device lacks the memory, or refuses otherwise
     */
    public DeviceVectors(Device device, int length, int most) {
        this.length = length;
        this.most = most;
        this.stride = stride(length);
        this.lane = new Lane(device, stride * Double.BYTES);
        try {
            kernels = device.kernels(VectorKernels.TEXT, ENTRIES);
            memory = lane.allocate(most * stride * Double.BYTES);
            table = lane.allocate(tableNumbers(most) * Double.BYTES);
            partial = lane.allocate(partialNumbers(length, most) * Double.BYTES);
            spare = lane.allocate(SPARE * stride * Double.BYTES);
        } catch (RuntimeException | Error e) {
            lane.close();
            throw e;
        }
    }

    /** Bytes of the device that so many vectors take. */
    public static long bytes(int length, int most) {
        return ((most + SPARE) * stride(length) + tableNumbers(most) + partialNumbers(length, most)) * Double.BYTES;
    }

    private static long stride(int length) {
        return (length + ALIGNED - 1L) / ALIGNED * ALIGNED;
    }

    private static long tableNumbers(int most) {
        return most * (most + 1L);
    }

    private static long partialNumbers(int length, int most) {
        return Math.max(stretches(length, STRETCH) * most, stretches(length, STRETCH_OF_TWO));
    }

    private static long stretches(int length, int stretch) {
        return (length + stretch - 1L) / stretch;
    }

    /** Makes another one, of any numbers. */
    public DeviceVector vector() {
        if (made == most) {
            throw new IllegalStateException("vectors: expected at most " + most + ", got one more");
        }
        return new DeviceVector(made++ * stride);
    }

    /** Copies numbers to a vector. */
    public void write(double[] numbers, DeviceVector vector) {
        lane.upload(numbers, length, memory, vector.first() * Double.BYTES);
    }

    /** Copies the numbers of a vector from the device. */
    public double[] read(DeviceVector vector) {
        double[] numbers = new double[length];
        lane.download(memory, vector.first() * Double.BYTES, numbers, length);
        return numbers;
    }

    /** Has a sum read its vector here; queued. */
    public void begin(DeviceSum sum, DeviceVector vector) {
        // What was queued here isn't seen by other queues before.
        lane.queue().await();
        sum.begin(memory, vector.first() * Double.BYTES);
    }

    /** Has a sum leave its result here, and waits for it. */
    public void end(DeviceSum sum, DeviceVector result) {
        sum.end(memory, result.first() * Double.BYTES);
    }

    /** The inner product. */
    public double dot(DeviceVector a, DeviceVector b) {
        return dots(1, a.first(), b, STRETCH_OF_TWO, LANES_OF_TWO)[0];
    }

    /** Inner products of vectors with one. */
    public double[] dots(List<DeviceVector> vectors, DeviceVector vector) {
        if (vectors.size() > 1) {
            upload(vectors);
        }
        return dots(vectors.size(), vectors.get(0).first(), vector, STRETCH, LANES);
    }

    private double[] dots(int count, long only, DeviceVector vector, int stretch, int lanes) {
        int sums = Math.toIntExact(stretches(length, stretch) * count);
        launch(
                VectorKernels.DOTS,
                (long) sums * lanes,
                memory.address(),
                table.address(),
                count,
                only,
                vector.first(),
                partial.address(),
                length,
                stretch,
                lanes);
        double[] parts = new double[sums];
        lane.download(partial, 0, parts, sums);
        double[] total = new double[count];
        for (int at = 0; at < sums; at += count) {
            for (int k = 0; k < count; k++) {
                total[k] += parts[at + k];
            }
        }
        return total;
    }

    /** Subtracts multiples of vectors from one. */
    public void subtract(List<DeviceVector> vectors, double[] factors, DeviceVector vector) {
        upload(vectors, factors);
        launch(
                VectorKernels.SUBTRACT,
                length,
                memory.address(),
                table.address(),
                vectors.size(),
                vector.first(),
                length);
    }

    /** y += factor x. */
    public void add(double factor, DeviceVector x, DeviceVector y) {
        launch(VectorKernels.ADD, factor, x, y);
    }

    /** y = factor x. */
    public void scale(double factor, DeviceVector x, DeviceVector y) {
        launch(VectorKernels.SCALE, factor, x, y);
    }

    /** Puts combinations of vectors, of factors [kept, vectors], in the place of the first of them. */
    public void combine(List<DeviceVector> vectors, double[] factors, int kept) {
        if (kept == 0) {
            return;
        }
        upload(vectors, factors);
        int most = (int) Math.max(1, Math.min(length, SPARE * stride / kept));
        for (int from = 0; from < length; from += most) {
            int some = Math.min(most, length - from);
            launch(
                    VectorKernels.COMBINE,
                    (long) some * ((kept + VectorKernels.TOGETHER - 1) / VectorKernels.TOGETHER),
                    memory.address(),
                    table.address(),
                    vectors.size(),
                    kept,
                    from,
                    some,
                    spare.address());
            launch(
                    VectorKernels.PLACE,
                    (long) some * kept,
                    memory.address(),
                    table.address(),
                    kept,
                    from,
                    some,
                    spare.address());
        }
    }

    private void upload(List<DeviceVector> vectors, double... factors) {
        int count = vectors.size();
        double[] numbers = new double[count + factors.length];
        for (int k = 0; k < count; k++) {
            numbers[k] = vectors.get(k).first();
        }
        System.arraycopy(factors, 0, numbers, count, factors.length);
        lane.upload(numbers, numbers.length, table, 0);
    }

    private void launch(String entry, double factor, DeviceVector x, DeviceVector y) {
        launch(entry, length, memory.address(), Double.doubleToRawLongBits(factor), x.first(), y.first(), length);
    }

    private void launch(String entry, long threads, long... arguments) {
        DeviceKernel kernel = java.util.Objects.requireNonNull(kernels.get(entry));
        lane.queue().launch(kernel, (threads + THREADS - 1) / THREADS, THREADS, arguments);
    }

    @Override
    public void close() {
        lane.close();
    }
}
