package io.hangupby.architecture;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** All that a reader of the product's sources and pages meets in English. */
final class Prose {
    private static final Path ROOT = Path.of("..");
    private static final Set<String> LEFT_OUT = Set.of("target", "node_modules", ".git");

    /**
     * A piece of text.
     *
     * @param place the file, and the line where it is known
     */
    record Piece(String place, String text) {}

    private Prose() {}

    /** Returns the Javadoc, the string literals and the public names of all modules' main sources. */
    static List<Piece> ofSources() {
        List<Path> sources = files(".java").stream()
                .filter(file -> file.toString().contains("src/main/java"))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, null, null, null, files.getJavaFileObjectsFromPaths(sources));
            DocTrees docs = DocTrees.instance(task);
            List<Piece> pieces = new ArrayList<>();
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(unit, docs, pieces).scan(unit, null);
            }
            return pieces;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the pages, without code. */
    static List<Piece> ofPages() {
        List<Piece> pieces = new ArrayList<>();
        for (Path page : files(".md")) {
            boolean code = false;
            int number = 0;
            for (String line : lines(page)) {
                number++;
                code ^= line.stripLeading().startsWith("```");
                if (!code) {
                    pieces.add(new Piece(page + ":" + number, line.replaceAll("`[^`]*`", "`x`")));
                }
            }
        }
        return pieces;
    }

    static List<String> lines(Path page) {
        try {
            return Files.readAllLines(page);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the files of all modules with this ending. */
    static List<Path> files(String ending) {
        try (Stream<Path> all = Files.walk(ROOT)) {
            return all.filter(file -> file.toString().endsWith(ending))
                    .filter(file -> Stream.of(file.toString().split("/")).noneMatch(LEFT_OUT::contains))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Collects what one source says. */
    private static final class Reader extends TreePathScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final DocTrees docs;
        private final Collection<Piece> pieces;

        Reader(CompilationUnitTree unit, DocTrees docs, Collection<Piece> pieces) {
            this.unit = unit;
            this.docs = docs;
            this.pieces = pieces;
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
            if (literal.getValue() instanceof String text) {
                add(literal, text);
            }
            return super.visitLiteral(literal, null);
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
            declared(type, type.getSimpleName().toString(), type.getModifiers().getFlags());
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
            declared(method, method.getName().toString(), method.getModifiers().getFlags());
            return super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
            declared(
                    variable,
                    variable.getName().toString(),
                    variable.getModifiers().getFlags());
            return super.visitVariable(variable, null);
        }

        private void declared(Tree tree, String name, Set<Modifier> flags) {
            if (flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED)) {
                add(
                        tree,
                        name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                                .replace('_', ' ')
                                .toLowerCase(Locale.ROOT));
            }
            Optional.ofNullable(
                            docs.getDocCommentTree(new TreePath(getCurrentPath().getParentPath(), tree)))
                    .map(DocCommentTree::toString)
                    .ifPresent(
                            comment -> add(tree, comment.replaceAll("\\{@(code|link|linkplain|value)[^}]*}", "`x`")));
        }

        private void add(Tree tree, String text) {
            long line =
                    unit.getLineMap().getLineNumber(docs.getSourcePositions().getStartPosition(unit, tree));
            pieces.add(new Piece(unit.getSourceFile().getName() + ":" + line, text));
        }
    }
}
