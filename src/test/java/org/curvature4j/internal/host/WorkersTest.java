package org.curvature4j.internal.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
    private static void run(long rows, int tile, int threads, Workers.Worker body) {
        Workers.run(rows, tile, threads, () -> body);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyRowIsComputedOnceWhateverTheThreadsAndTiles() {
        for (int threads : new int[] {1, 2, 7}) {
            for (int tile : new int[] {1, 3, 100, 1000}) {
                AtomicIntegerArray done = new AtomicIntegerArray(100);
                run(100, tile, threads, (first, count) -> IntStream.range(0, count)
                        .forEach(i -> done.incrementAndGet((int) first + i)));
                assertThat(IntStream.range(0, 100).map(done::get)).containsOnly(1);
            }
        }
    }

    @Test
    void noRowsTakeNoWorker() {
        Workers.run(0, 8, 4, () -> {
            throw new AssertionError("a worker for nothing");
        });
    }

    @Test
    void tilesAreComputedAtTheSameTime() {
        CountDownLatch both = new CountDownLatch(2);
        run(2, 1, 2, (first, count) -> {
            both.countDown();
            await(both);
        });
        assertThat(both.getCount()).isZero();
    }

    @Test
    void threadsAreKeptForTheNextBatch() {
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int batch = 0; batch < 50; batch++) {
            tilesAreComputedAtTheSameTime();
            CountDownLatch both = new CountDownLatch(2);
            run(2, 1, 2, (first, count) -> {
                used.add(Thread.currentThread());
                both.countDown();
                await(both);
            });
        }
        // This one, and helpers: more than one only where one was still on its way back when the next batch came.
        assertThat(used).contains(Thread.currentThread()).hasSizeLessThan(10);
        assertThat(used).filteredOn(thread -> thread != Thread.currentThread()).allMatch(Thread::isDaemon);
    }

    @Test
    void theFirstFailingTileIsReported() {
        for (int threads : new int[] {1, 2, 5}) {
            CountDownLatch later = new CountDownLatch(threads == 1 ? 0 : 1);
            assertThatThrownBy(() -> run(10, 1, threads, (first, count) -> {
                        if (first == 3) {
                            await(later);
                            throw new IllegalStateException("tile 3");
                        } else if (first == 4) {
                            later.countDown();
                            throw new IllegalStateException("tile 4");
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("tile 3");
        }
    }

    @Test
    void everyWorkerThatWasMadeIsClosed() {
        AtomicInteger open = new AtomicInteger();
        assertThatThrownBy(() -> Workers.run(100, 1, 3, () -> {
                    open.incrementAndGet();
                    return new Workers.Worker() {
                        @Override
                        public void run(long first, int count) {
                            if (first == 50) {
                                throw new OutOfMemoryError("tile 50");
                            }
                        }

                        @Override
                        public void close() {
                            open.decrementAndGet();
                        }
                    };
                }))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessage("tile 50");
        assertThat(open).hasValue(0);
    }

    @Test
    void aFailingFactoryFailsTheBatch() {
        assertThatThrownBy(() -> Workers.run(100, 1, 3, () -> {
                    throw new IllegalStateException("no memory");
                }))
                .hasMessage("no memory");
    }

    @Test
    void interruptionCancelsAndStays() {
        for (int threads : new int[] {1, 3}) {
            AtomicLong last = new AtomicLong();
            Thread caller = Thread.currentThread();
            assertThatThrownBy(() -> run(1_000_000, 1, threads, (first, count) -> {
                        last.accumulateAndGet(first, Math::max);
                        if (first == 10) {
                            caller.interrupt();
                        }
                    }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessageContaining("interrupted before the batch was done");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(last.get()).isLessThan(999_999);
        }
    }

    @Test
    void interruptionDoesNotLeaveHelpersBehind() {
        AtomicInteger running = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(2);
        Thread caller = Thread.currentThread();
        assertThatThrownBy(() -> run(4, 1, 2, (first, count) -> {
                    running.incrementAndGet();
                    started.countDown();
                    while (started.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    if (Thread.currentThread() != caller) {
                        caller.interrupt();
                        assertThat(IntStream.range(0, 100_000)
                                        .mapToDouble(Math::sqrt)
                                        .sum())
                                .isPositive();
                    }
                    running.decrementAndGet();
                }))
                .isInstanceOf(CancellationException.class);
        assertThat(running).hasValue(0);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void batchesWithinBatchesWithinBatchesEnd() {
        AtomicLong sum = new AtomicLong();
        run(8, 1, 4, (a, one) -> run(8, 1, 4, (b, two) -> run(8, 1, 4, (c, three) -> sum.addAndGet(a + b + c))));
        assertThat(sum).hasValue(8 * 8 * 3 * 28);
    }

    @Test
    void manyCallersShareTheHelpers() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(16);
        try {
            var results = IntStream.range(0, 16)
                    .mapToObj(caller -> callers.submit(() -> {
                        for (int batch = 0; batch < 300; batch++) {
                            AtomicLong sum = new AtomicLong();
                            long rows = 1 + (caller * 31L + batch) % 50;
                            run(rows, 2, 3, (first, count) -> sum.addAndGet(first * count + count));
                            long expected = 0;
                            for (long first = 0; first < rows; first += 2) {
                                long count = Math.min(2, rows - first);
                                expected += first * count + count;
                            }
                            assertThat(sum).hasValue(expected);
                        }
                        return caller;
                    }))
                    .toList();
            for (Future<Integer> result : results) {
                assertThat(result.get()).isBetween(0, 15);
            }
        } finally {
            callers.shutdownNow();
        }
    }
}
