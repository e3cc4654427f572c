package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/updates"
	"github.com/gotd/td/tg"
)

// long is how long an attempt may take in which all of the plan happens.
const long = 240 * time.Second

// after is how long it is waited for what comes twice.
const after = time.Second

// An ours is our client's half, under way.
type ours struct {
	running *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
	writing sync.Mutex
	lines   int
}

// runOurs starts it. It has to be ended.
func (f facts) runOurs(ctx context.Context, arguments ...string) (*ours, error) {
	running := exec.CommandContext(ctx, f.Events, arguments...)
	running.Stderr = os.Stderr
	in, inErr := running.StdinPipe()
	out, outErr := running.StdoutPipe()
	if err := errors.Join(inErr, outErr); err != nil {
		return nil, err
	}
	return &ours{running: running, in: in, out: bufio.NewReader(out)}, running.Start()
}

// line reads what it says next.
func (o *ours) line() (string, error) {
	line, err := o.out.ReadString('\n')
	if err != nil {
		return "", fmt.Errorf("our client ended: %w", err)
	}
	return strings.TrimSpace(line), nil
}

// says fails unless it says this next.
func (o *ours) says(wanted string) error {
	line, err := o.line()
	if err != nil {
		return err
	}
	return expect("what our client says", line, wanted)
}

// tell writes it a line, from whatever goroutine.
func (o *ours) tell(line []byte) error {
	o.writing.Lock()
	defer o.writing.Unlock()
	o.lines++
	_, err := o.in.Write(append(line, '\n'))
	return err
}

// told is how many lines it was told.
func (o *ours) told() int {
	o.writing.Lock()
	defer o.writing.Unlock()
	return o.lines
}

func (o *ours) end() {
	_ = o.running.Process.Kill()
	_ = o.running.Wait()
}

// A step is something that happens.
type step struct {
	Do     string `json:"do"`
	Place  string `json:"place"`
	Number int    `json:"number"`
	Text   string `json:"text"`
}

// read decodes the one line that our client says to this.
func (f facts) read(ctx context.Context, into any, arguments ...string) error {
	half, err := f.runOurs(ctx, arguments...)
	if err != nil {
		return err
	}
	defer half.end()
	line, err := half.line()
	if err != nil {
		return err
	}
	return json.Unmarshal([]byte(line), into)
}

// chats makes those of the plan.
func chats(ctx context.Context, api *tg.Client) (map[string]tg.InputPeerClass, error) {
	robert, err := resolved(ctx, api, "robert")
	if err != nil {
		return nil, err
	}
	invited := []tg.InputUserClass{robert.AsInput()}
	made := map[string]tg.InputPeerClass{"private": robert.AsInputPeer()}
	told, err := api.MessagesCreateChat(ctx, &tg.MessagesCreateChatRequest{
		Users: invited, Title: "A group",
	})
	if err != nil {
		return nil, err
	}
	group, ok := told.Updates.(*tg.Updates)
	if !ok || len(group.Chats) == 0 {
		return nil, fmt.Errorf("the group is in %T", told.Updates)
	}
	made["group"] = &tg.InputPeerChat{ChatID: group.Chats[0].GetID()}
	for _, place := range []string{"supergroup", "channel"} {
		told, err := api.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{
			Title: place, Megagroup: place == "supergroup", Broadcast: place == "channel",
		})
		if err != nil {
			return nil, err
		}
		all, ok := told.(*tg.Updates)
		if !ok || len(all.Chats) == 0 {
			return nil, fmt.Errorf("the %s is in %T", place, told)
		}
		channel, ok := all.Chats[0].(*tg.Channel)
		if !ok {
			return nil, fmt.Errorf("the %s is %T", place, all.Chats[0])
		}
		made[place] = channel.AsInputPeer()
		if _, err := api.ChannelsInviteToChannel(ctx, &tg.ChannelsInviteToChannelRequest{
			Channel: channel.AsInput(), Users: invited,
		}); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// oursIsTold: gotd writes, edits and deletes; our client is told of it, however often it is cut
// off.
func (p *play) oursIsTold(ctx context.Context) (string, error) {
	count := fmt.Sprint(p.told.Doings)
	var plan []step
	if err := p.told.read(ctx, &plan, "plan", count); err != nil {
		return "", err
	}
	alice, err := p.signIn(ctx, p.told.User)
	if err != nil {
		return "", err
	}
	defer alice.stop()
	hearing, err := p.told.runOurs(ctx, "hear", count)
	if err != nil {
		return "", err
	}
	defer hearing.end()
	if err := hearing.says("ready"); err != nil {
		return "", err
	}
	places, err := chats(ctx, alice.client.API())
	if err != nil {
		return "", err
	}
	sent := map[string]int{}
	for _, one := range plan {
		which := fmt.Sprint(one.Place, one.Number)
		if one.Do == "send" {
			sent[which], err = write(ctx, alice, places[one.Place], one.Text)
		} else {
			err = change(ctx, alice.client.API(), places[one.Place], sent[which], one)
		}
		if err != nil {
			return "", fmt.Errorf("%s: %w", which, err)
		}
	}
	note, err := hearing.line()
	if err != nil {
		return "", err
	}
	_, err = alice.client.API().AuthLogOut(ctx)
	return note, err
}

// change edits a message or deletes it.
func change(ctx context.Context, api *tg.Client, there tg.InputPeerClass, id int, one step) error {
	if one.Do == "edit" {
		_, err := api.MessagesEditMessage(ctx, &tg.MessagesEditMessageRequest{
			Peer: there, ID: id, Message: one.Text,
		})
		return err
	}
	if channel, ok := there.(*tg.InputPeerChannel); ok {
		_, err := api.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{
			Channel: &tg.InputChannel{
				ChannelID: channel.ChannelID, AccessHash: channel.AccessHash,
			},
			ID: []int{id},
		})
		return err
	}
	_, err := api.MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{
		Revoke: true, ID: []int{id},
	})
	return err
}

