package org.curvature4j.internal.engine.backend;

import java.util.ArrayList;
import java.util.List;

/** A machine as a test wants it; notes what it was asked. */
final class FakeCudaRuntime implements CudaRuntime {

    final List<String> asked = new ArrayList<>();
    boolean built = true;
    boolean driver = true;
    String missingRuntime = "";
    String missingLibrary = "";
    String error = "";
    private final List<CudaDevice> devices;

    FakeCudaRuntime(CudaDevice... devices) {
        this.devices = List.of(devices);
    }

    @Override
    public boolean built() {
        asked.add("built");
        return built;
    }

    @Override
    public boolean driver() {
        asked.add("driver");
        return driver;
    }

    @Override
    public void loadRuntime() {
        asked.add("runtime");
        if (!missingRuntime.isEmpty()) {
            throw new UnsatisfiedLinkError(missingRuntime);
        }
    }

    @Override
    public int devices() {
        asked.add("devices");
        if (!error.isEmpty()) {
            throw new IllegalStateException(error);
        }
        return devices.size();
    }

    @Override
    public CudaDevice device(int index) {
        return devices.get(index);
    }

    @Override
    public void loadLibraries() {
        asked.add("libraries");
        if (!missingLibrary.isEmpty()) {
            throw new ExceptionInInitializerError(new UnsatisfiedLinkError(missingLibrary));
        }
    }
}
