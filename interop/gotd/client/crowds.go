package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gotd/td/telegram/query/channels/participants"
	"github.com/gotd/td/telegram/query/dialogs"
	"github.com/gotd/td/tg"
)

// crowd is the public name of the supergroup of very many.
const crowd = "the_crowd"

// lasting is how long an attempt at what is large may take.
const lasting = 2 * time.Minute

// A verdict is what is seen of those of the crowd who are not like the others.
type verdict struct {
	IDs        []int64 `json:"ids"`
	Banned     []int64 `json:"banned"`
	Restricted [][]any `json:"restricted"`
	Admins     [][]any `json:"admins"`
}

// runCrowds tries what is large or moves.
func (p *play) runCrowds(row string) error {
	user, err := p.signIn(context.Background(), p.told.User)
	if err != nil {
		return err
	}
	api := user.client.API()
	steps := []struct {
		name string
		step func(context.Context, *tg.Client) (string, error)
	}{
		{"12,000 members", p.members}, {"rights and bans", p.rights},
		{"dialogs that move", p.moving},
	}
	for _, it := range steps {
		failed := attemptWithin(lasting, row, it.name, func(ctx context.Context) (string, error) {
			return it.step(ctx, api)
		})
		err = errors.Join(err, failed)
	}
	return err
}

// named gives the supergroup of very many.
func named(ctx context.Context, api *tg.Client) (*tg.Channel, error) {
	found, err := api.ContactsResolveUsername(
		ctx, &tg.ContactsResolveUsernameRequest{Username: crowd},
	)
	if err != nil {
		return nil, err
	}
	for _, chat := range found.Chats {
		if channel, ok := chat.(*tg.Channel); ok {
			return channel, nil
		}
	}
	return nil, errors.New("the name gives no chat")
}

// members holds ours, which has all, against as many as gotd finds.
func (p *play) members(ctx context.Context, api *tg.Client) (string, error) {
	said, err := p.half(ctx, "count-crowd")
	if err != nil {
		return "", err
	}
	var told struct {
		IDs      []int64 `json:"ids"`
		Complete bool    `json:"complete"`
	}
	if err := json.Unmarshal([]byte(said), &told); err != nil {
		return "", err
	}
	known := map[int64]bool{}
	for _, id := range told.IDs {
		known[id] = true
	}
	channel, err := named(ctx, api)
	if err != nil {
		return "", err
	}
	query := participants.NewQueryBuilder(api).GetParticipants(channel.AsInput())
	all := query.Recent().BatchSize(200).Iter()
	found := 0
	for all.Next(ctx) {
		user, ok := all.Value().User()
		if ok && !known[user.ID] {
			return "", fmt.Errorf("our client does not see %d", user.ID)
		}
		found++
	}
	return fmt.Sprintf("ours %d, gotd %d", len(told.IDs), found), errors.Join(
		all.Err(),
		expect("whether these are all", told.Complete, true),
		expect("how many come once", len(known), len(told.IDs)),
	)
}

// judged is what gotd sees of those who are not like the others, as our client prints it, and who
// they are.
func judged(
	ctx context.Context, api *tg.Client, channel *tg.Channel,
) (verdict, map[int64]*tg.User, error) {
	told := verdict{Banned: []int64{}, Restricted: [][]any{}, Admins: [][]any{}}
	users := map[int64]*tg.User{}
	for _, filter := range []tg.ChannelParticipantsFilterClass{
		&tg.ChannelParticipantsKicked{}, &tg.ChannelParticipantsBanned{},
		&tg.ChannelParticipantsAdmins{},
	} {
		answer, err := api.ChannelsGetParticipants(ctx, &tg.ChannelsGetParticipantsRequest{
			Channel: channel.AsInput(), Filter: filter, Limit: 200,
		})
		if err != nil {
			return told, nil, err
		}
		some, ok := answer.AsModified()
		if !ok {
			return told, nil, fmt.Errorf("the participants are %T", answer)
		}
		for _, one := range some.Participants {
			told.note(one)
		}
		tg.UserClassArray(some.Users).FillUserMap(users)
	}
	return told, users, nil
}

