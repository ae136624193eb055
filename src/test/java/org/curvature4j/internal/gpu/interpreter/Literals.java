package org.curvature4j.internal.gpu.interpreter;

/** Constants as PTX spells them. */
final class Literals {
    private Literals() {}

    static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(0));
    }

    static long integer(String word) {
        String digits = word.endsWith("U") ? word.substring(0, word.length() - 1) : word;
        try {
            if (digits.startsWith("0x") || digits.startsWith("0X")) {
                return Long.parseUnsignedLong(digits.substring(2), 16);
            }
            return Long.parseUnsignedLong(digits);
        } catch (NumberFormatException e) {
            throw Fault.invalid("expected an integer, got " + word);
        }
    }

    /** The register's bits of a constant, negated where a minus stands before it, for an instruction of this type. */
    static long bits(String word, boolean negated, Type type) {
        boolean exact = word.length() > 1 && word.charAt(0) == '0' && "dDfF".indexOf(word.charAt(1)) >= 0;
        if (type.isFloat()) {
            double number;
            if (exact) {
                if (Character.toLowerCase(word.charAt(1)) != (type == Type.F64 ? 'd' : 'f')
                        || word.length() != 2 + 2 * type.bytes) {
                    throw Fault.invalid("constant " + word + " is not one of ." + type.spelled());
                }
                long raw = Long.parseUnsignedLong(word.substring(2), 16);
                return type.narrow(negated ? raw ^ (1L << (8 * type.bytes - 1)) : raw);
            }
            if (word.indexOf('.') < 0) {
                throw Fault.invalid("constant " + word + " of an instruction of ." + type.spelled()
                        + " is not a floating-point one");
            }
            number = negated ? -Double.parseDouble(word) : Double.parseDouble(word);
            return type == Type.F64 ? Double.doubleToRawLongBits(number) : Float.floatToRawIntBits((float) number);
        }
        if (exact && type == Type.B64 && word.length() == 18) {
            return Long.parseUnsignedLong(word.substring(2), 16);
        }
        long value = negated ? -integer(word) : integer(word);
        int bits = 8 * type.bytes;
        if (type == Type.PRED
                ? value >>> 1 != 0
                : bits < 64 && (value >> (bits - 1)) != 0 && (value >> (bits - 1)) != -1 && value >>> bits != 0) {
            throw Fault.invalid("constant " + word + " does not fit ." + type.spelled());
        }
        return type.narrow(value);
    }
}
