package org.curvature4j.internal.gpu.interpreter;

import java.util.function.LongBinaryOperator;

/** Arithmetic of integers. */
final class Integers {
    private Integers() {}

    static Step decode(Statement statement, Operands operands, Type type) {
        if (!type.isInteger() || type.bytes == 1) {
            throw Fault.invalid("instruction is not known");
        }
        String name = statement.name();
        if (name.equals("mul") || name.equals("mad")) {
            return product(statement, operands, type);
        }
        Arithmetic.modifiers(statement);
        if (name.equals("neg") || name.equals("abs")) {
            operands.count(2);
            if (!type.isSigned()) {
                throw Fault.invalid("the type has no sign");
            }
            boolean abs = name.equals("abs");
            return Loops.unary(operands.out(0, type), operands.in(1, type), a -> type.narrow(abs ? Math.abs(a) : -a));
        }
        operands.count(3);
        int d = operands.out(0, type);
        int a = operands.in(1, type);
        int b = operands.in(2, type);
        if (name.equals("add") && type.bytes == 8) {
            return Loops.addS64(d, a, b);
        }
        LongBinaryOperator operation = operation(name, type);
        return Loops.binary(d, a, b, (x, y) -> type.narrow(operation.applyAsLong(type.value(x), type.value(y))));
    }

    private static LongBinaryOperator operation(String name, Type type) {
        boolean unsigned = type == Type.U64;
        return switch (name) {
            case "add" -> (x, y) -> x + y;
            case "sub" -> (x, y) -> x - y;
            case "min" -> (x, y) -> smaller(x, y, unsigned) ? x : y;
            case "max" -> (x, y) -> smaller(x, y, unsigned) ? y : x;
            case "div" -> (x, y) -> unsigned ? Long.divideUnsigned(x, divisor(y)) : x / divisor(y);
            case "rem" -> (x, y) -> unsigned ? Long.remainderUnsigned(x, divisor(y)) : x % divisor(y);
            default -> throw Fault.invalid("instruction is not known");
        };
    }

    static boolean smaller(long x, long y, boolean unsigned) {
        return unsigned ? Long.compareUnsigned(x, y) < 0 : x < y;
    }

    private static long divisor(long y) {
        if (y == 0) {
            throw Fault.failed("division by zero, which has no defined result");
        }
        return y;
    }

    private static Step product(Statement statement, Operands operands, Type type) {
        String part = statement.opcode().get(1);
        Arithmetic.modifiers(statement, part);
        boolean mad = statement.name().equals("mad");
        operands.count(mad ? 4 : 3);
        Type result = part.equals("wide") ? wider(type) : type;
        LongBinaryOperator times =
                switch (part) {
                    case "lo", "wide" -> (x, y) -> result.narrow(type.value(x) * type.value(y));
                    case "hi" -> (x, y) -> high(type, type.value(x), type.value(y));
                    default -> throw Fault.invalid("expected .lo, .hi or .wide");
                };
        int d = operands.out(0, result);
        int a = operands.in(1, type);
        int b = operands.in(2, type);
        if (!mad) {
            return Loops.binary(d, a, b, times);
        }
        return Loops.ternary(d, a, b, operands.in(3, result), (x, y, z) -> result.narrow(times.applyAsLong(x, y) + z));
    }

    private static Type wider(Type type) {
        return switch (type) {
            case U16 -> Type.U32;
            case S16 -> Type.S32;
            case U32 -> Type.U64;
            case S32 -> Type.S64;
            default -> throw Fault.invalid("expected a type of 16 or 32 bits");
        };
    }

    private static long high(Type type, long x, long y) {
        if (type.bytes < 8) {
            return type.narrow((x * y) >> (8 * type.bytes));
        }
        long high = Math.multiplyHigh(x, y);
        return type == Type.S64 ? high : high + ((x >> 63) & y) + ((y >> 63) & x);
    }
}
