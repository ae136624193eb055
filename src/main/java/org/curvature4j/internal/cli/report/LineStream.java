package org.curvature4j.internal.cli.report;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** A stream of UTF-8 into a writer. What is flushed must end between characters, as print streams see to. */
public final class LineStream extends OutputStream {
    private final PrintWriter writer;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    public LineStream(PrintWriter writer) {
        this.writer = writer;
    }

    @Override
    public void write(int one) {
        pending.write(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        pending.write(bytes, offset, length);
    }

    @Override
    public void flush() {
        writer.print(pending.toString(StandardCharsets.UTF_8));
        writer.flush();
        pending.reset();
    }
}
