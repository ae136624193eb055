package org.curvature4j.internal.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.curvature4j.internal.gpu.driver.Driver;
import org.jspecify.annotations.Nullable;

/** The devices of this machine. Asked once; without a driver there are none, and nothing is loaded. */
public final class Devices {
    private static @Nullable Devices current;

    private final List<Device> all;

    private Devices(Optional<Driver> driver) {
        List<Device> found = new ArrayList<>();
        driver.ifPresent(present -> {
            for (int i = 0; i < present.deviceCount(); i++) {
                found.add(new Device(present, i));
            }
        });
        this.all = List.copyOf(found);
    }

    /** Those of this process. */
    public static synchronized Devices get() {
        Devices devices = current;
        if (devices == null) {
            devices = new Devices(Optional.empty());
            current = devices;
        }
        return devices;
    }

    /** Has another driver answer from now on; for tests. */
    static synchronized void use(Optional<Driver> driver) {
        current = new Devices(driver);
    }

    /** In the driver's order; empty where there is no driver or no device. */
    public List<Device> all() {
        return all;
    }
}
