package org.curvature4j.io;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the text of a {@code .npy} header: a Python dictionary of exactly {@code descr}, {@code fortran_order} and
 * {@code shape}, of which only the literals that NumPy writes are understood.
 */
final class NpyHeaderText {
    private final String text;
    private final Path file;
    private int at;

    private NpyHeaderText(String text, Path file) {
        this.text = text;
        this.file = file;
    }

    static NpyHeader parse(String text, long dataStart, Path file) {
        return new NpyHeaderText(text, file).header(dataStart);
    }

    private NpyHeader header(long dataStart) {
        @Nullable String descr = null;
        @Nullable Boolean fortranOrder = null;
        long @Nullable [] shape = null;
        Set<String> seen = new HashSet<>();
        expect('{');
        while (!accept('}')) {
            String key = string();
            if (!seen.add(key)) {
                throw damaged("'" + key + "' only once");
            }
            expect(':');
            switch (key) {
                case "descr" -> descr = descr();
                case "fortran_order" -> fortranOrder = bool();
                case "shape" -> shape = shape();
                default -> throw damaged("the keys 'descr', 'fortran_order' and 'shape', not '" + key + "'");
            }
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (at != text.length()) {
            throw damaged("nothing after the dictionary");
        }
        if (descr == null || fortranOrder == null || shape == null) {
            throw damaged("the keys 'descr', 'fortran_order' and 'shape', not " + seen);
        }
        NpyType type = type(descr);
        String problem = NpyHeader.problem(shape, type);
        if (!problem.isEmpty()) {
            throw new DataFileException(file, problem + " (damaged file)");
        }
        return NpyHeader.of(type, byteOrder(descr), fortranOrder, shape, dataStart);
    }

    private static ByteOrder byteOrder(String descr) {
        return switch (descr.charAt(0)) {
            case '<' -> ByteOrder.LITTLE_ENDIAN;
            case '>' -> ByteOrder.BIG_ENDIAN;
            default -> ByteOrder.nativeOrder();
        };
    }

    private NpyType type(String descr) {
        if (descr.length() < 2 || "<>=|".indexOf(descr.charAt(0)) < 0) {
            throw damaged("a type such as '<f8', not '" + descr + "'");
        }
        String code = descr.substring(1);
        return NpyType.ofCode(code)
                .orElseThrow(() -> new DataFileException(
                        file,
                        "expected elements of " + NpyType.codes() + ", got '" + descr + "' (" + kind(code) + ")"));
    }

    private static String kind(String code) {
        return switch (code.charAt(0)) {
            case 'O' -> "Python objects: save numbers, as by array.astype('f8')";
            case 'c' -> "complex numbers: save the real and the imaginary part as two arrays";
            case 'U', 'S', 'a' -> "text: save numbers";
            case 'M', 'm' -> "dates: save numbers";
            case 'V' -> "records or raw bytes: save numbers";
            default -> "convert it, as by array.astype('f8')";
        };
    }

    private String descr() {
        if (peek() == '[') {
            throw new DataFileException(
                    file, "expected an array of numbers, got records with named fields (save each field by itself)");
        }
        return string();
    }

    private boolean bool() {
        for (boolean value : new boolean[] {true, false}) {
            String word = value ? "True" : "False";
            skipSpace();
            if (text.startsWith(word, at)) {
                at += word.length();
                return value;
            }
        }
        throw damaged("True or False");
    }

    private long[] shape() {
        expect('(');
        List<Long> sizes = new ArrayList<>();
        while (!accept(')')) {
            sizes.add(integer());
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return sizes.stream().mapToLong(Long::longValue).toArray();
    }

    private long integer() {
        skipSpace();
        int start = at;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        String digits = text.substring(start, at);
        if (at < text.length() && text.charAt(at) == 'L') {
            at++; // Python 2 wrote long integers so.
        }
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw damaged("a size below 2^63, not '" + digits + "'");
        }
    }

    private String string() {
        char quote = peek();
        if (quote != '\'' && quote != '"') {
            throw damaged("a quoted string");
        }
        int end = text.indexOf(quote, at + 1);
        if (end < 0) {
            throw damaged("the end of a quoted string");
        }
        String value = text.substring(at + 1, end);
        at = end + 1;
        return value;
    }

    private void skipSpace() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    /** The next character that is not a space, or 0 at the end. */
    private char peek() {
        skipSpace();
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!accept(wanted)) {
            throw damaged("'" + wanted + "'");
        }
    }

    private DataFileException damaged(String expected) {
        return new DataFileException(
                file, "expected " + expected + " at character " + at + " of the header (damaged file)");
    }
}
