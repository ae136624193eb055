package org.curvature4j.internal.gpu.interpreter;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What names mean between braces. */
final class Scope {
    private final @Nullable Scope outer;
    private final Map<String, Object> names = new HashMap<>();

    /** A register or a parameter, by its number in the frame. */
    record Register(int number, Type type, boolean parameter) {}

    /** Memory with a name; an address is within the space. */
    record Variable(Space space, long address) {}

    /** A place in the code. */
    record Label(int at) {}

    /** A module's memory on the device, whose address is known once the module has been loaded. */
    static final class Global {
        final byte[] initial;
        long address;

        Global(byte[] initial) {
            this.initial = initial;
        }
    }

    Scope(@Nullable Scope outer) {
        this.outer = outer;
    }

    void declare(String name, Object meaning) {
        if (names.putIfAbsent(name, meaning) != null) {
            throw Fault.invalid(name + " is declared twice");
        }
    }

    @Nullable
    Object find(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object found = scope.names.get(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
