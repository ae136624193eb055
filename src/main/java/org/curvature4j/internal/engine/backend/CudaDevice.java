package org.curvature4j.internal.engine.backend;

import java.util.Locale;

/**
 * A CUDA device.
 *
 * @param index its number, from 0
 * @param name NVIDIA's name of it
 * @param major compute capability before the point
 * @param minor compute capability behind the point
 * @param memory bytes
 */
record CudaDevice(int index, String name, int major, int minor, long memory) {

    /**
     * Whether ND4J's CUDA library holds machine code for this device. The library of ND4J 1.0.0-M2.1 has SASS for
     * compute capabilities 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6, and no PTX that a driver could translate for
     * others. Code runs on devices of the same major and an equal or higher minor capability (CUDA C++ Programming Guide
     * 11.6, section 3.1.2, Binary Compatibility).
     */
    boolean hasCode() {
        return switch (major) {
            case 3 -> minor >= 7;
            case 5, 6, 7, 8 -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "CUDA device %d: %s, compute capability %d.%d, %.1f GiB",
                index,
                name,
                major,
                minor,
                memory / 0x1p30);
    }
}
