package org.curvature4j.internal.gpu;

import java.util.Optional;

/** A device's sink whose row 0 is another row of one. */
record ShiftedSink(DeviceSink sink, long offset) implements DeviceSink {
    @Override
    public void write(long first, int count, double[] rows) {
        sink.write(offset + first, count, rows);
    }

    @Override
    public long sessionBytes() {
        return sink.sessionBytes();
    }

    @Override
    public Optional<Session> open(Queue queue, int tile) {
        return sink.open(queue, tile).map(this::shifted);
    }

    private Session shifted(Session session) {
        return new Session() {
            @Override
            public void accept(long first, int count, Buffer planes, long stride) {
                session.accept(offset + first, count, planes, stride);
            }

            @Override
            public void complete() {
                session.complete();
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }
}
