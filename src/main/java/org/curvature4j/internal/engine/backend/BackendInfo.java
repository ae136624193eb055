package org.curvature4j.internal.engine.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What computes, and why: what {@code curvature doctor} prints.
 *
 * @param name {@code cpu} or {@code cuda}
 * @param asked the backend that was asked for, by the build or by {@code curvature4j.backend}
 * @param why one sentence: why this backend
 * @param devices what computes, one entry a device
 * @param blas the BLAS library that ND4J calls, and its threads
 * @param settings threads, tiles and memory in use
 * @param limits memory limits in bytes by name, in the order to show them
 * @param versions versions by name, in the order to show them
 */
public record BackendInfo(
        String name,
        String asked,
        String why,
        List<String> devices,
        String blas,
        Settings settings,
        Map<String, Long> limits,
        Map<String, String> versions) {

    /** Copies the collections, in their order. */
    public BackendInfo {
        devices = List.copyOf(devices);
        limits = Collections.unmodifiableMap(new LinkedHashMap<>(limits));
        versions = Collections.unmodifiableMap(new LinkedHashMap<>(versions));
    }

    /** The same with other settings. */
    BackendInfo with(Settings others, Map<String, Long> theirs) {
        return new BackendInfo(name, asked, why, devices, blas, others, theirs, versions);
    }

    /**
     * Whether another backend was asked for than the one in use.
     *
     * @return true after a fall-back to the CPU
     */
    public boolean fellBack() {
        return !name.equals(asked);
    }
}
