package org.curvature4j.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.curvature4j.cli.Main;
import org.curvature4j.internal.gpu.driver.FakeCuda;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** That a driver is found where the system's loader finds it: a program of its own, with a library of C for a driver. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "LD_LIBRARY_PATH is how a driver is put into a process here")
class FoundDriverTest {
    @TempDir
    private Path folder;

    @Test
    void aDriverOfTheLoadersIsUsed() throws Exception {
        FakeCuda.build(folder.resolve("libcuda.so.1"));

        JsonObject json = doctor("cpu");

        assertThat(json.get("driver").getAsString()).isEqualTo("an NVIDIA driver for CUDA 12.4");
        JsonArray gpus = json.getAsJsonArray("gpus");
        assertThat(gpus).hasSize(2);
        JsonObject second = gpus.get(1).getAsJsonObject();
        assertThat(second.get("name").getAsString()).isEqualTo("Pretended GPU Ti");
        assertThat(second.get("capability").getAsString()).isEqualTo("8.9");
        assertThat(second.get("memory").getAsLong()).isEqualTo((80L << 30) + 41);
        assertThat(second.get("freeMemory").getAsLong()).isEqualTo(80L << 30);
    }

    @Test
    void anOldOneIsToldAndTheCpuComputes() throws Exception {
        FakeCuda.build(folder.resolve("libcuda.so.1"), "VERSION=10020");

        JsonObject json = doctor("auto");

        assertThat(json.get("driver").getAsString())
                .isEqualTo("an NVIDIA driver that can't be used: NVIDIA driver: expected one for CUDA 11.0 or newer,"
                        + " got one for CUDA 10.2 (update the driver)");
        assertThat(json.getAsJsonArray("gpus")).isEmpty();
        assertThat(json.get("deviceWhy").getAsString()).startsWith("the CPU: an NVIDIA driver that can't be used");
    }

    private JsonObject doctor(String device) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(List.of(
                "-Dcurvature4j.cache=off",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "doctor",
                "--device",
                device,
                "--json"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LD_LIBRARY_PATH", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return new Gson().fromJson(text, JsonObject.class);
    }
}
