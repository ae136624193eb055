package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.DeviceSource;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.stream.RowSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gpu")
class RandomRowsTest {

    @ParameterizedTest
    @CsvSource({"4, 0, 1000, 11", "-7, 123456789012, 3, 2000", "0, 5, 1, 1"})
    void aDeviceMakesTheVeryBits(long seed, long first, int count, int length) {
        RowSource all = RandomPoints.of(seed, 1L << 40, length).source();
        double[] expected = new double[count * length];
        all.read(first, count, expected);
        assertThat(made(all, first, count, length)).containsExactly(expected);
        assertThat(made(all.part(first, count), 0, count, length)).containsExactly(expected);
    }

    private static double[] made(RowSource source, long first, int count, int length) {
        int stride = count + 5;
        long bytes = 8L * stride * length;
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                HostBuffer host = gpu.device().allocateHost(bytes);
                Buffer planes = gpu.device().allocate(bytes)) {
            queue.clear(planes, 0, bytes);
            ((DeviceSource) source).open(queue).make(first, count, planes, stride);
            queue.download(planes, 0, host, 0, bytes);
            queue.await();
            double[] numbers = new double[count * length];
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < length; k++) {
                    double[] one = new double[1];
                    host.read(8L * (k * stride + i), one, 0, 1);
                    numbers[i * length + k] = one[0];
                }
            }
            return numbers;
        }
    }
}
