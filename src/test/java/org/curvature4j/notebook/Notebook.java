package org.curvature4j.notebook;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.jspecify.annotations.Nullable;

/** A notebook's file, of format 4.5: its cells, and what they are to show. */
final class Notebook {
    /** What is kept of a figure: SVG would be as large again. */
    private static final List<String> KEPT = List.of(MimeBundle.PNG, MimeBundle.HTML, MimeBundle.TEXT);

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private final Path file;
    private final JsonObject content;

    private Notebook(Path file, JsonObject content) {
        this.file = file;
        this.content = content;
    }

    static Notebook read(Path file) throws IOException {
        return new Notebook(file, JsonParser.parseString(Files.readString(file)).getAsJsonObject());
    }

    JsonObject content() {
        return content;
    }

    List<JsonObject> cells() {
        return StreamSupport.stream(content.getAsJsonArray("cells").spliterator(), false)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    static boolean isCode(JsonObject cell) {
        return cell.get("cell_type").getAsString().equals("code");
    }

    /** Lines for the kernel itself, such as those that load libraries; no Java. */
    static boolean isMagic(JsonObject cell) {
        return source(cell).startsWith("%");
    }

    static String source(JsonObject cell) {
        return text(cell.get("source"));
    }

    /** A string, or the list of its lines. */
    static String text(JsonElement value) {
        if (!value.isJsonArray()) {
            return value.getAsString();
        }
        StringBuilder text = new StringBuilder();
        value.getAsJsonArray().forEach(line -> text.append(line.getAsString()));
        return text.toString();
    }

    private static JsonArray lines(String text) {
        JsonArray lines = new JsonArray();
        for (String line : text.split("(?<=\n)", -1)) {
            if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return lines;
    }

    /** What Jupyter keeps of a cell that has printed something and given something. */
    static JsonArray outputs(int count, String printed, @Nullable DisplayData given) {
        JsonArray outputs = new JsonArray();
        if (!printed.isEmpty()) {
            JsonObject stream = new JsonObject();
            stream.addProperty("name", "stdout");
            stream.addProperty("output_type", "stream");
            stream.add("text", lines(printed));
            outputs.add(stream);
        }
        if (given != null) {
            JsonObject result = new JsonObject();
            JsonObject data = new JsonObject();
            JsonObject metadata = new JsonObject();
            for (String format : KEPT) {
                Object value = given.getData(MIMEType.parse(format));
                if (value != null) {
                    boolean picture = format.equals(MimeBundle.PNG);
                    data.add(format, picture ? GSON.toJsonTree(halved(value.toString())) : lines(value.toString()));
                }
            }
            result.add("data", data);
            result.addProperty("execution_count", count);
            result.add("metadata", metadata);
            result.addProperty("output_type", "execute_result");
            outputs.add(result);
        }
        return outputs;
    }

    /** A figure with one pixel in the place of four, which is enough for a page and a quarter of the bytes. */
    private static String halved(String base64) {
        try {
            BufferedImage sharp =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
            BufferedImage plain =
                    new BufferedImage(sharp.getWidth() / 2, sharp.getHeight() / 2, BufferedImage.TYPE_INT_RGB);
            Graphics2D g = plain.createGraphics();
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            g.drawImage(sharp, 0, 0, plain.getWidth(), plain.getHeight(), null);
            g.dispose();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(plain, "png", bytes);
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void set(JsonObject cell, int count, JsonArray outputs) {
        cell.add("execution_count", count == 0 ? JsonNull.INSTANCE : GSON.toJsonTree(count));
        cell.add("outputs", outputs);
    }

    /** As Jupyter writes it. */
    void write() throws IOException {
        StringWriter text = new StringWriter();
        JsonWriter writer = new JsonWriter(text);
        writer.setIndent(" ");
        writer.setHtmlSafe(false);
        writer.setSerializeNulls(true);
        GSON.toJson(content, writer);
        Files.writeString(file, text + "\n");
    }
}
