package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/telegram/message/unpack"
	"github.com/gotd/td/tg"
)

// A forum is what of one both clients have to see alike.
type forum struct {
	Members    []int64  `json:"members"`
	Admins     [][]any  `json:"admins"`
	Restricted [][]any  `json:"restricted"`
	Links      [][]any  `json:"links"`
	Topics     [][]any  `json:"topics"`
	Log        []string `json:"log"`
}

// runForums has one of both set up a forum and the other look at it, and the other way round.
func (p *play) runForums(row string) error {
	var user *account
	ctx := context.Background()
	signIn := func() (err error) {
		if user == nil {
			user, err = p.signIn(ctx, p.told.User)
		}
		return err
	}
	theirs := attempt(row, "their forum here", func(ctx context.Context) (string, error) {
		if err := signIn(); err != nil {
			return "", err
		}
		id, err := p.makeForum(ctx, user.client.API())
		if err != nil {
			return "", err
		}
		return p.sameForum(ctx, user.client.API(), id)
	})
	ours := attempt(row, "our forum there", func(ctx context.Context) (string, error) {
		if err := signIn(); err != nil {
			return "", err
		}
		id, err := p.ourForum(ctx)
		if err != nil {
			return "", err
		}
		return p.sameForum(ctx, user.client.API(), id)
	})
	if theirs != nil {
		return theirs
	}
	return ours
}

// half runs our client's half; it gives what that prints.
func (p *play) half(ctx context.Context, arguments ...string) (string, error) {
	said, err := exec.CommandContext(ctx, p.told.Sessions, arguments...).Output()
	return strings.TrimSpace(string(said)), err
}

// knock has our client ask to be let in by a link, as somebody else.
func (p *play) knock(ctx context.Context, link string) error {
	said, err := p.half(ctx, "knock", link)
	if err != nil {
		return err
	}
	return expect("what our client says", said, "Requested")
}

// ourForum has our client make it, and wait for somebody to ask to be let in.
func (p *play) ourForum(ctx context.Context) (int64, error) {
	running := exec.CommandContext(ctx, p.told.Sessions, "make-forum")
	in, err := running.StdinPipe()
	if err != nil {
		return 0, err
	}
	out, err := running.StdoutPipe()
	if err != nil {
		return 0, err
	}
	if err := running.Start(); err != nil {
		return 0, err
	}
	var link string
	if _, err := fmt.Fscanln(out, &link); err != nil {
		return 0, err
	}
	if err := p.knock(ctx, link); err != nil {
		return 0, err
	}
	if _, err := fmt.Fprintln(in); err != nil {
		return 0, err
	}
	var id int64
	if _, err := fmt.Fscanln(out, &id); err != nil {
		return 0, err
	}
	return -1_000_000_000_000 - id, running.Wait()
}

