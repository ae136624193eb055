package org.curvature4j.internal.engine.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.GpuForTests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gpu")
class GpuCostTest {
    private static final GpuCost HESSIAN = new GpuCost(103, 11, 121);
    private static final PointTile.Transfer ALL = new PointTile.Transfer(true, true);
    private static final PointTile.Transfer NOTHING = new PointTile.Transfer(false, false);

    @Test
    void whatComesBackCostsTheWayBack() {
        try (GpuForTests gpu = GpuForTests.pretended()) {
            List<Device> one = List.of(gpu.device());
            // 132 numbers of 8 bytes over a bus of 12 GB/s are 88 ns; the pretended memory is slower still.
            assertThat(HESSIAN.devices(1, one, ALL)).isGreaterThanOrEqualTo(88);
            assertThat(HESSIAN.devices(1, one, NOTHING)).isLessThan(HESSIAN.devices(1, one, ALL) / 2);
            assertThat(HESSIAN.devices(1, List.of(gpu.device(), gpu.device()), NOTHING))
                    .isEqualTo(HESSIAN.devices(1, one, NOTHING) / 2);
        }
    }

    @Test
    void fewPointsAreNotWorthALaunchUnlessTheyAreMadeAndTakenThere() {
        try (GpuForTests gpu = GpuForTests.pretended()) {
            List<Device> one = List.of(gpu.device());
            PointTile.Transfer taken = new PointTile.Transfer(true, false);
            assertThat(HESSIAN.isLess(1_000_000, one, taken, 1)).isTrue();
            assertThat(HESSIAN.isLess(1, one, taken, 1)).isTrue();
            assertThat(HESSIAN.isLess(1_000_000, one, taken, 64)).isFalse();
            GpuCost heavy = new GpuCost(3_000, 8, 64);
            assertThat(heavy.isLess(10, one, ALL, 1)).isFalse();
            assertThat(heavy.isLess(100_000, one, ALL, 1)).isTrue();
        }
    }

    @Test
    void aFunctionIsWorthItAlwaysIfOnePointIs() {
        try (GpuForTests gpu = GpuForTests.pretended()) {
            assertThat(GpuCost.isWorthAlways(50_000, List.of(gpu.device()))).isFalse();
            assertThat(GpuCost.isWorthAlways(1_000_000, List.of(gpu.device()))).isTrue();
        }
    }
}
