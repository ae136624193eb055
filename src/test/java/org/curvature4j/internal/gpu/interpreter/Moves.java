package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import org.curvature4j.internal.gpu.interpreter.Operand.Kind;
import org.curvature4j.internal.gpu.interpreter.Scope.Global;
import org.curvature4j.internal.gpu.interpreter.Scope.Variable;

/** {@code mov}: of registers, constants, addresses, what the device knows of a thread, and halves. */
final class Moves {
    private Moves() {}

    static Step decode(Statement statement, Operands operands) {
        operands.count(2);
        Arithmetic.modifiers(statement);
        Type type = statement.type();
        if (type.bytes == 1) {
            throw Fault.invalid("a move has 16 bits at least");
        }
        Operand to = operands.get(0);
        Operand from = operands.get(1);
        if (to.kind() == Kind.LIST) {
            return unpack(operands, type);
        }
        if (from.kind() == Kind.LIST) {
            return pack(operands, type);
        }
        int d = operands.out(0, type);
        if (from.kind() == Kind.NAME) {
            if (Operands.isSpecial(from)) {
                if (!Type.U32.fits(type)) {
                    throw Fault.invalid("special registers have 32 bits");
                }
                return Loops.move(d, operands.special(from.word()));
            }
            Object found = statement.scope().find(from.word());
            if (found instanceof Variable || found instanceof Global) {
                if (type.bytes != 8 || type.isFloat()) {
                    throw Fault.invalid("an address has 64 bits");
                }
                return address(d, found, from.offset());
            }
        }
        return Loops.move(d, operands.in(1, type));
    }

    private static Step address(int d, Object of, long offset) {
        if (of instanceof Global global) {
            return Loops.unary(d, d, x -> global.address + offset);
        }
        Variable variable = (Variable) of;
        if (variable.space() != Space.LOCAL) {
            return Loops.unary(d, d, x -> variable.address() + offset);
        }
        return (frame, lanes, n) -> {
            for (int k = 0; k < n; k++) {
                frame.r[d][lanes[k]] = frame.localBase + variable.address() + offset;
            }
        };
    }

    private static Type half(Type type, List<Operand> parts) {
        if (type != Type.B64 || parts.size() != 2) {
            throw Fault.invalid("only two halves of .b64 are known");
        }
        return Type.B32;
    }

    private static Step pack(Operands operands, Type type) {
        Type half = half(type, operands.list(1));
        return Loops.binary(
                operands.out(0, type),
                operands.in(operands.list(1).get(0), half),
                operands.in(operands.list(1).get(1), half),
                (low, high) -> (low & 0xFFFFFFFFL) | (high << 32));
    }

    private static Step unpack(Operands operands, Type type) {
        Type half = half(type, operands.list(0));
        int low = operands.out(operands.list(0).get(0), half);
        int high = operands.out(operands.list(0).get(1), half);
        int a = operands.in(1, type);
        return (frame, lanes, n) -> {
            for (int k = 0; k < n; k++) {
                long value = frame.r[a][lanes[k]];
                frame.r[low][lanes[k]] = (int) value;
                frame.r[high][lanes[k]] = value >> 32;
            }
        };
    }
}
