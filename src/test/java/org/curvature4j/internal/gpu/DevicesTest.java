package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevicesTest {
    private final CountingDriver counting = new CountingDriver();

    @AfterEach
    void leaveNone() {
        Devices.use(Optional.empty());
        assertThat(counting.alive).isEmpty();
    }

    @Test
    void listsThoseOfTheDriverInItsOrder() {
        counting.devices = 3;
        Devices.use(Optional.of(counting.driver()));

        assertThat(Devices.get().all()).extracting(Device::number).containsExactly(0, 1, 2);
        assertThat(Devices.get().machine()).isEqualTo("an NVIDIA driver for CUDA 12.4");
        Devices.get().all().get(1).freeMemory();
        assertThat(counting.alive).isNotEmpty();
    }

    @Test
    void withoutADriverThereAreNone() {
        Devices.use(Optional.empty());

        assertThat(Devices.get().all()).isEmpty();
        assertThat(Devices.get().machine()).isEqualTo("a machine without NVIDIA's driver");
    }

    @Test
    void aDriverThatFailsOrHasNoneIsTold() {
        counting.devices = 0;
        Devices.use(Optional.of(counting.driver()));
        assertThat(Devices.get().machine()).isEqualTo("an NVIDIA driver for CUDA 12.4 and no GPU");

        counting.failures.put("deviceCount", 999);
        Devices.use(Optional.of(counting.driver()));
        assertThat(Devices.get().all()).isEmpty();
        assertThat(Devices.get().machine())
                .isEqualTo("an NVIDIA driver that can't be used: deviceCount: as told (999)");
    }
}
