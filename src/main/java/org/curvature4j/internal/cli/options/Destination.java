package org.curvature4j.internal.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where an option says that results go, and what every such option's value is: a file, or a folder for everything that a
 * command gives. Where both may be named, a folder is one that is there, a name that ends in a slash, or one without a
 * dot.
 *
 * @param path of the file or the folder
 */
public record Destination(Path path, boolean folder) {
    /** The file in a folder that tells what was run and what came of it. */
    public static final String MANIFEST = "manifest.json";

    /** The file in a folder with what isn't the same each time. */
    public static final String TIMINGS = "timings.json";

    /** The name that the folder of another option has for the file. */
    public static final Destination UNNAMED = new Destination(Path.of(""), false);

    /** The file itself, or the one of this name in the folder. */
    public Path file(String name) {
        return folder ? path.resolve(name) : path;
    }

    /** A file of this name in the folder that {@code --out} names; {@code --out} itself if that is a file; null without it. */
    @Nullable
    public static Path fileOf(@Nullable Destination out, String name) {
        return out == null ? null : out.file(name);
    }

    /** The file that an option names; null without it. */
    @Nullable
    public static Path pathOf(@Nullable Destination file) {
        return file == null ? null : file.path;
    }

    /** Of names with an ending, each of them a file. */
    private static class File implements ITypeConverter<Destination> {
        private final List<String> endings;

        File(String... endings) {
            this.endings = List.of(endings);
        }

        String expected() {
            return "expected a file name ending in " + String.join(" or ", endings);
        }

        @Override
        public Destination convert(String text) {
            if (text.isEmpty()) {
                throw new TypeConversionException(expected() + ", got nothing");
            }
            if (text.equals("-")) {
                throw new TypeConversionException(
                        "expected a name, got - (results aren't written to standard output; ./- is a file of that name)");
            }
            Path path = Values.path(text);
            if (Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path)) {
                throw new TypeConversionException(
                        "expected a file or a folder, got " + path + ", which is neither (a device, or a pipe)");
            }
            return of(text, path);
        }

        Destination of(String text, Path path) {
            String name = text.toLowerCase(Locale.ROOT);
            if (endings.stream().noneMatch(name::endsWith)) {
                throw new TypeConversionException(expected() + ", got " + path);
            }
            return new Destination(path, false);
        }
    }

    /** An array. */
    public static final class Array extends File {
        public Array() {
            super(".npy");
        }
    }

    /** A graph. */
    public static final class Model extends File {
        public Model() {
            super(".fb");
        }
    }

    /** A figure. */
    public static final class Picture extends File {
        public Picture() {
            super(".png", ".svg");
        }
    }

    /** A page of results. */
    public static final class Page extends File {
        public Page() {
            super(".html");
        }
    }

    /** An array that may leave its name to a folder. */
    public static final class ArrayOrUnnamed extends File {
        public ArrayOrUnnamed() {
            super(".npy");
        }

        @Override
        public Destination convert(String text) {
            return text.isEmpty() ? UNNAMED : super.convert(text);
        }
    }

    /** An array, or a folder. */
    public static final class ArrayOrFolder extends File {
        public ArrayOrFolder() {
            super(".npy");
        }

        @Override
        String expected() {
            return super.expected() + ", or a folder";
        }

        @Override
        Destination of(String text, Path path) {
            Path name = path.getFileName();
            boolean folder = Files.isDirectory(path)
                    || text.endsWith("/")
                    || text.endsWith(path.getFileSystem().getSeparator())
                    || (name != null && !name.toString().contains("."));
            return folder ? new Destination(path, true) : super.of(text, path);
        }
    }

    /** A folder, whatever its name. */
    public static final class Folder extends File {
        @Override
        String expected() {
            return "expected a folder";
        }

        @Override
        Destination of(String text, Path path) {
            return new Destination(path, true);
        }
    }
}