// makeForum does what our client does in make-forum; it gives the id of the channel.
func (p *play) makeForum(ctx context.Context, api *tg.Client) (int64, error) {
	made, err := api.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{
		Megagroup: true, Title: "Their club",
	})
	if err != nil {
		return 0, err
	}
	chat, ok := made.(*tg.Updates).Chats[0].(*tg.Channel)
	if !ok {
		return 0, fmt.Errorf("no channel was made")
	}
	channel, peer := chat.AsInput(), chat.AsInputPeer()
	found, err := api.ContactsResolveUsername(ctx, &tg.ContactsResolveUsernameRequest{
		Username: p.told.Bot.Username,
	})
	if err != nil {
		return 0, err
	}
	bot := found.Users[0].(*tg.User)
	var link, old tg.ExportedChatInviteClass
	var robert *tg.User
	var roses int
	steps := []func() error{
		func() (err error) {
			_, err = api.ChannelsToggleForum(ctx, &tg.ChannelsToggleForumRequest{
				Channel: channel, Enabled: true,
			})
			return err
		},
		func() (err error) {
			_, err = api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{
				Channel: channel, Users: []tg.InputUserClass{bot.AsInput()},
			})
			return err
		},
		func() (err error) {
			_, err = api.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{
				Channel: channel, Participant: bot.AsInputPeer(),
				BannedRights: tg.ChatBannedRights{SendMedia: true},
			})
			return err
		},
		func() (err error) {
			link, err = api.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{
				Peer: peer, RequestNeeded: true, Title: "Friends",
			})
			return err
		},
		func() error { return p.knock(ctx, link.(*tg.ChatInviteExported).Link) },
		func() error {
			asking, err := api.MessagesGetChatInviteImporters(
				ctx, &tg.MessagesGetChatInviteImportersRequest{
					Peer: peer, Requested: true, OffsetUser: &tg.InputUserEmpty{}, Limit: 10,
				},
			)
			if err != nil {
				return err
			}
			robert = asking.Users[0].(*tg.User)
			return expect("how many ask", asking.Count, 1)
		},
		func() (err error) {
			_, err = api.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{
				Approved: true, Peer: peer, UserID: robert.AsInput(),
			})
			return err
		},
		func() (err error) {
			_, err = api.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{
				Channel: channel, UserID: robert.AsInput(), Rank: "guard",
				AdminRights: tg.ChatAdminRights{DeleteMessages: true},
			})
			return err
		},
		func() (err error) {
			old, err = api.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{
				Peer: peer, Title: "Old",
			})
			return err
		},
		func() (err error) {
			_, err = api.MessagesEditExportedChatInvite(
				ctx, &tg.MessagesEditExportedChatInviteRequest{
					Revoked: true, Peer: peer, Link: old.(*tg.ChatInviteExported).Link,
				},
			)
			return err
		},
		func() (err error) {
			roses, err = unpack.MessageID(api.MessagesCreateForumTopic(
				ctx, &tg.MessagesCreateForumTopicRequest{Peer: peer, Title: "Roses", RandomID: 7},
			))
			return err
		},
		func() (err error) {
			change := &tg.MessagesEditForumTopicRequest{Peer: peer, TopicID: roses}
			change.SetClosed(true)
			_, err = api.MessagesEditForumTopic(ctx, change)
			return err
		},
		func() (err error) {
			_, err = api.MessagesUpdatePinnedForumTopic(
				ctx, &tg.MessagesUpdatePinnedForumTopicRequest{
					Peer: peer, TopicID: roses, Pinned: true,
				},
			)
			return err
		},
	}
	for number, step := range steps {
		if err := step(); err != nil {
			return 0, fmt.Errorf("step %d: %w", number+1, err)
		}
	}
	return chat.ID, nil
}

// sameForum says whether both see the same of it.
func (p *play) sameForum(ctx context.Context, api *tg.Client, id int64) (string, error) {
	theirs, err := lookAtForum(ctx, api, id)
	if err != nil {
		return "", err
	}
	said, err := p.half(ctx, "look", strconv.FormatInt(-1_000_000_000_000-id, 10))
	if err != nil {
		return "", err
	}
	var ours forum
	if err := json.Unmarshal([]byte(said), &ours); err != nil {
		return "", err
	}
	plain := func(seen forum) string {
		text, _ := json.Marshal(seen)
		return string(text)
	}
	if err := expect("what our client sees", plain(ours), plain(theirs)); err != nil {
		return "", err
	}
	if err := expect("how much was done", len(theirs.Log), 9); err != nil {
		return "", err
	}
	return fmt.Sprintf("%d events, %d links", len(theirs.Log), len(theirs.Links)), nil
}

