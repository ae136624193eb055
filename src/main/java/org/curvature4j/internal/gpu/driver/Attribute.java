package org.curvature4j.internal.gpu.driver;

/** What a device is asked for. The numbers are those of the driver's {@code CUdevice_attribute}. */
public enum Attribute {
    CLOCK_KILOHERTZ(13),
    MULTIPROCESSORS(16),
    INTEGRATED(18),
    MEMORY_CLOCK_KILOHERTZ(36),
    MEMORY_BUS_BITS(37),
    CAPABILITY_MAJOR(75),
    CAPABILITY_MINOR(76);

    private final int number;

    Attribute(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
