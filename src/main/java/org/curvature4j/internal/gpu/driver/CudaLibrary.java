package org.curvature4j.internal.gpu.driver;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The driver's library in this process. Its functions answer with a {@code CUresult}. Handles, addresses and {@code size_t} are
 * Java longs, which they are on every 64-bit system, Windows included.
 */
final class CudaLibrary {
    /**
     * RTLD_NOW without RTLD_GLOBAL, which is in JNA's own choice and would let the driver's names stand in for those of
     * libraries that are loaded later.
     */
    private static final Map<String, ?> OPTIONS =
            Platform.isWindows() ? Map.of() : Map.of(Library.OPTION_OPEN_FLAGS, 2);

    /** The null pointer among arguments. */
    static final Long NULL = 0L;

    private final NativeLibrary library;
    private final Call errorName;
    private final Call errorString;

    private CudaLibrary(NativeLibrary library) {
        this.library = library;
        this.errorName = call("cuGetErrorName");
        this.errorString = call("cuGetErrorString");
    }

    /**
     * Loads the first of some libraries that can be loaded.
     *
     * @throws IllegalStateException if none can, with the loader's words on the first
     */
    static CudaLibrary load(List<String> names) {
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw new IllegalStateException(
                    "NVIDIA driver: expected a 64-bit Java, got one of " + 8 * Native.POINTER_SIZE + " bits");
        }
        UnsatisfiedLinkError first = null;
        for (String name : names) {
            try {
                return new CudaLibrary(NativeLibrary.getInstance(name, OPTIONS));
            } catch (UnsatisfiedLinkError e) {
                first = first == null ? e : first;
            }
        }
        String words = first == null ? "no name of it is known" : String.valueOf(first.getMessage());
        throw new IllegalStateException(
                "NVIDIA driver: can't be loaded: " + words.lines().findFirst().orElse(""), first);
    }

    /**
     * Looks a function up.
     *
     * @throws IllegalStateException if the driver doesn't have it
     */
    Call call(String name) {
        try {
            return new Call(name, library.getFunction(name));
        } catch (UnsatisfiedLinkError e) {
            throw new IllegalStateException(
                    "NVIDIA driver: expected one with the function " + name + ", got one without (update the driver)",
                    e);
        }
    }

    /** A function of the driver. */
    final class Call {
        private final String name;
        private final Function function;

        private Call(String name, Function function) {
            this.name = name;
            this.function = function;
        }

        /**
         * Calls it.
         *
         * @param arguments ints, longs, arrays of them that are read and written, pointers
         * @throws DriverException if it answers with an error
         */
        void of(Object... arguments) {
            int answer = status(arguments);
            if (answer != 0) {
                throw failure(answer, "");
            }
        }

        /** Calls it and gives its answer, 0 where all is well. */
        int status(Object... arguments) {
            return function.invokeInt(arguments);
        }

        /** Calls a function whose first argument is where it writes an int, given the others. */
        int number(Object... rest) {
            int[] answer = {0};
            of(with(answer, rest));
            return answer[0];
        }

        /** Calls a function whose first argument is where it writes a handle, an address or a size, given the others. */
        long large(Object... rest) {
            long[] answer = {0};
            of(with(answer, rest));
            return answer[0];
        }

        DriverException failure(int code, String more) {
            String words = text(errorName, code) + ", " + text(errorString, code);
            return new DriverException(name, code, more.isEmpty() ? words : words + ": " + more);
        }
    }

    private static String text(Call asked, int code) {
        long[] address = {0};
        return asked.status(code, address) == 0 && address[0] != 0
                ? new Pointer(address[0]).getString(0)
                : "an error that this driver has no words for";
    }

    private static Object[] with(Object first, Object[] rest) {
        return Stream.concat(Stream.of(first), Arrays.stream(rest)).toArray();
    }
}
