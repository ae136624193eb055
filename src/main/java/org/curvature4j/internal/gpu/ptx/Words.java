package org.curvature4j.internal.gpu.ptx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Instructions of the JVM and methods of the JDK that PTX has one instruction for; never contracted, rounded to nearest. */
final class Words {
    /**
     * One instruction.
     *
     * @param format with the result first
     */
    record Word(Kind result, int operands, String format) {}

    /** In the order in which the JVM numbers the instructions of an operation. */
    private static final List<Kind> KINDS = List.of(Kind.INT, Kind.LONG, Kind.FLOAT, Kind.DOUBLE);

    private static final Map<Integer, Word> INSTRUCTIONS = new HashMap<>();
    private static final Map<String, Word> METHODS = new HashMap<>();

    private Words() {}

    static @Nullable Word of(int opcode) {
        return INSTRUCTIONS.get(opcode);
    }

    static @Nullable Word of(MethodReference method) {
        return METHODS.get(method.owner() + "." + method.name() + method.descriptor());
    }

    static {
        for (Kind kind : KINDS) {
            boolean whole = kind == Kind.INT || kind == Kind.LONG;
            String number = (whole ? "." : ".rn.") + kind.number();
            binary(Opcodes.IADD, kind, "add" + number);
            binary(Opcodes.ISUB, kind, "sub" + number);
            binary(Opcodes.IMUL, kind, (whole ? "mul.lo" : "mul") + number);
            binary(Opcodes.IDIV, kind, "div" + number);
            unary(Opcodes.INEG + KINDS.indexOf(kind), kind, "neg." + kind.number());
            if (whole) {
                binary(Opcodes.IREM, kind, "rem" + number);
                binary(Opcodes.IAND, kind, "and." + kind.bits());
                binary(Opcodes.IOR, kind, "or." + kind.bits());
                binary(Opcodes.IXOR, kind, "xor." + kind.bits());
            }
            math("abs", kind, 1, "abs." + kind.number() + " %s, %s");
        }
        unary(Opcodes.I2L, Kind.LONG, "cvt.s64.s32");
        unary(Opcodes.I2F, Kind.FLOAT, "cvt.rn.f32.s32");
        unary(Opcodes.I2D, Kind.DOUBLE, "cvt.rn.f64.s32");
        unary(Opcodes.L2I, Kind.INT, "cvt.u32.u64");
        unary(Opcodes.L2F, Kind.FLOAT, "cvt.rn.f32.s64");
        unary(Opcodes.L2D, Kind.DOUBLE, "cvt.rn.f64.s64");
        unary(Opcodes.F2D, Kind.DOUBLE, "cvt.f64.f32");
        unary(Opcodes.D2F, Kind.FLOAT, "cvt.rn.f32.f64");
        for (Kind kind : List.of(Kind.INT, Kind.LONG)) {
            math("max", kind, 2, "max." + kind.number() + " %s, %s, %s");
            math("min", kind, 2, "min." + kind.number() + " %s, %s, %s");
        }
        for (Kind kind : List.of(Kind.FLOAT, Kind.DOUBLE)) {
            math("fma", kind, 3, "fma.rn." + kind.number() + " %s, %s, %s, %s");
            math("copySign", kind, 2, "copysign." + kind.number() + " %1$s, %3$s, %2$s");
        }
        math("sqrt", Kind.DOUBLE, 1, "sqrt.rn.f64 %s, %s");
        math("rint", Kind.DOUBLE, 1, "cvt.rni.f64.f64 %s, %s");
        math("floor", Kind.DOUBLE, 1, "cvt.rmi.f64.f64 %s, %s");
        math("ceil", Kind.DOUBLE, 1, "cvt.rpi.f64.f64 %s, %s");
        math("multiplyHigh", Kind.LONG, 2, "mul.hi.s64 %s, %s, %s");
        METHODS.put("java/lang/Double.doubleToRawLongBits(D)J", new Word(Kind.LONG, 1, "mov.b64 %s, %s"));
        METHODS.put("java/lang/Double.longBitsToDouble(J)D", new Word(Kind.DOUBLE, 1, "mov.b64 %s, %s"));
        METHODS.put("java/lang/Float.floatToRawIntBits(F)I", new Word(Kind.INT, 1, "mov.b32 %s, %s"));
        METHODS.put("java/lang/Float.intBitsToFloat(I)F", new Word(Kind.FLOAT, 1, "mov.b32 %s, %s"));
        METHODS.put("java/lang/Long.numberOfLeadingZeros(J)I", new Word(Kind.INT, 1, "clz.b64 %s, %s"));
        METHODS.put("java/lang/Integer.numberOfLeadingZeros(I)I", new Word(Kind.INT, 1, "clz.b32 %s, %s"));
        METHODS.put("java/lang/Long.bitCount(J)I", new Word(Kind.INT, 1, "popc.b64 %s, %s"));
        METHODS.put("java/lang/Integer.bitCount(I)I", new Word(Kind.INT, 1, "popc.b32 %s, %s"));
    }

    /** Those of bits have but the first two kinds. */
    private static void binary(int first, Kind kind, String word) {
        INSTRUCTIONS.put(first + KINDS.indexOf(kind), new Word(kind, 2, word + " %s, %s, %s"));
    }

    private static void unary(int opcode, Kind result, String word) {
        INSTRUCTIONS.put(opcode, new Word(result, 1, word + " %s, %s"));
    }

    private static void math(String name, Kind kind, int operands, String format) {
        String letter = kind == Kind.LONG ? "J" : kind.name().substring(0, 1);
        METHODS.put(
                "java/lang/Math." + name + "(" + letter.repeat(operands) + ")" + letter,
                new Word(kind, operands, format));
    }
}
