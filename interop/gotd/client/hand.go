package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/telegram/message/unpack"
	"github.com/gotd/td/tg"
)

// An order is a line that tells a hand what to do: `python/messages.py` says which there are.
type order struct {
	Do       string      `json:"do"`
	Chat     string      `json:"chat"`
	To       string      `json:"to"`
	With     string      `json:"with"`
	Kind     string      `json:"kind"`
	Name     string      `json:"name"`
	Text     string      `json:"text"`
	Link     string      `json:"link"`
	Data     string      `json:"data"`
	ID       int         `json:"id"`
	ReplyTo  int         `json:"reply_to"`
	Answer   int         `json:"answer"`
	Poll     []string    `json:"poll"`
	Buttons  [][2]string `json:"buttons"`
	Entities [][]any     `json:"entities"`
	// Mentioned is the number of whom the entities mention.
	Mentioned string `json:"mentioned"`
}

// A hand does to messages what it is told, as one account.
type hand struct {
	api     *tg.Client
	presses chan *tg.UpdateBotCallbackQuery
}

// obey signs in as somebody, and follows orders until there are none any more.
func (p *play) obey(who string) error {
	ctx := context.Background()
	one, err := p.enter(ctx, who)
	if err != nil {
		return err
	}
	defer one.stop()
	working := &hand{one.client.API(), one.presses}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		said := map[string]any{}
		var told order
		if err := json.Unmarshal(lines.Bytes(), &told); err != nil {
			return err
		}
		limited, cancel := context.WithTimeout(ctx, patience)
		if done, err := working.do(limited, told); err != nil {
			said["error"] = err.Error()
		} else {
			said["told"] = done
		}
		cancel()
		line, err := json.Marshal(said)
		if err != nil {
			return err
		}
		fmt.Println(string(line))
	}
	return lines.Err()
}

func (p *play) enter(ctx context.Context, who string) (*account, error) {
	switch who {
	case "user":
		return p.signIn(ctx, p.told.User)
	case "guarded":
		return p.signIn(ctx, p.told.Guarded)
	}
	_, err := p.botLogin(ctx)
	return p.bot, err
}

// whom finds who is named: by a name, a number, or the id as the Bot API writes it.
func (h *hand) whom(ctx context.Context, named string) (tg.InputPeerClass, error) {
	if named == "me" {
		return &tg.InputPeerSelf{}, nil
	}
	if id, err := strconv.ParseInt(named, 10, 64); err == nil && named[0] != '+' {
		if id < 0 {
			return &tg.InputPeerChat{ChatID: -id}, nil
		}
		return &tg.InputPeerUser{UserID: id}, nil
	}
	var found *tg.ContactsResolvedPeer
	var err error
	if named[0] == '+' {
		found, err = h.api.ContactsResolvePhone(ctx, named[1:])
	} else {
		found, err = h.api.ContactsResolveUsername(ctx, &tg.ContactsResolveUsernameRequest{
			Username: strings.TrimPrefix(named, "@"),
		})
	}
	if err != nil {
		return nil, err
	}
	switch found.Peer.(type) {
	case *tg.PeerUser:
		if user, ok := found.Users[0].(*tg.User); ok {
			return user.AsInputPeer(), nil
		}
	case *tg.PeerChannel:
		if channel, ok := found.Chats[0].(*tg.Channel); ok {
			return channel.AsInputPeer(), nil
		}
	}
	return nil, fmt.Errorf("%s is %v", named, found.Peer)
}

func inputChannelOf(peer tg.InputPeerClass) (*tg.InputChannel, bool) {
	channel, ok := peer.(*tg.InputPeerChannel)
	if !ok {
		return nil, false
	}
	return &tg.InputChannel{ChannelID: channel.ChannelID, AccessHash: channel.AccessHash}, true
}

