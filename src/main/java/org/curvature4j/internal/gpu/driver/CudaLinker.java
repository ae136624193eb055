package org.curvature4j.internal.gpu.driver;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The driver's compiler of PTX, which it calls the linker. */
final class CudaLinker {
    /** The numbers of {@code CUjit_option}: the buffer of what it says of its work and that one's size, and of errors. */
    private static final int[] OPTIONS = {3, 4, 5, 6};

    /** {@code CU_JIT_INPUT_PTX}. */
    private static final int PTX = 1;

    private static final int LOG_BYTES = 8192;

    private final CudaLibrary.Call create;
    private final CudaLibrary.Call add;
    private final CudaLibrary.Call complete;
    private final CudaLibrary.Call destroy;

    CudaLinker(CudaLibrary library) {
        this.create = library.call("cuLinkCreate_v2");
        this.add = library.call("cuLinkAddData_v2");
        this.complete = library.call("cuLinkComplete");
        this.destroy = library.call("cuLinkDestroy");
    }

    /**
     * Machine code for the current context's device.
     *
     * @throws DriverException with what the compiler says
     */
    byte[] assemble(String ptx) {
        byte[] text = ptx.getBytes(StandardCharsets.UTF_8);
        // In native memory, not in arrays: the driver keeps to the addresses from one call to the next.
        try (Memory input = new Memory(text.length + 1L);
                Memory names = new Memory((long) OPTIONS.length * Integer.BYTES);
                Memory values = new Memory((long) OPTIONS.length * Long.BYTES);
                Memory log = new Memory(2 * LOG_BYTES)) {
            input.write(0, text, 0, text.length);
            input.setByte(text.length, (byte) 0);
            log.clear();
            names.write(0, OPTIONS, 0, OPTIONS.length);
            Pointer errors = log.share(LOG_BYTES);
            long[] given = {Pointer.nativeValue(log), LOG_BYTES, Pointer.nativeValue(errors), LOG_BYTES};
            values.write(0, given, 0, given.length);
            long[] state = {0};
            create.of(OPTIONS.length, names, values, state);
            try {
                check(
                        add,
                        add.status(
                                state[0],
                                PTX,
                                input,
                                text.length + 1L,
                                "kernels",
                                0,
                                CudaLibrary.NULL,
                                CudaLibrary.NULL),
                        log,
                        errors);
                long[] image = {0};
                long[] bytes = {0};
                check(complete, complete.status(state[0], image, bytes), log, errors);
                return new Pointer(image[0]).getByteArray(0, Math.toIntExact(bytes[0]));
            } finally {
                // Its answer can't say more than the errors before, and there is nothing to be done about it.
                destroy.status(state[0]);
            }
        }
    }

    private static void check(CudaLibrary.Call call, int answer, Pointer log, Pointer errors) {
        if (answer != 0) {
            List<String> lines = new ArrayList<>();
            for (Pointer each : List.of(errors, log)) {
                each.getString(0)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(lines::add);
            }
            throw call.failure(answer, lines.stream().collect(Collectors.joining("; ")));
        }
    }
}
