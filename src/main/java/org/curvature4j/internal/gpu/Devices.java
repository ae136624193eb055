package org.curvature4j.internal.gpu;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.gpu.driver.CudaDriver;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.driver.DriverFiles;
import org.curvature4j.internal.host.Resources;
import org.jspecify.annotations.Nullable;

/**
 * The devices of this machine. Asked once; without a driver there are none, and nothing is loaded. Which of them a process
 * sees, and in which order, is the driver's to say: it heeds {@code CUDA_VISIBLE_DEVICES}.
 */
public final class Devices {
    private static @Nullable Devices current;

    private final List<Device> all;
    private final String machine;

    private Devices(List<Device> all, String machine) {
        this.all = List.copyOf(all);
        this.machine = machine;
    }

    /** Those of this process. */
    public static synchronized Devices get() {
        Devices devices = current;
        if (devices == null) {
            devices = DriverFiles.present() ? opened() : new Devices(List.of(), "a machine without NVIDIA's driver");
            current = devices;
        }
        return devices;
    }

    private static Devices opened() {
        try {
            return of(CudaDriver.open(), CodeFiles.ofUser());
        } catch (DriverException | IllegalStateException | LinkageError e) {
            return none(e);
        }
    }

    private static Devices of(Driver driver, Optional<CodeFiles> files) {
        List<Device> found = new ArrayList<>();
        try {
            for (int i = 0; i < driver.deviceCount(); i++) {
                found.add(new Device(driver, i, files));
            }
            String words = "an NVIDIA driver for CUDA " + Driver.words(driver.version());
            return new Devices(found, words + (found.isEmpty() ? " and no GPU" : ""));
        } catch (DriverException e) {
            return none(e);
        }
    }

    private static Devices none(Throwable error) {
        return new Devices(List.of(), "an NVIDIA driver that can't be used: " + error.getMessage());
    }

    /** Has another driver answer from now on; for tests. What the devices of before hold is given back. */
    static synchronized void use(Optional<Driver> driver) {
        use(driver, Optional.empty());
    }

    static synchronized void use(Optional<Driver> driver, Optional<CodeFiles> files) {
        Resources before = new Resources();
        if (current != null) {
            current.all.forEach(device -> before.add(device::close));
        }
        current = driver.map(present -> of(present, files))
                .orElseGet(() -> new Devices(List.of(), "a machine without NVIDIA's driver"));
        before.close();
    }

    /** Has devices count as lost from now on that don't end what they compute within this; zero: never. */
    public static void waitAtMost(Duration duration) {
        Patience.atMost(duration);
    }

    /** In the driver's order; empty where there is no driver or no device. */
    public List<Device> all() {
        return all;
    }

    /** What was found, as in "an NVIDIA driver for CUDA 12.4" or "a machine without NVIDIA's driver". */
    public String machine() {
        return machine;
    }
}
