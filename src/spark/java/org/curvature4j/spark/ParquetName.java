package org.curvature4j.spark;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a command line names columns of a Parquet file, or of a folder of such: {@code points.parquet:a,b,c}.
 *
 * @param file its name or address
 * @param columns their names; none: all that there are
 */
record ParquetName(String file, List<String> columns) {
    private static final Pattern PARQUET = Pattern.compile("(.*\\.parquet)/?(?::(.+))?", Pattern.CASE_INSENSITIVE);

    /** What a name tells; empty where it isn't that of a Parquet file. */
    static Optional<ParquetName> of(String name) {
        Matcher parts = PARQUET.matcher(name);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String columns = parts.group(2);
        return Optional.of(new ParquetName(parts.group(1), columns == null ? List.of() : List.of(columns.split(","))));
    }
}
