package org.curvature4j.internal.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/** Models of other kinds, and how each becomes an ONNX model. */
public final class ForeignModel {
    /** Entries of an archive that are looked at: those that tell formats apart come early. */
    private static final int ENTRIES = 500;

    private static final String TF2ONNX = "python -m tf2onnx.convert ";

    private ForeignModel() {}

    /** What a file is that isn't the model that was expected, in words, with what to do. */
    public static String of(Path file, byte[] bytes) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (starts(bytes, 0, "PK\003\004")) {
            return archive(file, bytes);
        } else if (starts(bytes, 0, "\u0089HDF\r\n")) {
            return "an HDF5 file, as Keras writes (to ONNX: " + keras(file) + ")";
        } else if (isPickle(bytes)) {
            return "a Python pickle, as older PyTorch versions write (to ONNX: " + torch("torch.load", file) + ")";
        } else if (starts(bytes, 4, "TFL3")) {
            return "a TensorFlow Lite model (to ONNX: " + TF2ONNX + "--tflite " + file + " --output model.onnx)";
        } else if (name.equals("saved_model.pb")) {
            return savedModel(file.toAbsolutePath().resolveSibling(""));
        } else if (name.endsWith(".pb")) {
            return "a TensorFlow graph (to ONNX: " + TF2ONNX + "--graphdef " + file
                    + " --output model.onnx --inputs INPUT:0 --outputs OUTPUT:0)";
        }
        return ForeignFormat.of(bytes);
    }

    /** What a folder is that was given as a model. */
    public static String folder(Path folder) {
        return Files.exists(folder.resolve("saved_model.pb")) ? savedModel(folder) : "a folder";
    }

    private static String savedModel(Path folder) {
        return "a TensorFlow SavedModel (to ONNX: " + TF2ONNX + "--saved-model " + folder + " --output model.onnx)";
    }

    private static String keras(Path file) {
        return "python -c \"import keras; keras.saving.load_model('" + file
                + "').export('model.onnx', format='onnx')\"";
    }

    private static String torch(String load, Path file) {
        return "python -c \"import torch; torch.onnx.export(" + load + "('" + file
                + "', weights_only=False).double().eval(), (torch.zeros(1, INPUTS),), 'model.onnx', dynamo=True)\"";
    }

    private static boolean isPickle(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == (byte) 0x80 && bytes[1] >= 2 && bytes[1] <= 5;
    }

    private static boolean starts(byte[] bytes, int offset, String start) {
        if (bytes.length < offset + start.length()) {
            return false;
        }
        for (int i = 0; i < start.length(); i++) {
            if ((bytes[offset + i] & 0xff) != start.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static String archive(Path file, byte[] bytes) {
        List<String> entries = entries(bytes);
        if (entries.stream().anyMatch(entry -> entry.endsWith("coefficients.bin"))) {
            return "a network of Deeplearning4j (" + (isWhole(file) ? "Dl4jFile.load reads it" : "a damaged file")
                    + ")";
        } else if (entries.stream().anyMatch(entry -> entry.endsWith("model.weights.h5"))) {
            return "a Keras model (to ONNX: " + keras(file) + ")";
        } else if (entries.stream().anyMatch(entry -> entry.contains("/code/"))) {
            return "a TorchScript model (to ONNX: python -c \"import torch; torch.onnx.export(torch.jit.load('" + file
                    + "'), (torch.zeros(1, INPUTS),), 'model.onnx', dynamo=False)\")";
        } else if (entries.stream().anyMatch(entry -> entry.endsWith("data.pkl"))) {
            return "a PyTorch file (of a whole model, to ONNX: " + torch("torch.load", file)
                    + "; of weights alone: load them into the model first)";
        } else if (entries.stream()
                .anyMatch(entry -> entry.contains("models/") || entry.contains("exported_program"))) {
            return "a PyTorch exported program (to ONNX: python -c \"import torch;"
                    + " torch.onnx.export(torch.export.load('" + file + "')).save('model.onnx')\")";
        }
        return "a zip archive (of a model of another library? export it to ONNX)";
    }

    /** Whether an archive's list of entries, which is at its end, is there. */
    private static boolean isWhole(Path file) {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            return archive.size() > 0;
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> entries(byte[] bytes) {
        List<String> entries = new ArrayList<>();
        try (ZipInputStream archive = new ZipInputStream(new ByteArrayInputStream(bytes))) {
            for (ZipEntry entry = archive.getNextEntry();
                    entry != null && entries.size() < ENTRIES;
                    entry = archive.getNextEntry()) {
                entries.add(entry.getName());
            }
        } catch (IOException | IllegalArgumentException e) {
            // A damaged archive is told by the entries before the damage.
            return entries;
        }
        return entries;
    }
}
