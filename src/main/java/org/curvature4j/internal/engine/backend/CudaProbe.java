package org.curvature4j.internal.engine.backend;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds out whether ND4J can compute on CUDA before ND4J itself tries: its own attempt prints a stack trace, and one
 * that fails half-way leaves the JVM without any backend.
 *
 * @param usable whether CUDA can compute
 * @param reason why it can or can't: a clause, to stand inside a sentence
 * @param devices the devices that were seen, usable or not
 */
record CudaProbe(boolean usable, String reason, List<CudaDevice> devices) {

    private static final String HINT =
            ", and newer toolkits don't count: install it, build with -Pcuda,cuda-redist, or take"
                    + " --device gpu, which needs none: ";

    CudaProbe {
        devices = List.copyOf(devices);
    }

    /** Asks from the cheapest question to the dearest, and stops at the first "no". */
    static CudaProbe of(CudaRuntime cuda) {
        if (!cuda.built()) {
            return no("this build has no CUDA library: build with -Pcuda");
        }
        if (!cuda.driver()) {
            return no("no NVIDIA driver on this machine");
        }
        try {
            cuda.loadRuntime();
        } catch (LinkageError e) {
            return no("CUDA 11.6 is missing" + HINT + firstLine(e));
        }
        List<CudaDevice> devices = new ArrayList<>();
        try {
            int count = cuda.devices();
            for (int i = 0; i < count; i++) {
                devices.add(cuda.device(i));
            }
        } catch (IllegalStateException e) {
            return no("CUDA doesn't answer: " + firstLine(e));
        }
        if (devices.isEmpty()) {
            return no("no CUDA device on this machine");
        }
        for (CudaDevice device : devices) {
            if (!device.hasCode()) {
                return new CudaProbe(false, withoutCode(device, devices.size()), devices);
            }
        }
        try {
            cuda.loadLibraries();
        } catch (LinkageError e) {
            return new CudaProbe(false, "a library of CUDA 11.6 is missing" + HINT + firstLine(e), devices);
        }
        return new CudaProbe(
                true, devices.size() == 1 ? "1 usable device" : devices.size() + " usable devices", devices);
    }

    private static String withoutCode(CudaDevice device, int count) {
        String reason = device.name() + " has compute capability " + device.major() + "." + device.minor()
                + ", and ND4J's CUDA library holds code for 3.7 to 8.6 only"
                + (device.major() > 8 ? " (--device gpu computes there)" : "");
        return count == 1 ? reason : reason + "; hide device " + device.index() + " with CUDA_VISIBLE_DEVICES";
    }

    private static CudaProbe no(String reason) {
        return new CudaProbe(false, reason, List.of());
    }

    /** The innermost cause's message, on one line. */
    private static String firstLine(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.lines().findFirst().orElse("").strip();
    }
}
