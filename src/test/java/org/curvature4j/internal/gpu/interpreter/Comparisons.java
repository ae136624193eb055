package org.curvature4j.internal.gpu.interpreter;

import java.util.List;
import java.util.function.LongPredicate;
import org.curvature4j.internal.gpu.interpreter.Loops.Comparison;

/** What sets or follows a predicate. */
final class Comparisons {
    private Comparisons() {}

    static Step decode(Statement statement, Operands operands) {
        Type type = statement.type();
        return switch (statement.name()) {
            case "selp" -> {
                operands.count(4);
                Arithmetic.modifiers(statement);
                yield Loops.ternary(
                        operands.out(0, type),
                        operands.in(1, type),
                        operands.in(2, type),
                        operands.in(3, Type.PRED),
                        (a, b, p) -> p != 0 ? a : b);
            }
            case "testp" -> {
                operands.count(2);
                LongPredicate property = property(statement.opcode().get(1), type);
                yield Loops.unary(operands.out(0, Type.PRED), operands.in(1, type), a -> property.test(a) ? 1 : 0);
            }
            default -> setp(statement, operands, type);
        };
    }

    private static Step setp(Statement statement, Operands operands, Type type) {
        List<String> words = statement.opcode();
        String joined = words.size() == 4 ? words.get(2) : "";
        if (words.size() < 3 || words.size() > 4) {
            throw Fault.invalid("instruction is not known");
        }
        operands.count(joined.isEmpty() ? 3 : 4);
        Comparison comparison = type.isFloat() ? floating(words.get(1), type) : integer(words.get(1), type);
        int d = operands.out(0, Type.PRED);
        int a = operands.in(1, type);
        int b = operands.in(2, type);
        if (joined.isEmpty()) {
            return Loops.binary(d, a, b, (x, y) -> comparison.of(x, y) ? 1 : 0);
        }
        int c = operands.in(3, Type.PRED);
        return switch (joined) {
            case "and" -> Loops.ternary(d, a, b, c, (x, y, p) -> comparison.of(x, y) ? p : 0);
            case "or" -> Loops.ternary(d, a, b, c, (x, y, p) -> comparison.of(x, y) ? 1 : p);
            case "xor" -> Loops.ternary(d, a, b, c, (x, y, p) -> comparison.of(x, y) ? p ^ 1 : p);
            default -> throw Fault.invalid("expected and, or, xor, got " + joined);
        };
    }

    private static double number(long bits, Type type) {
        return type == Type.F64 ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
    }

    private static Comparison floating(String name, Type type) {
        if (name.equals("num") || name.equals("nan")) {
            boolean wanted = name.equals("nan");
            return (x, y) -> (Double.isNaN(number(x, type)) || Double.isNaN(number(y, type))) == wanted;
        }
        return switch (name) {
            case "eq" -> (x, y) -> number(x, type) == number(y, type);
            // True only of two numbers, unlike Java's.
            case "ne" -> (x, y) -> number(x, type) < number(y, type) || number(x, type) > number(y, type);
            case "lt" -> (x, y) -> number(x, type) < number(y, type);
            case "le" -> (x, y) -> number(x, type) <= number(y, type);
            case "gt" -> (x, y) -> number(x, type) > number(y, type);
            case "ge" -> (x, y) -> number(x, type) >= number(y, type);
            case "equ" -> (x, y) -> !(number(x, type) < number(y, type)) && !(number(x, type) > number(y, type));
            case "neu" -> (x, y) -> number(x, type) != number(y, type);
            case "ltu" -> (x, y) -> !(number(x, type) >= number(y, type));
            case "leu" -> (x, y) -> !(number(x, type) > number(y, type));
            case "gtu" -> (x, y) -> !(number(x, type) <= number(y, type));
            case "geu" -> (x, y) -> !(number(x, type) < number(y, type));
            default -> throw Fault.invalid("comparison " + name + " of ." + type.spelled() + " is not known");
        };
    }

    private static Comparison integer(String name, Type type) {
        boolean equality = name.equals("eq") || name.equals("ne");
        if (type == Type.PRED || (type.isBits() && !equality)) {
            throw Fault.invalid("comparison " + name + " of ." + type.spelled() + " is not known");
        }
        boolean unsigned = type == Type.U64;
        return switch (name) {
            case "eq" -> (x, y) -> type.value(x) == type.value(y);
            case "ne" -> (x, y) -> type.value(x) != type.value(y);
            case "lt", "lo" -> (x, y) -> Integers.smaller(type.value(x), type.value(y), unsigned);
            case "ge", "hs" -> (x, y) -> !Integers.smaller(type.value(x), type.value(y), unsigned);
            case "gt", "hi" -> (x, y) -> Integers.smaller(type.value(y), type.value(x), unsigned);
            case "le", "ls" -> (x, y) -> !Integers.smaller(type.value(y), type.value(x), unsigned);
            default -> throw Fault.invalid("comparison " + name + " of ." + type.spelled() + " is not known");
        };
    }

    private static LongPredicate property(String name, Type type) {
        if (!type.isFloat()) {
            throw Fault.invalid("expected a floating-point type");
        }
        double least = type == Type.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
        return switch (name) {
            case "finite" -> a -> Double.isFinite(number(a, type));
            case "infinite" -> a -> Double.isInfinite(number(a, type));
            case "number" -> a -> !Double.isNaN(number(a, type));
            case "notanumber" -> a -> Double.isNaN(number(a, type));
            case "normal" -> a -> Double.isFinite(number(a, type)) && Math.abs(number(a, type)) >= least;
            case "subnormal" -> a -> number(a, type) != 0 && Math.abs(number(a, type)) < least;
            default -> throw Fault.invalid("property " + name + " is not known");
        };
    }
}