// An event is what our checker reads.
type event struct {
	Do      string `json:"do"`
	Channel *int64 `json:"channel"`
	ID      int    `json:"id,omitempty"`
	Text    string `json:"text,omitempty"`
	IDs     []int  `json:"ids,omitempty"`
}

// telling gives every message, edit and deletion to our checker.
func telling(checker *ours) telegram.UpdateHandler {
	tell := func(it event) error {
		line, err := json.Marshal(it)
		return errors.Join(err, checker.tell(line))
	}
	message := func(do string, raw tg.MessageClass) error {
		text, ok := raw.(*tg.Message)
		if !ok || text.Out {
			return nil
		}
		it := event{Do: do, ID: text.ID, Text: text.Message}
		if channel, ok := text.PeerID.(*tg.PeerChannel); ok {
			it.Channel = &channel.ChannelID
		}
		return tell(it)
	}
	all := tg.NewUpdateDispatcher()
	all.OnNewMessage(func(_ context.Context, _ tg.Entities, it *tg.UpdateNewMessage) error {
		return message("new", it.Message)
	})
	all.OnNewChannelMessage(
		func(_ context.Context, _ tg.Entities, it *tg.UpdateNewChannelMessage) error {
			return message("new", it.Message)
		},
	)
	all.OnEditMessage(func(_ context.Context, _ tg.Entities, it *tg.UpdateEditMessage) error {
		return message("edit", it.Message)
	})
	all.OnEditChannelMessage(
		func(_ context.Context, _ tg.Entities, it *tg.UpdateEditChannelMessage) error {
			return message("edit", it.Message)
		},
	)
	all.OnDeleteMessages(func(_ context.Context, _ tg.Entities, it *tg.UpdateDeleteMessages) error {
		return tell(event{Do: "delete", IDs: it.Messages})
	})
	all.OnDeleteChannelMessages(
		func(_ context.Context, _ tg.Entities, it *tg.UpdateDeleteChannelMessages) error {
			return tell(event{Do: "delete", Channel: &it.ChannelID, IDs: it.Messages})
		},
	)
	return all
}

// A follower is an account with a manager of updates, which outlives the connection.
type follower struct {
	play    *play
	checker *ours
	manager *updates.Manager
	keys    *session.StorageMemory
}

// follow connects; the manager runs until the account is stopped.
func (f *follower) follow(ctx context.Context, signIn bool) (*account, error) {
	one, err := openWith(ctx, f.play.told, f.play.way, func(options *telegram.Options) {
		options.UpdateHandler = f.manager
		options.SessionStorage = f.keys
	})
	if err != nil {
		return nil, err
	}
	if signIn {
		if err := authorize(ctx, one, f.play.told.Guarded); err != nil {
			return nil, err
		}
	}
	alive, started := one.alive, make(chan struct{})
	go func() {
		err := f.manager.Run(alive, one.client.API(), f.play.told.Guarded.ID, updates.AuthOptions{
			OnStart: func(context.Context) { close(started) },
		})
		if err != nil && alive.Err() == nil {
			fmt.Fprintln(os.Stderr, "the manager of updates:", err)
		}
		f.manager.Reset()
		close(one.managed)
	}()
	<-started
	return one, nil
}

