package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/fileid"
	"github.com/gotd/td/telegram/downloader"
	"github.com/gotd/td/telegram/message"
	"github.com/gotd/td/telegram/message/styling"
	"github.com/gotd/td/telegram/uploader"
	"github.com/gotd/td/tg"
)

// So long files may take, of which one has 100 MiB where there is time for it.
const forFiles = 5 * time.Minute

// Where small files become large ones, parts end, and files do.
var lengths = []int{1, 511, 512<<10 - 1, 512 << 10, 10<<20 - 1, 10<<20 + 1}

// Only where there is time for it.
const longFile = 100 << 20

// So many messages come of what each sends.
const sentMedia = 5

// runFiles has each fetch the files of the other, and see the same in its photos and so on.
func (p *play) runFiles(row string) {
	var user *account
	signIn := func(ctx context.Context) (err error) {
		if user == nil {
			user, err = p.signIn(ctx, p.told.User)
		}
		return err
	}
	steps := []struct {
		capability string
		take       func(context.Context, *account) (string, error)
	}{
		{"files both ways", p.uploads},
		{"file ids", p.fileIDs},
		{"our media there", p.ourMedia},
		{"their media here", p.theirMedia},
	}
	for _, step := range steps {
		attemptWithin(forFiles, row, step.capability, func(ctx context.Context) (string, error) {
			if err := signIn(ctx); err != nil {
				return "", err
			}
			return step.take(ctx, user)
		})
	}
	if user != nil {
		user.stop()
	}
}

// say runs our client, and gives what it prints.
func (p *play) say(ctx context.Context, command ...string) (string, error) {
	running := exec.CommandContext(ctx, p.told.Sessions, command...)
	running.Stderr = os.Stderr
	said, err := running.Output()
	if err != nil {
		return "", fmt.Errorf("our client: %w", err)
	}
	return strings.TrimSpace(string(said)), nil
}

func sum(content []byte) string {
	hash := sha256.Sum256(content)
	return hex.EncodeToString(hash[:])
}

// upload sends the bytes of a file up.
func upload(ctx context.Context, one *account, name string, content []byte) (tg.InputFileClass, error) {
	return uploader.NewUploader(one.client.API()).FromBytes(ctx, name, content)
}

// sendMedia sends something to the account's own chat.
func sendMedia(ctx context.Context, one *account, media message.MediaOption) error {
	_, err := message.NewSender(one.client.API()).Self().Media(ctx, media)
	return err
}

func (p *play) uploads(ctx context.Context, one *account) (string, error) {
	all := lengths
	if p.told.Long {
		all = append(slices.Clone(all), longFile)
	}
	for _, length := range all {
		content := make([]byte, length)
		rand.Read(content)
		name := fmt.Sprintf("theirs-%d.bin", length)
		file, err := upload(ctx, one, name, content)
		if err != nil {
			return "", err
		}
		sent := message.UploadedDocument(file, styling.Plain(sum(content))).Filename(name).ForceFile(true)
		if err := sendMedia(ctx, one, sent); err != nil {
			return "", err
		}
	}
	if _, err := p.say(ctx, "files", strconv.Itoa(len(all))); err != nil {
		return "", err
	}
	var got []int
	messages, err := newest(ctx, one, len(all))
	if err != nil {
		return "", err
	}
	for _, one := range messages {
		if err := expect("the hash", sum(one.content), one.Message.Message); err != nil {
			return "", err
		}
		got = append(got, len(one.content))
	}
	return fmt.Sprint(all), expect("the lengths", got, all)
}

