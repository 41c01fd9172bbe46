package io.hangupby.example.contactcenter.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Serves {@code docs/rules.md} as a page, on which each rule's id is an anchor. */
@RestController
final class RulesController {
    private static final String PAGE = """
            <!doctype html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="color-scheme" content="light dark">
              <title>Rules · Who hung up</title>
              <link rel="icon" href="icon.svg" type="image/svg+xml">
              <link rel="stylesheet" href="report.css">
            </head>
            <body>
            <main class="card prose">
            %s</main>
            </body>
            </html>
            """;
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());

    private final Optional<String> page;

    RulesController() throws IOException {
        try (InputStream rules = RulesController.class.getResourceAsStream("rules.md")) {
            page = rules == null ? Optional.empty() : Optional.of(page(new String(rules.readAllBytes(), UTF_8)));
        }
    }

    private static String page(String markdown) {
        Node document = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
        document.accept(new LinksWithinThePage());
        return PAGE.formatted(
                HtmlRenderer.builder().extensions(EXTENSIONS).build().render(document));
    }

    /** Returns the page; 404 if an application has this package without {@code rules.md}, and the report then has no links. */
    @GetMapping(path = "/report/rules", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    ResponseEntity<String> rules() {
        return ResponseEntity.of(page);
    }

    /** Leaves only the text of links to other files, which are not served. */
    private static final class LinksWithinThePage extends AbstractVisitor {
        @Override
        public void visit(Link link) {
            if (link.getDestination().startsWith("#")) {
                return;
            }
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        }
    }
}
