package org.curvature4j.internal.gpu;

/** A device's sink whose row 0 is another row of one. */
record ShiftedSink(DeviceSink sink, long offset) implements DeviceSink {
    @Override
    public void write(long first, int count, double[] rows) {
        sink.write(offset + first, count, rows);
    }

    @Override
    public boolean takesPlanes() {
        return sink.takesPlanes();
    }

    @Override
    public long sessionBytes() {
        return sink.sessionBytes();
    }

    @Override
    public Session open(Queue queue, int tile) {
        Session session = sink.open(queue, tile);
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
