package org.curvature4j.spark;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.curvature4j.internal.cli.options.RowFile;
import org.curvature4j.io.NpyFolder;
import org.curvature4j.io.NpyReader;
import org.curvature4j.io.PointSource;

/**
 * Rows of a {@code .npy} file, or of a folder of such, at an address.
 *
 * @param name what the user called them
 * @param address where they are
 */
record HadoopRows(String name, String address, Configuration configuration) implements RowFile {
    @Override
    public PointSource open() {
        HadoopFiles files = HadoopFiles.at(name, address, configuration, false);
        return files.isFolder()
                ? NpyFolder.of(Path.of(name), files.names(), file -> NpyReader.of(file, files.open(file)))
                : NpyReader.of(Path.of(name), files.open(Path.of(name)));
    }

    @Override
    public String fingerprint() {
        return HadoopFiles.at(name, address, configuration, false).fingerprint();
    }

    @Override
    public String toString() {
        return name;
    }
}
