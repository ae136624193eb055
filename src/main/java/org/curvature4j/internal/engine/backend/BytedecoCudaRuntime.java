package org.curvature4j.internal.engine.backend;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.curvature4j.internal.gpu.driver.DriverFiles;

/**
 * CUDA through the bindings that ND4J's CUDA backend brings. By reflection: a build without the profile {@code cuda}
 * doesn't have these classes.
 */
final class BytedecoCudaRuntime implements CudaRuntime {

    private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";
    private static final String CUDART = "org.bytedeco.cuda.global.cudart";
    private static final String DEVICE_PROPERTIES = "org.bytedeco.cuda.cudart.cudaDeviceProp";
    /** In this order: each needs those before it. */
    private static final List<String> LIBRARIES = List.of(
            "org.bytedeco.cuda.global.cublas",
            "org.bytedeco.cuda.global.cusolver",
            "org.nd4j.linalg.jcublas.bindings.Nd4jCuda");

    @Override
    public boolean built() {
        return BytedecoCudaRuntime.class.getClassLoader().getResource(BACKEND) != null;
    }

    @Override
    public boolean driver() {
        return DriverFiles.present();
    }

    @Override
    public void loadRuntime() {
        initialize(CUDART);
    }

    @Override
    public int devices() {
        int[] count = {0};
        check((int) call(CUDART, "cudaGetDeviceCount", new Class<?>[] {int[].class}, count));
        return count[0];
    }

    @Override
    public CudaDevice device(int index) {
        try {
            Class<?> type = initialize(DEVICE_PROPERTIES);
            Object properties = type.getConstructor().newInstance();
            check((int) call(CUDART, "cudaGetDeviceProperties", new Class<?>[] {type, int.class}, properties, index));
            BytePointer name = (BytePointer) type.getMethod("name").invoke(properties);
            return new CudaDevice(
                    index,
                    name.getString(),
                    (int) type.getMethod("major").invoke(properties),
                    (int) type.getMethod("minor").invoke(properties),
                    (long) type.getMethod("totalGlobalMem").invoke(properties));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CUDA's bindings have changed: " + e.getMessage(), e);
        }
    }

    @Override
    public void loadLibraries() {
        LIBRARIES.forEach(BytedecoCudaRuntime::initialize);
    }

    private static void check(int status) {
        if (status != 0) {
            BytePointer text = (BytePointer) call(CUDART, "cudaGetErrorString", new Class<?>[] {int.class}, status);
            throw new IllegalStateException(text.getString());
        }
    }

    /** Runs a class's static initialiser, which loads its native library. */
    private static Class<?> initialize(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError(name);
        }
    }

    private static Object call(String type, String method, Class<?>[] types, Object... arguments) {
        try {
            return initialize(type).getMethod(method, types).invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("CUDA's bindings have changed: " + e.getMessage(), e);
        }
    }
}
