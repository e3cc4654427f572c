package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"

	"github.com/gotd/td/telegram/query/dialogs"
	"github.com/gotd/td/telegram/query/messages"
	"github.com/gotd/td/tg"
)

// longest is the public name of the chat with the most messages.
const longest = "the_long_one"

// seen is what our client tells of an account.
type seen struct {
	Contacts [][2]any `json:"contacts"`
	Privacy  []string `json:"privacy"`
	Chats    []int64  `json:"chats"`
	Pinned   []int64  `json:"pinned"`
	Archived []int64  `json:"archived"`
	Messages [2]int64 `json:"messages"`
	Found    [2]int64 `json:"found"`
}

// names gives the contacts by their ids.
func (s seen) names() map[int64]string {
	names := map[int64]string{}
	for _, contact := range s.Contacts {
		id, _ := contact[0].(float64)
		name, _ := contact[1].(string)
		names[int64(id)] = name
	}
	return names
}

// ours runs our client, which fills an account or tells of it.
func (p *play) ours(ctx context.Context, command string) (told seen, err error) {
	running := exec.CommandContext(ctx, p.told.Sessions, command)
	running.Stderr = os.Stderr
	said, err := running.Output()
	if err != nil {
		return told, fmt.Errorf("our client: %w", err)
	}
	return told, json.Unmarshal(said, &told)
}

// contacts fills the account, reads what our client has written down, and then the other way.
func (p *play) contacts(ctx context.Context) (string, error) {
	told, err := p.ours(ctx, "fill")
	if err != nil {
		return "", err
	}
	p.seen = &told
	if p.alice, err = p.signIn(ctx, p.told.User); err != nil {
		return "", err
	}
	answer, err := p.alice.client.API().ContactsGetContacts(ctx, 0)
	if err != nil {
		return "", err
	}
	all, ok := answer.AsModified()
	if !ok {
		return "", fmt.Errorf("the contacts are %T", answer)
	}
	names := map[int64]string{}
	for _, one := range all.Users {
		if user, ok := one.(*tg.User); ok {
			names[user.ID] = user.FirstName + " " + user.LastName
		}
	}
	if err := expect("the contacts", names, told.names()); err != nil {
		return "", err
	}
	found, err := p.alice.client.API().ContactsResolveUsername(
		ctx, &tg.ContactsResolveUsernameRequest{Username: p.told.Bot.Username},
	)
	if err != nil {
		return "", err
	}
	echo, ok := tg.UserClassArray(found.Users).FirstAsNotEmpty()
	if !ok {
		return "", errors.New("the bot's name gives no user")
	}
	_, err = p.alice.client.API().ContactsAddContact(ctx, &tg.ContactsAddContactRequest{
		ID: echo.AsInput(), FirstName: "Echo", LastName: "the second",
	})
	if err != nil {
		return "", err
	}
	names[p.told.Bot.ID] = "Echo the second"
	now, err := p.ours(ctx, "tell")
	if err != nil {
		return "", err
	}
	// With the login above the service's chat has come to the dialogs.
	p.seen = &now
	return "", expect("what our client sees", now.names(), names)
}

// privacy reads the rules that our client has set, and then the other way.
func (p *play) privacy(ctx context.Context) (string, error) {
	if p.seen == nil || p.alice == nil {
		return "", errAbsent
	}
	key := &tg.InputPrivacyKeyPhoneNumber{}
	answer, err := p.alice.client.API().AccountGetPrivacy(ctx, key)
	if err != nil {
		return "", err
	}
	var rules []string
	for _, rule := range answer.Rules {
		rules = append(rules, rule.TypeName())
	}
	if err := expect("the rules", rules, p.seen.Privacy); err != nil {
		return "", err
	}
	_, err = p.alice.client.API().AccountSetPrivacy(ctx, &tg.AccountSetPrivacyRequest{
		Key: key,
		Rules: []tg.InputPrivacyRuleClass{
			&tg.InputPrivacyValueAllowCloseFriends{}, &tg.InputPrivacyValueDisallowAll{},
		},
	})
	if err != nil {
		return "", err
	}
	now, err := p.ours(ctx, "tell")
	if err != nil {
		return "", err
	}
	wanted := []string{"privacyValueAllowCloseFriends", "privacyValueDisallowAll"}
	return "", expect("what our client sees", now.Privacy, wanted)
}

// marked gives an id as the Bot API writes it.
func marked(peer tg.PeerClass) int64 {
	switch it := peer.(type) {
	case *tg.PeerUser:
		return it.UserID
	case *tg.PeerChat:
		return -it.ChatID
	case *tg.PeerChannel:
		return -1_000_000_000_000 - it.ChannelID
	}
	return 0
}

func (p *play) dialogs(ctx context.Context) (string, error) {
	if p.seen == nil || p.alice == nil {
		return "", errAbsent
	}
	all := dialogs.NewQueryBuilder(p.alice.client.API()).GetDialogs().BatchSize(100).Iter()
	var chats, pinned, archived []int64
	for all.Next(ctx) {
		one, ok := all.Value().Dialog.(*tg.Dialog)
		if !ok {
			continue
		}
		id := marked(one.Peer)
		if slices.Contains(chats, id) {
			continue
		}
		chats = append(chats, id)
		if one.Pinned {
			pinned = append(pinned, id)
		}
		if folder, _ := one.GetFolderID(); folder == 1 {
			archived = append(archived, id)
		}
	}
	for _, ids := range [][]int64{chats, pinned, archived} {
		slices.Sort(ids)
	}
	return fmt.Sprintf("%d dialogs", len(chats)), errors.Join(
		all.Err(),
		expect("the dialogs", chats, p.seen.Chats),
		expect("the pinned", pinned, p.seen.Pinned),
		expect("the archived", archived, p.seen.Archived),
	)
}

// long gives the chat with the most messages.
func (p *play) long(ctx context.Context) (tg.InputPeerClass, error) {
	if p.seen == nil || p.alice == nil {
		return nil, errAbsent
	}
	found, err := p.alice.client.API().ContactsResolveUsername(
		ctx, &tg.ContactsResolveUsernameRequest{Username: longest},
	)
	if err != nil {
		return nil, err
	}
	for _, chat := range found.Chats {
		if channel, ok := chat.(*tg.Channel); ok {
			return channel.AsInputPeer(), nil
		}
	}
	return nil, errors.New("the name gives no chat")
}

// summed reads a list of messages to its end.
func summed(ctx context.Context, all *messages.Iterator) (sum [2]int64, err error) {
	for all.Next(ctx) {
		sum[0]++
		sum[1] += int64(all.Value().Msg.GetID())
	}
	return sum, all.Err()
}

func (p *play) messages(ctx context.Context) (string, error) {
	peer, err := p.long(ctx)
	if err != nil {
		return "", err
	}
	query := messages.NewQueryBuilder(p.alice.client.API())
	sum, err := summed(ctx, query.GetHistory(peer).BatchSize(100).Iter())
	return "", errors.Join(err, expect("the messages", sum, p.seen.Messages))
}

func (p *play) search(ctx context.Context) (string, error) {
	peer, err := p.long(ctx)
	if err != nil {
		return "", err
	}
	query := messages.NewQueryBuilder(p.alice.client.API())
	sum, err := summed(ctx, query.Search(peer).Q("tulip").BatchSize(100).Iter())
	return "", errors.Join(err, expect("what is found", sum, p.seen.Found))
}
