package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Arithmetic of integers and of binary floating-point numbers, the latter rounded to nearest only. */
final class Arithmetic {
    private static final Set<String> ROUNDED = Set.of("add", "sub", "mul", "fma", "div", "rcp", "sqrt");

    private Arithmetic() {}

    static Step decode(Statement statement, Operands operands) {
        Type type = statement.type();
        return type.isFloat() ? floating(statement, operands, type) : Integers.decode(statement, operands, type);
    }

    /** That an instruction has these modifiers and no other. */
    static void modifiers(Statement statement, String... expected) {
        List<String> found = statement.opcode().subList(1, statement.opcode().size() - 1);
        if (!found.equals(List.of(expected))) {
            throw Fault.invalid(
                    "expected " + statement.name() + " with modifiers " + List.of(expected) + ", got " + found);
        }
    }

    private static Step floating(Statement statement, Operands operands, Type type) {
        String name = statement.name();
        if (ROUNDED.contains(name)) {
            // Without .rn the driver's compiler may contract.
            modifiers(statement, "rn");
        } else {
            modifiers(statement);
        }
        return switch (name) {
            case "add", "sub", "mul" -> common(name, operands, type);
            case "div" -> binary(operands, type, (a, b) -> a / b);
            case "min" -> binary(operands, type, (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.min(a, b));
            case "max" -> binary(operands, type, (a, b) -> Double.isNaN(a) ? b : Double.isNaN(b) ? a : Math.max(a, b));
            case "copysign" -> copySign(operands, type);
            case "rcp" -> unary(operands, type, a -> 1 / a);
            case "sqrt" -> unary(operands, type, Math::sqrt);
            case "neg" -> sign(operands, type, (bits, sign) -> bits ^ sign);
            case "abs" -> sign(operands, type, (bits, sign) -> bits & ~sign);
            case "fma" -> fma(operands, type);
            default -> throw Fault.invalid("instruction is not known");
        };
    }

    private static Step common(String name, Operands operands, Type type) {
        operands.count(3);
        if (type == Type.F32) {
            // Exact in float64 but for one rounding, which rounding again to float32 doesn't change.
            return binary(
                    operands,
                    type,
                    name.equals("add") ? (a, b) -> a + b : name.equals("sub") ? (a, b) -> a - b : (a, b) -> a * b);
        }
        int d = operands.out(0, type);
        int a = operands.in(1, type);
        int b = operands.in(2, type);
        return switch (name) {
            case "add" -> Loops.addF64(d, a, b);
            case "sub" -> Loops.subF64(d, a, b);
            default -> Loops.mulF64(d, a, b);
        };
    }

    private static Step binary(Operands operands, Type type, DoubleBinaryOperator operation) {
        operands.count(3);
        LongBinaryOperator bits = type == Type.F64
                ? (a, b) -> Double.doubleToLongBits(
                        operation.applyAsDouble(Double.longBitsToDouble(a), Double.longBitsToDouble(b)))
                : (a, b) -> Float.floatToIntBits(
                        (float) operation.applyAsDouble(Float.intBitsToFloat((int) a), Float.intBitsToFloat((int) b)));
        return Loops.binary(operands.out(0, type), operands.in(1, type), operands.in(2, type), bits);
    }

    private static Step unary(Operands operands, Type type, DoubleUnaryOperator operation) {
        operands.count(2);
        return Loops.unary(
                operands.out(0, type),
                operands.in(1, type),
                type == Type.F64
                        ? a -> Double.doubleToLongBits(operation.applyAsDouble(Double.longBitsToDouble(a)))
                        : a -> Float.floatToIntBits((float) operation.applyAsDouble(Float.intBitsToFloat((int) a))));
    }

    private static Step sign(Operands operands, Type type, LongBinaryOperator operation) {
        operands.count(2);
        long sign = 1L << (8 * type.bytes - 1);
        return Loops.unary(
                operands.out(0, type), operands.in(1, type), a -> type.narrow(operation.applyAsLong(a, sign)));
    }

    /** The sign of the first source and the rest of the second. */
    private static Step copySign(Operands operands, Type type) {
        operands.count(3);
        long sign = 1L << (8 * type.bytes - 1);
        return Loops.binary(
                operands.out(0, type),
                operands.in(1, type),
                operands.in(2, type),
                (a, b) -> type.narrow((a & sign) | (b & ~sign)));
    }

    private static Step fma(Operands operands, Type type) {
        operands.count(4);
        int d = operands.out(0, type);
        int a = operands.in(1, type);
        int b = operands.in(2, type);
        int c = operands.in(3, type);
        if (type == Type.F64) {
            return Loops.fmaF64(d, a, b, c);
        }
        return Loops.ternary(
                d,
                a,
                b,
                c,
                (x, y, z) -> Float.floatToIntBits(Math.fma(
                        Float.intBitsToFloat((int) x), Float.intBitsToFloat((int) y), Float.intBitsToFloat((int) z))));
    }
}
