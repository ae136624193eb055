package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gpu")
class PlaneRowsTest {
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "7, 3, 8", "32, 32, 32", "33, 31, 64", "70, 121, 96", "5, 65, 5"})
    void rowsBecomePlanesAndBack(int count, int length, int stride) {
        double[] rows =
                IntStream.range(0, count * length).mapToDouble(i -> i + 1).toArray();
        double[] planes = new double[stride * length];
        for (int i = 0; i < count; i++) {
            for (int k = 0; k < length; k++) {
                planes[k * stride + i] = rows[i * length + k];
            }
        }
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                HostBuffer host = gpu.device().allocateHost(8L * planes.length);
                Buffer from = gpu.device().allocate(8L * planes.length);
                Buffer to = gpu.device().allocate(8L * planes.length)) {
            PlaneRows turning = new PlaneRows(queue);
            host.write(0, rows, 0, rows.length);
            queue.upload(host, 0, from, 0, 8L * rows.length);
            queue.clear(to, 0, 8L * planes.length);
            turning.toPlanes(from, to, stride, count, length);
            queue.download(to, 0, host, 0, 8L * planes.length);
            queue.await();
            assertThat(read(host, planes.length)).containsExactly(planes);
            queue.clear(from, 0, 8L * planes.length);
            turning.toRows(to, stride, 0, from, count, length);
            queue.download(from, 0, host, 0, 8L * rows.length);
            queue.await();
            assertThat(read(host, rows.length)).containsExactly(rows);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "3, 1", "40, 30"})
    void someRowsComeByThemselves(int first, int count) {
        int length = 5;
        int stride = 70;
        double[] planes =
                IntStream.range(0, stride * length).mapToDouble(i -> i).toArray();
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                HostBuffer host = gpu.device().allocateHost(8L * planes.length);
                Buffer from = gpu.device().allocate(8L * planes.length);
                Buffer to = gpu.device().allocate(8L * count * length)) {
            host.write(0, planes, 0, planes.length);
            queue.upload(host, 0, from, 0, 8L * planes.length);
            new PlaneRows(queue).toRows(from, stride, first, to, count, length);
            queue.download(to, 0, host, 0, 8L * count * length);
            queue.await();
            double[] rows = read(host, count * length);
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < length; k++) {
                    assertThat(rows[i * length + k]).isEqualTo(k * stride + first + i);
                }
            }
        }
    }

    private static double[] read(HostBuffer host, int count) {
        double[] numbers = new double[count];
        host.read(0, numbers, 0, count);
        return numbers;
    }
}
