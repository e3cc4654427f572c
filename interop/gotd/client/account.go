package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// A wayIn is a transport, plain or obfuscated.
type wayIn struct {
	name       string
	protocol   transport.Protocol
	obfuscated bool
}

var waysIn = []wayIn{
	{"abridged", transport.Abridged, false},
	{"intermediate", transport.Intermediate, false},
	{"padded", transport.PaddedIntermediate, false},
	{"full", transport.Full, false},
	{"abridged obfuscated", transport.Abridged, true},
	{"intermediate obfuscated", transport.Intermediate, true},
	{"padded obfuscated", transport.PaddedIntermediate, true},
}

func (w wayIn) padded() bool {
	return strings.HasPrefix(w.name, "padded")
}

// A note is a message that came in an update: who sent it, its number and its text.
type note struct {
	from int64
	id   int
	text string
}

// An account is a client of gotd in a session of its own, and what it heard.
type account struct {
	client *telegram.Client
	heard  chan note
	// Of a bot: the presses of its buttons.
	presses chan *tg.UpdateBotCallbackQuery
	// It lives until it is stopped.
	alive context.Context
	stop  context.CancelFunc
	ended chan error
	// Closed when a manager of updates, if it has one, has ended.
	managed chan struct{}
}

// open connects a client; its session lives in memory.
func open(ctx context.Context, told facts, way wayIn) (*account, error) {
	return openWith(ctx, told, way, func(*telegram.Options) {})
}

// openWith connects a client with other options.
func openWith(
	ctx context.Context, told facts, way wayIn, change func(*telegram.Options),
) (*account, error) {
	key, err := told.publicKey()
	if err != nil {
		return nil, err
	}
	one := &account{
		heard: make(chan note, 1024), ended: make(chan error, 1), managed: make(chan struct{}),
		presses: make(chan *tg.UpdateBotCallbackQuery, 16),
	}
	options := telegram.Options{
		PublicKeys: []telegram.PublicKey{{RSA: key}},
		DC:         told.DCs[0].ID,
		DCList:     told.centres(),
		Resolver: dcs.Plain(dcs.PlainOptions{
			Protocol: way.protocol, Obfuscated: way.obfuscated,
		}),
		UpdateHandler: telegram.UpdateHandlerFunc(one.listen),
	}
	change(&options)
	one.client = telegram.NewClient(1, "local", options)
	// It outlives the attempt that opens it.
	alive, stop := context.WithCancel(context.Background())
	one.alive, one.stop = alive, stop
	ready := make(chan struct{})
	go func() {
		one.ended <- one.client.Run(alive, func(ctx context.Context) error {
			close(ready)
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	select {
	case <-ready:
		return one, nil
	case err := <-one.ended:
		stop()
		return nil, fmt.Errorf("%s: %w", way.name, err)
	case <-ctx.Done():
		stop()
		return nil, fmt.Errorf("0 of %d %s calls were answered: %w", calls, way.name, ctx.Err())
	}
}

// listen takes the messages of others out of an update, in every form that updates have.
func (a *account) listen(_ context.Context, updates tg.UpdatesClass) error {
	var inside []tg.UpdateClass
	switch all := updates.(type) {
	case *tg.UpdateShortMessage:
		if !all.Out {
			a.heard <- note{all.UserID, all.ID, all.Message}
		}
	case *tg.UpdateShort:
		inside = []tg.UpdateClass{all.Update}
	case *tg.Updates:
		inside = all.Updates
	case *tg.UpdatesCombined:
		inside = all.Updates
	}
	for _, update := range inside {
		if press, ok := update.(*tg.UpdateBotCallbackQuery); ok {
			a.presses <- press
		}
		fresh, ok := update.(*tg.UpdateNewMessage)
		if !ok {
			continue
		}
		message, ok := fresh.Message.(*tg.Message)
		if !ok || message.Out {
			continue
		}
		if peer, ok := message.PeerID.(*tg.PeerUser); ok {
			a.heard <- note{peer.UserID, message.ID, message.Message}
		}
	}
	return nil
}

// hears waits for the next message of another.
func (a *account) hears(ctx context.Context) (note, error) {
	select {
	case heard := <-a.heard:
		return heard, nil
	case <-ctx.Done():
		return note{}, fmt.Errorf("no message came: %w", ctx.Err())
	}
}
