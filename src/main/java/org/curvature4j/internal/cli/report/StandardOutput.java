package org.curvature4j.internal.cli.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The standard output stream, which remembers why it took no more; writers above it only know that it didn't. */
public final class StandardOutput extends OutputStream {
    /** What is said when its text got lost. */
    public static final String LOST = "standard output: can't be written";

    private final FileOutputStream stream = new FileOutputStream(FileDescriptor.out);
    private @Nullable IOException failure;

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            stream.write(bytes, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /** Why text got lost, in words; empty where a reader such as {@code head} has seen enough. */
    public String problem() {
        String reason = failure == null ? "" : String.valueOf(failure.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("pipe")) {
            return "";
        }
        return LOST + (reason.isEmpty() ? "" : ": " + reason);
    }
}
