package org.curvature4j.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import onnx.Onnx.StringStringEntryProto;
import onnx.Onnx.TensorProto;
import org.curvature4j.internal.text.Arguments;
import org.jspecify.annotations.Nullable;

/** The bytes of tensors, in the model's file or in files beside it, which are mapped, not read. */
final class OnnxData {
    private final @Nullable Path folder;
    private final Set<Path> files = new TreeSet<>();

    /**
     * @param folder of the model's file; null for a model that has none
     */
    OnnxData(@Nullable Path folder) {
        this.folder = folder;
    }

    /** A tensor's bytes, from position 0 on; none where fields hold its elements. */
    ByteBuffer of(TensorProto tensor, String what) {
        ByteBuffer bytes = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                ? external(tensor, what)
                : tensor.getRawData().asReadOnlyByteBuffer();
        return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The files beside the model's that tensors were in, as far as they were asked for, in order. */
    List<Path> files() {
        return List.copyOf(files);
    }

    private ByteBuffer external(TensorProto tensor, String what) {
        Map<String, String> places = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            places.put(entry.getKey(), entry.getValue());
        }
        Path file = file(places.getOrDefault("location", ""), what);
        try (FileChannel channel = FileChannel.open(file)) {
            long offset = number(places, "offset", 0, what);
            long length = number(places, "length", channel.size() - offset, what);
            Arguments.refuseIf(
                    offset < 0 || length < 0 || offset > channel.size() || length > channel.size() - offset,
                    what,
                    "bytes inside " + file + ", which has " + channel.size(),
                    length + " from " + offset + " on");
            Arguments.refuseIf(length > Integer.MAX_VALUE, what, "at most 2 GiB", length + " bytes");
            files.add(file);
            return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + ": expected its numbers in " + file + ", which can't be read", e);
        }
    }

    /** A file in the model's folder or below; a link that leads out of it is none. */
    private Path file(String location, String what) {
        if (folder == null) {
            throw new IllegalArgumentException(what + ": expected its numbers in the model's file, got them in '"
                    + location + "' beside a model without a folder");
        }
        try {
            Path base = folder.toRealPath();
            Path file = base.resolve(location).normalize();
            Arguments.refuseIf(
                    location.isEmpty() || !file.startsWith(base), what, "a file in the model's folder", location);
            Arguments.refuseIf(
                    !Files.isRegularFile(file),
                    what,
                    "its numbers in " + file,
                    "no such file (move it beside the model)");
            Arguments.refuseIf(
                    !file.toRealPath().startsWith(base), what, "a file in the model's folder", "a link out of it");
            return file;
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(what + ": expected a file beside the model, got '" + location + "'", e);
        }
    }

    private static long number(Map<String, String> places, String key, long otherwise, String what) {
        String written = places.get(key);
        try {
            return written == null ? otherwise : Long.parseLong(written);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(what + ": expected " + key + " as a number, got '" + written + "'", e);
        }
    }
}
