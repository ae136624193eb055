package org.curvature4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.curvature4j.io.DataFileException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything public that is closed, on every engine: a use after closing is refused in words, closing again does nothing, and
 * closing while another thread computes leads to its right result or to the same refusal.
 */
class CloseContractTest {
    @TempDir
    Path folder;

    /** A new class that is closed has to be here too; what is internal may be. */
    @Test
    void everyClassIsTried() throws Exception {
        var found = PublicClasses.all().stream()
                .filter(AutoCloseable.class::isAssignableFrom)
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        var tried = Lives.all(folder).stream()
                .map(Life::type)
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .map(Class::getName)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tried).containsAll(found);
    }

    @Test
    void refusesUsesAfterClosing() throws Exception {
        for (Life life : Lives.all(folder)) {
            Life.Open open = life.maker().call();
            double[] before = Numbers.of(open.use().call());
            open.closeable().close();
            open.closeable().close();
            Object after = outcome(life, open);
            if (life.holdsNothing()) {
                assertThat(Numbers.of(after)).as("%s", life).isEqualTo(before);
            } else {
                assertThat(after).as("%s", life).isInstanceOf(Refusal.class);
            }
            Life.Open unused = life.maker().call();
            unused.closeable().close();
            if (!life.holdsNothing()) {
                assertThat(outcome(life, unused)).as("%s, unused", life).isInstanceOf(Refusal.class);
            }
        }
    }

    @Test
    void mayBeClosedInUse() throws Exception {
        for (Life life : Lives.all(folder)) {
            for (int round = 0; !life.holdsNothing() && round < 3; round++) {
                Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> closeInUse(life), life.toString());
            }
        }
    }

    private static void closeInUse(Life life) throws Exception {
        Life.Open open = life.maker().call();
        double[] expected = Numbers.of(open.use().call());
        CountDownLatch computing = new CountDownLatch(1);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Refusal> end = other.submit(() -> {
                while (true) {
                    Object outcome = outcome(life, open);
                    if (outcome instanceof Refusal refusal) {
                        return refusal;
                    }
                    assertThat(Numbers.of(outcome)).as("%s", life).isEqualTo(expected);
                    computing.countDown();
                }
            });
            computing.await();
            open.closeable().close();
            assertThat(end.get().message()).as("%s", life).contains("closed");
        } finally {
            other.shutdownNow();
        }
    }

    /** That a use was refused. */
    private record Refusal(String message) {}

    private static Object outcome(Life life, Life.Open open) throws Exception {
        try {
            return open.use().call();
        } catch (IllegalStateException | DataFileException | java.nio.channels.ClosedChannelException e) {
            String message = e instanceof java.io.IOException ? "closed" : e.getMessage();
            assertThat(message).as("%s", life).contains("closed");
            return new Refusal(message);
        }
    }
}
