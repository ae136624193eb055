package org.curvature4j.internal.gpu.interpreter;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.curvature4j.internal.gpu.interpreter.Scope.Register;

/** {@code cvt}, as the PTX manual has it: to integers it saturates, and of a float64 NaN it makes the lone highest bit. */
final class Conversions {
    private static final Set<String> TO_INTEGRAL = Set.of("rni", "rzi", "rmi", "rpi");
    private static final Set<String> TO_FLOAT = Set.of("rn", "rz", "rm", "rp");

    private Conversions() {}

    static Step decode(Statement statement, Operands operands) {
        operands.count(2);
        List<String> words = statement.opcode();
        Type to = Type.of(words.get(words.size() - 2));
        Type from = Type.of(words.get(words.size() - 1));
        if (to.isBits() || from.isBits() || to == Type.PRED || from == Type.PRED) {
            throw Fault.invalid("expected types with a meaning");
        }
        List<String> modifiers = new ArrayList<>(words.subList(1, words.size() - 2));
        boolean saturated = modifiers.remove("sat");
        if (modifiers.size() > 1) {
            throw Fault.invalid("modifiers " + modifiers + " are not known");
        }
        String rounding = modifiers.isEmpty() ? "" : modifiers.get(0);
        check(rounding, to, from);
        Register d = operands.outWide(operands.get(0), to);
        int a = operands.inWide(operands.get(1), from);
        LongUnaryOperator conversion = conversion(rounding, saturated, to, from);
        // A destination that is wider takes the extension of the destination's type.
        return Loops.unary(d.number(), a, x -> d.type().narrow(conversion.applyAsLong(x)));
    }

    private static void check(String rounding, Type to, Type from) {
        boolean integral = from.isFloat() && (!to.isFloat() || (to == from && !rounding.isEmpty()));
        boolean rounds = to.isFloat() && (!from.isFloat() || to.bytes < from.bytes);
        Set<String> allowed = integral ? TO_INTEGRAL : rounds ? TO_FLOAT : Set.of("");
        if (!allowed.contains(rounding)) {
            throw Fault.invalid("expected a rounding of " + allowed + ", got '" + rounding + "'");
        }
    }

    private static LongUnaryOperator conversion(String rounding, boolean saturated, Type to, Type from) {
        if (!from.isFloat() && !to.isFloat()) {
            return x -> to.value(saturated ? clamp(from.value(x), to, from) : to.narrow(from.value(x)));
        }
        if (from.isFloat() && !to.isFloat()) {
            return x -> to.value(integer(number(x, from), rounding, to, from));
        }
        LongUnaryOperator plain;
        if (!from.isFloat()) {
            plain = x -> bits(fromInteger(from.value(x), from == Type.U64, rounding, to), to);
        } else if (to == from) {
            plain = x -> bits(rounding.isEmpty() ? number(x, from) : integral(number(x, from), rounding), to);
        } else {
            plain = x -> bits(
                    to == Type.F64 || rounding.equals("rn") ? number(x, from) : directed(number(x, from), rounding, to),
                    to);
        }
        if (!saturated) {
            return plain;
        }
        return x -> {
            double value = number(plain.applyAsLong(x), to);
            return bits(value > 0 ? Math.min(value, 1) : 0, to);
        };
    }

    private static double number(long bits, Type type) {
        return type == Type.F64 ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
    }

    private static long bits(double number, Type type) {
        return type == Type.F64 ? Double.doubleToLongBits(number) : Float.floatToIntBits((float) number);
    }

    private static double integral(double number, String rounding) {
        return switch (rounding) {
            case "rni" -> Math.rint(number);
            case "rmi" -> Math.floor(number);
            case "rpi" -> Math.ceil(number);
            default -> number < 0 ? Math.ceil(number) : Math.floor(number);
        };
    }

    private static long integer(double number, String rounding, Type to, Type from) {
        int bits = 8 * to.bytes;
        if (Double.isNaN(number)) {
            return from == Type.F64 || to.bytes == 8 ? to.narrow(1L << (bits - 1)) : 0;
        }
        double whole = integral(number, rounding);
        if (to.isSigned()) {
            long most = Long.MAX_VALUE >>> (64 - bits);
            // The cast clamps to 64 bits.
            return Math.max(-most - 1, Math.min(most, (long) whole));
        }
        if (whole <= 0) {
            return 0;
        }
        double end = Math.scalb(1.0, bits);
        if (whole >= end) {
            return to.narrow(-1L);
        }
        return to.narrow(whole < 0x1p63 ? (long) whole : (long) (whole - 0x1p63) + Long.MIN_VALUE);
    }

    private static long clamp(long value, Type to, Type from) {
        int bits = 8 * to.bytes;
        boolean huge = from == Type.U64 && value < 0;
        if (to.isSigned()) {
            long most = Long.MAX_VALUE >>> (64 - bits);
            return huge ? most : Math.max(-most - 1, Math.min(most, value));
        }
        if (huge) {
            return to == Type.U64 ? value : to.narrow(-1L);
        }
        return Math.max(0, bits == 64 ? value : Math.min((1L << bits) - 1, value));
    }

    private static double fromInteger(long value, boolean unsigned, String rounding, Type to) {
        boolean huge = unsigned && value < 0;
        if (rounding.equals("rn")) {
            if (!huge) {
                return rounded(value, to);
            }
            // Half of it, its lost bit kept where it still decides the rounding.
            long half = (value >>> 1) | (value & 1);
            return 2 * rounded(half, to);
        }
        BigDecimal exact = new BigDecimal(Long.toUnsignedString(value));
        return directed(unsigned ? exact : BigDecimal.valueOf(value), rounding, to);
    }

    private static double rounded(long value, Type to) {
        // Not one conditional expression, whose type would be float.
        if (to == Type.F64) {
            return value;
        }
        return (float) value;
    }

    private static double directed(double number, String rounding, Type to) {
        if (Double.isNaN(number) || Double.isInfinite(number) || number == 0) {
            return number;
        }
        return directed(new BigDecimal(number), rounding, to);
    }

    /** Rounded to nearest and one step back if that went over. */
    private static double directed(BigDecimal exact, String rounding, Type to) {
        double near = to == Type.F64 ? exact.doubleValue() : (double) exact.floatValue();
        boolean infinite = Double.isInfinite(near);
        int compared = infinite ? (near > 0 ? 1 : -1) : new BigDecimal(near, MathContext.UNLIMITED).compareTo(exact);
        boolean down = rounding.equals("rm") || (rounding.equals("rz") && exact.signum() > 0);
        if (down && compared > 0) {
            return to == Type.F64 ? Math.nextDown(near) : Math.nextDown((float) near);
        }
        if (!down && compared < 0) {
            return to == Type.F64 ? Math.nextUp(near) : Math.nextUp((float) near);
        }
        return near;
    }
}
