package org.curvature4j.dl4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.curvature4j.internal.io.ForeignModel;
import org.curvature4j.io.DataFileException;

/**
 * A saved network's configuration, in which only classes that are known are named.
 *
 * @param configuration as it was checked, not as it is in the file: two readers may understand a text differently
 * @param isGraph whether it is one of layers and vertices
 */
record NetworkArchive(Path file, String configuration, boolean isGraph) {
    static final String CONFIGURATION = "configuration.json";
    static final String PARAMETERS = "coefficients.bin";

    private static final int MOST_CHARACTERS = 1 << 26;
    /** Where a configuration may find its classes; Jackson runs their static initialisers before it looks at what they are. */
    private static final List<String> PACKAGES = List.of(
            "org.deeplearning4j.nn.conf.",
            "org.deeplearning4j.nn.weights.",
            "org.nd4j.linalg.activations.",
            "org.nd4j.linalg.lossfunctions.",
            "org.nd4j.linalg.learning.",
            "org.nd4j.linalg.schedule.");

    /** @throws DataFileException if it isn't such a file, or names other classes */
    static NetworkArchive read(Path file) {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            ZipEntry entry = archive.getEntry(CONFIGURATION);
            if (entry == null || archive.getEntry(PARAMETERS) == null) {
                throw new DataFileException(
                        file,
                        "expected a network saved by Deeplearning4j, with " + CONFIGURATION + " and " + PARAMETERS
                                + ", got " + ForeignModel.of(file, Files.readAllBytes(file)));
            }
            JsonElement tree = JsonParser.parseString(text(file, archive, entry));
            if (!(tree instanceof JsonObject object)) {
                throw new DataFileException(
                        file,
                        CONFIGURATION + ": expected an object, got "
                                + (tree.isJsonNull() ? "nothing" : "something else"));
            }
            requireKnown(file, tree);
            return new NetworkArchive(file, tree.toString(), object.has("vertices"));
        } catch (JsonParseException e) {
            throw Dl4jFile.failure(file, CONFIGURATION + ": expected JSON, got " + reason(e) + " (damaged file)", e);
        } catch (ZipException e) {
            throw Dl4jFile.failure(file, "expected a network saved by Deeplearning4j, got " + foreign(file), e);
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /** Without the names of classes and the address of a manual that Gson puts around it. */
    private static String reason(JsonParseException failure) {
        Throwable cause = failure.getCause();
        String told = cause == null ? failure.getMessage() : cause.getMessage();
        return told == null ? "something else" : told.lines().findFirst().orElse("something else");
    }

    private static String foreign(Path file) {
        try {
            String found = ForeignModel.of(file, Files.readAllBytes(file));
            return found.contains("archive") ? found + ", damaged" : found;
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    private static String text(Path file, ZipFile archive, ZipEntry entry) throws IOException {
        try (InputStream in = archive.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST_CHARACTERS + 1);
            if (bytes.length > MOST_CHARACTERS) {
                throw new DataFileException(
                        file, CONFIGURATION + ": expected at most " + MOST_CHARACTERS + " bytes, got more");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static void requireKnown(Path file, JsonElement tree) {
        if (tree instanceof JsonArray array) {
            array.forEach(element -> requireKnown(file, element));
        } else if (tree instanceof JsonObject object) {
            for (Map.Entry<String, JsonElement> property : object.entrySet()) {
                JsonElement value = property.getValue();
                if (property.getKey().startsWith("@")) {
                    requireKnown(file, value.isJsonPrimitive() ? value.getAsString() : value.toString());
                }
                requireKnown(file, value);
            }
        }
    }

    private static void requireKnown(Path file, String type) {
        if (PACKAGES.stream().noneMatch(type::startsWith)) {
            throw new DataFileException(
                    file,
                    CONFIGURATION + ": expected classes of Deeplearning4j's own, got '" + type
                            + "' (a file may not say whose code is run; restore the network by Deeplearning4j if you trust"
                            + " it, and give it to Dl4jNetwork.graph)");
        }
    }
}
