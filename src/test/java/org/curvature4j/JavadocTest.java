package org.curvature4j;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Holds the public surface to its comments: whatever users see says what it is. */
class JavadocTest {
    private static final Path SOURCES = Path.of("src/main/java");

    @Test
    void everyPublicElementHasAComment() throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> missing = new ArrayList<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources()));
            DocTrees comments = DocTrees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                new Elements(comments, missing).scan(unit, null);
            }
        }
        assertThat(missing).as("public elements without a comment").isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !SOURCES.relativize(file).startsWith("org/curvature4j/internal"))
                    .toList();
        }
    }

    /**
     * Walks through what is public or protected. A method that overrides another has its comment, a constant of an enum may
     * say all by its name, and what a record is made of stands in the record's comment.
     */
    private static final class Elements extends TreePathScanner<Void, Void> {
        private final DocTrees comments;
        private final List<String> missing;

        Elements(DocTrees comments, List<String> missing) {
            this.comments = comments;
            this.missing = missing;
        }

        @Override
        public Void visitClass(ClassTree type, Void none) {
            if (isSeen(type.getModifiers())) {
                check(type.getSimpleName());
                super.visitClass(type, null);
            }
            return null;
        }

        @Override
        public Void visitMethod(MethodTree method, Void none) {
            boolean overrides = method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
            boolean canonical =
                    type().getKind() == Tree.Kind.RECORD && method.getName().contentEquals("<init>");
            if (isSeen(method.getModifiers()) && !overrides && !canonical) {
                check(method.getName());
            }
            return null;
        }

        @Override
        public Void visitVariable(VariableTree field, Void none) {
            boolean constant = type().getKind() == Tree.Kind.ENUM && field.getInitializer() != null;
            if (isSeen(field.getModifiers()) && !constant) {
                check(field.getName());
            }
            return null;
        }

        private boolean isSeen(ModifiersTree modifiers) {
            Set<Modifier> flags = modifiers.getFlags();
            boolean inInterface = getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.INTERFACE;
            return flags.contains(Modifier.PUBLIC)
                    || flags.contains(Modifier.PROTECTED)
                    || (inInterface && !flags.contains(Modifier.PRIVATE));
        }

        private ClassTree type() {
            return (ClassTree) getCurrentPath().getParentPath().getLeaf();
        }

        private void check(CharSequence name) {
            if (comments.getDocComment(getCurrentPath()) == null) {
                TreePath path = getCurrentPath();
                String file = SOURCES.relativize(Path.of(
                                path.getCompilationUnit().getSourceFile().getName()))
                        .toString();
                missing.add(file + ": " + name);
            }
        }
    }
}
