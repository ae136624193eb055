package org.curvature4j.internal.io;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.ToNumberPolicy;
import com.google.gson.TypeAdapter;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.curvature4j.io.DataFileException;

/**
 * Records, maps, lists, arrays, strings and numbers as JSON, for manifests and for programs that read the command line.
 *
 * <p>JSON has no NaN and no infinity: they are written, and read back, as the strings "NaN", "Infinity" and "-Infinity".
 * Doubles and 64-bit integers come back exact. Paths and arrays of ND4J must be turned into strings and lists before.
 */
public final class Json {
    private static final Gson GSON = builder().setPrettyPrinting().create();
    private static final Gson COMPACT = builder().create();

    private Json() {}

    private static GsonBuilder builder() {
        return new GsonBuilder()
                .disableHtmlEscaping()
                .setStrictness(Strictness.STRICT)
                .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
                .registerTypeAdapter(double.class, new AnyDouble())
                .registerTypeAdapter(Double.class, new AnyDouble());
    }

    /** The value as indented JSON without a newline at the end. */
    public static String text(Object value) {
        return GSON.toJson(value);
    }

    /** The value as JSON in one line. */
    public static String compact(Object value) {
        return COMPACT.toJson(value);
    }

    /** What an object's text says as maps, lists, strings, booleans, longs and doubles; NaN and the infinities stay strings. */
    public static Map<String, Object> plain(String object) {
        return GSON.fromJson(object, new TypeToken<Map<String, Object>>() {});
    }

    /** Writes the value as JSON; the file appears complete or not at all. */
    public static void write(Path file, Object value) {
        AtomicFile.writeText(file, text(value) + "\n");
    }

    /**
     * Reads a value.
     *
     * @param type a record, all of whose components must be in the file, or a class such as {@code Map}
     * @throws DataFileException if there is no such file, it isn't JSON, or not of that type
     */
    public static <T> T read(Path file, Class<T> type) {
        StoredFile.require(file, "JSON");
        try {
            return read(file, Files.readString(file), type);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read as text", e);
        }
    }

    /** As {@link #read(Path, Class)}, of the text of a file that is elsewhere. */
    public static <T> T read(Path file, String text, Class<T> type) {
        try {
            JsonElement tree = GSON.fromJson(text, JsonElement.class);
            if (tree == null || tree.isJsonNull()) {
                throw new DataFileException(file, "expected JSON, got nothing");
            }
            if (type.isRecord()) {
                checkComponents(file, tree, type);
            }
            return GSON.fromJson(tree, type);
        } catch (JsonParseException | IllegalArgumentException e) {
            throw new DataFileException(
                    file,
                    "expected JSON of a " + name(type) + ", got another text or a damaged file (" + firstLine(e) + ")");
        }
    }

    /** Gson leaves out what the file leaves out; a record must not come back with holes. */
    private static void checkComponents(Path file, JsonElement tree, Class<?> type) {
        if (!(tree instanceof JsonObject object)) {
            throw new DataFileException(file, "expected a JSON object of a " + name(type) + ", got another value");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (!object.has(component.getName())
                    || object.get(component.getName()).isJsonNull()) {
                throw new DataFileException(
                        file, "expected a value of '" + component.getName() + "', got only " + object.keySet());
            }
        }
    }

    private static String name(Class<?> type) {
        return type.getSimpleName().toLowerCase(Locale.ROOT);
    }

    /**
     * Where it isn't, as the parser says: the first line, behind which Gson links to its own troubleshooting, without the names
     * of classes.
     */
    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse("not understood")
                .replaceFirst("^[\\w.$]+: ", "");
    }

    /** Doubles with NaN and the infinities as strings. */
    private static final class AnyDouble extends TypeAdapter<Double> {
        @Override
        public void write(JsonWriter out, Double value) throws IOException {
            if (Double.isFinite(value)) {
                out.value(value);
            } else {
                out.value(value.toString());
            }
        }

        @Override
        public Double read(JsonReader in) throws IOException {
            if (in.peek() != JsonToken.STRING) {
                return in.nextDouble();
            }
            String text = in.nextString();
            return switch (text) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw new JsonParseException("expected a number, got \"" + text + "\" at " + in.getPath());
            };
        }
    }
}