// do follows an order.
func (h *hand) do(ctx context.Context, told order) (any, error) {
	var peer tg.InputPeerClass
	if told.Chat != "" {
		found, err := h.whom(ctx, told.Chat)
		if err != nil {
			return nil, err
		}
		peer = found
	}
	switch told.Do {
	case "found", "gather", "join":
		return h.meet(ctx, told, peer)
	case "send":
		return h.send(ctx, told, peer)
	case "last":
		return h.last(ctx, peer)
	case "see":
		message, err := h.at(ctx, peer, told.ID)
		if message == nil || err != nil {
			return nil, err
		}
		return shownMessage(message), nil
	case "edit":
		entities, err := entities(told.Entities, nil)
		if err != nil {
			return nil, err
		}
		_, err = h.api.MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{
			Peer: peer, ID: told.ID, Message: told.Text, Entities: entities,
		})
		return nil, err
	case "delete":
		return nil, h.delete(ctx, peer, told.ID)
	case "forward":
		to, err := h.whom(ctx, told.To)
		if err != nil {
			return nil, err
		}
		return unpack.MessageID(h.api.MessagesForwardMessages(ctx, &tg.MessagesForwardMessagesRequest{
			FromPeer: peer, ToPeer: to, ID: []int{told.ID}, RandomID: []int64{rand.Int64()},
		}))
	case "react":
		_, err := h.api.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{
			Peer: peer, MsgID: told.ID,
			Reaction: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: told.With}},
		})
		return nil, err
	case "pin", "unpin":
		_, err := h.api.MessagesUpdatePinnedMessage(ctx, &tg.MessagesUpdatePinnedMessageRequest{
			Peer: peer, ID: told.ID, Unpin: told.Do == "unpin",
		})
		return nil, err
	case "vote", "close":
		return nil, h.poll(ctx, told, peer)
	}
	return h.lead(ctx, told, peer)
}

// meet makes chats, and enters them.
func (h *hand) meet(ctx context.Context, told order, peer tg.InputPeerClass) (any, error) {
	switch told.Do {
	case "found":
		made, err := h.api.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{
			Title: "Interop", Broadcast: told.Kind == "channel", Megagroup: told.Kind != "channel",
		})
		if err != nil {
			return nil, err
		}
		for _, chat := range made.(*tg.Updates).Chats {
			if channel, ok := chat.(*tg.Channel); ok {
				_, err = h.api.ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{
					Channel: channel.AsInput(), Username: told.Name,
				})
			}
		}
		return nil, err
	case "gather":
		whom, err := h.whom(ctx, told.With)
		if err != nil {
			return nil, err
		}
		user := whom.(*tg.InputPeerUser)
		made, err := h.api.MessagesCreateChat(ctx, &tg.MessagesCreateChatRequest{
			Title: "Interop",
			Users: []tg.InputUserClass{&tg.InputUser{UserID: user.UserID, AccessHash: user.AccessHash}},
		})
		if err != nil {
			return nil, err
		}
		chat := made.Updates.(*tg.Updates).Chats[0]
		return fmt.Sprintf("-%d", chat.GetID()), nil
	}
	channel, ok := inputChannelOf(peer)
	if !ok {
		return nil, fmt.Errorf("nobody can join %v", peer)
	}
	_, err := h.api.ChannelsJoinChannel(ctx, channel)
	return nil, err
}

func (h *hand) send(ctx context.Context, told order, peer tg.InputPeerClass) (any, error) {
	if told.Poll != nil {
		poll := tg.Poll{Question: tg.TextWithEntities{Text: told.Text}}
		for _, answer := range told.Poll {
			poll.Answers = append(poll.Answers, &tg.InputPollAnswer{
				Text: tg.TextWithEntities{Text: answer},
			})
		}
		return unpack.MessageID(h.api.MessagesSendMedia(ctx, &tg.MessagesSendMediaRequest{
			Peer: peer, Media: &tg.InputMediaPoll{Poll: poll}, RandomID: rand.Int64(),
		}))
	}
	var mentioned tg.InputUserClass
	if told.Mentioned != "" {
		whom, err := h.whom(ctx, told.Mentioned)
		if err != nil {
			return nil, err
		}
		user := whom.(*tg.InputPeerUser)
		mentioned = &tg.InputUser{UserID: user.UserID, AccessHash: user.AccessHash}
	}
	entities, err := entities(told.Entities, mentioned)
	if err != nil {
		return nil, err
	}
	request := &tg.MessagesSendMessageRequest{
		Peer: peer, Message: told.Text, Entities: entities, RandomID: rand.Int64(),
	}
	if told.ReplyTo != 0 {
		request.ReplyTo = &tg.InputReplyToMessage{ReplyToMsgID: told.ReplyTo}
	}
	if told.Buttons != nil {
		var row tg.KeyboardInlineButtonRow
		for _, button := range told.Buttons {
			var kind tg.InlineButtonTypeClass = &tg.InlineButtonTypeCallback{Data: []byte(button[1])}
			if strings.Contains(button[1], "://") {
				kind = &tg.InlineButtonTypeURL{URL: button[1]}
			}
			row.Buttons = append(row.Buttons, tg.KeyboardInlineButton{Text: button[0], Type: kind})
		}
		request.ReplyMarkup = &tg.ReplyInlineMarkup{Rows: []tg.KeyboardInlineButtonRow{row}}
	}
	return unpack.MessageID(h.api.MessagesSendMessage(ctx, request))
}

