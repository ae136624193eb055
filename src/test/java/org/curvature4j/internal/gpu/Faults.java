package org.curvature4j.internal.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.curvature4j.internal.gpu.FaultyDriver.When;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.gpu.interpreter.InterpretedDriver;

/**
 * Has a computation run with every call of the driver failing in turn, and sees to it that it ends with its result or in
 * words, and that nothing stays open.
 */
public final class Faults {
    private static final int OUT_OF_MEMORY = 2;
    private static final int ILLEGAL_ADDRESS = 700;
    private static final int TIMEOUT = 702;
    private static final int UNKNOWN = 999;
    private static final int INVALID_PTX = 218;
    private static final int NO_BINARY = 209;

    /** So many calls are tried all; of more the first of each name and others at equal distances. */
    private static final int ALL = 60;

    private final Callable<?> computation;
    private final long bytes;
    private int refused;
    private int passed;

    private Faults(Callable<?> computation, long bytes) {
        this.computation = computation;
        this.bytes = bytes;
    }

    /** What was tried. */
    public record Tried(int calls, int endedInWords, int gaveTheResult) {}

    /**
     * Tries all.
     *
     * @param computation gives an array or anything else that can be compared; uses the device, which each time is a new one
     * @param bytes of memory that the device has
     */
    public static Tried everywhere(Callable<?> computation, long bytes) throws Exception {
        return new Faults(computation, bytes).run();
    }

    private Tried run() throws Exception {
        InterpretedDriver sound = new InterpretedDriver(1, bytes);
        FaultyDriver watched = FaultyDriver.of(sound, (number, name) -> false, 0);
        Object expected;
        try (GpuForTests gpu = GpuForTests.with(watched.driver())) {
            expected = computation.call();
            assertThat(sound.launches()).as("launches").isPositive();
        }
        assertThat(sound.leaks()).isEmpty();
        assertThat(sound.modules()).isZero();
        List<String> calls = watched.calls();
        Set<Integer> numbers = numbers(calls);
        for (int at : numbers) {
            String call = calls.get(at) + ", call " + at;
            check(call + " unknown", (number, name) -> number == at, UNKNOWN, expected, true);
            // What a lost device held is gone with it.
            check(call + " lost", (number, name) -> number >= at, ILLEGAL_ADDRESS, expected, false);
            if (calls.get(at).startsWith("allocate")) {
                check(call + " out of memory once", (number, name) -> number == at, OUT_OF_MEMORY, expected, true);
            }
        }
        always("allocate", OUT_OF_MEMORY, expected);
        always("allocateHost", OUT_OF_MEMORY, expected);
        always("isDone", TIMEOUT, expected);
        endless(1, expected);
        endless(Math.toIntExact(sound.launches()), expected);
        always("assemble", INVALID_PTX, expected);
        always("assemble", NO_BINARY, expected);
        return new Tried(calls.size(), refused, passed);
    }

    private static Set<Integer> numbers(List<String> calls) {
        Set<Integer> numbers = new TreeSet<>();
        for (String name : Set.copyOf(calls)) {
            numbers.add(calls.indexOf(name));
            numbers.add(calls.lastIndexOf(name));
        }
        int step = Math.max(1, calls.size() / ALL);
        for (int at = 0; at < calls.size(); at += step) {
            numbers.add(at);
        }
        return numbers;
    }

    private void always(String call, int code, Object expected) {
        check(call + " always answers " + code, (number, name) -> name.equals(call), code, expected, true);
    }

    /** A launch that never ends; nothing is taken from under it. */
    private void endless(int launch, Object expected) {
        EndlessDriver driver = new EndlessDriver(new InterpretedDriver(1, bytes), launch);
        Devices.waitAtMost(Duration.ofMillis(20));
        try {
            end("launch " + launch + " never ends", driver.driver(), expected);
        } finally {
            Devices.waitAtMost(Duration.ofMinutes(10));
        }
        assertThat(driver.isStuck()).as("launch " + launch).isTrue();
        assertThat(driver.takenFromUnderIt()).isEmpty();
    }

    private void check(String what, When when, int code, Object expected, boolean givesBack) {
        InterpretedDriver driver = new InterpretedDriver(1, bytes);
        FaultyDriver faulty = FaultyDriver.of(driver, when, code);
        end(what, faulty.driver(), expected);
        if (givesBack && !faulty.hinderedGivingBack()) {
            assertThat(driver.leaks()).as(what).isEmpty();
            assertThat(driver.modules()).as(what + ": modules").isZero();
        }
    }

    /** With its result or in words. */
    private void end(String what, Driver driver, Object expected) {
        try (GpuForTests gpu = GpuForTests.with(driver)) {
            Object result = computation.call();
            assertThat(Objects.deepEquals(result, expected))
                    .as("%s: the result", what)
                    .isTrue();
            passed++;
        } catch (DriverException | IllegalArgumentException | IllegalStateException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("null");
            refused++;
        } catch (Exception e) {
            throw new AssertionError(what + ": ended in " + e, e);
        }
    }
}
