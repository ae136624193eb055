package org.curvature4j.internal.gpu.interpreter;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.interpreter.Scope.Global;

/** A text of PTX, parsed. */
final class Module {
    /** What a constant bank holds. */
    private static final int CONSTANT_BYTES = 65536;

    final Scope scope = new Scope(null);
    final Map<String, Routine> routines = new LinkedHashMap<>();
    final List<Global> globals = new ArrayList<>();
    final ByteArrayOutputStream constants = new ByteArrayOutputStream();
    int version;
    int target;
    /** Of those that need most. */
    int sharedBytes;

    /** Taken so far; what an entry declares is its own, and lies where another's does. */
    int sharedTop;

    long addConstants(byte[] values, int align) {
        while (constants.size() % align != 0) {
            constants.write(0);
        }
        long at = constants.size();
        constants.writeBytes(values);
        if (constants.size() > CONSTANT_BYTES) {
            throw Fault.invalid(".const is over " + CONSTANT_BYTES + " bytes");
        }
        return at;
    }

    int reserveShared(int bytes, int align) {
        int at = (sharedTop + align - 1) / align * align;
        sharedTop = at + bytes;
        sharedBytes = Math.max(sharedBytes, sharedTop);
        if (sharedBytes > 48 * 1024) {
            throw Fault.invalid(".shared is over 48 KB");
        }
        return at;
    }

    void need(int ofVersion, int ofTarget, String what) {
        if (version < ofVersion || target < ofTarget) {
            throw Fault.invalid(
                    what + " needs .version " + ofVersion / 10 + "." + ofVersion % 10 + " and .target sm_" + ofTarget);
        }
    }
}
