package org.curvature4j.internal.gpu;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.curvature4j.internal.gpu.driver.Attribute;
import org.curvature4j.internal.gpu.driver.Driver;

/** A device and its primary context, retained for the life of the process. Safe for several threads. */
public final class Device {
    private final Driver driver;
    private final int number;
    private final String name;
    private final int major;
    private final int minor;
    private final long memory;
    private final int multiprocessors;
    private final long context;
    private final Map<String, Long> modules = new ConcurrentHashMap<>();

    Device(Driver driver, int number) {
        this.driver = driver;
        this.number = number;
        this.name = driver.deviceName(number);
        this.major = driver.attribute(number, Attribute.CAPABILITY_MAJOR);
        this.minor = driver.attribute(number, Attribute.CAPABILITY_MINOR);
        this.multiprocessors = driver.attribute(number, Attribute.MULTIPROCESSORS);
        this.memory = driver.totalMemory(number);
        this.context = driver.retainContext(number);
    }

    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    /** The compute capability, as in 9.0. */
    public String capability() {
        return major + "." + minor;
    }

    /** Bytes. */
    public long memory() {
        return memory;
    }

    public int multiprocessors() {
        return multiprocessors;
    }

    /** A kernel of a text of PTX, which is assembled and loaded once. */
    public DeviceKernel kernel(String ptx, String entry) {
        long module = modules.computeIfAbsent(
                ptx, text -> current().loadModule(current().assemble(text)));
        return new DeviceKernel(current().function(module, entry));
    }

    /** A queue of copies and kernels, which run in their order; for one thread at a time, to be closed. */
    public Queue queue() {
        return new Queue(this, current().createStream());
    }

    /** Memory of the device, to be closed. */
    public Buffer allocate(long bytes) {
        return new Buffer(this, current().allocate(bytes), bytes);
    }

    /** Memory of this machine for copies, to be closed. */
    public HostBuffer allocateHost(long bytes) {
        return new HostBuffer(this, current().allocateHost(bytes), bytes);
    }

    /** The driver, this device's context being the calling thread's. */
    Driver current() {
        driver.makeCurrent(context);
        return driver;
    }
}
