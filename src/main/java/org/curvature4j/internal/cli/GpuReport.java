package org.curvature4j.internal.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.curvature4j.internal.cli.report.Report;
import org.curvature4j.internal.engine.backend.DeviceChoice;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.Devices;
import org.curvature4j.internal.gpu.driver.DriverException;
import org.curvature4j.internal.text.Numbers;

/** What {@code doctor} tells of GPUs: which there are, what they could do, and which of them compute. */
final class GpuReport {
    private GpuReport() {}

    /** Adds one line where there is no GPU, else one for each, the driver's and the choice's. */
    static void add(Report report, DeviceChoice choice) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> fields = new ArrayList<>();
        for (Device device : Devices.get().all()) {
            Map<String, Object> figures = figures(device);
            lines.add(line(device, figures));
            fields.add(figures);
        }
        if (lines.isEmpty()) {
            report.line("gpu", "none: " + Devices.get().machine());
        } else {
            lines.add(Devices.get().machine());
            report.line(fields.size() == 1 ? "gpu" : "gpus", String.join("\n", lines));
            report.line("points on", choice.why() + " (device=" + choice + ")");
        }
        report.field("gpus", fields)
                .field("driver", Devices.get().machine())
                .field("device", choice.toString())
                .field("deviceWhy", choice.why());
    }

    private static String line(Device device, Map<String, Object> figures) {
        String free = figures.get("freeMemory") instanceof Long bytes
                ? Numbers.bytes(bytes) + " of " + Numbers.bytes(device.memory()) + " free"
                : Numbers.bytes(device.memory()) + ", not to be used: " + figures.get("error");
        return String.format(
                Locale.ROOT,
                "%s: compute capability %s%s, %s; on paper %.2f float64 TFLOP/s, %.0f GB/s",
                device,
                device.capability(),
                device.isSupported() ? "" : " (too old, 6.0 is needed)",
                free,
                // As the makers count: a fused multiply-add is two.
                2 * device.float64PerSecond() / 1e12,
                device.bytesPerSecond() / 1e9);
    }

    private static Map<String, Object> figures(Device device) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("number", device.number());
        figures.put("name", device.name());
        figures.put("capability", device.capability());
        figures.put("supported", device.isSupported());
        figures.put("multiprocessors", device.multiprocessors());
        figures.put("memory", device.memory());
        figures.put("float64PerSecond", device.float64PerSecond());
        figures.put("bytesPerSecond", device.bytesPerSecond());
        try {
            figures.put("freeMemory", device.freeMemory());
        } catch (DriverException e) {
            figures.put("error", String.valueOf(e.getMessage()));
        }
        return figures;
    }
}