// catchesUp: gotd is away while our client writes, edits and deletes, and makes up for it.
func (p *play) catchesUp(ctx context.Context) (string, error) {
	count := fmt.Sprint(p.told.Doings)
	checker, err := p.told.runOurs(ctx, "check", count)
	if err != nil {
		return "", err
	}
	defer checker.end()
	robert := &follower{
		play:    p,
		checker: checker,
		manager: updates.New(updates.Config{Handler: telling(checker)}),
		keys:    &session.StorageMemory{},
	}
	if err := p.whileAway(ctx, robert, count); err != nil {
		return "", err
	}
	one, err := robert.follow(ctx, false)
	if err != nil {
		return "", err
	}
	defer one.stop()
	if p.found, err = checker.line(); err != nil {
		return "", err
	}
	time.Sleep(after)
	if _, err := one.client.API().AuthLogOut(ctx); err != nil {
		return "", err
	}
	if err := checker.in.Close(); err != nil {
		return "", err
	}
	if p.found != "complete" {
		return "", nil
	}
	return checker.line()
}

// changes says whether edits and deletions were among what it made up for.
func (p *play) changes(context.Context) (string, error) {
	return "", expect("what our checker says", p.found, "complete")
}

// whileAway has our client do all of the plan, and gotd hear the first part of it.
func (p *play) whileAway(ctx context.Context, robert *follower, count string) error {
	one, err := robert.follow(ctx, true)
	if err != nil {
		return err
	}
	acting, err := p.told.runOurs(ctx, "act", count)
	if err != nil {
		return err
	}
	defer acting.end()
	if err := acting.says("away?"); err != nil {
		return err
	}
	for robert.checker.told() < p.told.Doings/10 {
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			return fmt.Errorf("%d events were told: %w", robert.checker.told(), ctx.Err())
		}
	}
	one.stop()
	<-one.managed
	<-one.ended
	if err := acting.tell(nil); err != nil {
		return err
	}
	return acting.says("done")
}

// A part of the script: a capability, and what shows it.
type part struct {
	Capability string `json:"capability"`
	Lines      []struct {
		Say   string `json:"say"`
		Press string `json:"press"`
		Hear  string `json:"hear"`
	} `json:"lines"`
}

// ourBot lets our bot answer as the script says.
func (p *play) ourBot(ctx context.Context, part part) (string, error) {
	if p.alice == nil || p.echo == nil {
		return "", errAbsent
	}
	var last note
	for _, line := range part.Lines {
		var got string
		var err error
		if line.Say != "" {
			if _, err = write(ctx, p.alice, p.echo.AsInputPeer(), line.Say); err != nil {
				return "", err
			}
			last, err = p.alice.hears(ctx)
			got = last.text
		} else {
			var told *tg.MessagesBotCallbackAnswer
			pressed := &tg.MessagesGetBotCallbackAnswerRequest{
				Peer: p.echo.AsInputPeer(), MsgID: last.id,
			}
			pressed.SetData([]byte(line.Press))
			if told, err = p.alice.client.API().MessagesGetBotCallbackAnswer(ctx, pressed); err == nil {
				got = told.Message
			}
		}
		if err != nil {
			return "", err
		}
		what := fmt.Sprintf("the answer to %q", line.Say+line.Press)
		if err := expect(what, got, line.Hear); err != nil {
			return "", err
		}
	}
	return "", nil
}

// runEvents fills the row of what happens, and of our bot.
func (p *play) runEvents(row string) error {
	_ = attemptWithin(long, row, "ours is told", p.oursIsTold)
	_ = attemptWithin(long, row, "what it missed", p.catchesUp)
	_ = attempt(row, "what was changed", p.changes)
	ctx, cancel := context.WithTimeout(context.Background(), long)
	defer cancel()
	var script []part
	if err := p.told.read(ctx, &script, "script"); err != nil {
		return err
	}
	bot, err := p.told.runOurs(ctx, "bot")
	if err != nil {
		return err
	}
	defer bot.end()
	if err := bot.says("ready"); err != nil {
		return err
	}
	if p.alice, err = p.signIn(ctx, p.told.User); err != nil {
		return err
	}
	defer p.alice.stop()
	if p.echo, err = resolved(ctx, p.alice.client.API(), p.told.Bot.Username); err != nil {
		return err
	}
	for _, part := range script {
		_ = attempt(row, part.Capability, func(ctx context.Context) (string, error) {
			return p.ourBot(ctx, part)
		})
	}
	_, err = p.alice.client.API().AuthLogOut(ctx)
	return err
}

// resolved finds whom a name belongs to.
func resolved(ctx context.Context, api *tg.Client, name string) (*tg.User, error) {
	found, err := api.ContactsResolveUsername(
		ctx, &tg.ContactsResolveUsernameRequest{Username: name},
	)
	if err != nil {
		return nil, err
	}
	user, ok := tg.UserClassArray(found.Users).FirstAsNotEmpty()
	if !ok {
		return nil, fmt.Errorf("%s is nobody: %v", name, found)
	}
	return user, nil
}
