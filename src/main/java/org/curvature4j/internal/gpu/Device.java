package org.curvature4j.internal.gpu;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.driver.FunctionAttribute;
import org.curvature4j.internal.host.Resources;
import org.jspecify.annotations.Nullable;

/**
 * A device. Its primary context is retained at the first use, for the life of the process, at whose end the driver gives all
 * back. After an error that the device doesn't survive every use answers with that one's words, and closing what was made
 * on it is quiet. Safe for several threads.
 */
public final class Device {
    /** Of the memory that is free, for a budget: others take some too, and the driver for itself. */
    private static final double SHARE = 0.75;

    private final Driver driver;
    private final int number;
    private final DeviceFigures figures;
    private final Modules modules;
    private final Set<Object> passed = ConcurrentHashMap.newKeySet();
    private @Nullable Long context;
    private volatile @Nullable DriverException lost;
    /** Whether it is lost by what doesn't end and may still use its memory, which stays until the process ends. */
    private volatile boolean running;

    Device(Driver driver, int number, Optional<CodeFiles> files) {
        this.driver = driver;
        this.number = number;
        this.figures = DeviceFigures.of(driver, number);
        this.modules = new Modules(this, files);
    }

    public int number() {
        return number;
    }

    public String name() {
        return figures.name();
    }

    /** The compute capability, as in 9.0. */
    public String capability() {
        return figures.capability();
    }

    /** Whether it is one that the kernels of this project are for: of compute capability 6.0 or higher. */
    public boolean isSupported() {
        return figures.major() >= 6;
    }

    /** Bytes. */
    public long memory() {
        return figures.memory();
    }

    public int multiprocessors() {
        return figures.multiprocessors();
    }

    /** What the arithmetic units could do, in additions, multiplications or fused multiply-adds of float64 a second. */
    public double float64PerSecond() {
        return figures.float64PerSecond();
    }

    /** What the device's memory could read or write, in bytes a second; 0 where the driver doesn't tell. */
    public double bytesPerSecond() {
        return figures.bytesPerSecond();
    }

    /** Bytes of the device that are free now. */
    public long freeMemory() {
        return ask(Driver::freeMemory);
    }

    /** Bytes that one computation may take now: a share of what is free. */
    public long budget() {
        return (long) (SHARE * freeMemory());
    }

    /** A kernel of a text of PTX, which is assembled and loaded once. */
    public DeviceKernel kernel(String ptx, String entry) {
        Module module = modules.of(ptx);
        return new DeviceKernel(ask(driver -> driver.function(module.handle(), entry)), module);
    }

    /** Kernels of one text of PTX, by their names, as {@link #kernel}. */
    public Map<String, DeviceKernel> kernels(String ptx, Collection<String> entries) {
        Module module = modules.of(ptx);
        Map<String, DeviceKernel> kernels = new HashMap<>();
        for (String entry : entries) {
            kernels.put(entry, new DeviceKernel(ask(driver -> driver.function(module.handle(), entry)), module));
        }
        return kernels;
    }

    /** What the driver tells of a kernel. */
    public int attribute(FunctionAttribute attribute, DeviceKernel kernel) {
        return ask(driver -> driver.attribute(attribute, kernel.function()));
    }

    /** A queue of copies and kernels, which run in their order; for one thread at a time, to be closed. */
    public Queue queue() {
        return new Queue(this, ask(Driver::createStream));
    }

    /** Memory of the device, to be closed. */
    public Buffer allocate(long bytes) {
        return new Buffer(this, ask(driver -> driver.allocate(bytes)), bytes);
    }

    /** Memory of this machine for copies, to be closed. */
    public HostBuffer allocateHost(long bytes) {
        return new HostBuffer(this, ask(driver -> driver.allocateHost(bytes)), bytes);
    }

    /** All that machine code depends on beside its text: name, compute capability and driver. */
    public String kind() {
        return name() + ", compute capability " + capability() + ", driver for CUDA " + Driver.words(driver.version());
    }

    /** Has this device checked unless it passed before; what fails throws. */
    public void once(Object key, Runnable check) {
        if (!passed.contains(key)) {
            check.run();
            passed.add(key);
        }
    }

    /** What the driver answers, this device's context being the calling thread's. */
    <T> T ask(Function<Driver, T> question) {
        DriverException first = lost;
        if (first != null) {
            throw DriverException.lost(toString(), first);
        }
        try {
            driver.makeCurrent(context());
            return question.apply(driver);
        } catch (DriverException e) {
            throw noted(e);
        }
    }

    void run(Consumer<Driver> order) {
        ask(driver -> {
            order.accept(driver);
            return true;
        });
    }

    /**
     * Gives something back; quiet where the device is lost, whose first error was told, or is closed. Nothing is taken from
     * under what still runs, for whose end the driver would wait besides.
     */
    void release(Consumer<Driver> order) {
        Long retained;
        synchronized (this) {
            retained = context;
        }
        if (retained == null || running) {
            return;
        }
        try {
            driver.makeCurrent(retained);
            order.accept(driver);
        } catch (DriverException e) {
            if (lost == null) {
                throw noted(e);
            }
        }
    }

    /** Waits until all in a stream is done. */
    void await(long stream) {
        run(driver -> {
            if (!isDone(driver, stream, false)) {
                throw new CancellationException("device: interrupted while it computed");
            }
        });
    }

    /** Waits before what a stream uses is given back; after an interrupt not for long, and the device is lost then. */
    void drain(long stream) {
        release(driver -> {
            if (!isDone(driver, stream, true)) {
                throw endless("an interrupt");
            }
        });
    }

    /**
     * Waits; false if it was interrupted.
     *
     * @param closing whether a device that is lost, but not by what doesn't end, is waited for all the same
     */
    private boolean isDone(Driver driver, long stream, boolean closing) {
        Patience.End end = Patience.await(() -> {
            DriverException first = lost;
            if (first != null && (running || !closing)) {
                throw DriverException.lost(toString(), first);
            }
            return driver.isDone(stream);
        });
        if (end == Patience.End.TOO_LONG) {
            throw endless("nothing for " + Patience.most().toSeconds()
                    + " s (-Dcurvature4j.wait=SECONDS waits longer, 0 without end)");
        }
        return end == Patience.End.DONE;
    }

    private DriverException endless(String got) {
        running = true;
        return DriverException.endless(toString(), got);
    }

    private DriverException noted(DriverException e) {
        if (e.isLost() && lost == null) {
            lost = e;
        }
        return e;
    }

    private synchronized long context() {
        Long retained = context;
        if (retained == null) {
            retained = driver.retainContext(number);
            context = retained;
        }
        return retained;
    }

    /** Gives back all that the device itself holds; it isn't to be used any more. */
    synchronized void close() {
        if (context != null) {
            Resources held = Resources.of(
                    modules::unloadAll, () -> release(driver -> driver.releaseContext(number)), () -> context = null);
            held.close();
        }
    }

    /** As in "GPU 1, NVIDIA A100". */
    @Override
    public String toString() {
        return "GPU " + number + ", " + name();
    }
}
