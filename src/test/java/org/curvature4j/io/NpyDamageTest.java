package org.curvature4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that aren't what they should be are refused with the reason, whatever is wrong with them. */
class NpyDamageTest {
    @TempDir
    private Path folder;

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("x.npy"), content);
    }

    private static byte[] withHeader(String dictionary, int dataBytes) {
        byte[] text = (dictionary + "\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] bytes = new byte[10 + text.length + dataBytes];
        byte[] start = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, (byte) (text.length >> 8)};
        System.arraycopy(start, 0, bytes, 0, start.length);
        System.arraycopy(text, 0, bytes, start.length, text.length);
        return bytes;
    }

    private static byte[] good() throws IOException {
        return Files.readAllBytes(NpyReaderTest.resource("f8_little_c.npy"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            objects.npy | Python objects
            records.npy | records with named fields
            complex.npy | complex numbers
            text.npy    | text: save numbers
            half.npy    | got '<f2'
            archive.npz | zip archive
            generate.py | which begins with \\x93NUMPY, got "\""Mak
            """)
    void otherContent(String name, String reason) {
        Path file = NpyReaderTest.resource(name);

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": expected")
                .hasMessageContaining(reason);
    }

    @Test
    void missingFile() {
        Path file = folder.resolve("none.npy");

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessage(file + ": can't be read: no such file");
    }

    @Test
    void folderInsteadOfFile() {
        assertThatThrownBy(() -> Npy.read(folder))
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder + ": expected a .npy file, got a folder");
    }

    @Test
    void everyTruncationIsNoticed() throws IOException {
        byte[] whole = good();
        for (int length = 0; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Npy.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(DataFileException.class)
                    .hasMessageMatching("(?s).*(truncated|empty file|which begins with).*");
        }
    }

    @Test
    void extraDataIsNoticed() throws IOException {
        byte[] whole = good();
        Path file = file(Arrays.copyOf(whole, whole.length + 1));

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageEndingWith("expected 192 bytes of data for shape [3, 4, 2] of f8, got 193"
                        + " (something follows the array: a .npy file holds one)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
            {'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }                  | sizes of zero or more
            {'descr': '<f8', 'fortran_order': False, 'shape': (9223372036854775807,), } | fewer than 2^63 bytes
            {'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296)} | fewer than 2^63 bytes
            {'descr': '<f8', 'fortran_order': False, 'shape': (0, 9223372036854775807)} | fewer than 2^63 bytes
            {'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}  | a size below 2^63
            {'descr': '<f8', 'fortran_order': False, 'shape': (2.5,)}                   | expected ')'
            {'descr': '<f8', 'fortran_order': False, 'shape': [2]}                      | expected '('
            {'descr': '<f8', 'fortran_order': 0, 'shape': (2,)}                         | True or False
            {'descr': '<f8', 'fortran_order': False}                                    | the keys
            {'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'more': 1}          | not 'more'
            {'descr': '<f8', 'descr': '<f8', 'shape': (2,)}                             | only once
            {'descr': 'f8', 'fortran_order': False, 'shape': (2,)}                      | a type such as '<f8'
            {'descr': '', 'fortran_order': False, 'shape': (2,)}                        | a type such as '<f8'
            {'descr': '<f8', 'fortran_order': False, 'shape': (2,)} 5                   | nothing after
            {'descr: '<f8'                                                              | expected ':'
            {'descr': '<f8                                                              | end of a quoted string
            {'descr': '<f8', 'fortran_order': False, 'shape': (2                        | expected ')'
            []                                                                          | expected '{'
            """)
    void damagedHeaders(String header, String reason) throws IOException {
        Path file = file(withHeader(header, 16));

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(reason)
                .hasMessageContaining("damaged file");
    }

    @Test
    void tooManyAxes() throws IOException {
        Path file = file(withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (" + "1,".repeat(33) + ")}", 8));

        assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("expected at most 32 axes, got 33");
    }

    @Test
    void hugeHeaderIsNotReadIntoMemory() throws IOException {
        byte[] bytes = Arrays.copyOf(good(), 64);
        bytes[6] = 2;
        Arrays.fill(bytes, 8, 12, (byte) 0xff);
        Path file = file(bytes);

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("expected a header of at most 1048576 bytes, got 4294967295");
    }

    @Test
    void unknownVersion() throws IOException {
        byte[] bytes = good();
        bytes[6] = 4;
        Path file = file(bytes);

        assertThatThrownBy(() -> Npy.read(file)).hasMessageContaining("version 1.0, 2.0 or 3.0, got 4.0");
    }

    @Test
    void booleansOtherThanZeroAndOne() throws IOException {
        byte[] bytes = withHeader("{'descr': '|b1', 'fortran_order': False, 'shape': (3,)}", 3);
        bytes[bytes.length - 1] = 2;
        Path file = file(bytes);

        assertThatThrownBy(() -> Npy.read(file))
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("expected booleans of 0 or 1, got 2 at element 2");
    }

    @Test
    void longIntegersOfPython2AndOtherQuotesAreUnderstood() throws IOException {
        Path file = file(withHeader("{ \"shape\":(1L,2L) ,\"fortran_order\" : True,\"descr\":\"=f8\"}  ", 16));

        assertThat(Npy.read(file).shape()).isEqualTo(new long[] {1, 2});
    }

    /** Random damage to the header gives an array or a reason, never another exception. */
    @Test
    void randomDamage() throws IOException {
        Random random = new Random(7);
        byte[] whole = good();
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = whole.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes[random.nextInt(128)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : "09,()'-L{}:".charAt(random.nextInt(11)));
            }
            Path file = file(bytes);
            try {
                Npy.read(file).close();
            } catch (DataFileException e) {
                assertThat(e.file()).isEqualTo(file);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1000);
    }
}
