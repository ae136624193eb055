package org.curvature4j.internal.gpu.driver;

/**
 * What is asked of NVIDIA's driver: the part of the CUDA driver API (CUDA Driver API, reference manual) that this project
 * needs. Handles and addresses are numbers; what acts on a context acts on the one that the calling thread has made current. Safe for
 * several threads. Every method throws {@link DriverException} where the driver answers with an error; a copy or a launch
 * may tell of an earlier one's.
 */
public interface Driver {

    /** The newest CUDA that the driver knows: 12040 for 12.4. */
    int version();

    /** A version as people write it: "12.4" for 12040. */
    static String words(int version) {
        return version / 1000 + "." + version % 1000 / 10;
    }

    int deviceCount();

    String deviceName(int device);

    int attribute(int device, Attribute attribute);

    /** Bytes of the device's memory. */
    long totalMemory(int device);

    /** The device's primary context, which others in this process may use too; to be released as often as retained. */
    long retainContext(int device);

    void releaseContext(int device);

    /** Makes a context the calling thread's. */
    void makeCurrent(long context);

    /**
     * Machine code for the current context's device.
     *
     * @throws DriverException if the driver's compiler refuses the text; its message has what the compiler says
     */
    byte[] assemble(String ptx);

    /** Loads machine code that {@link #assemble} made for a device of this kind. */
    long loadModule(byte[] image);

    void unloadModule(long module);

    long function(long module, String name);

    int attribute(FunctionAttribute attribute, long function);

    /** Bytes of device memory that are free now, whoever uses the rest. */
    long freeMemory();

    long allocate(long bytes);

    void free(long address);

    /** Memory of this machine that the device reads and writes directly; its address is one of this process. */
    long allocateHost(long bytes);

    void freeHost(long address);

    long createStream();

    void destroyStream(long stream);

    /** Queues a copy from memory of this process, which must stay until the stream has been waited for. */
    void copyToDevice(long to, long hostAddress, long bytes, long stream);

    void copyToHost(long hostAddress, long from, long bytes, long stream);

    /** Queues a copy within a device. */
    void copy(long to, long from, long bytes, long stream);

    /** Queues setting every byte. */
    void fill(long address, byte value, long bytes, long stream);

    /**
     * Queues a kernel.
     *
     * @param sharedBytes of memory that a block's threads share, beyond what the kernel itself declares
     * @param arguments 8 bytes for each parameter, in order: addresses, longs and bits of doubles
     */
    void launch(long function, long blocks, int threads, int sharedBytes, long[] arguments, long stream);

    /** Whether everything in a stream is done; doesn't wait. */
    boolean isDone(long stream);
}
