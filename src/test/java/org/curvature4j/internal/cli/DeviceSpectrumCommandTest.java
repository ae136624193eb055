package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.curvature4j.internal.gpu.DriverForTests;
import org.curvature4j.internal.gpu.GpuForTests;
import org.curvature4j.internal.gpu.driver.Driver;
import org.curvature4j.io.Npy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From random points to what is told of eigenvalues, all of it on an interpreted device. */
@Tag("gpu")
class DeviceSpectrumCommandTest {
    private static final long HESSIAN_BYTES = 11 * 11 * Double.BYTES;

    @TempDir
    Path folder;

    private static Run run(String device, Object... more) {
        List<Object> words = new ArrayList<>(List.of(
                "spectrum", "--model", "two-two-one", "--random", 300, "--seed", 7, "--device", device, "--json"));
        words.addAll(Arrays.asList(more));
        return Run.of(words.toArray());
    }

    private static void assertSame(Run actual, Run expected) {
        assertThat(actual.err()).isEmpty();
        for (String field : List.of("count", "classes", "smallest", "largest", "worstCondition", "histogram")) {
            JsonObject told = expected.json();
            assertThat(told.has(field)).as(field).isTrue();
            assertThat(actual.json().get(field)).isEqualTo(told.get(field));
        }
    }

    /** The same driver, which notes how many bytes each copy from a device has. */
    private static Driver noting(Driver driver, List<Long> copies) {
        return (Driver) Proxy.newProxyInstance(
                Driver.class.getClassLoader(), new Class<?>[] {Driver.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("copyToHost")) {
                        copies.add((Long) arguments[2]);
                    }
                    try {
                        return method.invoke(driver, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void tellsWhatTheProcessorDoesWithoutAHessianLeavingTheDevice() {
        Run expected = run("cpu");
        DriverForTests driver = GpuForTests.driver(1, 1L << 30);
        List<Long> copies = Collections.synchronizedList(new ArrayList<>());
        try (GpuForTests gpu = GpuForTests.with(noting(driver, copies))) {
            assertSame(run("gpu"), expected);
        }
        assertThat(driver.leaks()).isEmpty();
        assertThat(copies).isNotEmpty();
        // Of the few by which the device is checked.
        assertThat(copies.stream().filter(bytes -> bytes % HESSIAN_BYTES == 0)).containsExactly(8 * HESSIAN_BYTES);
    }

    @Test
    void writesTheSameEigenvalues() {
        Path here = folder.resolve("here.npy");
        Path there = folder.resolve("there.npy");
        Run expected = run("cpu", "--out", here);
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertSame(run("gpu", "--out", there), expected);
        }
        assertThat(Npy.read(there)).isEqualTo(Npy.read(here));
    }

    /** By --verbose. */
    @Test
    void tellsWhereEigenvaluesAndSingularValuesAreFound() {
        try (GpuForTests gpu = GpuForTests.interpreted()) {
            assertThat(run("gpu", "--verbose").err()).contains("eigenvalues of order 11: on the GPU\n");
            assertThat(run("cpu", "--verbose").err()).doesNotContain("eigenvalues of order");
            Object vectors = folder.resolve("vectors.npy");
            assertThat(run("gpu", "--verbose", "--vectors", vectors).err())
                    .contains("eigenvalues and eigenvectors of order 11: on the CPU\n");
            Run larger = Run.of(
                    "spectrum", "--model", "mlp:33-2-1", "--random", 2, "--seed", 7, "--device", "gpu", "--verbose");
            assertThat(larger.err()).contains("eigenvalues of order 33: on the CPU\n");
            Run singular = Run.of(
                    "sensitivity",
                    "--model",
                    "two-two-one",
                    "--random",
                    9,
                    "--seed",
                    7,
                    "--device",
                    "gpu",
                    "--verbose");
            assertThat(singular.err()).contains("singular values: on the CPU\n");
        }
    }

    /** By kernels over arrays, whose matrix products add in another order than the processor's. */
    @Test
    void keepsHessiansOfLargerFunctionsOnTheDevice() {
        Run expected = run("cpu", "--engine", "loops");
        DriverForTests driver = GpuForTests.driver(2, 1L << 30);
        List<Long> copies = Collections.synchronizedList(new ArrayList<>());
        try (GpuForTests gpu = GpuForTests.with(noting(driver, copies))) {
            Run run = run("gpu", "--engine", "loops");
            assertThat(run.err()).isEmpty();
            for (String field : List.of("count", "classes")) {
                assertThat(run.json().get(field)).isEqualTo(expected.json().get(field));
            }
        }
        assertThat(driver.leaks()).isEmpty();
        // But for the first eight on each device, which are held to the CPU's.
        assertThat(copies).isNotEmpty().noneMatch(bytes -> bytes % HESSIAN_BYTES == 0 && bytes > 8 * HESSIAN_BYTES);
    }
}
