package org.curvature4j.internal.gpu.driver;

import java.util.Set;

/** That the driver answered with an error. */
public final class DriverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int OUT_OF_MEMORY = 2;
    private static final int LAUNCH_TIMEOUT = 702;

    /**
     * After these the device or this process's context on it can't be used any more (CUDA Driver API, CUresult): shut
     * down, unavailable, an error of memory or of a link between devices, an illegal address, a kernel that ran too long,
     * a destroyed context, a failed assertion, errors of a kernel's stack, instructions and addresses, a failed launch,
     * unknown.
     */
    private static final Set<Integer> LOST =
            Set.of(4, 46, 214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 999);

    private final int code;

    /**
     * @param call the driver's function
     * @param code its answer, the driver's {@code CUresult}
     * @param words the driver's own name for that and what it says
     */
    public DriverException(String call, int code, String words) {
        super(call + ": " + words + " (" + code + ")");
        this.code = code;
    }

    private DriverException(String device, DriverException first) {
        super(device + ": lost since an earlier error, start the program anew; " + first.getMessage(), first);
        this.code = first.code;
    }

    private DriverException(String words) {
        super(words);
        this.code = LAUNCH_TIMEOUT;
    }

    /** What a device that was lost answers from then on. */
    public static DriverException lost(String device, DriverException first) {
        return new DriverException(device, first);
    }

    /** That what was queued on a device doesn't end, which no driver tells of; the device is lost. */
    public static DriverException endless(String device, String got) {
        return new DriverException(device + ": expected what it computes to end, got " + got);
    }

    public int code() {
        return code;
    }

    public boolean isOutOfMemory() {
        return code == OUT_OF_MEMORY;
    }

    /** Whether the device can't be used any more by this process. */
    public boolean isLost() {
        return LOST.contains(code);
    }
}
