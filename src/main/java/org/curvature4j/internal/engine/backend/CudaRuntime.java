package org.curvature4j.internal.engine.backend;

/** The few questions to CUDA that decide whether ND4J can use it. Asked in the order in which they stand here. */
interface CudaRuntime {

    /** Whether ND4J's CUDA backend is part of this program. */
    boolean built();

    /** Whether there is an NVIDIA driver, found without loading any native library. */
    boolean driver();

    /**
     * Loads CUDA's runtime library.
     *
     * @throws LinkageError if it or something that it needs is missing
     */
    void loadRuntime();

    /**
     * How many devices CUDA sees.
     *
     * @throws IllegalStateException with CUDA's own words if it can't be asked
     */
    int devices();

    /** Name, compute capability and memory of a device. */
    CudaDevice device(int index);

    /**
     * Loads what ND4J needs beyond the runtime: cuBLAS, cuSOLVER and ND4J's own CUDA library.
     *
     * @throws LinkageError if one is missing
     */
    void loadLibraries();
}
