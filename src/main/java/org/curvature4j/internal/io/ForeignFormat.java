package org.curvature4j.internal.io;

import java.nio.charset.StandardCharsets;

/** What a file is that isn't what was expected, told by its first bytes. */
public final class ForeignFormat {
    private static final int LOOKED_AT = 512;

    private ForeignFormat() {}

    /** The format in words, with what to do; "another format or a damaged file" where nothing gives it away. */
    public static String of(byte[] bytes) {
        if (bytes.length == 0) {
            return "an empty file";
        } else if (starts(bytes, "PK\003\004")) {
            return "a zip archive";
        } else if (starts(bytes, "\u0089HDF\r\n")) {
            return "an HDF5 file";
        } else if (starts(bytes, "\u0080\002") || starts(bytes, "\u0080\004") || starts(bytes, "\u0080\005")) {
            return "a Python pickle";
        } else if (starts(bytes, "\u0089PNG") || starts(bytes, "\u00ff\u00d8\u00ff") || starts(bytes, "GIF8")) {
            return "an image";
        } else if (starts(bytes, "\u0093NUMPY")) {
            return "an array of NumPy";
        } else if (starts(bytes, "%PDF") || starts(bytes, "\u001f\u008b")) {
            return "a document or a compressed file";
        }
        return isText(bytes) ? "a text file" : "another format or a damaged file";
    }

    private static boolean starts(byte[] bytes, String start) {
        return new String(bytes, 0, Math.min(bytes.length, start.length()), StandardCharsets.ISO_8859_1).equals(start);
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, LOOKED_AT); i++) {
            boolean control =
                    bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t';
            if (control) {
                return false;
            }
        }
        return true;
    }
}