func (p *play) fileIDs(ctx context.Context, one *account) (string, error) {
	content := make([]byte, 5000)
	rand.Read(content)
	file, err := upload(ctx, one, "theirs-5000.bin", content)
	if err != nil {
		return "", err
	}
	if err := sendMedia(ctx, one, message.UploadedDocument(file).ForceFile(true)); err != nil {
		return "", err
	}
	last, err := newest(ctx, one, 1)
	if err != nil {
		return "", err
	}
	id, err := fileid.EncodeFileID(fileid.FromDocument(last[0].document))
	if err != nil {
		return "", err
	}
	said, err := p.say(ctx, "fetch", id)
	if err != nil {
		return "", err
	}
	if hash, _, _ := strings.Cut(said, " "); hash != sum(content) {
		return "", expect("what our client fetches", hash, sum(content))
	}
	said, err = p.say(ctx, "files", "0")
	if err != nil {
		return "", err
	}
	lines := strings.Split(said, "\n")
	if last, err = newest(ctx, one, 1); err != nil {
		return "", err
	}
	written, _, _ := strings.Cut(lines[len(lines)-1], " ")
	read, err := fileid.DecodeFileID(written)
	if err != nil {
		return "", err
	}
	location, ok := read.AsInputFileLocation()
	if !ok {
		return "", errors.New("our file_id is no place of a file")
	}
	got, err := fetch(ctx, one, location)
	if err != nil {
		return "", err
	}
	return "", expect("the hash", sum(got), last[0].Message.Message)
}

// A carried message is one with a file, which is fetched.
type carried struct {
	*tg.Message
	document *tg.Document
	photo    *tg.Photo
	content  []byte
}

// newest fetches the last messages of the account's own chat, so many, the oldest of them first.
func newest(ctx context.Context, one *account, count int) ([]carried, error) {
	answer, err := one.client.API().MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{
		Peer: &tg.InputPeerSelf{}, Limit: count,
	})
	if err != nil {
		return nil, err
	}
	page, ok := answer.AsModified()
	if !ok {
		return nil, fmt.Errorf("the history is %T", answer)
	}
	var all []carried
	for _, it := range page.GetMessages() {
		found := carried{}
		if found.Message, ok = it.(*tg.Message); !ok {
			return nil, fmt.Errorf("a message is %T", it)
		}
		var location tg.InputFileLocationClass
		switch media := found.Media.(type) {
		case *tg.MessageMediaDocument:
			if found.document, ok = media.Document.AsNotEmpty(); !ok {
				return nil, errors.New("the document is empty")
			}
			location = found.document.AsInputDocumentFileLocation("")
		case *tg.MessageMediaPhoto:
			if found.photo, ok = media.Photo.AsNotEmpty(); !ok {
				return nil, errors.New("the photo is empty")
			}
			sizes := sizesOf(found.photo)
			location = found.photo.AsInputPhotoFileLocation(sizes[len(sizes)-1].Type)
		default:
			return nil, fmt.Errorf("a message carries %T", found.Media)
		}
		if found.content, err = fetch(ctx, one, location); err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	slices.Reverse(all)
	if len(all) != count {
		return nil, fmt.Errorf("there are %d messages, not %d", len(all), count)
	}
	return all, nil
}

func fetch(ctx context.Context, one *account, place tg.InputFileLocationClass) ([]byte, error) {
	var content bytes.Buffer
	_, err := downloader.NewDownloader().Download(one.client.API(), place).Stream(ctx, &content)
	return content.Bytes(), err
}

func sizesOf(photo *tg.Photo) (sizes []*tg.PhotoSize) {
	for _, size := range photo.Sizes {
		switch it := size.(type) {
		case *tg.PhotoSize:
			sizes = append(sizes, it)
		case *tg.PhotoSizeProgressive:
			sizes = append(sizes, &tg.PhotoSize{Type: it.Type, W: it.W, H: it.H})
		}
	}
	return sizes
}

