package org.curvature4j.internal.engine.backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What differs between the backends at run time. The defaults are the file {@code profiles/<backend>.properties}, which
 * documents each key; a system property {@code curvature4j.<key>} overrides a key.
 *
 * @param backend {@code cpu} or {@code cuda}
 * @param threads worker threads, at least 1 (0 in the file stands for one each core)
 * @param memory bytes for the tiles that are computed at the same time, outside the Java heap
 * @param tile points in a tile; 0 where each function finds its own
 * @param engine what computes a function of single points
 * @param device where that is computed
 */
public record Settings(String backend, int threads, long memory, int tile, Engine engine, DeviceChoice device) {

    /** What system properties start with. */
    public static final String PREFIX = "curvature4j.";

    private static final List<String> BACKENDS = List.of("cpu", "cuda");
    private static final Set<String> KEYS =
            new TreeSet<>(List.of("backend", "device", "engine", "memory", "threads", "tile", "wait"));
    /** Read where what it says is used: the folder for machine code of GPUs. */
    private static final Set<String> ELSEWHERE = Set.of("cache");

    private static final Pattern BYTES = Pattern.compile("(\\d{1,18})([kmg]?)");

    /**
     * Settings of a backend: its file, with this JVM's system properties over it.
     *
     * @param backend {@code cpu} or {@code cuda}
     * @return the settings
     * @throws IllegalArgumentException if the backend or a key isn't known or a value isn't valid
     */
    public static Settings of(String backend) {
        return of(backend, System.getProperties());
    }

    /**
     * How long a GPU may take for what was queued on it before it counts as lost; zero: for ever. One for the whole process.
     *
     * @throws IllegalArgumentException if the value isn't valid
     */
    static Duration wait(String backend) {
        return Duration.ofSeconds(count("wait", values(backend, System.getProperties())));
    }

    /**
     * Settings of a backend that computes although another was asked for, whose device is taken: a build for CUDA on a
     * machine for whose GPUs ND4J has no code still computes on them what it can.
     */
    static Settings of(String backend, String asked) {
        Settings own = of(backend);
        return new Settings(backend, own.threads, own.memory, own.tile, own.engine, of(asked).device);
    }

    /**
     * Settings of the backend that system properties ask for, or the CPU's, without starting anything.
     *
     * @return the settings that would be in use
     * @throws IllegalArgumentException if a system property {@code curvature4j.*} isn't valid
     */
    public static Settings preview() {
        return of(asked(System.getProperties(), "cpu"));
    }

    static Settings of(String backend, Properties overrides) {
        Properties values = values(backend, overrides);
        count("wait", values);
        int threads = count("threads", values);
        return new Settings(
                backend,
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                bytes("memory", value("memory", values)),
                count("tile", values),
                engine(values),
                device(values, overrides.containsKey(PREFIX + "device")));
    }

    private static Properties values(String backend, Properties overrides) {
        oneOf("backend", backend, BACKENDS);
        Properties values = file(backend);
        for (String name : overrides.stringPropertyNames()) {
            String key = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
            if (!key.isEmpty() && !ELSEWHERE.contains(key)) {
                oneOf(PREFIX + "<key>", key, KEYS);
                values.setProperty(key, overrides.getProperty(name));
            }
        }
        return values;
    }

    /** A file's device is a wish, which machines without a GPU needn't grant. */
    private static DeviceChoice device(Properties values, boolean asked) {
        DeviceChoice device = DeviceChoice.of(value("device", values));
        return asked || !device.isForced() || device.isThere() ? device : DeviceChoice.AUTO;
    }

    private static Engine engine(Properties values) {
        String name = value("engine", values);
        oneOf(
                PREFIX + "engine",
                name,
                Stream.of(Engine.values()).map(Engine::key).toList());
        return Engine.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /**
     * What the file of a backend says, by key, before anything is overridden.
     *
     * @param backend {@code cpu} or {@code cuda}
     */
    public static Map<String, String> defaults(String backend) {
        Map<String, String> defaults = new TreeMap<>();
        Properties values = file(backend);
        KEYS.forEach(key -> defaults.put(key, value(key, values)));
        return defaults;
    }

    /** The keys that system properties override, with their values. */
    public static Map<String, String> overrides() {
        Map<String, String> overrides = new TreeMap<>();
        for (String key : KEYS) {
            String value = System.getProperty(PREFIX + key);
            if (value != null) {
                overrides.put(key, value);
            }
        }
        return overrides;
    }

    /**
     * Which backend the user asked for.
     *
     * @param overrides system properties
     * @param built the backend that this program was built for
     */
    static String asked(Properties overrides, String built) {
        String name = PREFIX + "backend";
        String asked = overrides.getProperty(name, built).strip().toLowerCase(Locale.ROOT);
        oneOf(name, asked, BACKENDS);
        return asked;
    }

    private static Properties file(String backend) {
        Properties values = new Properties();
        String name = backend + ".properties";
        try (InputStream in = Settings.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + ": not on the class path beside " + Settings.class.getName()
                        + " (the build copies it from profiles/)");
            }
            values.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ": " + e.getMessage(), e);
        }
        return values;
    }

    private static String value(String key, Properties values) {
        return values.getProperty(key, "").strip().toLowerCase(Locale.ROOT);
    }

    private static int count(String key, Properties values) {
        String text = value(key, values);
        boolean whole = text.matches("\\d+");
        try {
            if (whole) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException e) {
            // Said below: it is too large.
        }
        String expected = whole ? "at most " + Integer.MAX_VALUE : "a whole number, 0 (automatic) or more";
        throw new IllegalArgumentException(PREFIX + key + ": expected " + expected + ", got '" + text + "'");
    }

    private static long bytes(String key, String text) {
        Matcher matcher = BYTES.matcher(text);
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            int shift = 10 * " kmg".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
            if (number > 0 && number <= Long.MAX_VALUE >> shift) {
                return number << shift;
            }
        }
        throw new IllegalArgumentException(PREFIX + key
                + ": expected a number of bytes above 0, or one with k, m or g such as 512m, got '" + text + "'");
    }

    private static void oneOf(String name, String got, Iterable<String> expected) {
        for (String one : expected) {
            if (one.equals(got)) {
                return;
            }
        }
        throw new IllegalArgumentException(
                name + ": expected one of " + String.join(", ", expected) + ", got '" + got + "'");
    }
}
