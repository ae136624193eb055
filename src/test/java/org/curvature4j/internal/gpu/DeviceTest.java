package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.driver.FunctionAttribute;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceTest {
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int OUT_OF_MEMORY = 2;

    private final CountingDriver counting = new CountingDriver();
    private final Device device = new Device(counting.driver(), 0, Optional.empty());

    @Test
    void knowsItselfWithoutAContext() {
        assertThat(device.toString()).isEqualTo("GPU 0, Counted");
        assertThat(device.capability()).isEqualTo("9.0");
        assertThat(device.isSupported()).isTrue();
        // NVIDIA's data sheet of the H100 SXM: 34 TFLOP/s, a fused multiply-add being two; 3.35 TB/s.
        assertThat(device.float64PerSecond()).isCloseTo(34e12 / 2, within(0.5e12));
        assertThat(device.bytesPerSecond()).isCloseTo(3.35e12, within(0.01e12));
        assertThat(counting.alive).isEmpty();
    }

    @Test
    void retainsItsContextOnceAtTheFirstUse() {
        assertThat(device.budget()).isEqualTo(3L << 28);
        device.allocate(8).close();
        device.queue().close();
        assertThat(counting.count("retainContext")).isEqualTo(1);

        device.close();
        assertThat(counting.alive).isEmpty();
    }

    @Test
    void givesBackEverythingOnceHoweverOftenItIsClosed() {
        Buffer buffer = device.allocate(8);
        HostBuffer host = device.allocateHost(8);
        Queue queue = device.queue();
        for (int i = 0; i < 2; i++) {
            queue.close();
            host.close();
            buffer.close();
        }
        assertThat(counting.alive).containsExactly("context77");
        assertThatThrownBy(buffer::address)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("buffer: expected an open one, got one of 8 bytes that is closed");
        assertThatThrownBy(() -> host.read(0, new double[1], 0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLostDeviceSaysSoAndClosesQuietly() {
        Buffer buffer = device.allocate(8);
        Queue queue = device.queue();
        counting.failures.put("isDone", ILLEGAL_ADDRESS);
        counting.failures.put("free", ILLEGAL_ADDRESS);
        counting.failures.put("destroyStream", ILLEGAL_ADDRESS);

        assertThatThrownBy(queue::await).hasMessage("isDone: as told (700)");
        assertThatThrownBy(() -> device.allocate(8))
                .isInstanceOf(DriverException.class)
                .hasMessage("GPU 0, Counted: lost since an earlier error, start the program anew;"
                        + " isDone: as told (700)");
        queue.close();
        buffer.close();
        device.close();
        assertThat(counting.count("allocate")).isEqualTo(1);
    }

    @Test
    void closingIsTheFirstToTellOfALoss() {
        Queue queue = device.queue();
        counting.failures.put("isDone", ILLEGAL_ADDRESS);

        assertThatThrownBy(queue::close).isInstanceOf(DriverException.class);
        assertThat(counting.alive).containsExactly("context77");
        assertThatThrownBy(device::queue).hasMessageContaining("lost since");
    }

    @Test
    void outOfMemoryIsNoLoss() {
        counting.failures.put("allocate", OUT_OF_MEMORY);
        assertThatThrownBy(() -> device.allocate(8)).isInstanceOfSatisfying(DriverException.class, e -> {
            assertThat(e.isOutOfMemory()).isTrue();
            assertThat(e.isLost()).isFalse();
        });
        counting.failures.clear();
        device.allocate(8).close();
    }

    @Test
    void loadsATextOnceAndUnloadsItWithTheDevice() {
        DeviceKernel first = device.kernel("text", "one");
        DeviceKernel second = device.kernel("text", "two");
        DeviceKernel other = device.kernel("other text", "one");

        assertThat(counting.count("assemble")).isEqualTo(2);
        assertThat(counting.count("loadModule")).isEqualTo(2);
        assertThat(device.attribute(FunctionAttribute.REGISTERS, second)).isEqualTo(7);
        device.close();
        assertThat(counting.alive).isEmpty();
        assertThat(first.function()).isEqualTo(other.function());
    }

    @Test
    void unloadsWhatNobodyHolds() {
        for (int i = 0; i < 200 && counting.count("unloadModule") == 0; i++) {
            device.kernel("text " + i, "one");
            System.gc();
        }
        assertThat(counting.count("unloadModule")).isPositive();
    }

    @Test
    void aTextThatDoesNotAssembleLeavesNothingAndIsTriedAnew() {
        counting.failures.put("loadModule", OUT_OF_MEMORY);
        assertThatThrownBy(() -> device.kernel("text", "one")).isInstanceOf(DriverException.class);
        counting.failures.clear();
        assertThat(device.kernel("text", "one").function()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 1, 8, Long.MAX_VALUE})
    void nothingIsReadOrCopiedBeyondABuffer(long at) {
        try (HostBuffer host = device.allocateHost(8);
                Buffer buffer = device.allocate(8);
                Queue queue = device.queue()) {
            assertThatThrownBy(() -> host.read(at, new double[1], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> host.write(at, new double[1], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> queue.upload(host, 0, buffer, at, 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> queue.download(buffer, at, host, 0, 8))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> queue.clear(buffer, at, 8)).isInstanceOf(IndexOutOfBoundsException.class);
        }
        assertThat(counting.calls).doesNotContain("copyToDevice", "copyToHost", "fill");
    }
}