// shown is what is seen of a message, as our client says it.
func (c carried) shown() map[string]any {
	_, grouped := c.GetGroupedID()
	shown := map[string]any{
		"text": c.Message.Message, "album": grouped, "sha256": sum(c.content), "kind": "document",
	}
	if c.photo != nil {
		sizes := []any{}
		for _, size := range sizesOf(c.photo) {
			sizes = append(sizes, []any{size.Type, size.W, size.H})
		}
		shown["kind"], shown["sizes"] = "photo", sizes
		return shown
	}
	for _, attribute := range c.document.Attributes {
		switch it := attribute.(type) {
		case *tg.DocumentAttributeSticker:
			shown["kind"], shown["emoji"] = "sticker", it.Alt
		case *tg.DocumentAttributeImageSize:
			shown["size"] = []any{it.W, it.H}
		case *tg.DocumentAttributeVideo:
			shown["kind"], shown["size"] = "video", []any{it.W, it.H}
			shown["seconds"] = it.Duration
		case *tg.DocumentAttributeAudio:
			shown["kind"], shown["seconds"] = "audio", it.Duration
			if it.Voice {
				shown["kind"] = "voice"
			}
			shown["waveform"] = hex.EncodeToString(it.Waveform)
		case *tg.DocumentAttributeFilename:
			shown["name"] = it.FileName
		}
	}
	return shown
}

// compared gives an error when gotd and our client do not see the same in the last messages.
func (p *play) compared(ctx context.Context, one *account) (string, error) {
	said, err := p.say(ctx, "tell-media", strconv.Itoa(sentMedia))
	if err != nil {
		return "", err
	}
	var wanted []map[string]any
	if err := json.Unmarshal([]byte(said), &wanted); err != nil {
		return "", err
	}
	messages, err := newest(ctx, one, sentMedia)
	if err != nil {
		return "", err
	}
	var kinds []string
	for number, message := range messages {
		// As JSON both have the same kinds of numbers.
		text, err := json.Marshal(message.shown())
		if err != nil {
			return "", err
		}
		var got map[string]any
		if err := json.Unmarshal(text, &got); err != nil {
			return "", err
		}
		if err := expect(fmt.Sprintf("message %d", number), got, wanted[number]); err != nil {
			return "", err
		}
		kinds = append(kinds, fmt.Sprint(got["kind"]))
	}
	return strings.Join(kinds, ", "), nil
}

func (p *play) ourMedia(ctx context.Context, one *account) (string, error) {
	if _, err := p.say(ctx, "send-media"); err != nil {
		return "", err
	}
	return p.compared(ctx, one)
}

// drawn is a PNG file as far as its size goes, and then whatever.
func drawn(width, height byte) []byte {
	head := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), 0, 0, 1, width, 0, 0, 1, height)
	return append(head, bytes.Repeat([]byte{width, 7, height}, 2000)...)
}

func (p *play) theirMedia(ctx context.Context, one *account) (string, error) {
	files := []struct {
		name    string
		content []byte
	}{
		{"one.png", drawn(200, 90)},
		{"two.png", drawn(20, 9)},
		{"three.mp4", bytes.Repeat([]byte{7}, 9000)},
		{"four.webp", bytes.Repeat([]byte{8}, 900)},
		{"five.ogg", bytes.Repeat([]byte{9}, 900)},
	}
	up := map[string]tg.InputFileClass{}
	for _, file := range files {
		sent, err := upload(ctx, one, file.name, file.content)
		if err != nil {
			return "", err
		}
		up[file.name] = sent
	}
	err := sendMedia(ctx, one, message.UploadedPhoto(up["one.png"], styling.Plain("a photo")))
	if err != nil {
		return "", err
	}
	video := message.Video(up["three.mp4"]).DurationSeconds(2).Resolution(320, 240)
	_, err = message.NewSender(one.client.API()).Self().Album(
		ctx, message.UploadedPhoto(up["two.png"], styling.Plain("an album")), video,
	)
	if err != nil {
		return "", err
	}
	sticker := message.UploadedDocument(up["four.webp"]).MIME("image/webp").Attributes(
		&tg.DocumentAttributeSticker{Alt: "🐶", Stickerset: &tg.InputStickerSetEmpty{}},
		&tg.DocumentAttributeImageSize{W: 512, H: 512},
	)
	if err := sendMedia(ctx, one, sticker); err != nil {
		return "", err
	}
	waveform := make([]byte, 63)
	rand.Read(waveform)
	voice := message.Voice(up["five.ogg"]).DurationSeconds(3).Waveform(waveform)
	if err := sendMedia(ctx, one, voice); err != nil {
		return "", err
	}
	return p.compared(ctx, one)
}
