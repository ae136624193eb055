package org.curvature4j.internal.gpu.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What reaches a driver through JNA, and what comes back: against a library of C that checks it. */
class CudaDriverTest {
    /** More than 32 bits hold, and no round number. */
    private static final long LARGE = (5L << 30) + 3;

    @TempDir
    private static Path folder;

    private static Path library;
    private static CudaDriver driver;

    @BeforeAll
    static void build() throws Exception {
        library = FakeCuda.build(folder.resolve("libfake.so"));
        driver = FakeCuda.open(library);
    }

    @BeforeEach
    void enter() {
        driver.makeCurrent(driver.retainContext(0));
    }

    @AfterEach
    void leaveNothing() {
        driver.releaseContext(0);
        assertThat(FakeCuda.alive(library)).isZero();
    }

    @Test
    void asksForDevicesByTheirHandles() {
        assertThat(driver.version()).isEqualTo(12040);
        assertThat(driver.deviceCount()).isEqualTo(2);
        assertThat(driver.deviceName(0)).isEqualTo("Pretended GPU");
        assertThat(driver.deviceName(1)).isEqualTo("Pretended GPU Ti");
        assertThat(driver.attribute(1, Attribute.CAPABILITY_MAJOR)).isEqualTo(8);
        assertThat(driver.attribute(1, Attribute.CAPABILITY_MINOR)).isEqualTo(9);
        assertThat(driver.attribute(0, Attribute.MULTIPROCESSORS)).isEqualTo(132);
        assertThat(driver.totalMemory(1)).isEqualTo((80L << 30) + 41);
    }

    @Test
    void sizesAndAddressesHave64Bits() {
        long before = driver.freeMemory();
        long device = driver.allocate(LARGE);
        long host = driver.allocateHost(LARGE + 4);

        assertThat(before - driver.freeMemory()).isEqualTo(2 * LARGE + 4);
        assertThat(device).isGreaterThan(1L << 32);
        assertThat(FakeCuda.alive(library)).isEqualTo(3);

        long stream = driver.createStream();
        long far = LARGE - 8;
        new Pointer(host).setDouble(far, Math.PI);
        driver.copyToDevice(device + far, host + far, 8, stream);
        driver.copy(device, device + far, 8, stream);
        driver.copyToHost(host + 16, device, 8, stream);
        driver.fill(device + far + 6, (byte) -1, 2, stream);
        driver.copyToHost(host + 24, device + far, 8, stream);
        assertThat(driver.isDone(stream)).isTrue();
        assertThat(new Pointer(host).getDouble(16)).isEqualTo(Math.PI);
        assertThat(new Pointer(host).getLong(24)).isEqualTo(Double.doubleToRawLongBits(Math.PI) | 0xFFFFL << 48);

        driver.destroyStream(stream);
        driver.freeHost(host);
        driver.free(device);
        assertThat(driver.freeMemory()).isEqualTo(before);
    }

    @Test
    void launchesWithItsParametersInABuffer() {
        long module = driver.loadModule(driver.assemble(".entry wave"));
        long function = driver.function(module, "wave");
        long stream = driver.createStream();
        long device = driver.allocate(256);
        long host = driver.allocateHost(256);
        long[] arguments = {device, Long.MIN_VALUE + 5, Double.doubleToRawLongBits(-0.1), -1};

        driver.launch(function, Integer.MAX_VALUE, 1024, 12_345, arguments, stream);
        driver.copyToHost(host, device, 256, stream);

        long[] seen = new Pointer(host).getLongArray(0, 9 + arguments.length);
        assertThat(seen).startsWith(Integer.MAX_VALUE, 1, 1, 1024, 1, 1, 12_345, 1, 8L * arguments.length);
        assertThat(seen).endsWith(arguments);
        assertThat(driver.attribute(FunctionAttribute.MOST_THREADS_A_BLOCK, function))
                .isEqualTo(1024);
        assertThat(driver.attribute(FunctionAttribute.REGISTERS, function)).isEqualTo(96);
        assertThat(driver.attribute(FunctionAttribute.LOCAL_BYTES, function)).isEqualTo(16);
        assertThatThrownBy(() -> driver.function(module, "particle"))
                .isInstanceOf(DriverException.class)
                .hasMessage("cuModuleGetFunction: CUDA_ERROR_NOT_FOUND, named symbol not found (500)");

        driver.freeHost(host);
        driver.free(device);
        driver.destroyStream(stream);
        driver.unloadModule(module);
    }

