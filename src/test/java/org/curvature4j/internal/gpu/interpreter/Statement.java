package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction as written.
 *
 * @param predicate the register that guards it, after a {@code !} where it is the other way round
 * @param opcode the words between the dots
 * @param scope what its names mean
 */
record Statement(
        int line, @Nullable Operand predicate, List<String> opcode, List<Operand> operands, Scope scope, String text) {

    String name() {
        return opcode.get(0);
    }

    boolean has(String modifier) {
        return opcode.subList(1, opcode.size()).contains(modifier);
    }

    /** The last of its types. */
    Type type() {
        String last = opcode.get(opcode.size() - 1);
        return Type.of(last);
    }
}
