package message

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown turns what a person wrote into HTML: CommonMark with tables,
// strikethrough and links that stand by themselves. A line end is a line end,
// as people expect of mail. Left out is what surprises in a letter: HTML, which
// stays the text it is; headings made by a line of dashes below; code made by
// indenting; and "[1]: https://…", which would vanish.
func markdown(source string) string {
	var b bytes.Buffer
	if err := converter.Convert([]byte(endLists(source)), &b); err != nil {
		return literal(source) // a Buffer has no errors; the words must not be lost
	}
	return b.String()
}

// endLists puts an empty line behind lists that have none: what stands at the left
// edge after an item is no part of it, as CommonMark would have it.
func endLists(source string) string {
	if !item.MatchString(source) {
		return source
	}
	var b strings.Builder
	fenced, within, before := false, false, ""
	for line := range strings.Lines(source) {
		text := strings.TrimSuffix(line, "\n")
		fence := isFence(text)
		switch blank := strings.TrimSpace(text) == ""; {
		case fenced || fence:
			within = false
		case isItem(text, within || strings.TrimSpace(before) == ""):
			within = true
		case blank:
		case within && text[0] != ' ' && text[0] != '\t':
			if strings.TrimSpace(before) != "" {
				b.WriteByte('\n')
			}
			within = false
		}
		fenced = fenced != fence
		before = text
		b.WriteString(line)
	}
	return b.String()
}

var item = regexp.MustCompile(`(?m)^[ \t]*(?:[-*+]|(\d{1,9})[.)])[ \t]`)

// isItem reports an item of a list. A number but 1 begins none within a paragraph
// (CommonMark 0.31 5.3).
func isItem(line string, begins bool) bool {
	m := item.FindStringSubmatch(line)
	return m != nil && (begins || m[1] == "" || m[1] == "1")
}

var converter = goldmark.New(
	goldmark.WithParser(parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(parser.NewListParser(), 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
			util.Prioritized(prose{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
		),
		parser.WithASTTransformers(util.Prioritized(direction{}, 900)),
	)),
	goldmark.WithExtensions(extension.Strikethrough, extension.Table, linkify),
	goldmark.WithRendererOptions(html.WithHardWraps(), html.WithXHTML()),
)

// prose is a paragraph that may be indented: without code made by indenting,
// nothing else would take such lines.
type prose struct{ parser.BlockParser }

// CanAcceptIndentedLine implements parser.BlockParser.
func (prose) CanAcceptIndentedLine() bool { return true }

var linkify = extension.NewLinkify(extension.WithLinkifyAllowedProtocols([]string{"http:", "https:", "mailto:"}))

// direction lets each block take its direction from its first letters, so that
// Hebrew and Arabic stand right beside English, and pictures the width that there
// is.
type direction struct{}

// Transform implements parser.ASTTransformer.
func (direction) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n.Kind() {
		case ast.KindImage: // a photo is wider than most windows
			n.SetAttributeString("style", []byte("max-width:100%;height:auto"))
		case ast.KindParagraph, ast.KindHeading, ast.KindListItem, ast.KindList:
			if entering {
				n.SetAttributeString("dir", []byte("auto"))
			}
		}
		return ast.WalkContinue, nil
	})
}