func (v *verdict) note(one tg.ChannelParticipantClass) {
	switch one := one.(type) {
	case *tg.ChannelParticipantBanned:
		user, ok := one.Peer.(*tg.PeerUser)
		rights := one.BannedRights
		switch {
		case !ok:
		case rights.ViewMessages:
			v.Banned = append(v.Banned, user.UserID)
		default:
			v.Restricted = append(
				v.Restricted, []any{user.UserID, rights.SendMedia, rights.SendMessages},
			)
		}
	case *tg.ChannelParticipantAdmin:
		rights := one.AdminRights
		v.Admins = append(v.Admins, []any{one.UserID, one.Rank, rights.BanUsers, rights.ChangeInfo})
	}
}

// same holds a verdict of our client against gotd's.
func (v *verdict) same(said string) error {
	var told verdict
	if err := json.Unmarshal([]byte(said), &told); err != nil {
		return err
	}
	v.IDs, told.IDs = nil, nil
	ours, _ := json.Marshal(told)
	theirs, _ := json.Marshal(v)
	return expect("what our client sees", string(ours), string(theirs))
}

// rights sees what our client has done to three of them, and does otherwise.
func (p *play) rights(ctx context.Context, api *tg.Client) (string, error) {
	said, err := p.half(ctx, "judge-crowd")
	if err != nil {
		return "", err
	}
	var told verdict
	if err := json.Unmarshal([]byte(said), &told); err != nil {
		return "", err
	}
	channel, err := named(ctx, api)
	if err != nil {
		return "", err
	}
	now, users, err := judged(ctx, api, channel)
	if err != nil {
		return "", err
	}
	if err := now.same(said); err != nil {
		return "", err
	}
	for _, id := range told.IDs {
		if users[id] == nil {
			return "", fmt.Errorf("gotd does not see %d", id)
		}
	}
	out, quiet, guard := users[told.IDs[0]], users[told.IDs[1]], users[told.IDs[2]]
	if err := overrule(ctx, api, channel, out, quiet, guard); err != nil {
		return "", err
	}
	if now, _, err = judged(ctx, api, channel); err != nil {
		return "", err
	}
	if said, err = p.half(ctx, "judged-crowd"); err != nil {
		return "", err
	}
	return "", errors.Join(
		expect("how many are banned", len(now.Banned), 0),
		expect("how many are administrators", len(now.Admins), 1),
		now.same(said),
	)
}

// overrule undoes and changes what our client has done.
func overrule(
	ctx context.Context, api *tg.Client, channel *tg.Channel, out, quiet, guard *tg.User,
) error {
	_, undone := api.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{
		Channel: channel.AsInput(), Participant: out.AsInputPeer(),
	})
	_, quieter := api.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{
		Channel: channel.AsInput(), Participant: quiet.AsInputPeer(),
		BannedRights: tg.ChatBannedRights{SendMessages: true},
	})
	_, higher := api.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{
		Channel: channel.AsInput(), UserID: guard.AsInput(), Rank: "captain",
		AdminRights: tg.ChatAdminRights{ChangeInfo: true},
	})
	return errors.Join(undone, quieter, higher)
}

// moving holds what our client has read while messages came against the list at rest.
func (p *play) moving(ctx context.Context, api *tg.Client) (string, error) {
	said, err := p.half(ctx, "stir")
	if err != nil {
		return "", err
	}
	var told struct {
		Chats    []int64 `json:"chats"`
		Pinned   []int64 `json:"pinned"`
		Archived []int64 `json:"archived"`
		Folder   []int64 `json:"folder"`
	}
	if err := json.Unmarshal([]byte(said), &told); err != nil {
		return "", err
	}
	all := dialogs.NewQueryBuilder(api).GetDialogs().BatchSize(100).Iter()
	var chats, pinned, archived []int64
	for all.Next(ctx) {
		one, ok := all.Value().Dialog.(*tg.Dialog)
		if !ok {
			continue
		}
		id := marked(one.Peer)
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
	filters, err := api.MessagesGetDialogFilters(ctx)
	if err != nil {
		return "", err
	}
	var folder []int64
	for _, it := range filters.Filters {
		if it, ok := it.(*tg.DialogFilter); ok {
			for _, peer := range it.IncludePeers {
				if channel, ok := peer.(*tg.InputPeerChannel); ok {
					folder = append(folder, -1_000_000_000_000-channel.ChannelID)
				}
			}
		}
	}
	slices.Sort(folder)
	return fmt.Sprintf("%d dialogs, %d in a folder", len(chats), len(folder)), errors.Join(
		all.Err(),
		expect("the dialogs", chats, told.Chats),
		expect("the pinned", pinned, told.Pinned),
		expect("the archived", archived, told.Archived),
		expect("the folder", folder, told.Folder),
	)
}
