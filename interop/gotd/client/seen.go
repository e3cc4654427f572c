package main

import (
	"fmt"
	"strconv"

	"github.com/gotd/td/tg"
)

// shownMessage says of a message what all hands say.
func shownMessage(message *tg.Message) map[string]any {
	marks := [][]any{}
	for _, entity := range message.Entities {
		marks = append(marks, markedEntity(entity))
	}
	var replyTo any
	if header, ok := message.ReplyTo.(*tg.MessageReplyHeader); ok && header.ReplyToMsgID != 0 {
		replyTo = header.ReplyToMsgID
	}
	var forwarded any
	switch from := message.FwdFrom.FromID.(type) {
	case *tg.PeerUser:
		forwarded = from.UserID
	case *tg.PeerChat:
		forwarded = from.ChatID
	case *tg.PeerChannel:
		forwarded = from.ChannelID
	}
	reactions := map[string]int{}
	for _, counted := range message.Reactions.Results {
		if emoji, ok := counted.Reaction.(*tg.ReactionEmoji); ok {
			reactions[emoji.Emoticon] = counted.Count
		}
	}
	buttons := []string{}
	if markup, ok := message.ReplyMarkup.(*tg.ReplyInlineMarkup); ok {
		for _, row := range markup.Rows {
			for _, button := range row.Buttons {
				buttons = append(buttons, button.Text)
			}
		}
	}
	return map[string]any{
		"text": message.Message, "entities": marks, "edited": message.EditDate != 0,
		"pinned": message.Pinned, "reply_to": replyTo, "forwarded": forwarded,
		"reactions": reactions, "poll": shownPoll(message), "buttons": buttons,
	}
}

func shownPoll(message *tg.Message) any {
	media, ok := message.Media.(*tg.MessageMediaPoll)
	if !ok {
		return nil
	}
	votes := map[string]int{}
	for _, result := range media.Results.Results {
		votes[string(result.Option)] = result.Voters
	}
	answers := [][]any{}
	for _, one := range media.Poll.Answers {
		if answer, ok := one.(*tg.PollAnswer); ok {
			answers = append(answers, []any{answer.Text.Text, votes[string(answer.Option)]})
		}
	}
	return map[string]any{
		"question": media.Poll.Question.Text, "answers": answers, "closed": media.Poll.Closed,
	}
}

func markedEntity(entity tg.MessageEntityClass) []any {
	mark := func(kind string, more ...any) []any {
		return append([]any{kind, entity.GetOffset(), entity.GetLength()}, more...)
	}
	switch it := entity.(type) {
	case *tg.MessageEntityBold:
		return mark("bold")
	case *tg.MessageEntityItalic:
		return mark("italic")
	case *tg.MessageEntityUnderline:
		return mark("underline")
	case *tg.MessageEntityStrike:
		return mark("strike")
	case *tg.MessageEntitySpoiler:
		return mark("spoiler")
	case *tg.MessageEntityCode:
		return mark("code")
	case *tg.MessageEntityPre:
		return mark("pre", it.Language)
	case *tg.MessageEntityTextURL:
		return mark("link", it.URL)
	case *tg.MessageEntityBlockquote:
		return mark("quote", it.Collapsed)
	case *tg.MessageEntityMentionName:
		return mark("mention", it.UserID)
	case *tg.MessageEntityCustomEmoji:
		return mark("emoji", strconv.FormatInt(it.DocumentID, 10))
	case *tg.MessageEntityFormattedDate:
		return mark("time", it.Date)
	}
	return []any{fmt.Sprintf("%T", entity)}
}

// entities makes what lists of kind, offset, length and more say, and who is mentioned.
func entities(told [][]any, mentioned tg.InputUserClass) ([]tg.MessageEntityClass, error) {
	var made []tg.MessageEntityClass
	for _, one := range told {
		if len(one) < 3 {
			return nil, fmt.Errorf("%v is no entity", one)
		}
		kind, _ := one[0].(string)
		first, _ := one[1].(float64)
		second, _ := one[2].(float64)
		offset, length := int(first), int(second)
		var text string
		var flag bool
		var number float64
		if len(one) > 3 {
			text, _ = one[3].(string)
			flag, _ = one[3].(bool)
			number, _ = one[3].(float64)
		}
		switch kind {
		case "bold":
			made = append(made, &tg.MessageEntityBold{Offset: offset, Length: length})
		case "italic":
			made = append(made, &tg.MessageEntityItalic{Offset: offset, Length: length})
		case "underline":
			made = append(made, &tg.MessageEntityUnderline{Offset: offset, Length: length})
		case "strike":
			made = append(made, &tg.MessageEntityStrike{Offset: offset, Length: length})
		case "spoiler":
			made = append(made, &tg.MessageEntitySpoiler{Offset: offset, Length: length})
		case "code":
			made = append(made, &tg.MessageEntityCode{Offset: offset, Length: length})
		case "pre":
			made = append(made, &tg.MessageEntityPre{Offset: offset, Length: length, Language: text})
		case "link":
			made = append(made, &tg.MessageEntityTextURL{Offset: offset, Length: length, URL: text})
		case "quote":
			quote := &tg.MessageEntityBlockquote{Offset: offset, Length: length}
			quote.SetCollapsed(flag)
			made = append(made, quote)
		case "mention":
			made = append(made, &tg.InputMessageEntityMentionName{
				Offset: offset, Length: length, UserID: mentioned,
			})
		case "emoji":
			id, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, err
			}
			made = append(made, &tg.MessageEntityCustomEmoji{
				Offset: offset, Length: length, DocumentID: id,
			})
		case "time":
			made = append(made, &tg.MessageEntityFormattedDate{
				Offset: offset, Length: length, Date: int(number),
			})
		default:
			return nil, fmt.Errorf("nobody knows entities of the kind %s", kind)
		}
	}
	return made, nil
}
