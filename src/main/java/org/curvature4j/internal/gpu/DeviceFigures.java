package org.curvature4j.internal.gpu;

import org.curvature4j.internal.gpu.driver.Attribute;
import org.curvature4j.internal.gpu.driver.Driver;

/**
 * What is known of a device before it is used.
 *
 * @param name NVIDIA's
 * @param major compute capability before the point
 * @param minor compute capability behind it
 * @param multiprocessors that compute at the same time
 * @param memory bytes
 * @param float64PerSecond additions, multiplications or fused multiply-adds of float64, of all multiprocessors at their
 *     highest clock
 * @param bytesPerSecond of the device's memory, 0 if not told
 */
record DeviceFigures(
        String name,
        int major,
        int minor,
        int multiprocessors,
        long memory,
        double float64PerSecond,
        double bytesPerSecond) {

    static DeviceFigures of(Driver driver, int device) {
        int major = driver.attribute(device, Attribute.CAPABILITY_MAJOR);
        int minor = driver.attribute(device, Attribute.CAPABILITY_MINOR);
        int multiprocessors = driver.attribute(device, Attribute.MULTIPROCESSORS);
        double clock = 1e3 * driver.attribute(device, Attribute.CLOCK_KILOHERTZ);
        double memoryClock = 1e3 * driver.attribute(device, Attribute.MEMORY_CLOCK_KILOHERTZ);
        double width = driver.attribute(device, Attribute.MEMORY_BUS_BITS) / 8.0;
        return new DeviceFigures(
                driver.deviceName(device),
                major,
                minor,
                multiprocessors,
                driver.totalMemory(device),
                clock * multiprocessors * float64PerClock(major, minor),
                // Two transfers a clock.
                2 * memoryClock * width);
    }

    /**
     * Results of float64 arithmetic that a multiprocessor gives a clock (CUDA C++ Programming Guide, Arithmetic
     * Instructions, throughput of native arithmetic instructions). The data center's devices have units for it, all others
     * have a few so that it works at all. Of a capability that isn't known yet the lower is assumed.
     */
    private static int float64PerClock(int major, int minor) {
        return switch (10 * major + minor) {
            case 60, 70, 72, 80 -> 32;
            case 90, 100 -> 64;
            case 50, 52, 53, 61, 62 -> 4;
            default -> 2;
        };
    }

    String capability() {
        return major + "." + minor;
    }
}
