package org.curvature4j.internal.gpu.interpreter;

import java.util.Locale;

/** PTX's fundamental types. In a register, 32 and 16 bits are kept as a long of the same signed value. */
enum Type {
    PRED(0),
    B8(1),
    B16(2),
    B32(4),
    B64(8),
    U8(1),
    U16(2),
    U32(4),
    U64(8),
    S8(1),
    S16(2),
    S32(4),
    S64(8),
    F32(4),
    F64(8);

    final int bytes;

    Type(int bytes) {
        this.bytes = bytes;
    }

    /** Of a name without its dot. */
    static Type of(String name) {
        for (Type type : values()) {
            if (type.spelled().equals(name)) {
                return type;
            }
        }
        throw Fault.invalid("type ." + name + " is not known");
    }

    static boolean isType(String name) {
        for (Type type : values()) {
            if (type.spelled().equals(name)) {
                return true;
            }
        }
        return false;
    }

    String spelled() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isFloat() {
        return this == F32 || this == F64;
    }

    boolean isBits() {
        return name().charAt(0) == 'B';
    }

    boolean isSigned() {
        return name().charAt(0) == 'S';
    }

    boolean isInteger() {
        return name().charAt(0) == 'U' || isSigned();
    }

    /** Whether a register of this type may be an operand of an instruction of the other. */
    boolean fits(Type instruction) {
        if (this == PRED || instruction == PRED) {
            return this == instruction;
        }
        return bytes == instruction.bytes && (isBits() || instruction.isBits() || isFloat() == instruction.isFloat());
    }

    /** Whether a register of this type may be loaded, stored or converted as the other: integers may be wider. */
    boolean holds(Type instruction) {
        if (this == PRED || instruction == PRED) {
            return false;
        }
        return fits(instruction) || (bytes > instruction.bytes && !isFloat() && !instruction.isFloat());
    }

    /** The lowest bits of a number as a register keeps them, extended as this type says. */
    long narrow(long value) {
        return switch (bytes) {
            case 1 -> this == S8 ? (byte) value : value & 0xFF;
            case 2 -> this == U16 ? value & 0xFFFF : (short) value;
            case 4 -> (int) value;
            default -> value;
        };
    }

    /** The number that a register's lowest bits are, taken as this type: without a sign where the type has none. */
    long value(long register) {
        return switch (bytes) {
            case 1 -> isSigned() ? (byte) register : register & 0xFF;
            case 2 -> isSigned() ? (short) register : register & 0xFFFF;
            case 4 -> isSigned() || isFloat() ? (int) register : register & 0xFFFFFFFFL;
            default -> register;
        };
    }
}
