package org.curvature4j.internal.gpu;

/** Some of the rows that a device can make. */
record DeviceSourcePart(DeviceSource whole, long start, long rows) implements DeviceSource {
    @Override
    public void read(long first, int count, double[] into) {
        whole.read(start + first, count, into);
    }

    @Override
    public Maker open(Queue queue) {
        Maker maker = whole.open(queue);
        return (first, count, planes, stride) -> maker.make(start + first, count, planes, stride);
    }
}