    @Test
    void assemblesAndTellsWhatTheCompilerSays() {
        assertThat(driver.assemble(".entry µ")).isEqualTo("code of .entry µ\0".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> driver.assemble("broken"))
                .isInstanceOf(DriverException.class)
                .hasMessage(
                        "cuLinkAddData_v2: CUDA_ERROR_INVALID_PTX, words of the driver: ptxas application ptx input,"
                                + " line 3; fatal   : Parsing error near 'broken' (218)");
        assertThatThrownBy(() -> driver.assemble("endless"))
                .isInstanceOf(DriverException.class)
                .hasMessage(
                        "cuLinkComplete: CUDA_ERROR_OUT_OF_MEMORY, out of memory: info    : took all registers (2)");
    }

    @Test
    void errorsHaveTheDriversNameAndWords() {
        DriverException error = catchThrowableOfType(DriverException.class, () -> driver.allocate(1L << 40));
        assertThat(error).hasMessage("cuMemAlloc_v2: CUDA_ERROR_OUT_OF_MEMORY, out of memory (2)");
        assertThat(error.isOutOfMemory()).isTrue();
        assertThat(error.isLost()).isFalse();

        assertThatThrownBy(() -> driver.loadModule(new byte[] {1, 2, 3, 0}))
                .hasMessage("cuModuleLoadData: an error that this driver has no words for, words of the driver (200)");
        assertThatThrownBy(() -> driver.deviceName(2))
                .hasMessage("cuDeviceGet: CUDA_ERROR_INVALID_DEVICE, words of the driver (101)");
    }

    @Test
    void aContextIsTheThreadsThatMadeItCurrent() {
        long context = driver.retainContext(0);
        CompletableFuture<Long> elsewhere = CompletableFuture.supplyAsync(driver::createStream, Runnable::run);
        driver.destroyStream(elsewhere.join());
        CompletableFuture<Long> outside =
                CompletableFuture.supplyAsync(driver::freeMemory, each -> new Thread(each).start());
        assertThatThrownBy(outside::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessage("cuMemGetInfo_v2: CUDA_ERROR_INVALID_CONTEXT, words of the driver (201)");
        CompletableFuture<Long> inside = CompletableFuture.supplyAsync(
                () -> {
                    driver.makeCurrent(context);
                    return driver.freeMemory();
                },
                each -> new Thread(each).start());
        assertThat(inside.join()).isPositive();
        driver.releaseContext(0);
    }

    @Test
    void tellsWhatIsDoneFromWhatStillRuns() {
        long module = driver.loadModule(driver.assemble(".entry forever"));
        long stream = driver.createStream();
        long other = driver.createStream();
        assertThat(driver.isDone(stream)).isTrue();

        driver.launch(driver.function(module, "forever"), 1, 1, 0, new long[] {0}, stream);
        assertThat(driver.isDone(stream)).isFalse();
        assertThat(driver.isDone(other)).isTrue();
        assertThatThrownBy(() -> driver.isDone(0))
                .isInstanceOf(DriverException.class)
                .hasMessage("cuStreamQuery: CUDA_ERROR_INVALID_VALUE, words of the driver (1)");

        driver.destroyStream(other);
        driver.destroyStream(stream);
        driver.unloadModule(module);
    }

    @Test
    void refusesADriverThatIsTooOldOrLacksAFunction() throws Exception {
        Path old = FakeCuda.build(folder.resolve("libold.so"), "VERSION=10020");
        assertThatThrownBy(() -> FakeCuda.open(old))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("NVIDIA driver: expected one for CUDA 11.0 or newer, got one for CUDA 10.2"
                        + " (update the driver)");
        Path lacking = FakeCuda.build(folder.resolve("liblacking.so"), "WITHOUT_FILL");
        assertThatThrownBy(() -> FakeCuda.open(lacking))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("NVIDIA driver: expected one with the function cuMemsetD8Async, got one without"
                        + " (update the driver)");
    }

    @Test
    void triesEachPlaceAndNamesTheFirstThatFails() {
        String nowhere = folder.resolve("libnowhere.so").toString();

        assertThat(CudaDriver.open(List.of(nowhere, library.toString())).deviceCount())
                .isEqualTo(2);
        assertThatThrownBy(() -> CudaDriver.open(List.of(nowhere)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("NVIDIA driver: can't be loaded: ")
                .hasMessageContaining("libnowhere.so");
    }
}
