package org.curvature4j.internal.gpu.ptx;

import java.util.Locale;

/** The kinds of values that a kernel computes with, and the registers that hold them. */
enum Kind {
    INT("%r", "b32", "s32", 4),
    LONG("%rd", "b64", "s64", 8),
    FLOAT("%f", "f32", "f32", 4),
    DOUBLE("%fd", "f64", "f64", 8),
    /** Of an array. */
    ADDRESS("%rd", "b64", "s64", 8);

    private final String prefix;
    private final String bits;
    private final String number;
    private final int bytes;

    Kind(String prefix, String bits, String number, int bytes) {
        this.prefix = prefix;
        this.bits = bits;
        this.number = number;
        this.bytes = bytes;
    }

    /** What its registers' names begin with. */
    String prefix() {
        return prefix;
    }

    /** As instructions name it that move it. */
    String bits() {
        return bits;
    }

    /** As instructions name it that compute. */
    String number() {
        return number;
    }

    int bytes() {
        return bytes;
    }

    /** How many of the JVM's slots it takes. */
    int slots() {
        return this == LONG || this == DOUBLE ? 2 : 1;
    }

    /** Of a type as descriptors of methods write it, the first letter of which is enough. */
    static Kind of(char descriptor) {
        return switch (descriptor) {
            case 'Z', 'B', 'C', 'S', 'I' -> INT;
            case 'J' -> LONG;
            case 'F' -> FLOAT;
            case 'D' -> DOUBLE;
            case '[' -> ADDRESS;
            default -> throw new IllegalArgumentException("expected numbers and arrays of numbers, got objects");
        };
    }

    /** Of the order that the JVM's instructions have: int, long, float, double, reference. */
    static Kind at(int order) {
        return values()[order];
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
