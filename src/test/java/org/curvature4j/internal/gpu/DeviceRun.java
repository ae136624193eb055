package org.curvature4j.internal.gpu;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;

/** Runs kernels on arrays of the tests. */
public final class DeviceRun {
    private DeviceRun() {}

    /**
     * Runs a kernel on an interpreting device.
     *
     * @param arguments arrays of longs, ints, doubles or floats, which are copied there and back, and numbers
     */
    public static void run(String ptx, String entry, long blocks, int threads, Object... arguments) {
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue()) {
            List<AutoCloseable> open = new ArrayList<>();
            List<Runnable> back = new ArrayList<>();
            long[] slots = new long[arguments.length];
            for (int i = 0; i < slots.length; i++) {
                slots[i] = arguments[i].getClass().isArray()
                        ? array(queue, arguments[i], open, back)
                        : slot((Number) arguments[i]);
            }
            queue.launch(gpu.device().kernel(ptx, entry), blocks, threads, slots);
            queue.await();
            back.forEach(Runnable::run);
            for (AutoCloseable buffer : open) {
                buffer.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static long slot(Number number) {
        if (number instanceof Double value) {
            return Double.doubleToRawLongBits(value);
        }
        return number instanceof Float value ? Float.floatToRawIntBits(value) : number.longValue();
    }

    private static long array(Queue queue, Object array, List<AutoCloseable> open, List<Runnable> back) {
        int length = Array.getLength(array);
        long bytes = 8L * Math.max(1, length);
        Buffer buffer = queue.device().allocate(bytes);
        HostBuffer host = queue.device().allocateHost(bytes);
        open.add(buffer);
        open.add(host);
        if (array instanceof double[] numbers) {
            host.write(0, numbers, 0, length);
        } else if (array instanceof float[] numbers) {
            host.write(0, numbers, 0, length);
        } else if (array instanceof long[] numbers) {
            host.write(0, numbers, 0, length);
        } else if (array instanceof int[] numbers) {
            host.write(0, numbers, 0, length);
        }
        queue.upload(host, 0, buffer, 0, bytes);
        queue.await();
        back.add(() -> {
            queue.download(buffer, 0, host, 0, bytes);
            queue.await();
            if (array instanceof double[] numbers) {
                host.read(0, numbers, 0, length);
            } else if (array instanceof float[] numbers) {
                host.read(0, numbers, 0, length);
            } else if (array instanceof long[] numbers) {
                host.read(0, numbers, 0, length);
            } else if (array instanceof int[] numbers) {
                host.read(0, numbers, 0, length);
            }
        });
        return buffer.address();
    }
}
