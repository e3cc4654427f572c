package main

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgtest"
)

const (
	// Steps that are pushed together.
	together = 20
	// Steps that one difference brings.
	slice  = 150
	writer = 77
)

// A board is what has happened to the account: each step counts one.
type board struct {
	mu    sync.Mutex
	steps int
}

// step is what happens as the n-th: every seventh deletes the message before, every fifth of the
// others changes it, and all others are new.
func step(n int) tg.UpdateClass {
	letter := func(id int, text string) *tg.Message {
		return &tg.Message{
			ID: id, FromID: &tg.PeerUser{UserID: writer}, PeerID: &tg.PeerUser{UserID: writer},
			Date: 1_700_000_000 + n, Message: text,
		}
	}
	pts := n + 1
	switch {
	case n%7 == 0:
		return &tg.UpdateDeleteMessages{Messages: []int{n - 1}, Pts: pts, PtsCount: 1}
	case n%5 == 0:
		changed := letter(n-1, strconv.Itoa(n))
		changed.SetEditDate(1_700_000_000 + n)
		return &tg.UpdateEditMessage{Message: changed, Pts: pts, PtsCount: 1}
	default:
		return &tg.UpdateNewMessage{Message: letter(n, strconv.Itoa(n)), Pts: pts, PtsCount: 1}
	}
}

func who() []tg.UserClass {
	user := &tg.User{ID: writer, FirstName: "Writer"}
	user.SetAccessHash(writer)
	return []tg.UserClass{user}
}

func standing(steps int) tg.UpdatesState {
	return tg.UpdatesState{Pts: steps + 1, Qts: 1, Date: int(time.Now().Unix()), Seq: 1}
}

func (b *board) state(server *tgtest.Server, req *tgtest.Request) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	told := standing(b.steps)
	return server.SendResult(req, &told)
}

// push lets so many steps happen. Of three times as many as are pushed together, the second are not
// pushed, nor the third before they are followed: who listens has to ask for them.
func (b *board) push(server *tgtest.Server, req *tgtest.Request, count string) error {
	wanted, err := strconv.Atoi(count)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for end := b.steps + wanted; b.steps < end; {
		first := b.steps + 1
		b.steps = min(b.steps+together, end)
		isLost := (first/together)%3 == 1 && b.steps < end
		if isLost {
			continue
		}
		if err := b.send(req.RequestCtx, server, req.Session, first); err != nil {
			return err
		}
	}
	return nil
}

func (b *board) send(
	ctx context.Context, server *tgtest.Server, session tgtest.Session, first int,
) error {
	var steps []tg.UpdateClass
	for n := first; n <= b.steps; n++ {
		steps = append(steps, step(n))
	}
	return server.Send(ctx, session, proto.MessageFromServer, &tg.Updates{
		Updates: steps, Users: who(), Date: int(time.Now().Unix()),
	})
}

func (b *board) difference(server *tgtest.Server, req *tgtest.Request) error {
	var asked tg.UpdatesGetDifferenceRequest
	if err := asked.Decode(req.Buf); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	first, last := asked.Pts, min(asked.Pts-1+slice, b.steps)
	if first > b.steps {
		return server.SendResult(req, &tg.UpdatesDifferenceEmpty{Date: asked.Date, Seq: 1})
	}
	var fresh []tg.MessageClass
	var others []tg.UpdateClass
	for n := first; n <= last; n++ {
		if new, ok := step(n).(*tg.UpdateNewMessage); ok {
			fresh = append(fresh, new.Message)
		} else {
			others = append(others, step(n))
		}
	}
	if last < b.steps {
		return server.SendResult(req, &tg.UpdatesDifferenceSlice{
			NewMessages: fresh, OtherUpdates: others, Users: who(),
			IntermediateState: standing(last),
		})
	}
	return server.SendResult(req, &tg.UpdatesDifference{
		NewMessages: fresh, OtherUpdates: others, Users: who(), State: standing(last),
	})
}
