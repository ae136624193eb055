package org.curvature4j.internal.gpu.interpreter;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;
import org.jspecify.annotations.Nullable;

/** A function or an entry as written, and once decoded. */
final class Routine {
    final String name;
    final boolean entry;
    final List<Register> parameters = new ArrayList<>();
    final List<Register> results = new ArrayList<>();
    final List<Type> registers = new ArrayList<>();
    final List<Statement> statements = new ArrayList<>();
    final Map<Integer, Long> constants = new HashMap<>();
    private final Map<Long, Integer> numberOfConstant = new HashMap<>();
    boolean defined;
    int localBytes;
    int mostThreads = 1024;

    @Nullable
    Code code;

    Routine(String name, boolean entry) {
        this.name = name;
        this.entry = entry;
    }

    Register register(Type type, boolean parameter) {
        registers.add(type);
        return new Register(registers.size() - 1, type, parameter);
    }

    /** The register that always holds this. */
    int constant(long value) {
        return numberOfConstant.computeIfAbsent(value, v -> {
            int number = register(Type.B64, false).number();
            constants.put(number, v);
            return number;
        });
    }

    int reserveLocal(int bytes, int align) {
        int at = (localBytes + align - 1) / align * align;
        localBytes = at + bytes;
        return at;
    }
}
