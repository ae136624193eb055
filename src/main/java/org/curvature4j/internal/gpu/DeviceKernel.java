package org.curvature4j.internal.gpu;

/** A loaded kernel of one device; to be held until what it was launched for has been waited for. */
public final class DeviceKernel {
    private final long function;

    /** Held, not used: keeps the code loaded. */
    @SuppressWarnings({"unused", "FieldCanBeLocal"})
    private final Module module;

    DeviceKernel(long function, Module module) {
        this.function = function;
        this.module = module;
    }

    /** The driver's handle. */
    public long function() {
        return function;
    }
}
