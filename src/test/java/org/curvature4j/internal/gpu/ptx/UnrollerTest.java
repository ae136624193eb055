package org.curvature4j.internal.gpu.ptx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Loops written out, with arrays in registers. */
@Tag("gpu")
class UnrollerTest {
    private static final int ORDER = 5;

    /** Solves L x = b for a lower triangle and b in planes, a thread a system. */
    static void substitute(double[] triangles, double[] rights, long stride, int order) {
        int index = (int) Threads.index();
        double[] x = new double[order];
        int[] counted = new int[1];
        for (int i = 0; i < order; i++) {
            x[i] = rights[i * (int) stride + index];
        }
        for (int i = 0; i < order; i++) {
            subtract(triangles, x, i, index + i * order * (int) stride, (int) stride);
            x[i] = quotient(x[i], triangles[(i * order + i) * (int) stride + index]);
            counted[0] += i == 2 ? 1 : 10;
        }
        for (int i = order - 1; i >= 0; i--) {
            rights[i * (int) stride + index] = x[i] + counted[0];
        }
    }

    private static void subtract(double[] triangles, double[] x, int i, int row, int stride) {
        for (int j = 0; j < i; j++) {
            x[i] -= triangles[row + j * stride] * x[j];
        }
    }

    /** Its branch depends on data. */
    private static double quotient(double x, double y) {
        return y == 0 ? -1 : x / y;
    }

    static void branches(double[] numbers, int order) {
        double[] x = new double[order];
        x[0] = numbers[0];
        if (x[0] > 0) {
            x[0] = 1;
        }
        numbers[0] = x[0];
    }

    static void chooses(double[] numbers, long which, int order) {
        double[] x = new double[order];
        numbers[0] = x[(int) which];
    }

    @Test
    void computesWhatTheLoopsDo() {
        int count = 3;
        double[] triangles = new double[ORDER * ORDER * count];
        double[] rights = new double[ORDER * count];
        for (int k = 0; k < triangles.length; k++) {
            triangles[k] = k % 7 == 3 ? 0 : 1.0 / (k % 11 + 1) - 0.3;
        }
        for (int k = 0; k < rights.length; k++) {
            rights[k] = k * k - 4;
        }
        PtxModule module = new PtxModule();
        module.unrolled("unrolled", UnrollerTest.class, "substitute", ORDER);
        module.entry("looped", UnrollerTest.class, "substitute", ORDER);
        String[] entries = module.text().split(".visible", -1);
        assertThat(entries[1]).contains("unrolled").doesNotContain(".local");
        assertThat(entries[2]).contains("looped").contains(".local");
        double[] unrolled = run(module.text(), "unrolled", triangles, rights, count);
        assertThat(unrolled).isEqualTo(run(module.text(), "looped", triangles, rights, count));
        assertThat(unrolled).isEqualTo(expected(triangles, rights, count));
    }

    private static double[] expected(double[] triangles, double[] rights, int count) {
        double[] solved = rights.clone();
        for (int index = 0; index < count; index++) {
            double[] x = new double[ORDER];
            for (int i = 0; i < ORDER; i++) {
                x[i] = rights[i * count + index];
                subtract(triangles, x, i, index + i * ORDER * count, count);
                x[i] = quotient(x[i], triangles[(i * ORDER + i) * count + index]);
                solved[i * count + index] = x[i] + 41;
            }
        }
        return solved;
    }

    private static double[] run(String text, String entry, double[] triangles, double[] rights, int count) {
        long bytes = (long) rights.length * Double.BYTES;
        long all = bytes + (long) triangles.length * Double.BYTES;
        try (GpuForTests gpu = GpuForTests.interpreted();
                Queue queue = gpu.device().queue();
                HostBuffer here = gpu.device().allocateHost(all);
                Buffer there = gpu.device().allocate(all)) {
            Device device = gpu.device();
            here.write(0, rights, 0, rights.length);
            here.write(bytes, triangles, 0, triangles.length);
            queue.upload(here, 0, there, 0, all);
            queue.launch(device.kernel(text, entry), 1, count, there.address() + bytes, there.address(), count);
            queue.download(there, 0, here, 0, bytes);
            queue.await();
            double[] solved = new double[rights.length];
            here.read(0, solved, 0, solved.length);
            return solved;
        }
    }

    @Test
    void refusesWhatDependsOnData() {
        PtxModule module = new PtxModule();
        assertThatThrownBy(() -> module.unrolled("kernel", UnrollerTest.class, "branches", ORDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "kernel UnrollerTest.branches: expected indices and conditions that are known when compiling,"
                                + " got one that depends on data");
        assertThatThrownBy(() -> module.unrolled("kernel", UnrollerTest.class, "chooses", ORDER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UnrollerTest.chooses: expected indices");
    }
}