func (h *hand) last(ctx context.Context, peer tg.InputPeerClass) (any, error) {
	told, err := h.api.MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{Peer: peer, Limit: 1})
	if err != nil {
		return nil, err
	}
	page, ok := told.AsModified()
	if !ok || len(page.GetMessages()) == 0 {
		return nil, fmt.Errorf("there is none")
	}
	return page.GetMessages()[0].GetID(), nil
}

// at gives a message, or nothing where there is none.
func (h *hand) at(ctx context.Context, peer tg.InputPeerClass, id int) (*tg.Message, error) {
	ids := []tg.InputMessageClass{&tg.InputMessageID{ID: id}}
	var told tg.MessagesMessagesClass
	var err error
	if channel, ok := inputChannelOf(peer); ok {
		told, err = h.api.ChannelsGetMessages(ctx, &tg.ChannelsGetMessagesRequest{
			Channel: channel, ID: ids,
		})
	} else {
		told, err = h.api.MessagesGetMessages(ctx, ids)
	}
	if err != nil {
		return nil, err
	}
	page, ok := told.AsModified()
	if !ok {
		return nil, nil
	}
	for _, one := range page.GetMessages() {
		if message, ok := one.(*tg.Message); ok {
			return message, nil
		}
	}
	return nil, nil
}

func (h *hand) delete(ctx context.Context, peer tg.InputPeerClass, id int) error {
	if channel, ok := inputChannelOf(peer); ok {
		_, err := h.api.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{
			Channel: channel, ID: []int{id},
		})
		return err
	}
	_, err := h.api.MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{
		Revoke: true, ID: []int{id},
	})
	return err
}

func (h *hand) poll(ctx context.Context, told order, peer tg.InputPeerClass) error {
	message, err := h.at(ctx, peer, told.ID)
	if err != nil {
		return err
	}
	media, ok := message.Media.(*tg.MessageMediaPoll)
	if !ok {
		return fmt.Errorf("there is no poll in %v", message)
	}
	poll := media.Poll
	if told.Do == "vote" {
		answer, ok := poll.Answers[told.Answer].(*tg.PollAnswer)
		if !ok {
			return fmt.Errorf("the answer is %v", poll.Answers[told.Answer])
		}
		_, err = h.api.MessagesSendVote(ctx, &tg.MessagesSendVoteRequest{
			Peer: peer, MsgID: told.ID, Options: [][]byte{answer.Option},
		})
		return err
	}
	poll.Closed = true
	_, err = h.api.MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{
		Peer: peer, ID: told.ID, Media: &tg.InputMediaPoll{Poll: poll},
	})
	return err
}

// lead follows links and presses buttons.
func (h *hand) lead(ctx context.Context, told order, peer tg.InputPeerClass) (any, error) {
	switch told.Do {
	case "link":
		channel, _ := inputChannelOf(peer)
		link, err := h.api.ChannelsExportMessageLink(ctx, &tg.ChannelsExportMessageLinkRequest{
			Channel: channel, ID: told.ID,
		})
		if err != nil {
			return nil, err
		}
		return link.Link, nil
	case "follow":
		parts := strings.Split(told.Link, "/")
		id, err := strconv.Atoi(parts[len(parts)-1])
		if err != nil {
			return nil, err
		}
		there, err := h.whom(ctx, parts[len(parts)-2])
		if err != nil {
			return nil, err
		}
		message, err := h.at(ctx, there, id)
		if message == nil || err != nil {
			return nil, fmt.Errorf("nothing is there: %w", err)
		}
		return message.ID, nil
	case "press":
		answer, err := h.api.MessagesGetBotCallbackAnswer(ctx, &tg.MessagesGetBotCallbackAnswerRequest{
			Peer: peer, MsgID: told.ID, Data: []byte(told.Data),
		})
		if err != nil {
			return nil, err
		}
		return answer.Message, nil
	case "answer":
		select {
		case press := <-h.presses:
			_, err := h.api.MessagesSetBotCallbackAnswer(ctx, &tg.MessagesSetBotCallbackAnswerRequest{
				QueryID: press.QueryID, Message: told.With,
			})
			return string(press.Data), err
		case <-time.After(patience):
			return nil, fmt.Errorf("nobody has pressed")
		}
	}
	return nil, fmt.Errorf("nobody knows how to %s", told.Do)
}
