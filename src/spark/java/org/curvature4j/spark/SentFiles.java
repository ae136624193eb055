package org.curvature4j.spark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.curvature4j.internal.io.Fingerprint;
import org.curvature4j.internal.text.Numbers;
import org.curvature4j.io.DataFileException;
import org.curvature4j.spark.ShardOptions.Option;
import org.jspecify.annotations.Nullable;

/**
 * The files that a command names: models and feeds are sent to each machine; points and what goes with them are read where
 * they are, by their whole names, since a program's folder is another one there.
 */
final class SentFiles {
    /** Before the name of a file that was sent, in place of the folder that it is in, which each machine knows. */
    private static final String SENT = "curvature-sent:";

    private static final Set<String> MODELS = Set.of("--model");
    private static final Set<String> FEEDS = Set.of("--feed");
    private static final Set<String> READ = Set.of("--points", "--hessians");
    private static final Set<String> READ_BY_NAME = Set.of("--with");

    /** Digits of a file's hash: enough that two files of one name stay apart. */
    private static final int DIGITS = 16;

    /** As much as Spark sends at once. */
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private final Map<String, byte[]> contents = new HashMap<>();

    /** What is sent, by the names that the options have. */
    Map<String, byte[]> contents() {
        return contents;
    }

    /** The option as other machines are told it; sends the file that it names, if it is to be sent. */
    Option sent(Option option) {
        @Nullable String value = option.value();
        if (value == null) {
            return option;
        }
        if (MODELS.contains(option.name())) {
            return Files.isRegularFile(Path.of(value)) ? new Option(option.name(), send(Path.of(value))) : option;
        }
        if (READ.contains(option.name())) {
            return new Option(option.name(), whole(value));
        }
        int at = value.indexOf('=') + 1;
        if (at > 0 && FEEDS.contains(option.name())) {
            return new Option(option.name(), value.substring(0, at) + send(Path.of(value.substring(at))));
        }
        if (at > 0 && READ_BY_NAME.contains(option.name())) {
            return new Option(option.name(), value.substring(0, at) + whole(value.substring(at)));
        }
        return option;
    }

    /** Columns of a Parquet file go by the name that they were given: executors read arrays. */
    private static String whole(String file) {
        boolean elsewhere = HadoopFiles.isAddress(file) || ParquetName.of(file).isPresent();
        return elsewhere ? file : Path.of(file).toAbsolutePath().toString();
    }

    /** The option with a model, or a feed, that is at an address put into a folder of this machine. */
    static Option fetched(Option option, Path folder, Configuration configuration) {
        @Nullable String value = option.value();
        boolean feed = FEEDS.contains(option.name());
        if (value == null || !(feed || MODELS.contains(option.name()))) {
            return option;
        }
        int at = feed ? value.indexOf('=') + 1 : 0;
        String address = value.substring(at);
        if (!HadoopFiles.isAddress(address)) {
            return option;
        }
        Path file = folder.resolve(address.substring(address.lastIndexOf('/') + 1));
        try (InputStream content = HadoopFiles.stream(address, configuration)) {
            Files.copy(content, file);
        } catch (IOException e) {
            throw new DataFileException(Path.of(address), "can't be read", e);
        }
        return new Option(option.name(), value.substring(0, at) + file);
    }

    /** Under a name that tells its content too: executors keep what they opened by its command. */
    private String send(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataFileException(
                        file, "expected a file of at most " + Numbers.bytes(LARGEST) + " to send along");
            }
            String hash = Fingerprint.complete(file);
            String name = hash.substring(hash.indexOf(':') + 1).substring(0, DIGITS) + "-" + file.getFileName();
            contents.put(name, Files.readAllBytes(file));
            return SENT + name;
        } catch (IOException e) {
            throw new DataFileException(file, "can't be read", e);
        }
    }

    /** Puts what was sent into a folder. */
    static void unpack(Map<String, byte[]> contents, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
    }

    /** An option as it was told, with the name that a file has in the folder that it was put into. */
    static String received(String word, Path folder) {
        int at = word.indexOf(SENT);
        return at < 0 ? word : word.substring(0, at) + folder.resolve(word.substring(at + SENT.length()));
    }
}
