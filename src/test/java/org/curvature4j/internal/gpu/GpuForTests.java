package org.curvature4j.internal.gpu;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.curvature4j.internal.gpu.driver.CudaDriver;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;

/**
 * Has a driver of a test's answer in place of the machine's; once closed there are no devices: {@code try (GpuForTests gpu =
 * GpuForTests.interpreted()) {...}}. One at a time: what the devices are is the same for the whole process.
 */
public final class GpuForTests implements AutoCloseable {
    private static final long BYTES = 1L << 28;
    private static final ReentrantLock ONE = new ReentrantLock();

    private final Driver driver;

    private GpuForTests(Driver driver) {
        this.driver = driver;
        ONE.lock();
        try {
            Devices.use(Optional.of(driver));
        } catch (RuntimeException e) {
            ONE.unlock();
            throw e;
        }
    }

    /** A device that interprets, with 256 MB; the machine's own where {@code -Dtest.gpu=hardware} asks for it. */
    public static GpuForTests interpreted() {
        boolean hardware = "hardware".equals(System.getProperty("test.gpu"));
        return with(hardware ? CudaDriver.open() : new InterpretedDriver(1, BYTES));
    }

    /** Any driver. */
    public static GpuForTests with(Driver driver) {
        return new GpuForTests(driver);
    }

    /** The first of its devices. */
    public Device device() {
        return Devices.get().all().get(0);
    }

    /** The driver, to be asked what was left open. */
    public Driver driver() {
        return driver;
    }

    /** Leaves none. */
    @Override
    public void close() {
        try {
            Devices.use(Optional.empty());
        } finally {
            ONE.unlock();
        }
    }
}
