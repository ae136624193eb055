package org.curvature4j.internal.engine.backend;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.curvature4j.internal.gpu.Device;
import org.curvature4j.internal.gpu.Devices;

/**
 * Where a function of single points is computed.
 *
 * @param kind what is asked for
 * @param number of the one GPU that is meant; -1 for all of them
 */
public record DeviceChoice(Kind kind, int number) {
    public static final DeviceChoice AUTO = new DeviceChoice(Kind.AUTO, -1);
    public static final DeviceChoice CPU = new DeviceChoice(Kind.CPU, -1);
    public static final DeviceChoice GPU = new DeviceChoice(Kind.GPU, -1);

    private static final Pattern ONE = Pattern.compile("gpu:\\d{1,4}");
    private static final String NAME = Settings.PREFIX + "device: ";

    /** What can be asked for. */
    public enum Kind {
        /** A GPU where one is there and is expected to be faster. */
        AUTO,
        CPU,
        /** GPUs, for everything that one can compute. */
        GPU
    }

    /** @throws IllegalArgumentException if it isn't auto, cpu, gpu or gpu:N */
    static DeviceChoice of(String text) {
        if (ONE.matcher(text).matches()) {
            return new DeviceChoice(Kind.GPU, Integer.parseInt(text.substring(4)));
        }
        return switch (text) {
            case "auto" -> AUTO;
            case "cpu" -> CPU;
            case "gpu" -> GPU;
            default ->
                throw new IllegalArgumentException(
                        NAME + "expected auto, cpu, gpu or gpu:N as in gpu:1, got '" + text + "'");
        };
    }

    /** Whether a GPU is to compute whatever it can, faster or not. */
    public boolean isForced() {
        return kind == Kind.GPU;
    }

    /** Whether a GPU is forced and isn't missing. */
    boolean isThere() {
        try {
            return !devices().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The GPUs that may compute, none where only the CPU is to. For all kinds but CPU this starts NVIDIA's driver, where
     * there is one.
     *
     * @throws IllegalArgumentException if a GPU is forced that isn't there or is too old
     */
    public List<Device> devices() {
        List<Device> all = kind == Kind.CPU ? List.of() : Devices.get().all();
        if (all.isEmpty() && !isForced()) {
            return all;
        }
        List<Device> meant = number < 0 || number >= all.size() ? all : List.of(all.get(number));
        List<Device> usable = meant.stream().filter(Device::isSupported).toList();
        if (kind == Kind.GPU && all.isEmpty()) {
            throw new IllegalArgumentException(NAME + "expected an NVIDIA GPU for " + this + ", got "
                    + Devices.get().machine() + " (auto computes on the CPU)");
        }
        if (number >= all.size()) {
            throw new IllegalArgumentException(NAME + "expected " + names(all.size()) + ", got " + this);
        }
        if (kind == Kind.GPU && usable.isEmpty()) {
            throw new IllegalArgumentException(NAME + "expected a GPU of compute capability 6.0 or higher, got "
                    + meant.stream()
                            .map(device -> device + " of " + device.capability())
                            .collect(Collectors.joining(" and ")));
        }
        return usable;
    }

    private static String names(int count) {
        return count == 1
                ? "gpu:0, the only GPU"
                : "one of " + count + " GPUs, "
                        + IntStream.range(0, count - 1)
                                .mapToObj(i -> "gpu:" + i)
                                .collect(Collectors.joining(", "))
                        + " or gpu:" + (count - 1);
    }

    /**
     * What computes under this choice, and why.
     *
     * @throws IllegalArgumentException as {@link #devices}
     */
    public String why() {
        List<Device> devices = devices();
        if (devices.isEmpty()) {
            return "the CPU: " + (kind == Kind.CPU ? "asked for" : Devices.get().machine());
        }
        String names = devices.stream().map(Device::toString).collect(Collectors.joining(" and "));
        return names + (kind == Kind.GPU ? ", for what they can: asked for" : ", where that is expected to be faster");
    }

    @Override
    public String toString() {
        return switch (kind) {
            case AUTO -> "auto";
            case CPU -> "cpu";
            case GPU -> number < 0 ? "gpu" : "gpu:" + number;
        };
    }
}
