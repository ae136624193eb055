package org.curvature4j.internal.gpu.driver;

/** The driver's functions, looked up once; those with {@code _v2} are what its header has under the plain names. */
final class CudaFunctions {
    final CudaLibrary.Call getDevice;
    final CudaLibrary.Call countDevices;
    final CudaLibrary.Call nameDevice;
    final CudaLibrary.Call deviceAttribute;
    final CudaLibrary.Call deviceMemory;
    final CudaLibrary.Call retain;
    final CudaLibrary.Call release;
    final CudaLibrary.Call setCurrent;
    final CudaLibrary.Call load;
    final CudaLibrary.Call unload;
    final CudaLibrary.Call getFunction;
    final CudaLibrary.Call functionAttribute;
    final CudaLibrary.Call memory;
    final CudaLibrary.Call allocate;
    final CudaLibrary.Call free;
    final CudaLibrary.Call allocateHost;
    final CudaLibrary.Call freeHost;
    final CudaLibrary.Call createStream;
    final CudaLibrary.Call destroyStream;
    final CudaLibrary.Call query;
    final CudaLibrary.Call toDevice;
    final CudaLibrary.Call toHost;
    final CudaLibrary.Call within;
    final CudaLibrary.Call fill;
    final CudaLibrary.Call launch;

    /** @throws IllegalStateException if the driver lacks one */
    CudaFunctions(CudaLibrary library) {
        this.getDevice = library.call("cuDeviceGet");
        this.countDevices = library.call("cuDeviceGetCount");
        this.nameDevice = library.call("cuDeviceGetName");
        this.deviceAttribute = library.call("cuDeviceGetAttribute");
        this.deviceMemory = library.call("cuDeviceTotalMem_v2");
        this.retain = library.call("cuDevicePrimaryCtxRetain");
        this.release = library.call("cuDevicePrimaryCtxRelease_v2");
        this.setCurrent = library.call("cuCtxSetCurrent");
        this.load = library.call("cuModuleLoadData");
        this.unload = library.call("cuModuleUnload");
        this.getFunction = library.call("cuModuleGetFunction");
        this.functionAttribute = library.call("cuFuncGetAttribute");
        this.memory = library.call("cuMemGetInfo_v2");
        this.allocate = library.call("cuMemAlloc_v2");
        this.free = library.call("cuMemFree_v2");
        this.allocateHost = library.call("cuMemHostAlloc");
        this.freeHost = library.call("cuMemFreeHost");
        this.createStream = library.call("cuStreamCreate");
        this.destroyStream = library.call("cuStreamDestroy_v2");
        this.query = library.call("cuStreamQuery");
        this.toDevice = library.call("cuMemcpyHtoDAsync_v2");
        this.toHost = library.call("cuMemcpyDtoHAsync_v2");
        this.within = library.call("cuMemcpyDtoDAsync_v2");
        this.fill = library.call("cuMemsetD8Async");
        this.launch = library.call("cuLaunchKernel");
    }
}
