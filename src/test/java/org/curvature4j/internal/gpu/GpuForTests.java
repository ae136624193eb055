package org.curvature4j.internal.gpu;

import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.curvature4j.internal.gpu.driver.CudaDriver;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;
import org.jspecify.annotations.Nullable;

/**
 * Has a driver of a test's answer in place of the machine's; once closed there are no devices: {@code try (GpuForTests gpu =
 * GpuForTests.interpreted()) {...}}. One at a time: what the devices are is the same for the whole process. With {@code
 * -Dtest.gpu=hardware} a card of this machine answers wherever a test doesn't insist on an interpreter, with {@code
 * -Dtest.gpu=rehearsal} an interpreter that looks like one. Classes that use this are tagged {@code gpu}: {@code
 * scripts/cuda-check} runs them all.
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

    /** The card that answers in place of interpreters, opened once. */
    private static final class Card {
        private static final @Nullable Driver DRIVER =
                switch (System.getProperty("test.gpu", "interpreter")) {
                    case "hardware" -> CudaDriver.open();
                    case "rehearsal" -> Rehearsal.driver();
                    case "interpreter" -> null;
                    default ->
                        throw new IllegalArgumentException(
                                "test.gpu: expected interpreter, hardware or rehearsal, got '"
                                        + System.getProperty("test.gpu") + "'");
                };

        /** Retained for good, since a card takes up to a second to make one. */
        private static final long CONTEXT = DRIVER == null ? 0 : DRIVER.retainContext(0);
    }

    /** Devices that interpret, of so many bytes each; a card as so many devices where {@code -Dtest.gpu} asks for one. */
    public static DriverForTests driver(int devices, long bytes) {
        Driver card = Card.DRIVER;
        return card == null ? new InterpretedDriver(devices, bytes) : SharedCard.of(card, Card.CONTEXT, devices);
    }

    /** A device that interprets, with 256 MB; a card where {@code -Dtest.gpu} asks for one. */
    public static GpuForTests interpreted() {
        return with(driver(1, BYTES));
    }

    /** A device that interprets, with 256 MB and always the same figures, by which costs are weighed. */
    public static GpuForTests pretended() {
        return with(new InterpretedDriver(1, BYTES));
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
