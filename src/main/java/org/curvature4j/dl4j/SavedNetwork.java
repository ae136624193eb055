package org.curvature4j.dl4j;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.curvature4j.io.DataFileException;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A network made of an archive: Deeplearning4j makes it of the configuration, and the parameters are read here. */
final class SavedNetwork {
    /** Deflate makes at most so much of a byte. */
    private static final long MOST_OF_A_BYTE = 1032;

    private SavedNetwork() {}

    /**
     * @throws DataFileException if Deeplearning4j makes no network of it
     * @throws IllegalArgumentException where a layer isn't known here
     */
    static SameDiff graph(NetworkArchive archive) {
        if (archive.isGraph()) {
            return Dl4jNetwork.graph(restored(archive, SavedNetwork::vertices));
        }
        return Dl4jNetwork.graph(restored(archive, SavedNetwork::layers));
    }

    /** Whatever goes wrong in Deeplearning4j goes wrong because of the file. */
    private static <N> N restored(NetworkArchive archive, Function<NetworkArchive, N> network) {
        try {
            return network.apply(archive);
        } catch (DataFileException e) {
            throw e;
        } catch (RuntimeException e) {
            // What Java says of these names methods of Deeplearning4j's, which a user of a file can do nothing with.
            String reason = e instanceof NullPointerException
                    ? "a setting that it needs is missing (damaged file)"
                    : String.valueOf(e.getMessage()).lines().findFirst().orElse("nothing said");
            throw Dl4jFile.failure(
                    archive.file(),
                    NetworkArchive.CONFIGURATION
                            + ": expected what Deeplearning4j 1.0.0-M2.1 makes a network of, got what it refuses: "
                            + reason,
                    e);
        }
    }

    private static MultiLayerNetwork layers(NetworkArchive archive) {
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(archive.configuration());
        List<NeuralNetConfiguration> own = configuration.getConfs();
        if (own == null || own.isEmpty()) {
            throw nothing(archive);
        }
        long count = 0;
        for (NeuralNetConfiguration layer : own) {
            count = Math.addExact(count, layer.getLayer().initializer().numParams(layer));
        }
        INDArray parameters = parameters(archive, count);
        if (parameters != null) {
            configuration.setDataType(parameters.dataType());
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(parameters, false);
        return network;
    }

    private static ComputationGraph vertices(NetworkArchive archive) {
        ComputationGraphConfiguration configuration = ComputationGraphConfiguration.fromJson(archive.configuration());
        Map<String, GraphVertex> vertices = configuration.getVertices();
        if (vertices == null || vertices.isEmpty() || configuration.getNetworkInputs() == null) {
            throw nothing(archive);
        }
        long count = 0;
        for (GraphVertex vertex : vertices.values()) {
            count = Math.addExact(count, vertex.numParams(false));
        }
        INDArray parameters = parameters(archive, count);
        if (parameters != null) {
            configuration.setDataType(parameters.dataType());
        }
        ComputationGraph network = new ComputationGraph(configuration);
        network.init(parameters, false);
        return network;
    }

    private static DataFileException nothing(NetworkArchive archive) {
        return new DataFileException(
                archive.file(), NetworkArchive.CONFIGURATION + ": expected layers, got none (damaged file)");
    }

    /** The parameters, a row of so many; null where there are none. */
    private static @Nullable INDArray parameters(NetworkArchive archive, long count) {
        try (ZipFile file = new ZipFile(archive.file().toFile())) {
            ZipEntry entry = file.getEntry(NetworkArchive.PARAMETERS);
            if (count == 0) {
                return null;
            }
            if (count < 0 || count > Integer.MAX_VALUE || count / MOST_OF_A_BYTE > entry.getCompressedSize()) {
                throw damaged(archive, count + " parameters", "an entry of " + entry.getCompressedSize() + " bytes");
            }
            try (DataInputStream in = new DataInputStream(new BufferedInputStream(file.getInputStream(entry)))) {
                return row(archive, in, count);
            }
        } catch (EOFException | ZipException e) {
            throw Dl4jFile.failure(
                    archive.file(),
                    NetworkArchive.PARAMETERS + ": expected " + count + " parameters, got fewer (damaged file)",
                    e);
        } catch (IOException e) {
            throw new DataFileException(archive.file(), "can't be read", e);
        }
    }

    /** As {@code Nd4j.write} writes it: a buffer with the shape, and one with the numbers. */
    private static INDArray row(NetworkArchive archive, DataInputStream in, long count) throws IOException {
        in.readUTF();
        long shape = in.readLong();
        String type = in.readUTF();
        if (shape < 4 || shape > 100 || !type.equals("LONG")) {
            throw damaged(archive, "a shape", "a buffer of " + shape + " numbers of type " + type);
        }
        in.skipNBytes(shape * Long.BYTES);
        in.readUTF();
        long length = in.readLong();
        String numbers = in.readUTF();
        if (length != count) {
            throw damaged(archive, count + " parameters, as the configuration has", Long.toString(length));
        }
        return switch (numbers) {
            case "DOUBLE" -> {
                double[] row = new double[(int) count];
                for (int i = 0; i < row.length; i++) {
                    row[i] = in.readDouble();
                }
                yield Nd4j.createFromArray(row).reshape(1, count);
            }
            case "FLOAT" -> {
                float[] row = new float[(int) count];
                for (int i = 0; i < row.length; i++) {
                    row[i] = in.readFloat();
                }
                yield Nd4j.createFromArray(row).reshape(1, count);
            }
            default -> throw damaged(archive, "parameters of type FLOAT or DOUBLE", numbers);
        };
    }

    private static DataFileException damaged(NetworkArchive archive, String expected, String got) {
        return new DataFileException(
                archive.file(),
                NetworkArchive.PARAMETERS + ": expected " + expected + ", got " + got
                        + " (damaged, or of an old version)");
    }
}
