package org.curvature4j.internal.gpu.ptx;

import java.util.List;
import org.objectweb.asm.Opcodes;

/** Arithmetic of ints that are known when compiling: lengths of arrays, and branches that are never taken. */
final class Known {
    /** Of the JVM's comparisons, in the order of their instructions. */
    private static final List<String> CONDITIONS = List.of("eq", "ne", "lt", "ge", "gt", "le");

    private Known() {}

    static boolean has(int opcode) {
        return opcode == Opcodes.IADD
                || opcode == Opcodes.ISUB
                || opcode == Opcodes.IMUL
                || opcode == Opcodes.INEG
                || opcode == Opcodes.I2L
                || opcode == Opcodes.I2D;
    }

    static Operand value(int opcode, List<Operand> operands) {
        int x = operands.get(0).value();
        int y = operands.get(operands.size() - 1).value();
        return switch (opcode) {
            case Opcodes.IADD -> Operand.of(x + y);
            case Opcodes.ISUB -> Operand.of(x - y);
            case Opcodes.IMUL -> Operand.of(x * y);
            case Opcodes.INEG -> Operand.of(-x);
            case Opcodes.I2L -> Operand.literal((long) x);
            default -> Operand.literal((double) x);
        };
    }

    /** What a jump compares by, the first of its kind being given. */
    static String condition(MethodCode code, Instruction.Jump jump, int first) {
        int at = jump.opcode() - first;
        if (at < 0 || at >= CONDITIONS.size()) {
            throw code.refused("comparisons of numbers", "one of references");
        }
        return CONDITIONS.get(at);
    }

    /** Whether a comparison by its name holds. */
    static boolean holds(String condition, int x, int y) {
        return switch (condition) {
            case "eq" -> x == y;
            case "ne" -> x != y;
            case "lt" -> x < y;
            case "ge" -> x >= y;
            case "gt" -> x > y;
            default -> x <= y;
        };
    }
}
