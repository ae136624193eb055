package org.curvature4j.internal.gpu.interpreter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.curvature4j.internal.gpu.Buffer;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.DeviceKernel;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.HostBuffer;
import org.curvature4j.internal.gpu.Queue;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
class InterpretedDriverTest {
    private static final String TABLES = KernelRun.HEADER
            + """
            .const .align 8 .f64 squares[4] = {0d0000000000000000, 1.0, 4.0, 9.0};
            .global .align 8 .u64 calls = 7;
            .visible .entry square(.param .b64 in, .param .b64 out, .param .b64 count) {
              .reg .b64 %in, %out, %n, %i, %s; .reg .f64 %x, %y; .reg .pred %p; .reg .b32 %t;
              ld.param.u64 %in, [in]; ld.param.u64 %out, [out]; ld.param.u64 %n, [count];
              mov.u32 %t, %tid.x; cvt.u64.u32 %i, %t; setp.ge.u64 %p, %i, %n; @%p ret;
              shl.b64 %i, %i, 3; add.u64 %in, %in, %i; add.u64 %out, %out, %i;
              ld.global.nc.f64 %x, [%in]; cvt.rzi.u64.f64 %s, %x; shl.b64 %s, %s, 3;
              mov.u64 %i, squares; add.u64 %s, %s, %i; ld.const.f64 %y, [%s]; st.global.f64 [%out], %y;
              mov.u64 %i, calls; atom.global.add.u64 %s, [%i], 1;
              ret;
            }
            """;

    private final InterpretedDriver driver = new InterpretedDriver(2, 1 << 20);

    @Test
    void runsAKernelWithTables() {
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Device device = gpu.device();
            assertThat(device.name()).isEqualTo("PTX interpreter 0");
            assertThat(device.capability()).isEqualTo("9.0");
            double[] result = new double[3];
            try (Queue queue = device.queue();
                    Buffer in = device.allocate(24);
                    Buffer out = device.allocate(24);
                    HostBuffer host = device.allocateHost(24)) {
                host.write(0, new double[] {3, 1, 2}, 0, 3);
                DeviceKernel kernel = device.kernel(TABLES, "square");
                queue.upload(host, 0, in, 0, 24);
                queue.launch(kernel, 1, 32, in.address(), out.address(), 3);
                queue.download(out, 0, host, 0, 24);
                queue.await();
                host.read(0, result, 0, 3);
            }
            assertThat(result).containsExactly(9, 1, 4);
            assertThat(driver.leaks()).isEmpty();
            assertThat(driver.modules()).isEqualTo(1);
            assertThat(driver.launches()).isEqualTo(1);
        }
    }

    /** What is read before it has been waited for is what was never written. */
    @Test
    void copiesOnlyWhenWaitedFor() {
        try (GpuForTests gpu = GpuForTests.with(driver);
                Queue queue = gpu.device().queue();
                Buffer buffer = gpu.device().allocate(8);
                HostBuffer host = gpu.device().allocateHost(8)) {
            double[] number = new double[1];
            queue.clear(buffer, 0, 8);
            queue.download(buffer, 0, host, 0, 8);
            host.read(0, number, 0, 1);
            assertThat(number[0]).isNaN();
            queue.await();
            host.read(0, number, 0, 1);
            assertThat(number[0]).isZero();
        }
    }

    @Test
    void aDeviceAnswersWithItsFirstErrorFromThenOn() {
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Device device = gpu.device();
            Queue queue = device.queue();
            DeviceKernel kernel = device.kernel(TABLES, "square");
            queue.launch(kernel, 1, 1, 0, 0, 1);
            assertThatThrownBy(queue::await)
                    .isInstanceOf(DriverException.class)
                    .hasMessageContaining("CUDA_ERROR_ILLEGAL_ADDRESS")
                    .hasMessageContaining("ld.global.nc.f64")
                    .hasMessageContaining("(700)");
            assertThatThrownBy(() -> device.allocate(8)).hasMessageContaining("(700)");
        }
    }

    @Test
    void checksWhatItIsAskedFor() {
        try (GpuForTests gpu = GpuForTests.with(driver);
                Queue queue = gpu.device().queue()) {
            Device device = gpu.device();
            DeviceKernel kernel = device.kernel(TABLES, "square");
            assertThatThrownBy(() -> queue.launch(kernel, 1, 1, 0)).hasMessageContaining("square has 3 parameters");
            assertThatThrownBy(() -> queue.launch(kernel, 0, 1, 0, 0, 0)).hasMessageContaining("1 to 2^31 - 1 blocks");
            assertThatThrownBy(() -> queue.launch(kernel, 1, 1025, 0, 0, 0)).hasMessageContaining("1 to 1024 threads");
            assertThatThrownBy(() -> device.kernel(TABLES, "cube")).hasMessageContaining("(500)");
            assertThatThrownBy(() -> device.kernel("nonsense", "cube")).hasMessageContaining("(218)");
            assertThatThrownBy(() -> device.kernel(TABLES.replace("sm_70", "sm_100"), "square"))
                    .hasMessageContaining("(209)");
            assertThatThrownBy(() -> device.allocate(2 << 20))
                    .isInstanceOfSatisfying(DriverException.class, e -> assertThat(e.isOutOfMemory())
                            .isTrue());
        }
        assertThat(driver.leaks()).isEmpty();
    }

    @Test
    void tellsWhatIsLeftOpen() {
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Buffer buffer = gpu.device().allocate(8);
            HostBuffer host = gpu.device().allocateHost(8);
            Queue queue = gpu.device().queue();
            assertThat(driver.leaks())
                    .containsExactly(
                            "1 allocations of PTX interpreter 0",
                            "1 streams of PTX interpreter 0",
                            "1 allocations of host memory");
            queue.download(buffer, 0, host, 0, 8);
            host.close();
            assertThatThrownBy(queue::await).hasMessageContaining("is not memory of allocateHost");
        }
    }

    @Test
    void devicesAreApart() {
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Device second = org.curvature4j.internal.gpu.Devices.get().all().get(1);
            try (Queue queue = second.queue();
                    Buffer buffer = gpu.device().allocate(8);
                    Buffer own = second.allocate(8)) {
                assertThat(Arrays.asList(buffer.bytes(), own.bytes())).containsOnly(8L);
                DeviceKernel kernel = gpu.device().kernel(TABLES, "square");
                assertThatThrownBy(() -> queue.launch(kernel, 1, 1, own.address(), own.address(), 1))
                        .hasMessageContaining("the kernel is another device's");
            }
        }
    }
}
