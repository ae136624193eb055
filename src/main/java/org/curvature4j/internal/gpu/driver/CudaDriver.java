package org.curvature4j.internal.gpu.driver;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** NVIDIA's driver itself: {@code libcuda.so.1} or {@code nvcuda.dll}, called through JNA. Needs no toolkit. */
public final class CudaDriver implements Driver {
    /** CUDA 11.0, the first whose driver takes PTX 7.0. */
    private static final int OLDEST = 11000;

    private static final int NAME_BYTES = 256;
    private static final int NON_BLOCKING = 1;
    private static final int PORTABLE = 1;
    private static final int NOT_READY = 600;

    private final int version;
    private final CudaLinker linker;
    private final CudaFunctions functions;

    private CudaDriver(CudaLibrary library) {
        int[] newest = {0};
        library.call("cuDriverGetVersion").of((Object) newest);
        this.version = newest[0];
        if (version < OLDEST) {
            throw new IllegalStateException("NVIDIA driver: expected one for CUDA " + Driver.words(OLDEST)
                    + " or newer, got one for CUDA " + Driver.words(version) + " (update the driver)");
        }
        library.call("cuInit").of(0);
        this.linker = new CudaLinker(library);
        this.functions = new CudaFunctions(library);
    }

    /**
     * Loads and starts the driver of this machine.
     *
     * @throws IllegalStateException if it can't be loaded, is too old or lacks a function, in words
     * @throws DriverException if it doesn't start, as without a device
     * @throws LinkageError if there is no JNA for this system
     */
    public static CudaDriver open() {
        return open(DriverFiles.names());
    }

    static CudaDriver open(List<String> libraries) {
        return new CudaDriver(CudaLibrary.load(libraries));
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int deviceCount() {
        return functions.countDevices.number();
    }

    @Override
    public String deviceName(int device) {
        byte[] name = new byte[NAME_BYTES];
        functions.nameDevice.of(name, NAME_BYTES, handle(device));
        return Native.toString(name, StandardCharsets.UTF_8);
    }

    @Override
    public int attribute(int device, Attribute attribute) {
        return functions.deviceAttribute.number(attribute.number(), handle(device));
    }

    @Override
    public long totalMemory(int device) {
        return functions.deviceMemory.large(handle(device));
    }

    @Override
    public long retainContext(int device) {
        return functions.retain.large(handle(device));
    }

    @Override
    public void releaseContext(int device) {
        functions.release.of(handle(device));
    }

    @Override
    public void makeCurrent(long context) {
        functions.setCurrent.of(context);
    }

    @Override
    public byte[] assemble(String ptx) {
        return linker.assemble(ptx);
    }

    @Override
    public long loadModule(byte[] image) {
        try (Memory copy = new Memory(Math.max(1, image.length))) {
            copy.write(0, image, 0, image.length);
            return functions.load.large(copy);
        }
    }

    @Override
    public void unloadModule(long module) {
        functions.unload.of(module);
    }

    @Override
    public long function(long module, String name) {
        return functions.getFunction.large(module, name);
    }

    @Override
    public int attribute(FunctionAttribute attribute, long function) {
        return functions.functionAttribute.number(attribute.number(), function);
    }

    @Override
    public long freeMemory() {
        return functions.memory.large(new long[1]);
    }

    @Override
    public long allocate(long bytes) {
        return functions.allocate.large(bytes);
    }

    @Override
    public void free(long address) {
        functions.free.of(address);
    }

    @Override
    public long allocateHost(long bytes) {
        return functions.allocateHost.large(bytes, PORTABLE);
    }

    @Override
    public void freeHost(long address) {
        functions.freeHost.of(address);
    }

    @Override
    public long createStream() {
        return functions.createStream.large(NON_BLOCKING);
    }

    @Override
    public void destroyStream(long stream) {
        functions.destroyStream.of(stream);
    }

    @Override
    public void copyToDevice(long to, long hostAddress, long bytes, long stream) {
        functions.toDevice.of(to, hostAddress, bytes, stream);
    }

    @Override
    public void copyToHost(long hostAddress, long from, long bytes, long stream) {
        functions.toHost.of(hostAddress, from, bytes, stream);
    }

    @Override
    public void copy(long to, long from, long bytes, long stream) {
        functions.within.of(to, from, bytes, stream);
    }

    @Override
    public void fill(long address, byte value, long bytes, long stream) {
        functions.fill.of(address, value, bytes, stream);
    }

    @Override
    public void launch(long function, long blocks, int threads, int sharedBytes, long[] arguments, long stream) {
        int grid = Math.toIntExact(blocks);
        try (LaunchParameters all = new LaunchParameters(arguments)) {
            functions.launch.of(
                    function, grid, 1, 1, threads, 1, 1, sharedBytes, stream, CudaLibrary.NULL, all.words());
        }
    }

    @Override
    public boolean isDone(long stream) {
        int answer = functions.query.status(stream);
        if (answer != 0 && answer != NOT_READY) {
            throw functions.query.failure(answer, "");
        }
        return answer == 0;
    }

    /** A device's handle, which isn't promised to be its number. */
    private int handle(int device) {
        int[] handle = {0};
        functions.getDevice.of(handle, device);
        return handle[0];
    }
}
