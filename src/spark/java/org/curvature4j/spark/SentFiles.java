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
        int sent = start(option, MODELS, FEEDS);
        if (sent >= 0) {
            String file = file(option, sent);
            // Other models are named.
            boolean named = MODELS.contains(option.name()) && !Files.isRegularFile(Path.of(file));
            return named ? option : renamed(option, sent, send(Path.of(file)));
        }
        int read = start(option, READ, READ_BY_NAME);
        return read >= 0 ? renamed(option, read, whole(file(option, read))) : option;
    }

    /**
     * Where in an option's value the name of a file begins; -1 where it names none of these.
     *
     * @param plain options whose value is the name
     * @param keyed options whose value is of the form {@code KEY=FILE}
     */
    private static int start(Option option, Set<String> plain, Set<String> keyed) {
        @Nullable String value = option.value();
        if (value != null && plain.contains(option.name())) {
            return 0;
        }
        int at = value == null ? -1 : value.indexOf('=');
        return at >= 0 && keyed.contains(option.name()) ? at + 1 : -1;
    }

    private static String file(Option option, int start) {
        return String.valueOf(option.value()).substring(start);
    }

    private static Option renamed(Option option, int start, Object file) {
        return new Option(option.name(), String.valueOf(option.value()).substring(0, start) + file);
    }

    /** Columns of a Parquet file go by the name that they were given: executors read arrays. */
    private static String whole(String file) {
        boolean elsewhere = HadoopFiles.isAddress(file) || ParquetName.of(file).isPresent();
        return elsewhere ? file : Path.of(file).toAbsolutePath().toString();
    }

    /** The option with a model, or a feed, that is at an address put into a folder of this machine. */
    static Option fetched(Option option, Path folder, Configuration configuration) {
        int at = start(option, MODELS, FEEDS);
        if (at < 0 || !HadoopFiles.isAddress(file(option, at))) {
            return option;
        }
        String address = file(option, at);
        Path file = folder.resolve(address.substring(address.lastIndexOf('/') + 1));
        try (InputStream content = HadoopFiles.stream(address, configuration)) {
            Files.copy(content, file);
        } catch (IOException e) {
            throw new DataFileException(Path.of(address), "can't be read", e);
        }
        return renamed(option, at, file);
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
