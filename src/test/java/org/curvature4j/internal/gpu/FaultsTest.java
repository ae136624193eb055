package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.curvature4j.internal.gpu.Faults.Tried;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** That the harness finds what it is for, and that devices and queues survive it. */
@Tag("gpu")
class FaultsTest {
    private static final String PTX =
            """
            .version 7.0
            .target sm_60
            .address_size 64
            .visible .entry next(.param .b64 at) {
              .reg .b64 %at; .reg .f64 %x;
              ld.param.u64 %at, [at]; ld.global.f64 %x, [%at]; add.rn.f64 %x, %x, 0d3FF0000000000000;
              st.global.f64 [%at], %x;
              ret;
            }
            """;

    private static double[] next() {
        Device device = Devices.get().all().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(Devices.get().machine()));
        double[] number = {41};
        try (Buffer buffer = device.allocate(8);
                HostBuffer host = device.allocateHost(8);
                Queue queue = device.queue()) {
            DeviceKernel kernel = device.kernel(PTX, "next");
            host.write(0, number, 0, 1);
            queue.upload(host, 0, buffer, 0, 8);
            queue.launch(kernel, 1, 1, buffer.address());
            queue.download(buffer, 0, host, 0, 8);
            queue.await();
            host.read(0, number, 0, 1);
        }
        return number;
    }

    @Test
    void whateverFailsNothingStaysOpen() throws Exception {
        Tried tried = Faults.everywhere(FaultsTest::next, 1 << 20);
        assertThat(tried.calls()).isGreaterThan(20);
        assertThat(tried.endedInWords()).isGreaterThan(20);
    }

    @Test
    void findsWhatIsLeftOpen() {
        assertThatThrownBy(() -> Faults.everywhere(
                        () -> {
                            Device device = Devices.get().all().get(0);
                            device.allocate(8);
                            return next();
                        },
                        1 << 20))
                .hasMessageContaining("1 allocations of PTX interpreter 0");
    }

    @Test
    void findsWrongResults() {
        assertThatThrownBy(() -> Faults.everywhere(
                        () -> {
                            try {
                                return next();
                            } catch (RuntimeException e) {
                                return new double[] {0};
                            }
                        },
                        1 << 20))
                .hasMessageContaining("the result");
    }
}
