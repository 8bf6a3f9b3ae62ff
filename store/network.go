package store

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"unsafe"

	"entente/graph"
)

// networkName is the file with the network of all asserted events, which a reader
// leaves for the next one. It follows from the rows, and whoever writes removes it.
const (
	networkName = "NETWORK"
	networkHead = "entente network 1\n"
)

// HasTies reports whether the store keeps what Ties returns.
func (s *Store) HasTies() bool { return s.folder.format >= summed }

// stamp names the content of the store: the sums of its files and the number of its
// last change. A store that is open for writing has none.
func (s *Store) stamp() (stamp [sha256.Size]byte, ok bool) {
	files := s.folder.sums.files
	if !s.readOnly || s.raw || !s.HasTies() || len(files) == 0 {
		return stamp, false
	}
	h := sha256.New()
	fmt.Fprintln(h, s.sequence)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintln(h, name, files[name].size, files[name].crc)
	}
	return [sha256.Size]byte(h.Sum(nil)), true
}

// Network returns the network that KeepNetwork left, if it is of this very content.
func (s *Store) Network() (g *graph.Network, ok bool) {
	stamp, ok := s.stamp()
	if !ok {
		return nil, false
	}
	b, err := os.ReadFile(filepath.Join(s.folder.dir, networkName))
	head := append([]byte(networkHead), stamp[:]...)
	if err != nil || len(b) < len(head)+4 || string(b[:len(head)]) != string(head) {
		return nil, false
	}
	body, end := b[:len(b)-4], b[len(b)-4:]
	if crc32.Checksum(body, castagnoli) != binary.LittleEndian.Uint32(end) {
		return nil, false
	}
	body = body[len(head):]
	g, err = graph.DecodeNetwork(unsafe.String(unsafe.SliceData(body), len(body))) // nobody else has these bytes
	return g, err == nil
}

// KeepNetwork leaves the network of all asserted events for the next reader. Where
// that cannot be (a folder of somebody else, a full disk, a store that is being
// written), it does nothing: the network can be made anew.
func (s *Store) KeepNetwork(g *graph.Network) {
	stamp, ok := s.stamp()
	if !ok || s.folder.checkSpace(uint64(32*g.Pairs()+128*g.Len())) != nil {
		return
	}
	name := filepath.Join(s.folder.dir, networkName)
	part := fmt.Sprintf("%s.%d.part", name, os.Getpid())
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return
	}
	err = writeNetwork(f, stamp[:], g)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(part, name)
	}
	if err != nil {
		os.Remove(part)
	}
}

func writeNetwork(f io.Writer, stamp []byte, g *graph.Network) error {
	sum := crc32.New(castagnoli)
	w := bufio.NewWriter(io.MultiWriter(f, sum))
	w.WriteString(networkHead)
	w.Write(stamp)
	if err := errors.Join(graph.EncodeNetwork(w, g), w.Flush()); err != nil {
		return err
	}
	_, err := f.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	return err
}

// dropNetwork removes the file: what it says is about to be no longer true.
func (f *folder) dropNetwork() error {
	parts, _ := filepath.Glob(filepath.Join(f.dir, networkName+".*.part"))
	for _, name := range append(parts, filepath.Join(f.dir, networkName)) {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("store %s: %w", f.dir, err)
		}
	}
	return nil
}
