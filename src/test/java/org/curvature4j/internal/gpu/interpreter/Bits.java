package org.curvature4j.internal.gpu.interpreter;

import java.util.function.LongUnaryOperator;

/** Logic and shifts. */
final class Bits {
    private Bits() {}

    static Step decode(Statement statement, Operands operands) {
        Type type = statement.type();
        Arithmetic.modifiers(statement);
        return switch (statement.name()) {
            case "and", "or", "xor", "not" -> logic(statement.name(), operands, bits(type));
            case "shl", "shr" -> shift(statement.name(), operands, type);
            default -> counted(statement.name(), operands, type);
        };
    }

    private static Type bits(Type type) {
        if (!type.isBits() && type != Type.PRED) {
            throw Fault.invalid("expected a type of bits");
        }
        return type;
    }

    private static Step logic(String name, Operands operands, Type type) {
        int d = operands.out(0, type);
        int a = operands.in(1, type);
        if (name.equals("not")) {
            operands.count(2);
            return Loops.unary(d, a, type == Type.PRED ? x -> x ^ 1 : x -> ~x);
        }
        operands.count(3);
        int b = operands.in(2, type);
        return switch (name) {
            case "and" -> Loops.binary(d, a, b, (x, y) -> x & y);
            case "or" -> Loops.binary(d, a, b, (x, y) -> x | y);
            default -> Loops.binary(d, a, b, (x, y) -> x ^ y);
        };
    }

    private static Step shift(String name, Operands operands, Type type) {
        operands.count(3);
        boolean left = name.equals("shl");
        if (left ? !type.isBits() : type.isFloat()) {
            throw Fault.invalid("shift of ." + type.spelled() + " is not known");
        }
        int bits = 8 * type.bytes;
        int d = operands.out(0, type);
        int a = operands.in(1, type);
        int by = operands.in(2, Type.U32);
        return Loops.binary(d, a, by, (x, y) -> {
            long distance = Math.min(Type.U32.value(y), bits);
            if (left) {
                return distance == bits ? 0 : type.narrow(x << distance);
            }
            if (type.isSigned()) {
                return type.value(x) >> Math.min(distance, 63);
            }
            return distance == bits ? 0 : type.narrow(type.value(x) >>> distance);
        });
    }

    private static Step counted(String name, Operands operands, Type type) {
        operands.count(2);
        if (type.bytes < 4) {
            throw Fault.invalid("expected a type of 32 or 64 bits");
        }
        int spare = 64 - 8 * type.bytes;
        Type unsigned = type.bytes == 4 ? Type.U32 : Type.U64;
        LongUnaryOperator operation =
                switch (name) {
                    case "popc" -> x -> Long.bitCount(unsigned.value(x));
                    case "clz" -> x -> Long.numberOfLeadingZeros(unsigned.value(x)) - spare;
                    case "brev" -> x -> type.narrow(Long.reverse(x) >>> spare);
                    default -> x -> highest(type, x);
                };
        if (!name.equals("bfind")) {
            bits(type);
        }
        return Loops.unary(operands.out(0, name.equals("brev") ? type : Type.U32), operands.in(1, type), operation);
    }

    /** The place of the highest bit that isn't the sign's, or all ones. */
    private static long highest(Type type, long register) {
        long value = type.value(register);
        long seen = type.isSigned() && value < 0 ? ~value : value;
        return 63L - Long.numberOfLeadingZeros(seen);
    }
}
