// What gotd's parsers make of the texts that come in: for each a text and its entities.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/gotd/td/telegram/message/entity"
	"github.com/gotd/td/telegram/message/html"
	"github.com/gotd/td/telegram/message/markdown"
	"github.com/gotd/td/tg"
)

type texts struct {
	HTML, Markdown []string
}

type read struct {
	HTML, Markdown []any
}

// The kind of an entity as the schema names it, its place, and what else it says.
func told(one tg.MessageEntityClass) []any {
	kind := strings.TrimPrefix(one.TypeName(), "input")
	kind = strings.TrimPrefix(strings.TrimPrefix(kind, "MessageEntity"), "messageEntity")
	more := ""
	switch it := one.(type) {
	case *tg.MessageEntityPre:
		more = it.Language
	case *tg.MessageEntityTextURL:
		more = it.URL
	case *tg.MessageEntityMentionName:
		more = strconv.FormatInt(it.UserID, 10)
	case *tg.InputMessageEntityMentionName:
		if user, ok := it.UserID.(*tg.InputUser); ok {
			more = strconv.FormatInt(user.UserID, 10)
		}
	case *tg.MessageEntityCustomEmoji:
		more = strconv.FormatInt(it.DocumentID, 10)
	case *tg.MessageEntityBlockquote:
		if it.Collapsed {
			more = "collapsed"
		}
	case *tg.MessageEntityFormattedDate:
		more = strconv.Itoa(it.Date)
	}
	return []any{kind, one.GetOffset(), one.GetLength(), more}
}

func readBy(sources []string, parse func(string, *entity.Builder) error) (all []any) {
	for _, source := range sources {
		var builder entity.Builder
		if err := parse(source, &builder); err != nil {
			all = append(all, []any{err.Error(), []any{}})
			continue
		}
		text, entities := builder.Complete()
		marks := []any{}
		for _, one := range entities {
			marks = append(marks, told(one))
		}
		all = append(all, []any{text, marks})
	}
	return all
}

func main() {
	var asked texts
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	made, err := json.Marshal(read{
		HTML: readBy(asked.HTML, func(source string, to *entity.Builder) error {
			return html.HTML(strings.NewReader(source), to, html.Options{})
		}),
		Markdown: readBy(asked.Markdown, func(source string, to *entity.Builder) error {
			return markdown.Markdown(strings.NewReader(source), to, markdown.Options{})
		}),
	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(made))
}
