package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What doesn't end: the wait does, and what may still be in use stays. */
class PatienceTest {
    private final CountingDriver counting = new CountingDriver();
    private final Device device = new Device(counting.driver(), 0, Optional.empty());

    @AfterEach
    void forget() {
        Devices.waitAtMost(Duration.ofMinutes(10));
    }

    @Test
    void asksUntilItIsDone() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(Patience.await(() -> asked.incrementAndGet() == 2_000)).isEqualTo(Patience.End.DONE);
        assertThat(asked).hasValue(2_000);
    }

    @Test
    void whatTakesTooLongIsALossThatLeavesEverythingWhereItIs() {
        Devices.waitAtMost(Duration.ofMillis(30));
        Buffer buffer = device.allocate(8);
        HostBuffer host = device.allocateHost(8);
        Queue queue = device.queue();
        DeviceKernel kernel = device.kernel("text", "one");
        queue.launch(kernel, 1, 1);
        counting.running = true;

        assertThatThrownBy(queue::await)
                .isInstanceOfSatisfying(
                        DriverException.class, e -> assertThat(e.isLost()).isTrue())
                .hasMessage("GPU 0, Counted: expected what it computes to end, got nothing for 0 s"
                        + " (-Dcurvature4j.wait=SECONDS waits longer, 0 without end)");
        counting.running = false;
        assertThatThrownBy(() -> device.allocate(8))
                .hasMessageStartingWith("GPU 0, Counted: lost since an earlier error, start the program anew; GPU 0");
        queue.close();
        buffer.close();
        host.close();
        device.close();
        assertThat(counting.calls)
                .doesNotContain("free", "freeHost", "destroyStream", "unloadModule", "releaseContext");
    }

    @Test
    void closingWaitsToo() {
        Devices.waitAtMost(Duration.ofMillis(30));
        Queue queue = device.queue();
        counting.running = true;
        assertThatThrownBy(queue::close).isInstanceOf(DriverException.class).hasMessageContaining("got nothing for");
        queue.close();
        assertThat(counting.calls).doesNotContain("destroyStream");
    }

    @Test
    void anInterruptEndsALongWaitAndNoShortOne() {
        Queue queue = device.queue();
        Thread.currentThread().interrupt();
        queue.await();
        assertThat(Thread.currentThread().isInterrupted()).isTrue();

        counting.running = true;
        assertThatThrownBy(queue::await).isInstanceOf(CancellationException.class);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        counting.running = false;
        queue.await();
        counting.running = true;
        assertThatThrownBy(queue::close).hasMessageEndingWith("expected what it computes to end, got an interrupt");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(counting.calls).doesNotContain("destroyStream");
    }

    @Test
    void zeroIsForEver() {
        Devices.waitAtMost(Duration.ZERO);
        assertThat(Patience.most()).isGreaterThan(Duration.ofDays(100_000));
        AtomicInteger asked = new AtomicInteger();
        assertThat(Patience.await(() -> asked.incrementAndGet() == 1_000)).isEqualTo(Patience.End.DONE);
    }
}