// lookAtForum is what gotd sees of a forum, as our client prints it.
func lookAtForum(ctx context.Context, api *tg.Client, id int64) (forum, error) {
	var seen forum
	chat, err := channelOf(ctx, api, id)
	if err != nil {
		return seen, err
	}
	for _, filter := range []tg.ChannelParticipantsFilterClass{
		&tg.ChannelParticipantsRecent{}, &tg.ChannelParticipantsBanned{},
	} {
		if err := seen.readMembers(ctx, api, chat, filter); err != nil {
			return seen, err
		}
	}
	slices.Sort(seen.Members)
	for _, revoked := range []bool{false, true} {
		found, err := api.MessagesGetExportedChatInvites(
			ctx, &tg.MessagesGetExportedChatInvitesRequest{
				Peer: chat.AsInputPeer(), AdminID: &tg.InputUserSelf{}, Limit: 100, Revoked: revoked,
			},
		)
		if err != nil {
			return seen, err
		}
		for _, it := range found.Invites {
			if link, ok := it.(*tg.ChatInviteExported); ok {
				seen.Links = append(
					seen.Links, []any{link.Title, link.RequestNeeded, link.Usage, link.Revoked},
				)
			}
		}
	}
	topics, err := api.MessagesGetForumTopics(ctx, &tg.MessagesGetForumTopicsRequest{
		Peer: chat.AsInputPeer(), Limit: 100,
	})
	if err != nil {
		return seen, err
	}
	for _, it := range topics.Topics {
		if topic, ok := it.(*tg.ForumTopic); ok {
			seen.Topics = append(seen.Topics, []any{topic.Title, topic.Closed, topic.Pinned})
		}
	}
	log, err := api.ChannelsGetAdminLog(ctx, &tg.ChannelsGetAdminLogRequest{
		Channel: chat.AsInput(), Limit: 100,
	})
	if err != nil {
		return seen, err
	}
	for _, event := range log.Events {
		name := strings.TrimPrefix(event.Action.TypeName(), "channelAdminLogEventAction")
		seen.Log = append(seen.Log, name)
	}
	return seen, nil
}

// readMembers notes who is in it, or who is restricted there.
func (f *forum) readMembers(
	ctx context.Context, api *tg.Client, chat *tg.Channel, filter tg.ChannelParticipantsFilterClass,
) error {
	answer, err := api.ChannelsGetParticipants(ctx, &tg.ChannelsGetParticipantsRequest{
		Channel: chat.AsInput(), Filter: filter, Limit: 100,
	})
	if err != nil {
		return err
	}
	found, ok := answer.(*tg.ChannelsChannelParticipants)
	if !ok {
		return fmt.Errorf("nobody is shown")
	}
	_, all := filter.(*tg.ChannelParticipantsRecent)
	rank := func(rank string, ok bool) any {
		if !ok {
			return nil
		}
		return rank
	}
	for _, it := range found.Participants {
		switch one := it.(type) {
		case *tg.ChannelParticipantCreator:
			f.Members = append(f.Members, one.UserID)
			f.Admins = append(
				f.Admins, []any{one.UserID, rank(one.GetRank()), one.AdminRights.DeleteMessages},
			)
		case *tg.ChannelParticipantAdmin:
			f.Members = append(f.Members, one.UserID)
			f.Admins = append(
				f.Admins, []any{one.UserID, rank(one.GetRank()), one.AdminRights.DeleteMessages},
			)
		case *tg.ChannelParticipantBanned:
			user, _ := one.Peer.(*tg.PeerUser)
			rights := one.BannedRights
			if all {
				f.Members = append(f.Members, user.UserID)
				continue
			}
			f.Restricted = append(
				f.Restricted, []any{user.UserID, rights.SendMedia, rights.SendMessages},
			)
		case *tg.ChannelParticipant:
			f.Members = append(f.Members, one.UserID)
		case *tg.ChannelParticipantSelf:
			f.Members = append(f.Members, one.UserID)
		}
	}
	return nil
}

// channelOf finds a channel among the dialogs.
func channelOf(ctx context.Context, api *tg.Client, id int64) (*tg.Channel, error) {
	answer, err := api.MessagesGetDialogs(ctx, &tg.MessagesGetDialogsRequest{
		OffsetPeer: &tg.InputPeerEmpty{}, Limit: 100,
	})
	if err != nil {
		return nil, err
	}
	dialogs, ok := answer.AsModified()
	if !ok {
		return nil, fmt.Errorf("no dialogs are shown")
	}
	for _, it := range dialogs.GetChats() {
		if chat, ok := it.(*tg.Channel); ok && chat.ID == id {
			return chat, nil
		}
	}
	return nil, fmt.Errorf("channel %d is no dialog", id)
}
